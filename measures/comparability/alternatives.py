"""What is the nearest fair comparison instead? Candidates for every aspect, in the order of how little they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from loaders import periods
from loaders.statuses import WITHOUT_VALUE
from measures.comparability.aspects import Difference
from measures.comparability.figure import Figure, facts_of
from measures.lines.denominators import of_years
from measures.store.shelf import Shelf

Sides = tuple[Figure, ...]
STEPS = 36  # how many periods later or earlier a fair window is looked for
COUNTED = {"rate": "count", "rolling_rate": "rolling"}


def nearest(sides: Sides, place: str, shelf: Shelf, judge: Callable[[Sides], list[Difference]]) -> Sides | None:
    """The nearest figures that may be drawn together; of figures that may be drawn, a fairer view or window where one
    is at hand.

    Of statements none is made up: what nobody stated cannot be offered.
    """
    if any(shelf.measures[side.measure].kind == "statements" for side in sides):
        return None
    now, first = sides, judge(sides)
    for _ in range(len(REMEDIES)):
        findings = judge(now)
        if not findings or (findings[0].outcome == "say" != first[0].outcome):
            break
        better = _step(now, findings, place, shelf, judge)
        if better is None:
            break
        now = better
    return now if now != sides and not _strong(judge(now)) else None


def _step(sides: Sides, findings: list[Difference], place: str, shelf: Shelf, judge) -> Sides | None:
    """The first candidate that is free of one of the strongest findings: rather one that brings no new reason against
    comparing."""
    second = None
    for finding, candidate in _candidates(sides, findings, place, shelf):
        left = judge(candidate)
        if not any((finding_left.aspect, finding_left.key) == (finding.aspect, finding.key) for finding_left in left):
            if _strong(left) <= _strong(findings):
                return candidate
            second = second or candidate
    return second if findings[0].outcome != "say" else None


def _candidates(
    sides: Sides, findings: list[Difference], place: str, shelf: Shelf
) -> Iterator[tuple[Difference, Sides]]:
    for finding in (listed for listed in findings if listed.outcome == findings[0].outcome):
        general = () if finding.outcome == "say" else REMEDIES.get(finding.aspect, ())
        for remedy in REMEDIES.get((finding.aspect, finding.key), general):
            for candidate in remedy(sides, place, shelf):
                if len(set(candidate)) == len(candidate) > 1:
                    yield finding, candidate


def _strong(findings: list[Difference]) -> set[tuple[str, str]]:
    return {(finding.aspect, finding.key) for finding in findings if finding.outcome != "say"}


def wider(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """The groups above the category, the nearest first, that count all of every side's category."""
    tree = shelf.cards[shelf.measures[sides[0].measure].dataset].tree
    if len({side.measure for side in sides}) > 1 or sides[0].category not in tree.nodes:
        return
    leaves = {leaf for side in sides for leaf in tree.leaves(side.category)}
    for node in tree.path(sides[0].category)[-2::-1]:
        if leaves <= set(tree.leaves(node.code)):
            yield tuple(replace(side, category=node.code) for side in sides)


def closer(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """The earlier figures in later and later years, in the months of the latest figure, until they are a year before
    it."""
    latest = max(sides, key=lambda side: side.window[-1])
    years = [_years(side, latest) for side in sides]
    for step in range(max(years)):
        yield tuple(
            _at(side, latest, max(1, back - step)) if back else side for side, back in zip(sides, years, strict=True)
        )


def _years(side: Figure, latest: Figure) -> int:
    """How many whole years lie between two figures, at least one; 0 for the latest, and where periods differ in
    length."""
    if side.window == latest.window or periods.frequency_of(side.last) != periods.frequency_of(latest.last):
        return 0
    return max(1, round((periods.ordinal(latest.last) - periods.ordinal(side.last)) / periods.per_year(latest.last)))


def _at(side: Figure, latest: Figure, years: int) -> Figure:
    """The side in the periods of the latest figure, some years earlier."""
    own = latest.moved(-years * periods.per_year(latest.last))
    return replace(side, first=own.first, last=own.last, view=latest.view)


def shifted(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """Every figure later by the same number of periods, and then earlier."""
    for step in (*range(1, STEPS + 1), *range(-1, -STEPS - 1, -1)):
        yield tuple(side.moved(step) for side in sides)


def earlier(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """Every figure earlier by the same number of periods."""
    for step in range(1, STEPS + 1):
        yield tuple(side.moved(-step) for side in sides)


def earlier_same_months(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """The latest figure, and for the others the same months in the nearest earlier year (for other areas: the same
    period)."""
    latest = max(sides, key=lambda side: side.window[-1])
    apart = len({side.area for side in sides}) == len(sides)
    yield tuple(
        side if side.window == latest.window else _at(side, latest, 0 if apart else _years(side, latest))
        for side in sides
    )


def latest_residents(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """The latest year that has residents of its own, and for earlier figures the year before it."""
    card = shelf.measures[sides[0].measure]
    if not card.rate:
        return
    newest = max(sides, key=lambda side: side.last)
    year = periods.per_year(newest.last)
    last = max(of_years(shelf.table(card.rate["dataset"]).periods), default=0)
    for back in range(4 if last else 0):
        ends = newest.moved((last - int(newest.last[:4]) - back) * year)
        before = ends.moved(-year)
        yield tuple(
            replace(side, first=own.first, last=own.last)
            for side in sides
            for own in [ends if side.last == newest.last else before]
        )


def counted(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """Counts instead of rates."""
    yield tuple(replace(side, view=COUNTED.get(side.view, side.view)) for side in sides)


def rated(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """Rates instead of counts, where the measure has them."""
    rates = {count: rate for rate, count in COUNTED.items()}
    views = [rates.get(side.view, "") for side in sides]
    if all(view in shelf.measures[side.measure].views for view, side in zip(views, sides, strict=True)):
        yield tuple(replace(side, view=view) for view, side in zip(views, sides, strict=True))


def one_view(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """All figures in the view of one of them."""
    if len({side.measure for side in sides}) == 1:
        for view in dict.fromkeys(side.view for side in sides):
            yield tuple(replace(side, view=view) for side in sides)


def one_base(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """All indices on the latest of their bases."""
    yield tuple(replace(side, first=max(other.first for other in sides)) for side in sides)


def without(sides: Sides, place: str, shelf: Shelf) -> Iterator[Sides]:
    """The figures that there are, without the areas that have none."""
    figures = [facts_of(side, place, shelf) for side in sides]
    yield tuple(
        facts.side
        for facts in figures
        if not facts.in_no_area and not facts.outside and not facts.statuses.intersection(WITHOUT_VALUE)
    )


# by aspect; where a key stands beside the aspect, for that finding alone. A sentence ('say') has a remedy only by its
# key.
REMEDIES: dict = {
    "definition": (wider, closer, shifted),
    ("definition", "other_measure"): (),
    "categories": (wider, closer, shifted),
    "geography": (closer, shifted),
    ("geography", "not_covered"): (without,),
    ("geography", "no_area"): (without,),
    ("geography", "sizes_differ"): (rated,),
    "period_length": (earlier_same_months,),
    "population_basis": (closer, latest_residents, counted),
    "coverage": (shifted, without),
    ("coverage", "withheld"): (without,),
    ("coverage", "provisional"): (earlier,),
    "unit": (one_view,),
    "base_period": (one_base,),
}
