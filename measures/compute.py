"""Which figures answer a reader's question? The walk of the data, written out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from disclosure import SafeTable
from loaders import Break, Place, SourceCard, periods
from measures import views
from measures.adjusted import VIEW, adjusted
from measures.cards import MeasureCard
from measures.line import Line
from measures.residents import residents
from measures.shelf import Shelf


@dataclass(frozen=True)
class Query:
    """What is asked: codes only, so that the same words are one address. ``first`` and ``last`` may be ''."""

    place: str
    measure: str
    areas: tuple[str, ...]
    category: str
    view: str
    first: str = ""
    last: str = ""
    release: str = "latest"


@dataclass(frozen=True)
class Measure:
    """Figures ready to show.

    ``table``: one row = one area and period, in the order asked; columns ``area``, ``period``, ``value``, ``status``,
    ``reason`` (keys joined by '|'), ``numerator``, ``denominator`` (NaN for a plain count), ``release``.
    ``unit``: what one ``value`` counts. ``breaks``: those between the first and the last figure. ``sources``: every card used.
    ``release_of``: the release that each period of the dataset was taken from, also of periods not shown.
    """

    query: Query
    card: MeasureCard
    place: Place
    table: pd.DataFrame
    unit: dict[str, str]
    per: int
    breaks: tuple[Break, ...]
    sources: tuple[SourceCard, ...]
    periods: tuple[str, ...]
    release_of: dict[str, str]

    def line(self, area: str) -> pd.DataFrame:
        return self.table[self.table["area"] == area]


@lru_cache(maxsize=1024)
def compute(query: Query, shelf: Shelf) -> Measure:
    """The walk: the card says what is asked of which safe table; each area becomes a line; the lines become one table.

    Raises SourceError when the dataset cannot be read and KeyError for a code that it does not have.
    """
    card, place = shelf.measures[query.measure], shelf.places[query.place]
    source = shelf.cards[card.dataset]
    safe = shelf.table(card.dataset, query.release)
    shown = _shown(safe.periods, query)
    lines = {area: _line(query, card, source, safe, area, shown, shelf) for area in query.areas}
    table = _table(lines, shown, safe)
    known = table.loc[np.isfinite(table["value"]), "period"]
    touching = tuple(
        cut
        for cut in source.breaks
        if len(known) and known.min() < cut.at <= known.max() and any(cut.touches(area, query.category) for area in query.areas)
    )
    variable = source.variables[card.numerator or card.variable]
    sources = (source, shelf.cards[card.rate["dataset"]]) if "rate" in query.view else (source,)
    release_of = dict(zip(safe.periods, safe.release_of, strict=True))
    return Measure(query, card, place, table, variable["unit"], card.rate.get("per", 1), touching, sources, shown, release_of)


def _shown(all_periods: tuple[str, ...], query: Query) -> tuple[str, ...]:
    return tuple(p for p in all_periods if (not query.first or p >= query.first) and (not query.last or p <= query.last))


def _line(query: Query, card: MeasureCard, source: SourceCard, safe: SafeTable, area: str, shown, shelf: Shelf) -> Line:
    """One area's figures over the periods shown, in the view asked. A rolling sum reads the periods before them too."""
    if not shown:
        return Line.of(safe.series(card.numerator or card.variable, query.category, area)).cut(slice(0, 0))
    year = periods.per_year(shown[0])
    start = safe.position(shown[0])
    if query.view == VIEW:
        return adjusted(shelf, source.name, card.variable, query.category, area, query.release).cut(slice(start, start + len(shown)))
    begin = max(0, start - year + 1) if query.view.startswith("rolling") else start
    read = slice(begin, start + len(shown))
    cuts = [cut - begin for cut in cut_positions(source, safe.periods, area, query.category) if cut > begin]
    line = Line.of(safe.series(card.numerator or card.variable, query.category, area)).cut(read)
    if query.view in ("share", "density"):
        line = views.share(line, Line.of(safe.series(card.denominator, query.category, area)).cut(read), 100 if query.view == "share" else 1)
    if query.view.startswith("rolling"):
        line = views.rolling(line, year, cuts)
    if query.view in ("rate", "rolling_rate"):
        place, rate = shelf.places[query.place], card.rate
        inside = covered(safe, place) if area == place.code else (area,)
        line = views.per(
            line,
            *residents(shelf.table(rate["dataset"]), rate["variable"], inside, safe.periods[read], query.view, rate["oldest_months"]),
            rate["per"],
        )
    if query.view == "index":
        line = views.index(line, year, cuts)
    return line.cut(slice(start - begin, None))


def covered(safe: SafeTable, place: Place) -> tuple[str, ...]:
    """The areas of the place that the dataset counts at all: numerator and denominator cover the same ones."""
    whole = safe.values[0, 0]
    return tuple(area.code for area in place.areas if safe.has(area=area.code) and np.isfinite(whole[safe.areas.index(area.code)]).any())


def cut_positions(source: SourceCard, all_periods: tuple[str, ...], area: str, category: str) -> list[int]:
    """The numbers of the periods that start a new, not comparable stretch of this line."""
    return [all_periods.index(cut.at) for cut in source.breaks if cut.effect == "cut" and cut.at in all_periods and cut.touches(area, category)]


def _table(lines: dict[str, Line], shown: tuple[str, ...], safe: SafeTable) -> pd.DataFrame:
    start = safe.position(shown[0]) if shown else 0
    parts = {name: np.concatenate([getattr(line, name) for line in lines.values()]) for name in Line.__dataclass_fields__}
    return pd.DataFrame(
        {
            "area": np.repeat(np.array(list(lines), dtype=object), len(shown)),
            "period": np.array(shown * len(lines), dtype=object),
            "value": parts["values"], "status": parts["statuses"], "reason": parts["reasons"],
            "numerator": parts["numerators"], "denominator": parts["denominators"],
            "release": np.array(safe.release_of[start : start + len(shown)] * len(lines), dtype=object),
        }
    )  # fmt: skip
