"""In which respects may two figures not be compared? One small function an aspect; each gives what it finds.

The order of strength is decline > separate > say: no picture, two pictures apart, one picture with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from disclosure.cell_statuses import INCOMPLETE
from disclosure.unallocated import is_large
from loaders import Break, periods
from measures.comparability.figure import Figure, FigureFacts
from measures.lines.denominators import middle_of_period

STRENGTH = ("draw", "say", "separate", "decline")
LEAP = 0.01  # windows whose days differ by more than this are said to (29 days against 28; not 366 against 365)


@dataclass(frozen=True)
class Difference:
    """One thing to know before two figures are compared; ``key`` is worded in layout, ``details`` are codes and
    numbers."""

    aspect: str
    outcome: str
    key: str
    details: dict = field(default_factory=dict)


def definition(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Is the same thing counted under the same definition?"""
    if figure.side.measure != other.side.measure:
        yield Difference(
            "definition", "separate", "other_measure", {"measures": (figure.side.measure, other.side.measure)}
        )
        return
    yield from _cuts("definition", figure, other, own=False)


def geography(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Do the figures cover the same ground, or areas that may be set beside one another?"""
    for seen in (figure, other):
        if seen.in_no_area or "not_covered" in seen.reasons:
            yield Difference(
                "geography", "decline", "no_area" if seen.in_no_area else "not_covered", {"area": seen.side.area}
            )
    if figure.side.measure == other.side.measure:
        yield from _cuts("geography", figure, other, own=True)
    if figure.side.area != other.side.area and {figure.unit[1], other.unit[1]} == {"count"}:
        yield Difference("geography", "say", "sizes_differ")


def _cuts(aspect: str, figure: FigureFacts, other: FigureFacts, *, own: bool) -> Iterator[Difference]:
    for number, cut in enumerate(figure.source.breaks):
        if cut.effect != "cut" or bool(cut.areas) != own:
            continue
        sides = {_where(cut, seen): seen.side.area for seen in (figure, other)}
        details = {
            "break": number,
            "at": cut.at,
            "measure": figure.side.measure,
            "area": sides.get("inside", figure.side.area) if own else "",
        }
        if "inside" in sides:
            yield Difference(aspect, "decline", "break_inside", details)
        elif set(sides) == {"before", "after"}:
            yield Difference(aspect, "separate", "break_between", details)


def recording_system(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Was the recording system replaced, or a category divided, between the two figures or inside one of them?"""
    if figure.side.measure != other.side.measure:
        return
    for number, mark in enumerate(figure.source.breaks):
        sides = {_where(mark, seen) for seen in (figure, other)}
        if mark.effect != "cut" and (len(sides - {""}) == 2 or sides == {"", "inside"}):
            yield Difference(
                "recording_system",
                "say",
                "mark_between",
                {"break": number, "at": mark.at, "measure": figure.side.measure},
            )


def _where(cut: Break, seen: FigureFacts) -> str:
    """Does the break come after the figure's periods ('before' it they lie), before them, or inside? '' when it does
    not touch them."""
    if not cut.touches(seen.side.area, seen.side.category):
        return ""
    return "before" if seen.window[-1] < cut.at else "after" if seen.window[0] >= cut.at else "inside"


def categories(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Was each category in use in all periods of both figures?"""
    for seen in {figure.side.category: figure, other.side.category: other}.values():
        unused = [period for period in (*figure.window, *other.window) if seen.node and not seen.node.in_use(period)]
        if unused:
            details = {
                "category": seen.node.code,
                "first": seen.node.first,
                "last": seen.node.last,
                "measure": seen.side.measure,
            }
            yield Difference("categories", "decline", "not_in_use", details)
        elif seen.reasons & {"no_such_category"}:
            yield Difference(
                "categories",
                "decline",
                "not_in_use",
                {"category": seen.side.category, "first": "", "last": "", "measure": seen.side.measure},
            )
    if figure.side.category != other.side.category and figure.side.measure == other.side.measure:
        yield Difference(
            "categories",
            "say",
            "other_category",
            {"categories": (figure.side.category, other.side.category), "measure": figure.side.measure},
        )


def period_length(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Are the periods equally long, of the same months of the year, and is no period counted in both?"""
    parts, lengths = [_parts(seen) for seen in (figure, other)], _lengths(figure, other)
    if _same_line(figure.side, other.side) and figure.window != other.window and set(figure.window) & set(other.window):
        yield Difference("period_length", "decline", "overlap")
    if lengths[0] != lengths[1]:
        yield Difference("period_length", "decline", "unequal", {"months": lengths})
    elif sorted(parts[0]) != sorted(parts[1]):
        if {figure.side.view, other.side.view} != {"adjusted"}:
            yield Difference("period_length", "decline", "other_months")
    elif {figure.unit[1], other.unit[1]} <= {"count", "rate"}:
        days = [_days(seen) for seen in (figure, other)]
        if max(days) / min(days) - 1 > LEAP:
            yield Difference("period_length", "say", "days", {"days": tuple(days)})


def _same_line(figure: Figure, other: Figure) -> bool:
    return (figure.measure, figure.area, figure.category) == (other.measure, other.area, other.category)


def _parts(seen: FigureFacts) -> list[str]:
    """The months or weeks of the year that the figure counts, each once for every time it is counted."""
    return [part for period in seen.window for part in periods.parts(period)]


def _lengths(figure: FigureFacts, other: FigureFacts) -> tuple[float, float]:
    """How many months each figure covers; of weeks, to a tenth."""
    both = [round(sum(map(periods.months, seen.window)), 1) for seen in (figure, other)]
    return tuple(int(length) if length == int(length) else length for length in both)


def _days(seen: FigureFacts) -> int:
    return (periods.dates(seen.window[-1])[1] - periods.dates(seen.window[0])[0]).days + 1


def population_basis(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Do both rates divide by residents, and by residents on one basis?"""
    for seen in (figure, other):
        if seen.side.rated and 0 in seen.years:
            yield Difference(
                "population_basis",
                "decline",
                "no_population" if seen.card.rate else "no_rate",
                {"period": seen.side.last},
            )
            return
    if len({*figure.basis, *other.basis}) > 1:
        yield Difference(
            "population_basis", "decline", "two_bases", {"years": tuple(sorted({*figure.years, *other.years}))}
        )
        return
    old = {
        (seen.side.last, seen.years[-1])
        for seen in (figure, other)
        if seen.side.rated and seen.years[-1] < _own_year(seen)
    }
    for period, year in sorted(old):
        yield Difference("population_basis", "say", "older_residents", {"period": period, "year": year})


def _own_year(seen: FigureFacts) -> int:
    return int(middle_of_period(seen.side.last, seen.side.view)[:4])


def coverage(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Is there a figure on both sides, final, and with nearly every count allocated to its area?"""
    for seen in (figure, other):
        where = {"area": seen.side.area, "period": seen.side.last, "view": seen.side.view}
        for code, key in (("c", "withheld"), ("z", "not_applicable"), ("x", "not_published")):
            if code in seen.statuses and not seen.reasons & {"not_covered", "no_such_category"}:
                lacking = code == "x" and any(reason.startswith(INCOMPLETE) for reason in seen.reasons)
                yield Difference("coverage", "decline", "incomplete" if lacking else key, where)
        if seen.outside:
            yield Difference("coverage", "decline", "no_figure", where)
        if is_large(seen.unallocated):
            details = where | {"share": round(seen.unallocated, 4)}
            yield Difference("coverage", "say" if seen.whole else "decline", "unallocated", details)
        for code, key in (("p", "provisional"), ("e", "estimated")):
            if code in seen.statuses:
                yield Difference("coverage", "say", key, where)
        if any(why.startswith("cell") for why in seen.reasons) and "u" in seen.statuses:
            yield Difference("coverage", "say", "low_reliability", where)


def release(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Do both figures come from the same release?"""
    if (
        figure.side.measure == other.side.measure
        and figure.releases != other.releases
        and figure.releases
        and other.releases
    ):
        yield Difference(
            "release", "say", "two_releases", {"releases": tuple(sorted(figure.releases | other.releases))}
        )


def unit(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Does one of the one figure mean the same as one of the other?"""
    if figure.unit != other.unit:
        yield Difference("unit", "separate", "units_differ", {"views": (figure.side.view, other.side.view)})


def base_period(figure: FigureFacts, other: FigureFacts) -> Iterator[Difference]:
    """Are both indices measured against the same base?"""
    if (
        "index" in (figure.side.view, other.side.view)
        and figure.unit[1] == other.unit[1]
        and figure.side.first != other.side.first
    ):
        yield Difference("base_period", "decline", "other_base", {"bases": (figure.side.first, other.side.first)})


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
