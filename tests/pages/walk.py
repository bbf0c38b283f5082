"""Open every page of a data folder as the browser would and print, as hex, all that it would be sent.

Run as a program with FIGURES_DATA set, because a process opens one data folder only.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pyarrow as pa

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))


def main() -> None:
    from measures.shelf import open_shelf
    from tests.pages.run import run, sent

    shelf = open_shelf()
    place = shelf.default_place
    measure = shelf.measures[place.measures[0]]
    categories = list(shelf.table(measure.dataset).categories)
    areas = [area.code for area in place.areas]
    for page, lang in itertools.product(
        ("home", "trends", "map", "compare", "district", "online", "claims", "register", "coverage", "download", "sources", "privacy"), ("en", "zh")
    ):
        views = measure.views if page == "trends" else ("",)
        chosen = categories if page in ("trends", "map") else categories[:1]
        methods = ("", "differs") if page == "map" else ("",)
        for view, category, method, area in itertools.product(views, chosen, methods, areas if page == "district" else areas[:1]):
            state = (
                {"lang": lang, "category": category, "area": area}
                | {name: one for name, one in (("view", view), ("method", method)) if one}
                | ({"figure": "20%"} if page == "claims" else {})
            )
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
