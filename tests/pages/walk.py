"""Open every page of a data folder as the browser would and print, as hex, all that it would be sent: the document and the messages.

Run as a program with FIGURES_DATA set, because a process opens one data folder only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
import pyarrow as pa

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
ONCE = ("home", "online", "claims", "register", "coverage", "download", "sources", "privacy")
LANGUAGES = ("en", "zh")


def states(shelf) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page with what its address may choose: what is hidden is the same in both languages, so on most pages they take turns.

    On the pages of one measure each category is shown once, and each view or method for the category that has most withheld figures beside others.
    """
    place = shelf.default_place
    measure = shelf.measures[place.measures[0]]
    table, areas = shelf.table(measure.dataset), [area.code for area in place.areas]
    hidden = np.isnan(table.values[0]).mean(axis=(1, 2))
    mixed = table.categories[int(np.where(hidden < 1, hidden, 0).argmax())]
    langs, places = cycle(LANGUAGES), cycle(areas)
    for page in ONCE:
        for lang in LANGUAGES:
            yield page, {"lang": lang, "area": areas[0]} | ({"figure": "20%"} if page == "claims" else {})
    for page, name, choices in (("trends", "view", measure.views), ("map", "method", ("", "differs"))):
        for category, choice in dict.fromkeys(
            [*zip(table.categories, cycle(choices), strict=False), *((mixed, choice) for choice in choices)]
        ):
            yield (
                page,
                {"lang": next(langs), "category": category, "area": next(places)} | ({name: choice} if choice else {}),
            )
    for page, view in (
        *(("compare", view) for view in measure.views),
        *(("district", "") for _ in areas),
        ("origin", ""),
    ):
        yield page, {"lang": next(langs), "category": mixed, "area": next(places)} | ({"view": view} if view else {})


def main() -> None:
    from layout.document import body_of
    from layout.document_head import head_of
    from layout.frame.reader import address_of, reader_of
    from layout.frame.written import is_static, written
    from layout.sheets import every, sheet_of
    from measures.store.shelf import open_shelf
    from tests.pages.run import run, sent

    for page, state in states(open_shelf()):
        address = address_of(page, state.items())
        sheet, reader = sheet_of(address), reader_of(address)
        print((head_of(sheet, reader) + body_of(sheet, reader, alone=True)).encode().hex())
        parts = (written(block) for block in every(sheet.blocks) if is_static(block))  # those that are not seen, too
        print("".join(parts).encode().hex())
        for message in sent(run(page, state)._tree):
            for part in _bytes(message.proto):
                print(part.hex())


def _bytes(proto):
    yield proto.SerializeToString()
    for dataset in getattr(proto, "datasets", []):
        with pa.ipc.open_stream(dataset.data.data) as stream:  # every value of the rows, written out
            yield repr(stream.read_all().to_pylist()).encode()


if __name__ == "__main__":
    main()
