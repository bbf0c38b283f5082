"""What a place has: its subjects with their span, grain and publisher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from disclosure.remembered import MB, remembered
from loaders import Place, periods
from loaders.cards.measure_card import MeasureCard
from measures.claims.collection import claims_table
from measures.store.shelf import Shelf

STATEMENTS = "statements"


@dataclass(frozen=True)
class Subject:
    """One measure of a place: ``first`` and ``last`` period with a figure, ``frequency``, how many of the place's
    ``areas`` have one (0: the whole place only), ``end`` (the last day that the figures speak of), publisher in words.
    """

    card: MeasureCard
    first: str
    last: str
    frequency: str
    areas: int
    end: str
    publisher: dict


@remembered(MB)
def subjects(shelf: Shelf, name: str) -> tuple[Subject, ...]:
    """The subjects of a place that can be read, in the order of its menu."""
    place = shelf.places[name]
    cards = [shelf.measures[own] for own in place.measures if shelf.working(own)]
    return tuple(
        _spoken(shelf, place, card) if card.kind == STATEMENTS else _counted(shelf, place, card) for card in cards
    )


def newest(known: Sequence[Subject]) -> str:
    """The last day of which any of the subjects speaks; '' where none is dated."""
    return max((subject.end for subject in known), default="")


def _counted(shelf: Shelf, place: Place, card: MeasureCard) -> Subject:
    safe, source = shelf.table(card.dataset), shelf.cards[card.dataset]
    variable, category = card.variable or card.numerator, card.default_category or safe.categories[0]
    own = {area.code for area in place.areas}
    lines = {area: safe.series(variable, category, area).values for area in safe.areas}
    known = np.isfinite(np.array(list(lines.values()))).any(axis=0)
    spoken = [period for period, any_known in zip(safe.periods, known, strict=True) if any_known]
    first, last = (spoken[0], spoken[-1]) if spoken else ("", "")
    areas = sum(area in own and bool(np.isfinite(values).any()) for area, values in lines.items())
    end = periods.dates(last)[1].isoformat() if last else ""
    return Subject(card, first, last, source.frequency, areas, end, source.publisher)


def _spoken(shelf: Shelf, place: Place, card: MeasureCard) -> Subject:
    told = claims_table(shelf, card.dataset)
    over = np.array([end[: len(day)] <= day for end, day in zip(told["end"], told["published"], strict=True)], bool)
    dated = told[(told["end"] != "") & over]  # a plan's end is no figure
    areas = len({area.code for area in place.areas} & set(told["area"]))
    years = [text[:4] for text in dated["end"]]
    end = max((text for text in dated.loc[dated["kind"] != "target", "end"]), default="")
    return Subject(card, min(years, default=""), end[:4], STATEMENTS, areas, end, shelf.cards[card.dataset].publisher)
