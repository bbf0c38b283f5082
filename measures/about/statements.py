"""What may be said of one figure? A row of a measure's table becomes a statement, which any language can say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple
from math import isfinite

from language import LANGUAGES, reason_words, translator
from language.findings.headline import subject
from language.sentences.statement import Statement, TrendFacts
from loaders import Place, SourceCard, periods
from measures.about import change_facts
from measures.change.trend import trend
from measures.figures.compute import Measure
from measures.lines.line import final
from measures.store.shelf import Shelf

Words = dict[str, str]


def statement(measure: Measure, area: str, period: str = "") -> Statement | None:
    """The statement on an area's latest final figure (or on that of ``period``); None where there is no such row.

    An area whose figures are all provisional is spoken of by the latest of them; one without any figure by its latest
    period.
    """
    row = _position(measure, area, period) if period else _latest(measure, area)
    return _of(measure, row) if row >= 0 else None


def recent_statements(measure: Measure, area: str, most: int) -> list[Statement]:
    """The latest final figure and those of the same period in up to ``most`` − 1 years before it, the newest first."""
    row = _latest(measure, area)
    statements: list[Statement] = []
    while row >= 0 and len(statements) < most and isfinite(measure.columns["value"][row]):
        statements.append(_of(measure, row))
        row = _position(measure, area, statements[-1].before_period)
    return statements


def trend_statement(measure: Measure, area: str, shelf: Shelf) -> TrendFacts | None:
    """The trend of an area over the periods shown; None where figures of this kind are never tested."""
    slope = trend(measure.query, shelf, area)
    if slope.why == "no_figure" or (slope.why == "no_test" and not (slope.span and slope.span.blocks > 1)):
        return None
    yearly = not measure.periods or periods.per_year(measure.periods[0]) == 1
    return TrendFacts(
        name_of(measure, area),
        subject_words(measure),
        "count" if yearly else "rolling",
        slope.verdict,
        slope.why,
        slope.first,
        slope.last,
        slope.blocks,
        slope.per_year,
        slope.low,
        slope.high,
        measure.query.view == "share",
        astuple(slope.span) if slope.span else None,
    )


def _rows(measure: Measure, area: str) -> range:
    """Where an area's rows stand in the table."""
    width = len(measure.periods)
    start = measure.query.areas.index(area) * width if area in measure.query.areas else 0
    return range(start, start + width) if area in measure.query.areas else range(0)


def _position(measure: Measure, area: str, period: str) -> int:
    rows = _rows(measure, area)
    return rows[measure.periods.index(period)] if rows and period in measure.periods else -1


def _latest(measure: Measure, area: str) -> int:
    """Where the latest final figure stands, else the latest figure, else the last row; −1 where there is no row."""
    rows = _rows(measure, area)
    return next(_final(measure, rows), next(_known(measure, rows), rows[-1] if rows else -1))


def _known(measure: Measure, rows: range) -> Iterator[int]:
    return (row for row in reversed(rows) if isfinite(measure.columns["value"][row]))


def _final(measure: Measure, rows: range) -> Iterator[int]:
    statuses, reasons = measure.columns["status"], measure.columns["reason"]
    return (row for row in _known(measure, rows) if final(statuses[row], reasons[row]))


def _of(measure: Measure, number: int) -> Statement:
    query, card = measure.query, measure.card
    row = {name: column[number] for name, column in measure.columns.items()}
    node = measure.sources[0].tree.nodes.get(query.category)
    return Statement(
        name_of(measure, row["area"]),
        card.said_of(query.view),
        measure.unit,
        card.title,
        query.view,
        row["period"],
        float(row["value"]),
        row["before_period"],
        float(row["before"]),
        float(row["change"]),
        float(row["change_low"]),
        float(row["change_high"]),
        row["verdict"],
        row["why"],
        row["status"],
        node.name if node and node.level != "all" else {},
        measure.per,
        bool(row["small"]),
        bool(row["crosses"]),
        change_facts.counts(measure, row),
        _reason(measure, row),
        (row["fluctuation_first"][:4], row["fluctuation_last"][:4]),
        change_facts.chance(measure, row),
        change_facts.by_day(measure, row),
        change_facts.residents(measure, row),
        change_facts.years_old(measure, row),
        *change_facts.linked(measure, row),
        bool(row["late"]),
        (float(row["unallocated"]), float(row["before_unallocated"])),
        float(row["change_allocated"]),
        (float(row["areas_higher"]), float(row["areas_lower"]), float(row["areas_p"])),
        measure.place.areas_word,
        _notes(measure, row),
        card.named,
    )


def _notes(measure: Measure, row: dict) -> tuple[Words, ...]:
    """What the card says of a cell that has a figure."""
    cells = measure.sources[0].cells
    keys = [key.removeprefix("cell ") for key in row["reason"].split("|") if key.startswith("cell ")]
    return tuple(cells[int(key)]["reason"] for key in keys) if isfinite(row["value"]) else ()


def name_of(measure: Measure, area: str) -> Words:
    """An area's name in all languages."""
    place = measure.place
    own = (entry.name for entry in (*place.areas, *place.unallocated) if entry.code == area)
    return measure.sources[0].area_labels.get(area) or (place.whole if area == place.code else next(own))


def subject_words(measure: Measure) -> Words:
    """What is counted, as the subject of a headline, in all languages."""
    card, node = measure.card, measure.sources[0].tree.nodes.get(measure.query.category)
    category = node.name if node and node.level != "all" else {}
    return {code: subject(card.named, category, card.title, translator(code)) for code in LANGUAGES}


def names_in(card: SourceCard, place: Place) -> Callable[[str, str], Words]:
    """What the areas and categories of a dataset are called: a function from axis ('area' or 'category') and code."""

    def name(axis: str, code: str) -> Words:
        if axis == "category":
            return card.tree.nodes[code].name
        own = {area.code: area.name for area in (*place.areas, *place.unallocated)}
        return card.area_labels.get(code) or own[code]

    return name


def _reason(measure: Measure, row: dict) -> Words:
    """Why a figure is missing, in every language; {} where there is one."""
    if isfinite(row["value"]):
        return {}
    card = measure.sources[0]
    names = names_in(card, measure.place)
    return {code: reason_words(row["reason"], translator(code), card.breaks, card.cells, names) for code in LANGUAGES}
