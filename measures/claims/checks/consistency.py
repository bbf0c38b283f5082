"""Is there any set of true counts for which all these published figures hold at once?

The days that the figures speak of are cut into stretches; the count of each stretch is unknown and not negative. A
level bounds a sum of stretches, a change bounds one sum by another, a part is no more than its whole. If no such counts
exist (a linear programme without a solution), the figures cannot all be true, and the fewest that clash are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import inf, isfinite

from loaders.claims.statements import Indicator
from measures.claims.claim import FLOWS, Claim, days_of
from measures.claims.intervals import SLACK, Range

Row = dict[tuple[str, int], float]
TRUST = ("official", "press citing official", "press")


def conflicts(claims: Iterable[Claim], indicators: Mapping[str, Indicator]) -> list[tuple[Claim, ...]]:
    """Sets of figures that cannot all be true; each is as small as it can be. Figures of one place only."""
    clashes = []
    for group in _groups([claim for claim in claims if usable(claim)], indicators):
        clashes += _clashes(group, indicators)
    return clashes


def _groups(claims: list[Claim], indicators: Mapping[str, Indicator]) -> list[list[Claim]]:
    """Figures that can bear on each other: of one indicator, or of indicators that are parts of one whole."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_widest(claim.indicator, indicators), []).append(claim)
    return list(groups.values())


def _widest(code: str, indicators: Mapping[str, Indicator]) -> str:
    known = indicators.get(code)
    above = (known.difference_of or known.part_of) if known else ""
    return _widest(above, indicators) if above else code


def _clashes(left: list[Claim], indicators: Mapping[str, Indicator]) -> list[tuple[Claim, ...]]:
    clashes = []
    while not consistent(left, indicators):
        clash = _fewest(left, indicators)
        clashes.append(clash)
        left.remove(max(clash, key=lambda claim: (_trust(claim), claim.published)))
    return clashes


def usable(claim: Claim) -> bool:
    """Does the figure bound counts that add up over days?"""
    if not claim.start or claim.measures not in (*FLOWS, "difference"):
        return False
    return (
        claim.is_level
        or (claim.is_daily and claim.measures in FLOWS)
        or bool((claim.is_change or claim.is_difference) and claim.base.start)
    )


def _trust(claim: Claim) -> int:
    return TRUST.index(claim.reliability) if claim.reliability in TRUST else len(TRUST)


def _fewest(claims: Sequence[Claim], indicators: Mapping[str, Indicator]) -> tuple[Claim, ...]:
    """Leave out one after another as long as the rest still clash."""
    clash = list(claims)
    for claim in claims:
        rest = [other for other in clash if other is not claim]
        if not consistent(rest, indicators):
            clash = rest
    return tuple(clash)


def consistent(claims: Sequence[Claim], indicators: Mapping[str, Indicator]) -> bool:
    """Is there a solution? Nothing is refused for the rounding of floats: every bound is a hair wider."""
    import numpy as np
    from scipy.optimize import linprog

    stretches = _Stretches(claims, indicators)
    rows = [row for claim in claims for row in stretches.rows(claim)] + stretches.wholes()
    if not rows:
        return True
    columns = {name: number for number, name in enumerate(sorted({name for row, _ in rows for name in row}))}
    matrix, limits = np.zeros((len(rows), len(columns))), np.empty(len(rows))
    for number_of_row, (row, limit) in enumerate(rows):
        size = max(abs(factor) for factor in row.values())
        for name, factor in row.items():
            matrix[number_of_row, columns[name]] = factor / size
        limits[number_of_row] = limit / size + SLACK * max(1.0, abs(limit) / size)
    return linprog(np.zeros(len(columns)), A_ub=matrix, b_ub=limits, bounds=(0, None), method="highs").status != 2


class _Stretches:
    """The days of all claims, cut wherever one of them begins or ends."""

    def __init__(self, claims: Sequence[Claim], indicators: Mapping[str, Indicator]):
        self.indicators = indicators
        spans = [(claim.start, claim.end) for claim in claims] + [
            (claim.base.start, claim.base.end) for claim in claims if claim.base.start
        ]
        self.cuts = sorted(
            {start for start, _ in spans} | {str(date.fromisoformat(end) + timedelta(days=1)) for _, end in spans}
        )
        self.names: set[str] = set()

    def count(self, indicator: str, start: str, end: str, factor: float = 1) -> Row:
        self.names.add(indicator)
        after = str(date.fromisoformat(end) + timedelta(days=1))
        return {(indicator, stretch): factor for stretch in range(self.cuts.index(start), self.cuts.index(after))}

    def rows(self, claim: Claim) -> list[tuple[Row, float]]:
        """What the claim says, as rows of 'this sum is at most that'."""
        known = self.indicators.get(claim.indicator)
        what = known.difference_of if known and known.difference_of else claim.indicator
        now = self.count(what, claim.start, claim.end)
        if claim.is_daily:
            days = days_of(claim.start, claim.end)
            return _between(now, Range(claim.range.low * days, claim.range.high * days))
        if claim.is_level:
            return _between(now, claim.range)
        before = self.count(what, claim.base.start, claim.base.end)
        if claim.is_difference:
            return _between(_less(now, before, 1), claim.range)
        least = 1.0 if claim.measures == "count" else 1e-6  # a change in per cent needs something to begin with
        return [*_between_ratio(now, before, claim.range), (_less({}, before, 1), -least)]

    def wholes(self) -> list[tuple[Row, float]]:
        """A part is no more than its whole, in every stretch."""
        pairs = [(code, self.indicators[code].part_of) for code in self.names if code in self.indicators]
        return [
            ({(part, stretch): 1.0, (whole, stretch): -1.0}, 0.0)
            for part, whole in pairs
            if whole in self.names
            for stretch in range(len(self.cuts) - 1)
        ]


def _less(now: Row, before: Row, factor: float) -> Row:
    row = dict(now)
    for name, times in before.items():
        row[name] = row.get(name, 0.0) - factor * times
    return row


def _between(row: Row, span: Range) -> list[tuple[Row, float]]:
    rows = [(row, span.high)] if span.high < inf else []
    return rows + ([({name: -factor for name, factor in row.items()}, -span.low)] if isfinite(span.low) else [])


def _between_ratio(now: Row, before: Row, percent: Range) -> list[tuple[Row, float]]:
    rows = [(_less(now, before, 1 + percent.high / 100), 0.0)] if percent.high < inf else []
    low = max(0.0, 1 + percent.low / 100) if isfinite(percent.low) else 0.0
    return [*rows, (_less({name: -factor for name, factor in now.items()}, before, -low), 0.0)]
