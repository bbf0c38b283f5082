"""Which figures are set side by side? What the reader chooses, and the figures that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from language import period_name
from layout.frame.blocks import Blocks, choose
from layout.frame.controls import choose_areas, choose_category, choose_view
from layout.frame.reader import Reader
from layout.trends.series import names_of, whole_of
from loaders import periods
from loaders.cards.measure_card import MeasureCard
from measures.comparability.answer import Figure
from measures.comparability.figure import POINTS
from measures.figures.compute import Measure, compute
from measures.lines.denominators import areas_counted
from measures.lines.line import final
from measures.lines.query import Query

DWARFED = ("count", "rolling")  # views in which the whole place would dwarf its areas


@dataclass(frozen=True)
class Comparison:
    """What is set side by side, by 'areas' or by 'periods'.

    ``query``: the areas as asked, in the later period, and ``measure`` their figures. ``sides`` and ``rows`` (name and
    row of
    ``Measure.table``) stand in the order drawn. ``whole``: the place's own figure, ruled across the areas; None where
    there is none.
    """

    query: Query
    by: str
    measure: Measure
    sides: tuple[Figure, ...]
    rows: tuple[tuple[str, object], ...]
    whole: tuple[str, object] | None = None


def comparable_measures(reader: Reader) -> list[str]:
    """The place's measures with figures of several areas or periods; published statements are set side by side on their
    own pages.
    """
    return [
        name
        for name in reader.place.measures
        if reader.shelf.measures[name].kind != "statements" and _several(reader, name)
    ]


def _several(reader: Reader, name: str) -> bool:
    if not reader.shelf.working(name):
        return True
    safe = reader.shelf.table(reader.shelf.measures[name].dataset)
    return len(safe.periods) > 1 or len(areas_counted(safe, reader.place)) > 1


def ask_comparison(reader: Reader, card: MeasureCard) -> Blocks[Comparison]:
    """The choices of a comparison, and the figures that they ask for."""
    by, query, ends = yield from _asked_comparison(reader, card)
    return _comparison(reader, card, by, query, ends)


def _asked_comparison(reader: Reader, card: MeasureCard) -> Blocks[tuple[str, Query, tuple[str, ...]]]:
    say, safe = reader.say, reader.shelf.table(card.dataset)
    known = areas_counted(safe, reader.place)
    kinds = ({"areas": say("Areas in one period")} if len(known) > 1 else {}) | (
        {"periods": say("Two periods of one area")} if len(safe.periods) > 1 else {}
    )
    yield (choice := choose(reader, "by", say("Compare by"), kinds, next(iter(kinds))))
    by = choice.value
    category = yield from choose_category(reader, card, say("Category"))
    areas = yield from choose_areas(reader, card, known[:2]) if by == "areas" else _one_area(reader, card, known)
    offered = [view for view in card.views if view not in POINTS]
    view = yield from choose_view(reader, card, _usual_view(card, by), offered)
    ends = yield from _ends(reader, card, by, view)
    return by, Query(reader.place.id, card.name, areas, category, view), ends


def _usual_view(card: MeasureCard, by: str) -> str:
    """Areas are compared by their rate where there is one; periods by twelve months, which go back furthest."""
    return card.map_view if by == "areas" else "rolling" if "rolling" in card.views else card.views[0]


def _one_area(reader: Reader, card: MeasureCard, known: Sequence[str]) -> Blocks[tuple[str, ...]]:
    names, whole = names_of(reader, card), whole_of(reader, card)
    options = {code: names[code] for code in (whole, *known)}
    yield (choice := choose(reader, "area", reader.say("Area"), options, whole))
    return (choice.value,)


def _latest_settled(reader: Reader, card: MeasureCard, known: Sequence[str]) -> str:
    """The latest period in which nothing of the measure is provisional in the category asked."""
    safe, category = reader.shelf.table(card.dataset), reader.state.get("category", "")
    category = category if safe.has(category=category) else safe.categories[0]
    line = safe.series(card.numerator or card.variable, category, safe.areas[0])
    return next(
        (one for one in reversed(known) if final(line.statuses[p := safe.position(one)], line.reasons[p])), known[-1]
    )


def _ends(reader: Reader, card: MeasureCard, by: str, view: str) -> Blocks[tuple[str, ...]]:
    """The periods compared, the earlier first: one for areas, two for periods; the latest final one and a year before,
    unless asked otherwise.
    """
    say, safe = reader.say, reader.shelf.table(card.dataset)
    width = periods.per_year(safe.periods[0])
    known = safe.periods[width - 1 :] if view.startswith("rolling") else safe.periods
    usual_end = _latest_settled(reader, card, known) if len(known) > 24 else known[-1]
    options = {period: period_name(period, say, view) for period in reversed(known)}
    yield (choice := choose(reader, "to", say("Period"), options, usual_end))
    last = choice.value
    if by == "areas":
        return (last,)
    before = periods.shift(last, -width)
    others = {period: words for period, words in options.items() if period != last}
    usual = before if before in others else next(iter(others))
    yield (first := choose(reader, "from", say("Compared with"), others, usual))
    return tuple(sorted((first.value, last)))


def _comparison(reader: Reader, card: MeasureCard, by: str, query: Query, ends: tuple[str, ...]) -> Comparison:
    names, whole = names_of(reader, card), whole_of(reader, card)
    areas = sorted(query.areas, key=lambda area: names[area]) if by == "areas" else list(query.areas)
    if by == "areas" and len(areas) == 1:
        areas.append(whole)
    known = tuple(dict.fromkeys([*areas, *([whole] if by == "areas" else [])]))
    made = {end: compute(replace(query, areas=known, first=end, last=end), reader.shelf) for end in ends}
    found = {(row.area, end): row for end, one in made.items() for row in one.table.itertuples()}
    pairs = [(area, end) for area in areas for end in ends]
    named = [names[area] if by == "areas" else _short(end, query.view, reader) for area, end in pairs]
    beside = (
        by == "areas" and whole not in areas and query.view not in DWARFED and np.isfinite(found[whole, ends[0]].value)
    )
    return Comparison(
        replace(query, last=ends[-1]),
        by,
        made[ends[-1]],
        tuple(Figure(query.measure, area, query.category, query.view, "", end) for area, end in pairs),
        tuple(zip(named, [found[pair] for pair in pairs], strict=True)),
        (names[whole], found[whole, ends[0]]) if beside else None,
    )


def _short(period: str, view: str, reader: Reader) -> str:
    """A period as it stands beside a dot; that twelve months are meant stands above the picture."""
    name = period_name(period, reader.say)
    return reader.say("to {period}", period=name) if view.startswith("rolling") else name
