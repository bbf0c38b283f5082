"""By how much more than by chance do the series of a dataset vary, estimated from its published figures?

Method: docs/decisions/0032-fluctuation.md.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from disclosure import SafeTable
from disclosure.remembered import remembered
from disclosure.unallocated import times_of_part, unallocated_shares
from loaders import Place, SourceCard, periods
from measures.figures.events import left_out
from measures.inference.fluctuation import Fluctuation, floored
from measures.inference.residual_sums import Fits, fits, of_months
from measures.inference.second_differences import from_years
from measures.lines.year_before import cut_positions, doubt_words

SEASONS = 3  # years of final months needed before a factor is estimated from months
SHARED_OUT = 100  # counts of the place in a period; with fewer the share that no area has is chance itself
SPAN = 60  # months that an estimate from months looks back
_MONTHS = 12


def estimates(
    source: SourceCard, table: SafeTable, variables: tuple[str, ...], category: str, place: Place
) -> Fluctuation:
    """Estimate the series of every area; areas of the place are moderated together (``measures.inference.moderation``).

    Months: residuals from season and bend over the latest five years between two cuts
    (``measures.inference.residual_sums``).
    Years, quarters
    and weeks: second differences of all years between two cuts, without the two periods compared
    (``measures.inference.second_differences``).
    Provisional, doubtful and estimated figures stay out, and so do the events that the place declares
    (``measures.figures.events``). An area's count has its proportional part of what was allocated to no area: moving
    offences out of *Unknown* is no fluctuation.
    """
    blocks = [table.block(name, category) for name in variables]
    doubted = [doubt_words(table)[block.status, block.reason] != "" for block in blocks]
    sure = ~np.any([~np.isfinite(block.values) | doubt for block, doubt in zip(blocks, doubted, strict=True)], axis=0)
    sure &= ~np.any([_astray(table)[table.block(name, table.categories[0]).reason] for name in variables], axis=0)
    sure &= ~left_out(place, table.periods)
    cuts = [cut_positions(source, table.periods, area, category) for area in table.areas]
    inside = np.isin(table.areas, [area.code for area in place.areas])
    counts = [
        block.values * _times(table, place, name, category, inside)
        for name, block in zip(variables, blocks, strict=True)
    ]
    if periods.per_year(table.periods[0]) == _MONTHS:
        return from_months(counts, sure, cuts, inside, periods.ordinal(table.periods[0]))
    return from_years(counts, sure, cuts, inside, periods.per_year(table.periods[0]))


def _times(table: SafeTable, place: Place, variable: str, category: str, inside: np.ndarray) -> np.ndarray:
    """By which the counts of each area and period are multiplied to have their part of what no area has, ``[area,
    period]``."""
    whole = table.block(variable, category, [table.areas[0]]).values
    known = whole[np.isfinite(whole)]
    if not known.size or known.mean() < SHARED_OUT:
        return np.ones((len(inside), 1))
    return times_of_part(unallocated_shares(table, place, (variable,), category, 1) * inside[:, None])


def from_months(
    counts: list[np.ndarray], sure: np.ndarray, cuts: list[list[int]], inside: np.ndarray, start: int
) -> Fluctuation:
    """Of series of months ``[area, period]``; ``start``: the number of the first month, from which its month of the
    year follows."""
    used = [_latest_stretch(row, cut) for row, cut in zip(sure, cuts, strict=True)]
    together: dict[bytes, list[int]] = {}
    for number, positions in enumerate(used):
        together.setdefault(positions.tobytes(), []).append(number)
    all_fits: list[Fits] = []
    for numbers in together.values():
        if len(positions := used[numbers[0]]):
            all_fits.append(fits(counts, np.array(numbers), positions, (start + positions) % _MONTHS, _MONTHS))
    factor, df = (
        of_months(all_fits, inside, _MONTHS)
        if all_fits
        else (np.full((2, len(sure)), np.nan), np.zeros((2, len(sure))))
    )
    none = np.array(
        [not len(positions) or not counts[0][number, positions].any() for number, positions in enumerate(used)]
    )
    calm = none & np.array([len(positions) > 0 for positions in used]) & ~np.isfinite(factor[0])
    factor[:, calm], df[:, calm] = 1.0, np.inf  # five years without an event: chance alone
    first, last = (np.array([[positions[end] if len(positions) else -1] for positions in used]) for end in (0, -1))
    factor[:, first[:, 0] < 0] = np.nan
    return floored(factor[:, :, None], df[:, :, None], first[None], last[None])


@remembered()
def _astray(table: SafeTable) -> np.ndarray:
    """Does a reason, by its number, say that much of the count was allocated to no area?"""
    return np.array([any(why.startswith("unallocated") for why in reasons.split("|")) for reasons in table.reasons])


def _latest_stretch(sure: np.ndarray, cuts: list[int]) -> np.ndarray:
    """The numbers of the months that an estimate rests on, of the latest five years before a cut or the end; none
    where there are too few."""
    for first, end in reversed(list(pairwise([0, *sorted(cuts), len(sure)]))):
        positions = np.flatnonzero(sure[first:end]) + first
        positions = positions[positions > positions[-1] - SPAN] if len(positions) else positions
        if len(positions) >= SEASONS * _MONTHS:
            return positions
    return np.array([], dtype=int)
