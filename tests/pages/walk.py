"""Every page of a shelf with whatever its address may choose, and all that a reader would be sent: the document, and what the dashboard draws."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from layout.document import body_of
from layout.document_head import head_of
from layout.frame.blocks import Chart, Figure
from layout.frame.reader import address_of, reader_of
from layout.frame.written import is_static
from layout.frame.written import written as html_of
from layout.sheets import every, sheet_of
from measures.store.shelf import Shelf
from tests.pages.run import run, sent

ONCE = (
    "home",
    "notable",
    "online",
    "claims",
    "register",
    "coverage",
    "download",
    "sources",
    "privacy",
    "accessibility",
    "places",
)
LANGUAGES = ("en", "zh")


def states(shelf: Shelf) -> Iterator[tuple[str, dict[str, str]]]:
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


def written(shelf: Shelf) -> Iterator[bytes]:
    """Every page in every state: its document, and the spec and rows of its charts, every value written out."""
    for page, state in states(shelf):
        address = address_of(page, state.items())
        sheet, reader = sheet_of(address, shelf), reader_of(address, shelf)
        yield (head_of(sheet, reader) + body_of(sheet, reader, alone=True)).encode()
        for block in every(sheet.blocks):
            if is_static(block):  # those that are not seen, too
                yield html_of(block).encode()
            if isinstance(block, Chart):
                picture = block.picture.drawn()
                rows = {name: table.to_pylist() for name, table in picture.pop("datasets").items()}
                yield repr((block, picture, rows)).encode()


def messages(shelf: Shelf) -> Iterator[bytes]:
    """What the dashboard sends to the browser, each page once, once for each view or method and for each category whose counts are shown, and with
    each part of a figure of counts: its blocks are those of the document.
    """
    runs = {chosen(page, state): (page, state) for page, state in reversed([*states(shelf)])}
    counted = [(page, state) for page, state in runs.values() if state.get("view", "count") == "count"]
    runs |= {
        (page, part): (page, state | {"show": part}) for page, state in counted for part in parts(page, state, shelf)
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("measures.store.shelf._watched", lambda root: SimpleNamespace(now=lambda: shelf))
        for page, state in runs.values():
            for message in sent(run(page, state)._tree):
                yield from _bytes(message.proto)


def chosen(page: str, state: dict[str, str]) -> tuple[str, str, str]:
    """What the dashboard is run for once: counts are long numbers, so each category of theirs is."""
    view = state.get("view") or state.get("method", "")
    return page, view, state["category"] if view == "count" else ""


def parts(page: str, state: dict[str, str], shelf: Shelf) -> list[str]:
    """The parts of a page's figure that are not seen before they are asked for."""
    blocks = sheet_of(address_of(page, state.items()), shelf).blocks
    return [part for block in blocks if isinstance(block, Figure) and block.shown for part in [*block.parts][1:]]


def _bytes(proto) -> Iterator[bytes]:
    yield proto.SerializeToString()
    for dataset in getattr(proto, "datasets", []):
        with pa.ipc.open_stream(dataset.data.data) as stream:  # every value of the rows, written out
            yield repr(stream.read_all().to_pylist()).encode()
