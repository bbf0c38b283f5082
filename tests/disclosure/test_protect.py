"""What protection promises, on the worked example and on random tables; ranges agree with trying every table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from disclosure.protection.audit import prove
from disclosure.protection.protect import Protection, Unprotectable, attacker, primary, protect
from tests.disclosure.tables import every_range, lattice_from, policy, ranges

WORKED = np.array([[20, 3, 37], [18, 25, 17], [12, 22, 46]])[:, :, None]
EXPECTED = {("Area A", "t1"): (1, 22), ("Area A", "t0"): (1, 22), ("Area C", "t0"): (10, 31), ("Area C", "t1"): (3, 24)}
GROUPS = np.tile(
    [[[2, 40, 33, 25], [18, 25, 31, 22]], [[30, 41, 22, 60], [25, 1, 27, 33]], [[50, 51, 60, 44], [35, 30, 36, 3]]], 3
)


def small_tables(periods: int):
    sides = st.tuples(st.integers(2, 3), st.integers(2, 3))

    def of(side):
        size = side[0] * side[1] * periods
        return st.lists(st.integers(0, 6), min_size=size, max_size=size).map(
            lambda counts: np.array(counts).reshape(*side, periods)
        )

    return sides.flatmap(of)


def by_name(lattice, hidden, found) -> dict:
    names = zip(lattice.names("area")[hidden], lattice.names("category")[hidden], strict=True)
    return {name: (int(low), int(high)) for name, low, high in zip(names, found.low, found.high, strict=True)}


def test_the_worked_example_hides_the_cheapest_rectangle_and_leaves_its_ranges():
    lattice = lattice_from(WORKED)
    made = protect(lattice, policy())
    assert int(made.primary.sum()) == 1
    found = ranges(attacker(lattice, ~made.hidden, made.withheld))
    assert found.exact.all()
    assert by_name(lattice, made.hidden, found) == EXPECTED


def test_alone_the_small_count_of_the_worked_example_is_three():
    lattice = lattice_from(WORKED)
    small = primary(lattice, policy())
    found = ranges(attacker(lattice, ~small, np.zeros(len(small), dtype=bool)))
    assert (found.low.tolist(), found.high.tolist()) == ([3], [3])


def test_months_quarters_and_years_are_protected_together():
    """Protecting months alone and showing quarters and years beside them gives the months away."""
    lattice = lattice_from(GROUPS, "2021-01")
    made = protect(lattice, policy())
    assert made.unsafe == 0 and made.primary.sum() >= 9
    assert set(lattice.level("period")) == {"month", "quarter", "year"}
    proof = ranges(attacker(lattice, ~made.hidden, made.withheld))
    assert (proof.high - proof.low >= 4).all()


def test_sensitive_types_are_hidden_up_to_nine():
    lattice = lattice_from(np.array([[9, 30, 40], [50, 60, 70], [33, 34, 35]])[:, :, None])
    assert not primary(lattice, policy()).any()
    assert primary(lattice, policy(sensitive=("t0",))).sum() == 1


def test_zeros_are_shown_and_never_hidden_for_others():
    lattice = lattice_from(np.array([[0, 3, 37], [18, 25, 0], [12, 22, 46]])[:, :, None])
    made = protect(lattice, policy())
    assert not made.blocks and not made.hidden[lattice.count == 0].any()


def test_what_is_not_proved_in_its_time_takes_its_whole_block_with_it(monkeypatch):
    """The first proof fails; the block is the grain and year of the count, zeros too."""
    proofs = iter([True])

    def late(known, asked, width, seconds, say):
        found = prove(known, asked, width, seconds, say)
        return replace(found, safe=found.safe & False) if next(proofs, False) else found

    monkeypatch.setattr("disclosure.protection.protect.prove", late)
    lattice = lattice_from(np.array([[0, 3, 37], [18, 25, 17], [12, 22, 46]])[:, :, None])
    made = protect(lattice, policy(seconds={"audit": 60.0, "rounds": 0}))
    assert made.blocks == ["area × type × year in 2021"] and made.unsafe == 0
    assert made.hidden[(lattice.level("area") == "area") & (lattice.level("category") == "type")].all()


def test_no_time_for_the_proof_means_nothing_is_shown():
    with pytest.raises(Unprotectable):
        protect(lattice_from(WORKED), policy(seconds={"audit": 0.0, "rounds": 1}))


def _hide(lattice, data, most: int) -> np.ndarray:
    able = np.flatnonzero((lattice.count >= 1) & (lattice.positions.sum(axis=1) > 0))
    assume(len(able) > 1)
    chosen = data.draw(st.lists(st.sampled_from(able.tolist()), min_size=1, max_size=most, unique=True))
    hidden = np.zeros(len(lattice.count), dtype=bool)
    hidden[chosen] = True
    return hidden


@given(small_tables(1), st.data())
def test_two_way_ranges_are_those_of_trying_every_table(counts, data):
    _compare(lattice_from(counts), data)


@given(small_tables(4), st.data())
def test_three_way_ranges_are_those_of_trying_every_table(counts, data):
    _compare(lattice_from(counts[:2, :2], "2021-Q1"), data)


def _compare(lattice, data) -> None:
    hidden = _hide(lattice, data, 6)
    found = ranges(attacker(lattice, ~hidden, np.zeros(len(hidden), dtype=bool)))
    low, high = every_range(lattice, hidden, int(lattice.count.max()))
    assert found.exact.all()
    seen = [(int(one), int(other)) for one, other in zip(found.low, found.high, strict=True)]
    assert seen == list(zip(low.tolist(), high.tolist(), strict=True))


@given(small_tables(1).map(lambda counts: counts * 3))
def test_protection_leaves_nothing_unsafe_or_shows_nothing(counts):
    _promise(lattice_from(counts))


@given(small_tables(4))
def test_protection_of_three_way_tables_leaves_nothing_unsafe_or_shows_nothing(counts):
    _promise(lattice_from(counts, "2021-Q1"))


def _promise(lattice) -> None:
    try:
        made: Protection = protect(lattice, policy())
    except Unprotectable:
        return
    assert (made.hidden | ~primary(lattice, policy())).all()
    assert made.unsafe == 0
    if made.hidden.any():
        proof = ranges(attacker(lattice, ~made.hidden, made.withheld))
        assert (proof.unlimited | (proof.high - proof.low >= 4)).all()
