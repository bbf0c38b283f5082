"""In which respects two figures may not be compared: one small function an aspect; each gives what it finds.

The order of strength is decline > separate > say: no picture, two pictures apart, one picture with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from disclosure.cell_statuses import INCOMPLETE
from disclosure.unallocated import is_large
from loaders import Break, periods
from measures.comparability.figure import FigureFacts
from measures.lines.denominators import middle_of_period

STRENGTH = ("draw", "say", "separate", "decline")
LEAP = 0.01  # windows whose days differ by more than this are said to (29 days against 28; not 366 against 365)


@dataclass(frozen=True)
class Difference:
    """One thing to know before two figures are compared; ``key`` is worded in layout, ``details`` are codes."""

    aspect: str
    outcome: str
    key: str
    details: dict = field(default_factory=dict)


def definition(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Is the same thing counted under the same definition?"""
    measures = (figure.side.measure, other.side.measure)
    if measures[0] != measures[1]:
        yield Difference("definition", "separate", "other_measure", {"measures": measures})
        return
    yield from _cuts("definition", figure, other, own=False)


def geography(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Do the figures cover the same ground, or areas that may be set beside one another?"""
    for facts in (figure, other):
        if facts.in_no_area or "not_covered" in facts.reasons:
            key = "no_area" if facts.in_no_area else "not_covered"
            yield Difference("geography", "decline", key, {"area": facts.side.area})
    if figure.side.measure == other.side.measure:
        yield from _cuts("geography", figure, other, own=True)
    if figure.side.area != other.side.area and {figure.unit[1], other.unit[1]} == {"count"}:
        yield Difference("geography", "say", "sizes_differ")


def _cuts(aspect: str, figure: FigureFacts, other: FigureFacts, *, own: bool) -> Iterator[Difference]:
    for number, cut in enumerate(figure.source.breaks):
        if cut.effect != "cut" or bool(cut.areas) != own:
            continue
        sides = {_where(cut, facts): facts.side.area for facts in (figure, other)}
        area = sides.get("inside", figure.side.area) if own else ""
        details = {"break": number, "at": cut.at, "measure": figure.side.measure, "area": area}
        if "inside" in sides:
            yield Difference(aspect, "decline", "break_inside", details)
        elif set(sides) == {"before", "after"}:
            yield Difference(aspect, "separate", "break_between", details)


def recording_system(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Was the recording system replaced, or a category divided, between the two figures or inside one of them?"""
    if figure.side.measure != other.side.measure:
        return
    for number, mark in enumerate(figure.source.breaks):
        sides = {_where(mark, facts) for facts in (figure, other)}
        if mark.effect != "cut" and (len(sides - {""}) == 2 or sides == {"", "inside"}):
            details = {"break": number, "at": mark.at, "measure": figure.side.measure}
            yield Difference("recording_system", "say", "mark_between", details)


def _where(cut: Break, facts: FigureFacts) -> str:
    """Do the figure's periods lie before the break, after it or around it ('inside')? '' where it touches none."""
    if not cut.touches(facts.side.area, facts.side.category):
        return ""
    return "before" if facts.window[-1] < cut.at else "after" if facts.window[0] >= cut.at else "inside"


def categories(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Was each category in use in all periods of both figures?"""
    for facts in {figure.side.category: figure, other.side.category: other}.values():
        unused = [period for period in (*figure.window, *other.window) if facts.node and not facts.node.in_use(period)]
        if unused or "no_such_category" in facts.reasons:
            first, last = (facts.node.first, facts.node.last) if unused else ("", "")
            details = {"category": facts.side.category, "first": first, "last": last, "measure": facts.side.measure}
            yield Difference("categories", "decline", "not_in_use", details)
    if figure.side.category != other.side.category and figure.side.measure == other.side.measure:
        details = {"categories": (figure.side.category, other.side.category), "measure": figure.side.measure}
        yield Difference("categories", "say", "other_category", details)


def period_length(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Are the periods equally long, of the same months of the year, and is no period counted in both?"""
    parts, lengths = [_parts(facts) for facts in (figure, other)], _lengths(figure, other)
    lines = [(facts.side.measure, facts.side.area, facts.side.category) for facts in (figure, other)]
    if lines[0] == lines[1] and figure.window != other.window and set(figure.window) & set(other.window):
        yield Difference("period_length", "decline", "overlap")
    if lengths[0] != lengths[1]:
        yield Difference("period_length", "decline", "unequal", {"months": lengths})
    elif sorted(parts[0]) != sorted(parts[1]):
        if {figure.side.view, other.side.view} != {"adjusted"}:
            yield Difference("period_length", "decline", "other_months")
    elif {figure.unit[1], other.unit[1]} <= {"count", "rate"}:
        days = [_days(facts) for facts in (figure, other)]
        if max(days) / min(days) - 1 > LEAP:
            yield Difference("period_length", "say", "days", {"days": tuple(days)})


def _parts(facts: FigureFacts) -> list[str]:
    """The months or weeks of the year that the figure counts, each once for every time it is counted."""
    return [part for period in facts.window for part in periods.parts(period)]


def _lengths(figure: FigureFacts, other: FigureFacts) -> tuple[float, float]:
    """How many months each figure covers; of weeks, to a tenth."""
    both = [round(sum(map(periods.months, facts.window)), 1) for facts in (figure, other)]
    return tuple(int(length) if length == int(length) else length for length in both)


def _days(facts: FigureFacts) -> int:
    return (periods.dates(facts.window[-1])[1] - periods.dates(facts.window[0])[0]).days + 1


def population_basis(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Do both rates divide by residents, and by residents on one basis?"""
    for facts in (figure, other):
        if facts.side.rated and 0 in facts.years:
            key = "no_population" if facts.card.rate else "no_rate"
            yield Difference("population_basis", "decline", key, {"period": facts.side.last})
            return
    if len({*figure.basis, *other.basis}) > 1:
        years = tuple(sorted({*figure.years, *other.years}))
        yield Difference("population_basis", "decline", "two_bases", {"years": years})
        return
    rated = [facts for facts in (figure, other) if facts.side.rated]
    dated = {(facts.side.last, facts.years[-1], middle_of_period(facts.side.last, facts.side.view)) for facts in rated}
    for period, year in sorted({(period, year) for period, year, middle in dated if year < int(middle[:4])}):
        yield Difference("population_basis", "say", "older_residents", {"period": period, "year": year})


def coverage(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Is there a figure on both sides, final, and with nearly every count allocated to its area?"""
    for facts in (figure, other):
        where = {"area": facts.side.area, "period": facts.side.last, "view": facts.side.view}
        for code, key in (("c", "withheld"), ("z", "not_applicable"), ("x", "not_published")):
            if code in facts.statuses and not facts.reasons & {"not_covered", "no_such_category"}:
                lacking = code == "x" and any(reason.startswith(INCOMPLETE) for reason in facts.reasons)
                yield Difference("coverage", "decline", "incomplete" if lacking else key, where)
        if facts.outside:
            yield Difference("coverage", "decline", "no_figure", where)
        if is_large(facts.unallocated):
            details = where | {"share": round(facts.unallocated, 4)}
            yield Difference("coverage", "say" if facts.whole else "decline", "unallocated", details)
        for code, key in (("p", "provisional"), ("e", "estimated")):
            if code in facts.statuses:
                yield Difference("coverage", "say", key, where)
        if any(why.startswith("cell") for why in facts.reasons) and "u" in facts.statuses:
            yield Difference("coverage", "say", "low_reliability", where)


def release(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Do both figures come from the same release?"""
    known = figure.releases and other.releases and figure.releases != other.releases
    if known and figure.side.measure == other.side.measure:
        releases = tuple(sorted(figure.releases | other.releases))
        yield Difference("release", "say", "two_releases", {"releases": releases})


def unit(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Does one of the one figure mean the same as one of the other?"""
    if figure.unit != other.unit:
        yield Difference("unit", "separate", "units_differ", {"views": (figure.side.view, other.side.view)})


def base_period(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Are both indices measured against the same base?"""
    bases = (figure.side.first, other.side.first)
    indices = "index" in (figure.side.view, other.side.view) and figure.unit[1] == other.unit[1]
    if indices and bases[0] != bases[1]:
        yield Difference("base_period", "decline", "other_base", {"bases": bases})


ASPECTS: dict[str, Callable[[FigureFacts, FigureFacts], Iterator[Difference]]] = {
    "definition": definition,
    "recording_system": recording_system,
    "categories": categories,
    "geography": geography,
    "period_length": period_length,
    "population_basis": population_basis,
    "coverage": coverage,
    "release": release,
    "unit": unit,
    "base_period": base_period,
}
