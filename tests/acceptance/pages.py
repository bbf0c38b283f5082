"""Every page of the site as the blocks of its article: its markup, its pictures with their words, and its quotations."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from charts import Picture
from language import LANGUAGES, translator
from layout.frame.blocks import Chart, Choice, Fold, Paragraph, TakeAway
from layout.frame.reader import address_of
from layout.frame.written import is_static, written
from layout.sheets import every, failure_words, sheet_of
from loaders.cards.measure_card import MeasureCard
from measures.store.shelf import Shelf, open_shelf
from tests.acceptance.printed import text_of
from tests.site import PAGES as PAGES

ONE_MEASURE = ("trends", "map", "compare")  # pages that show the measure asked for
PLACES = list(open_shelf().places)
shared: Path | None = None  # the folder in which the workers of a run keep what a page says


@dataclass(frozen=True)
class Drawn:
    """A picture as a surface gets it: its spec, its rows by name, and its words for those who cannot see it."""

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
    """One page as it is written. ``labels``: of its controls and their options."""

    markup: tuple[str, ...]
    pictures: tuple[Drawn, ...]
    quotes: tuple[str, ...]
    labels: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(text_of(part) for part in self.markup)

    @cached_property
    def tables(self) -> list[Table]:
        return [_table(table) for part in self.markup for table in re.findall(r"<table>.*?</table>", part, re.DOTALL)]

    @property
    def about(self) -> str:
        """The markup of what the page says about its figures: what they cannot tell, their sources, their age."""
        return "".join(re.findall(r'<div class="about">.*?</div>', "".join(self.markup), re.DOTALL))

    def links(self, start: str) -> list[str]:
        return [
            address.replace("&amp;", "&")
            for part in self.markup
            for address in re.findall(r'href="([^"]+)"', part)
            if address.startswith(start)
        ]


def _table(markup: str) -> Table:
    head, body = markup.split("</thead>")
    rows = [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]
    return Table(
        text_of(re.search(r"<caption>(.*?)</caption>", head)[1]),
        [text_of(cell) for cell in re.findall(r"<th[^>]*>(.*?)</th>", head)],
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
    """As it was worked out, by this worker or to another; two that open the same page at the same time do so twice, and the file is whole all the same."""
    file = shared and shared / hashlib.sha256(repr((page, shelf and shelf.root, state)).encode()).hexdigest()
    if file and file.exists():
        return pickle.loads(file.read_bytes())
    answer = _run(page, shelf, state)
    if file:
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(pickle.dumps(answer))
        part.replace(file)
    return answer


def _run(page: str, shelf: Shelf | None, state: tuple) -> Page:
    pairs = [(name, value) for name, values in state for value in values]
    blocks = list(every(sheet_of(address_of(page, pairs), shelf).blocks))
    failures = [failure_words(translator(code)) for code in LANGUAGES]
    assert not [block for block in blocks if isinstance(block, Paragraph) and set(block.texts) & set(failures)], page
    choices = [block for block in blocks if isinstance(block, Choice)]
    return Page(
        tuple(markup for block in blocks if is_static(block) and (markup := written(block))),
        tuple(_picture(block.picture) for block in blocks if isinstance(block, Chart)),
        tuple(block.quote for block in blocks if isinstance(block, TakeAway)),
        tuple(word for choice in choices for word in (choice.label, *choice.options.values()))
        + tuple(block.title for block in blocks if isinstance(block, Fold)),
    )


def _picture(picture: Picture) -> Drawn:
    spec = picture.drawn()
    rows = {name: table.to_pylist() for name, table in spec.pop("datasets").items()}
    return Drawn(json.loads(json.dumps(spec)), rows, picture.description)
