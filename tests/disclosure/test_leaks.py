"""Every leak that a naive implementation misses is found, with its answer (invented numbers)."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.attack.constraints import Constraints
from disclosure.protection.audit import prove
from disclosure.protection.bounds import Contradiction
from disclosure.protection.protect import attacker, protect
from tests.disclosure.tables import lattice_from, policy, ranges


def answers(notes: Constraints) -> dict[str, tuple[int, int | None]]:
    """The exact range of every unknown; None: no upper limit."""
    found = ranges(notes.known())
    assert found.exact.all()
    return {
        name: (int(found.low[at]), None if found.unlimited[at] else int(found.high[at]))
        for name, at in notes.names.items()
    }


def noted(*names: str, low: int = 1) -> Constraints:
    notes = Constraints()
    notes.unknown(*names, low=low)
    return notes


def test_a_total_gives_away_a_single_hidden_count():
    notes = noted("hidden")
    notes.equal("hidden", 38 - 10 - 25)
    assert answers(notes) == {"hidden": (3, 3)}


def test_a_hidden_pair_that_sums_to_two_is_one_and_one_where_zeros_are_shown():
    notes = noted("a", "b")
    notes.equal(["a", "b"], 2)
    assert answers(notes) == {"a": (1, 1), "b": (1, 1)}


@pytest.mark.parametrize(("mark", "expected"), [(4, (4, 4)), (None, (1, 7))])
def test_a_pair_that_sums_to_eight_is_four_and_four_when_the_mark_says_under_five(mark, expected):
    notes = Constraints()
    notes.unknown("a", "b", low=1, high=mark)
    notes.equal(["a", "b"], 8)
    assert answers(notes) == {"a": expected, "b": expected}


def test_rolling_sums_give_away_the_month_that_comes_in():
    months = [f"m{n}" for n in range(1, 14)]
    notes = noted(*months, low=0)
    notes.equal(months[:12], 84)
    notes.equal(months[1:], 79)
    notes.equal("m1", 7)
    assert answers(notes)["m13"] == (2, 2)


@pytest.mark.parametrize(("shown", "expected"), [("0.06", (3, 3)), ("0.1", (3, 7))])
def test_a_rate_with_its_denominator_gives_away_the_count(shown, expected):
    notes = noted("count")
    notes.rate("count", shown, 1000, 52_340)
    assert answers(notes) == {"count": expected}


def test_a_change_in_per_cent_gives_away_the_count():
    notes = noted("now", "before")
    notes.equal("before", 5)
    notes.change("now", "before", "-40.0")
    assert answers(notes)["now"] == (3, 3)


def test_a_share_gives_away_the_count():
    notes = noted("part", "whole")
    notes.equal("whole", 178)
    notes.share("part", "whole", "1.7")
    assert answers(notes)["part"] == (3, 3)


def test_a_year_without_eleven_months_is_the_twelfth():
    months = [f"m{n}" for n in range(1, 13)]
    notes = noted(*months)
    notes.equal(months, 110)
    for name, count in zip(months, (9, 11, 8, 14, 10, 7, 12, 9, 13, 8, 6), strict=False):
        notes.equal(name, count)
    assert answers(notes)["m12"] == (3, 3)


def test_another_geography_gives_away_the_areas():
    notes = noted("d1", "d2", "d3")
    notes.equal(["d1", "d2"], 15)
    notes.equal(["d1", "d3"], 23)
    notes.equal("d3", 20)
    assert answers(notes) == {"d1": (3, 3), "d2": (12, 12), "d3": (20, 20)}


def test_overlapping_pairs_give_away_all_three():
    notes = noted("a", "b", "c")
    for pair, total in ((("a", "b"), 7), (("b", "c"), 9), (("a", "c"), 8)):
        notes.equal(pair, total)
    assert answers(notes) == {"a": (3, 3), "b": (4, 4), "c": (5, 5)}


def test_counts_rounded_to_five_beside_an_exact_total():
    notes = noted("a", "b", "c", "d", low=0)
    for name, shown in zip("abcd", (5, 5, 0, 0), strict=True):
        notes.between(name, max(0, shown - 2), shown + 2)
    notes.equal(["a", "b", "c", "d"], 18)
    assert answers(notes) == {"a": (7, 7), "b": (7, 7), "c": (2, 2), "d": (2, 2)}


def percentages_only() -> tuple[Constraints, list[int]]:
    """Two invented years of months, of which only the changes on the month and on the year are published, to two decimals."""
    counts = np.random.default_rng(5).integers(20, 90, 24).tolist()
    notes = noted(*(f"m{n}" for n in range(24)))
    for step in (1, 12):
        for now in range(step, 24):
            notes.change(f"m{now}", f"m{now - step}", f"{(counts[now] / counts[now - step] - 1) * 100:.2f}")
    return notes, counts


def test_percentages_alone_give_away_every_count_once_one_is_known():
    notes, counts = percentages_only()
    notes.equal("m0", counts[0])
    assert answers(notes) == {f"m{n}": (count, count) for n, count in enumerate(counts)}


def test_percentages_alone_leave_one_common_factor():
    notes, counts = percentages_only()
    known = notes.known()
    found = prove(known, np.ones(24, dtype=bool), 5)
    smallest = np.array(counts) // np.gcd.reduce(counts)
    assert (found.low <= smallest).all()
    notes, _ = percentages_only()
    notes.equal("m0", 3 * counts[0])
    assert answers(notes) == {f"m{n}": (3 * count, 3 * count) for n, count in enumerate(counts)}


def test_a_common_factor_is_found_from_one_sum():
    notes = noted("a", "b")
    notes.unknown("factor", low=1)
    notes.equal({"a": 1, "factor": -2}, 0)
    notes.equal({"b": 1, "factor": -3}, 0)
    notes.between(["a", "b"], 48, 52)
    assert answers(notes)["a"] == (20, 20)


def test_counts_in_dozens_are_known_from_a_narrow_interval():
    notes = noted("a", "b")
    notes.unknown("dozens")
    notes.equal({"a": 1, "b": 1, "dozens": -12}, 0)
    notes.between(["a", "b"], 21, 25)
    assert answers(notes)["a"] == (1, 23)


def test_two_rows_of_ones_at_threshold_three_keep_nothing_exact():
    """`1 1 7 1 0 | 10` and `1 0 0 2 8 | 11`: hiding what is under three leaves three ones in the first row."""
    lattice = lattice_from(np.array([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]])[:, :, None])
    rule = policy(threshold=2)
    naive = (lattice.count >= 1) & (lattice.count <= 2)
    leaked = ranges(attacker(lattice, ~naive, np.zeros(len(naive), dtype=bool)))
    assert (leaked.low == leaked.high).any(), "the naive pattern must leak, or this test shows nothing"
    made = protect(lattice, rule)
    assert made.unsafe == 0
    proof = ranges(attacker(lattice, ~made.hidden, made.withheld))
    assert (proof.unlimited | (proof.high - proof.low >= rule.range - 1)).all()


def test_publications_that_contradict_each_other_are_said_to():
    notes = noted("a", "b")
    notes.equal(["a", "b"], 7)
    notes.equal(["a", "b"], 9)
    with pytest.raises(Contradiction):
        ranges(notes.known())
