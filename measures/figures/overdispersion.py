"""How much more does a series fluctuate than chance alone would make it?

Counted events that come one by one, independently, vary by chance with a variance equal to their number. Offences do
not:
weather, holidays, campaigns and late entries move them together. The factor between the two is estimated here, once at
build time for every series, and every comparison of a count, rate or share is widened by it. Method:
docs/decisions/0032-fluctuation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from disclosure import SafeTable
from disclosure.remembered import MB, remembered
from disclosure.unallocated import times_of_part, unallocated_shares
from loaders import Place, SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.figures.area_lines import divided
from measures.figures.events import left_out
from measures.figures.verdict import TESTED
from measures.figures.year_before import cut_positions, doubt_words
from measures.inference.fluctuation import Fluctuation, floored
from measures.inference.residual_sums import Fits, fits, of_months
from measures.inference.second_differences import from_years
from measures.store import artifacts
from measures.store.shelf import Shelf

SEASONS = 3  # years of final months needed before a factor is estimated from months
SPAN = 60  # months that an estimate from months looks back
_MONTHS = 12
_FILE = "dispersion.parquet"
_COLUMNS = ("factor", "df", "first", "last")


def fluctuation(shelf: Shelf, card: MeasureCard, view: str, category: str, width: int) -> Fluctuation | None:
    """What figures of ``width`` periods of the default release are judged by; arrays ``[area, period]``. None where
    none is asked for."""
    if not (card.tested and view in TESTED):
        return None
    found = factors(shelf, card.dataset, divided(card, view), category)
    return Fluctuation(*(getattr(found, name)[0 if width == 1 else 1] for name in _COLUMNS))


def noise_of(
    shelf: Shelf, card: MeasureCard, view: str, category: str, areas: Sequence[str], shown: Sequence[str], width: int
) -> Fluctuation:
    """The same for the areas and periods shown, ``[area, period]``; ``first`` and ``last`` as numbers of the default
    release's periods."""
    found, table = fluctuation(shelf, card, view, category, width), shelf.table(card.dataset)
    shape = (len(areas), len(shown))
    if found is None:
        return Fluctuation(np.full(shape, np.nan), np.zeros(shape), *(np.full(shape, -1) for _ in range(2)))
    at = np.array([table.areas.index(area) for area in areas], dtype=int)
    known = np.array([-1 if (one := table.position(period)) is None else one for period in shown], dtype=int)
    columns = [getattr(found, name)[at] for name in _COLUMNS]
    return Fluctuation(*(np.broadcast_to(one, shape) if one.shape[1] == 1 else one[:, known] for one in columns))


@remembered()
def factors(shelf: Shelf, dataset: str, variables: tuple[str, ...], category: str) -> Fluctuation:
    """The factors of every area of the default release; as the build stored them, or estimated now."""
    stored = _stored(shelf, dataset).get("/".join(variables))
    table, card = shelf.table(dataset), shelf.cards[dataset]
    if stored is not None:
        number = table.categories.index(category)
        return Fluctuation(*(getattr(stored, name)[number] for name in _COLUMNS))
    return estimates(card, table, variables, category, shelf.places[card.place])


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
    apart = [unallocated_shares(table, place, (name,), category, 1) for name in variables]
    counts = [block.values * times_of_part(share * inside[:, None]) for block, share in zip(blocks, apart, strict=True)]
    if periods.per_year(table.periods[0]) == _MONTHS:
        return from_months(counts, sure, cuts, inside, periods.ordinal(table.periods[0]))
    return from_years(counts, sure, cuts, inside, periods.per_year(table.periods[0]))


def from_months(
    counts: list[np.ndarray], sure: np.ndarray, cuts: list[list[int]], inside: np.ndarray, start: int
) -> Fluctuation:
    """Of series of months ``[area, period]``; ``start``: the number of the first month, from which its month of the
    year follows."""
    used = [_latest_stretch(row, cut) for row, cut in zip(sure, cuts, strict=True)]
    together: dict[bytes, list[int]] = {}
    for number, at in enumerate(used):
        together.setdefault(at.tobytes(), []).append(number)
    all_fits: list[Fits] = []
    for numbers in together.values():
        if len(at := used[numbers[0]]):
            all_fits.append(fits(counts, np.array(numbers), at, (start + at) % _MONTHS, _MONTHS))
    factor, df = (
        of_months(all_fits, inside, _MONTHS)
        if all_fits
        else (np.full((2, len(sure)), np.nan), np.zeros((2, len(sure))))
    )
    none = np.array([not len(at) or not counts[0][number, at].any() for number, at in enumerate(used)])
    calm = none & np.array([len(at) > 0 for at in used]) & ~np.isfinite(factor[0])
    factor[:, calm], df[:, calm] = 1.0, np.inf  # five years without an event: chance alone
    first, last = (np.array([[at[end] if len(at) else -1] for at in used]) for end in (0, -1))
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
        at = np.flatnonzero(sure[first:end]) + first
        at = at[at > at[-1] - SPAN] if len(at) else at
        if len(at) >= SEASONS * _MONTHS:
            return at
    return np.array([], dtype=int)


def write_factors(shelf: Shelf, dataset: str) -> Path:
    """Estimate every series of the default release and write the factors beside its built table; the path.

    One row = one kind of figure (``figure``: its variables): the arrays ``[category, width, area, period]`` in their
    order, and how
    many values stand along ``period``. Series of a card without any tested measure are left out.
    """
    card, table = shelf.cards[dataset], shelf.table(dataset)
    place = shelf.places[card.place]
    asked = sorted(
        {
            divided(one, view)
            for one in shelf.measures.values()
            if one.dataset == dataset and one.tested
            for view in one.views
            if view in TESTED
        }
    )
    rows = []
    for variables in asked:
        found = [estimates(card, table, variables, category, place) for category in table.categories]
        arrays = {name: np.stack([getattr(one, name) for one in found]) for name in _COLUMNS}
        rows.append(
            {"figure": "/".join(variables), "along": arrays["factor"].shape[3]}
            | {name: one.ravel() for name, one in arrays.items()}
        )
    types = {"figure": pa.string(), "along": pa.int32(), "factor": pa.list_(pa.float64()), "df": pa.list_(pa.float64())}
    schema = pa.schema(types | {"first": pa.list_(pa.int32()), "last": pa.list_(pa.int32())})
    return artifacts.keep_table(shelf.built, card, _FILE, pa.Table.from_pylist(rows, schema))


@remembered(16 * MB)
def _stored(shelf: Shelf, dataset: str) -> dict[str, Fluctuation]:
    """Kind of figure → factors ``[category, width, area, period]``; nothing when file, card or code have changed
    since the build."""
    kept, table = artifacts.kept_table(shelf.built, shelf.cards[dataset], _FILE), shelf.table(dataset)
    if kept is None:
        return {}
    shape = (len(table.categories), 2, len(table.areas))
    found = {}
    for number, figure in enumerate(kept["figure"].to_pylist()):
        along = kept["along"][number].as_py()
        found[figure] = Fluctuation(*(kept[name][number].values.to_numpy().reshape(*shape, along) for name in _COLUMNS))
    return found
