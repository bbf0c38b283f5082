"""What may be said of one figure? A row of a measure's table becomes a statement, which any language can say."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, nan

from language import LANGUAGES, reason_words, translator
from language.statements import Statement
from measures.change import is_final
from measures.compute import Measure

Words = dict[str, str]


def statement(measure: Measure, area: str, period: str = "") -> Statement | None:
    """The statement on an area's latest final figure (or on that of ``period``); None where there is no such row.

    An area whose figures are all provisional is spoken of by the latest of them; one without any figure by its latest period.
    """
    line = measure.line(area)
    if period:
        line = line[line["period"] == period]
    else:
        known = line[line["value"].notna()]
        final = known[is_final(known)]
        line = next((rows for rows in (final, known, line) if len(rows)), line)
    return _of(measure, line.iloc[-1]) if len(line) else None


def statements_of(measure: Measure, area: str, most: int) -> list[Statement]:
    """The latest final figure and those of the same period in up to ``most`` − 1 years before it, the newest first."""
    line = measure.line(area)
    found: list[Statement] = []
    last = statement(measure, area)
    rows = {row["period"]: row for _, row in line[line["value"].notna()].iterrows()} if last else {}
    period = last.period if last else ""
    while period in rows and len(found) < most:
        found.append(_of(measure, rows[period]))
        period = rows[period]["before_period"]
    return found


def _of(measure: Measure, row: Mapping) -> Statement:
    query, card = measure.query, measure.card
    node = measure.sources[0].tree.nodes.get(query.category)
    return Statement(
        area_names(measure)[row["area"]], card.said_of(query.view), measure.unit, card.title, query.view, row["period"],
        float(row["value"]), row["before_period"], float(row["before"]), float(row["change"]), float(row["change_low"]), float(row["change_high"]),
        row["verdict"], row["why"], row["status"], node.name if node and node.level != "all" else {}, measure.per, bool(row["small"]),
        bool(row["crosses"]), _counts(measure, row), _reason(measure, row),
    )  # fmt: skip


def _counts(measure: Measure, row: Mapping) -> tuple[float, float]:
    """The events behind two rates on a small base."""
    told = row["small"] and "rate" in measure.query.view
    return (float(row["numerator"]), float(row["before_numerator"])) if told else (nan, nan)


def area_names(measure: Measure) -> dict[str, Words]:
    """Names in all languages of every area that the measure may speak of."""
    place = measure.place
    return {place.code: place.whole, **{area.code: area.name for area in (*place.areas, *place.unallocated)}, **measure.sources[0].area_labels}


def _reason(measure: Measure, row: Mapping) -> Words:
    """Why a figure is missing, in every language; {} where there is one."""
    if isfinite(row["value"]):
        return {}
    card = measure.sources[0]
    return {code: reason_words(row["reason"], translator(code), card.breaks, card.cells) for code in LANGUAGES}
