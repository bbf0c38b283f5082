"""Every page of the site, opened as a browser opens it: its markup, its pictures with their words, and its quotations."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyarrow as pa
import pytest

from layout.reader import Reader
from loaders.cards.measure_card import MeasureCard
from measures.store.shelf import Shelf, open_shelf
from tests.acceptance.printed import text_of
from tests.pages.run import run, sent
from tests.site import PAGES as PAGES

ONE_MEASURE = ("trends", "map", "compare")  # pages that show the measure asked for
PLACES = list(open_shelf().places)
kept: Path | None = None  # the folder in which the workers of a run keep what a page sent


@dataclass(frozen=True)
class Drawn:
    """A picture as it was sent: its spec, its rows by name, and its words for those who cannot see it."""

    spec: dict
    rows: dict[str, list[dict]]
    alt: str


@dataclass(frozen=True)
class Table:
    caption: str
    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Page:
    """One page as it was sent. ``labels``: of its controls and their options."""

    markup: tuple[str, ...]
    pictures: tuple[Drawn, ...]
    quotes: tuple[str, ...]
    labels: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(text_of(one) for one in self.markup if not one.startswith("<script>"))

    @cached_property
    def tables(self) -> list[Table]:
        return [_table(one) for part in self.markup for one in re.findall(r"<table>.*?</table>", part, re.DOTALL)]

    def links(self, start: str) -> list[str]:
        return [
            one.replace("&amp;", "&")
            for part in self.markup
            for one in re.findall(r'href="([^"]+)"', part)
            if one.startswith(start)
        ]


def _table(markup: str) -> Table:
    head, body = markup.split("</thead>")
    rows = [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]
    return Table(
        text_of(re.search(r"<caption>(.*?)</caption>", head)[1]),
        [text_of(one) for one in re.findall(r"<th[^>]*>(.*?)</th>", head)],
        rows,
    )


def opened(page: str, shelf: Shelf | None = None, /, **state: str | list[str]) -> Page:
    """A page with what its address holds; ``shelf``: of another data folder than the site's own."""
    if shelf is None:
        state = {"place": open_shelf().default_place.id, **state}
    return _opened(
        page,
        shelf,
        tuple(
            (name, tuple(value) if isinstance(value, list) else (value,))
            for name, value in sorted(state.items())
            if value
        ),
    )


def showing(page: str, card: MeasureCard, code: str) -> Page:
    """A page of the card's place, with the card's measure where a page shows one at a time."""
    shelf = open_shelf()
    place = shelf.places[shelf.cards[card.dataset].place]
    chosen = {"measure": card.name} if page in ONE_MEASURE and card.name != place.measures[0] else {}
    return opened(page, lang=code, place=place.id, **chosen)


@cache
def _opened(page: str, shelf: Shelf | None, state: tuple) -> Page:
    """As it was sent, to this worker or to another; two that open the same page at the same time do so twice, and the file is whole all the same."""
    file = kept and kept / hashlib.sha256(repr((page, shelf and shelf.root, state)).encode()).hexdigest()
    if file and file.exists():
        return pickle.loads(file.read_bytes())
    answer = _run(page, shelf, state)
    if file:
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(pickle.dumps(answer))
        part.replace(file)
    return answer


def _run(page: str, shelf: Shelf | None, state: tuple) -> Page:
    with pytest.MonkeyPatch.context() as patch:
        if shelf is not None:
            patch.setattr(sys.modules[Reader.__module__], "open_shelf", lambda: shelf)
        app = run(page, {name: list(value) if len(value) > 1 else value[0] for name, value in state})
    messages = list(sent(app._tree))
    return Page(
        tuple(one.proto.body for one in messages if one.type == "html"),
        tuple(_picture(one.proto) for one in messages if one.type == "vega_lite_chart"),
        tuple(one.proto.code_text for one in messages if one.type == "code"),
        tuple(
            word
            for one in messages
            for word in (getattr(one.proto, "label", ""), *getattr(one.proto, "options", ()))
            if isinstance(word, str)
        ),
    )


def _picture(proto) -> Drawn:
    rows = {}
    for dataset in proto.datasets:
        with pa.ipc.open_stream(dataset.data.data) as stream:
            rows[dataset.name] = stream.read_all().to_pylist()
    return Drawn(json.loads(proto.spec), rows, proto.alt)
