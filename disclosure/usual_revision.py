"""How much are figures of one group and age usually revised, and when is nearly all of what is counted in?

The mean revision is tested first, then its spread is told (Carson, Khan and Kenny 2005; OECD and Eurostat, guidelines
on revisions policy and analysis). A group has few publications to learn from: its mean and its variance are drawn
towards those of all groups together (empirical Bayes; Smyth 2004, SAGMB 3(1):3), a mean by one standard error at most,
so that a group unlike the others stays so (limited translation; Efron and Morris 1972, JASA 67:130). Method:
docs/decisions/0036-usual-revision.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from disclosure.safe_table import SafeTable
from disclosure.shrinkage import moderated, pooled
from disclosure.triangle import PLACE, Triangle, areas_of, known_periods, publications, triangle_of
from loaders import Place, SourceCard, periods

STEPS = (0, 3, 6, 12)  # months of age: 0–2, 3–5 and 6–11; what is older is not looked at
COMPLETE = 0.95  # of what is finally counted: figures of an age that usually has less are provisional
SMALL = 30  # counted events; the percentage of a smaller figure is mostly chance
_SURE, _INSIDE = 0.975, 0.95  # quantiles of t: a mean unlike zero (two-sided 5 %), nine tenths of what is to come
_LEAST = 1e-8  # a variance below it counts as this


@dataclass(frozen=True)
class Usual:
    """How much figures of an age changed until the newest publication, as ratios newest ÷ then − 1.

    ``mean``: 0 where it cannot be told from none; ``low`` and ``high``: nine in ten of those to come lie between them.
    ``pairs`` of publications, ``cells`` pooled.
    """

    mean: float
    low: float
    high: float
    pairs: int
    cells: int

    @property
    def complete(self) -> float:
        """Which part of what is finally counted is usually in."""
        return 1 / (1 + self.mean)


@dataclass(frozen=True)
class _Units:
    """Logarithms of newest ÷ then of one group and step, their weights, and how many publications they are of."""

    logs: np.ndarray
    weights: np.ndarray
    pairs: int
    cells: int

    @property
    def mean(self) -> float:
        return float(self.logs @ self.weights / self.weights.sum())

    @property
    def variance(self) -> float:
        size = len(self.logs)
        if size < 2:
            return np.nan
        spread = float((self.logs - self.mean) ** 2 @ self.weights / self.weights.sum())
        return max(spread * size / (size - 1), _LEAST)


def usual_by_step(groups: Mapping[str, Triangle], level: str, start: int = 0) -> dict[tuple[str, int], Usual]:
    """(category, number of the step) → usual revision; a step that no publication tells of is left out.

    ``groups``: the triangle of each category that is compared; ``start``: from which period on they tell of today's
    way of recording.
    """
    usual_of: dict[tuple[str, int], Usual] = {}
    for step in range(len(STEPS) - 1):
        units = {code: _units(triangle, level, step, start) for code, triangle in groups.items()}
        units = {code: unit for code, unit in units.items() if unit is not None}
        if units:
            usual_of |= {(code, step): usual for code, usual in _shrunk(units).items()}
    return usual_of


def usual_of_tables(
    tables: Mapping[str, SafeTable], card: SourceCard, place: Place, variable: str, level: str
) -> dict[tuple[str, int], Usual]:
    """(category, number of the step) → usual revision of the total and the groups; ``tables``: of every release.

    What was published before the last break of the whole table tells nothing of today's way of recording.
    """
    if len(publications(card)) < 2:
        return {}
    codes = areas_of(place.code, [area.code for area in place.areas], level)
    groups = {code: triangle_of(tables, card, variable, code, codes) for code in compared(card)}
    return usual_by_step(groups, level, _start(card, known_periods(tables)))


def compared(card: SourceCard) -> list[str]:
    """The total and its groups: every release has them alike; the types below them come and go."""
    nodes = card.tree.nodes
    codes = [code for code, node in nodes.items() if node.level in ("all", "group") and node.in_total]
    return codes or list(nodes) or [""]


def group_of(card: SourceCard, category: str) -> str:
    """The compared category that a category lies in, or itself."""
    known, code = set(compared(card)), category
    while code not in known and code in card.tree.nodes and card.tree.nodes[code].parent:
        code = card.tree.nodes[code].parent
    return category if card.tree.nodes.get(code) and card.tree.nodes[code].level == "all" != category else code


def provisional_periods(tables: Mapping[str, SafeTable], card: SourceCard, place: Place) -> dict[str, int] | None:
    """Category → how many of its newest periods are provisional; None where no two publications tell of it."""
    usual = usual_of_tables(tables, card, place, next(iter(card.variables)), PLACE)
    if not usual:
        return None
    year = periods.per_year(known_periods(tables)[0])
    codes = list(card.tree.nodes) or [""]
    return {code: -(-fresh_months(usual, group_of(card, code)) * year // 12) for code in codes}


def _start(card: SourceCard, every: tuple[str, ...]) -> int:
    whole = [cut.at for cut in card.breaks if not cut.categories and not cut.areas and cut.at in every]
    return every.index(max(whole)) if whole else 0


def step_of(age: int) -> int:
    """The number of the step of an age in months, −1 for one that is not looked at."""
    return next((n for n in range(len(STEPS) - 1) if STEPS[n] <= age < STEPS[n + 1]), -1)


def fresh_months(usual: Mapping[tuple[str, int], Usual], category: str) -> int:
    """For how many months the figures of a category are provisional: until 95 % of what is finally counted is in."""
    late = [n for n in range(len(STEPS) - 1) if (category, n) in usual and usual[category, n].complete < COMPLETE]
    return STEPS[late[-1] + 1] if late else 0


def _units(triangle: Triangle, level: str, step: int, start: int) -> _Units | None:
    """What is pooled: of the place every period as a publication gave it, of areas each area's sum over the step.

    Single months of an area are so small that chance would be taken for revision.
    """
    newest, settled = triangle.newest, triangle.settled
    then, later, pairs, cells = [], [], 0, 0
    for number, (values, age) in enumerate(zip(triangle.values, triangle.ages, strict=True)):
        inside = (age >= STEPS[step]) & (age < STEPS[step + 1]) & (np.arange(len(age)) >= start)
        known = inside & np.isfinite(values) & (newest > number)
        if not known.any():
            continue
        pairs, cells = pairs + 1, cells + int(known.sum())
        if level == PLACE:
            then.append(values[known])
            later.append(settled[known])
        else:
            some = known.any(axis=1)
            then.append(np.where(known, values, 0.0)[some].sum(axis=1))
            later.append(np.where(known, settled, 0.0)[some].sum(axis=1))
    if not pairs:
        return None
    then, later = np.concatenate(then), np.concatenate(later)
    large = (then >= SMALL) & (later > 0)
    return _Units(np.log(later[large] / then[large]), then[large], pairs, cells) if large.any() else None


def _shrunk(units: dict[str, _Units]) -> dict[str, Usual]:
    """Each group's mean and variance drawn towards those of all groups, the more so the less it has of its own."""
    from scipy.stats import t

    codes = list(units)
    pairs = np.array([units[code].pairs for code in codes], dtype=float)
    means = np.array([units[code].mean for code in codes])
    variances, df = moderated(np.array([units[code].variance for code in codes]), np.maximum(pairs - 1, 1))
    error = variances / pairs
    common, between = pooled(means, error)
    own = between / (between + error)
    centre = np.clip(common + own * (means - common), means - np.sqrt(error), means + np.sqrt(error))
    doubt = own * error + (1 - own) ** 2 * (between + error.mean()) / len(codes)
    centre = np.where(np.abs(centre) > t.ppf(_SURE, df) * np.sqrt(doubt), centre, 0.0)
    reach = t.ppf(_INSIDE, df) * np.sqrt(variances + doubt)
    return {
        code: Usual(
            *(float(np.expm1(size)) for size in (centre[n], centre[n] - reach[n], centre[n] + reach[n])),
            units[code].pairs,
            units[code].cells,
        )
        for n, code in enumerate(codes)
    }
