"""Rules of the four ways of showing a count, for any line whatever."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from disclosure import WITHOUT_VALUE
from measures.lines import views
from measures.lines.line import Line

WIDTH = 4
STATUS = st.sampled_from(("", "", "", "r", "e", "b", "p", "u", "k", "c", "x", "z"))
_RANK = {code: rank for rank, code in enumerate(("", "r", "e", "b", "p", "u", "k", "z", "x", "c"))}


@st.composite
def a_line(draw, length: int | None = None) -> Line:
    size = length or draw(st.integers(1, 24))
    statuses = np.array(draw(st.lists(STATUS, min_size=size, max_size=size)), object)
    counts = draw(st.lists(st.integers(0, 1000), min_size=size, max_size=size))
    values = np.where(np.isin(statuses, WITHOUT_VALUE), np.nan, np.array(counts, float))
    reasons = np.array([f"why {status}" if status else "" for status in statuses], object)
    none = np.full(size, np.nan)
    return Line(values, statuses, reasons, none, none.copy())


def plain_line(values) -> Line:
    """A line without any status."""
    size = len(values)
    return Line(
        np.array(values, float),
        np.full(size, "", object),
        np.full(size, "", object),
        np.full(size, np.nan),
        np.full(size, np.nan),
    )


@st.composite
def a_pair(draw) -> tuple[Line, Line]:
    size = draw(st.integers(1, 24))
    return draw(a_line(size)), draw(a_line(size))


CUTS = st.lists(st.integers(1, 23), max_size=3)


def missing(line: Line) -> np.ndarray:
    return np.isnan(line.values)


def every_gap_has_a_status(line: Line) -> bool:
    return np.array_equal(missing(line), np.isin(line.statuses, WITHOUT_VALUE))


def keeps(line: Line, at: int, status: str, why: str) -> bool:
    return _RANK[line.statuses[at]] >= _RANK[status] and why in line.reasons[at].split("|")


@given(a_pair())
def test_a_share_keeps_every_status_of_both_parts(pair):
    part, whole = pair
    made = views.ratio_of(part, whole, 100)
    for at in range(len(part.values)):
        assert all(keeps(made, at, one.statuses[at], one.reasons[at]) for one in pair if one.statuses[at])


@given(a_pair())
def test_a_share_without_one_of_its_parts_is_no_number(pair):
    made = views.ratio_of(*pair, 100)
    assert missing(made)[missing(pair[0]) | missing(pair[1])].all()
    assert every_gap_has_a_status(made)


@given(a_line())
def test_a_share_of_nothing_is_not_available(part):
    whole = plain_line(np.zeros(len(part.values)))
    made = views.ratio_of(part, whole, 100)
    assert missing(made).all()
    assert all(made.statuses[at] == "x" for at in np.flatnonzero(part.statuses == ""))
    assert every_gap_has_a_status(made)


@given(a_line(), st.sampled_from((np.nan, 0.0)))
def test_a_rate_without_residents_is_not_available(line, residents):
    size = len(line.values)
    made = views.per(
        line, np.full(size, residents), np.full(size, "x", object), np.full(size, "no_population", object), 1000
    )
    assert missing(made).all()
    assert every_gap_has_a_status(made)


@given(a_line(), st.integers(1, 10_000))
def test_a_place_where_nobody_lives_has_no_rate_and_a_status_even_if_its_population_has_none(line, scale):
    size = len(line.values)
    made = views.per(line, np.zeros(size), np.full(size, "", object), np.full(size, "", object), scale)
    assert every_gap_has_a_status(made)


@given(a_line(), st.integers(1, 10**7))
def test_a_rate_keeps_every_status_and_its_parts(line, residents):
    size = len(line.values)
    made = views.per(
        line,
        np.full(size, float(residents)),
        np.full(size, "e", object),
        np.full(size, "population 2024", object),
        1000,
    )
    assert all(keeps(made, at, line.statuses[at], line.reasons[at]) for at in np.flatnonzero(line.statuses != ""))
    assert all(keeps(made, at, "e", "population 2024") for at in np.flatnonzero(~missing(line)))
    assert np.array_equal(missing(made), missing(line))
    np.testing.assert_allclose(made.values, made.numerators / made.denominators * 1000)


@given(a_line(), CUTS)
def test_a_rolling_sum_is_the_sum_of_its_window_or_nothing(line, cuts):
    made = views.rolling(line, WIDTH, cuts)
    for at in range(len(line.values)):
        window = range(at - WIDTH + 1, at + 1)
        whole = window[0] >= 0 and not any(np.isnan(line.values[one]) for one in window)
        crossed = any(window[0] < cut <= at for cut in cuts)
        assert (
            np.isnan(made.values[at])
            if crossed or not whole
            else made.values[at] == sum(line.values[one] for one in window)
        )
    assert every_gap_has_a_status(made)


@given(a_line())
def test_a_rolling_sum_carries_the_marks_of_its_window(line):
    made = views.rolling(line, WIDTH, [])
    for at in np.flatnonzero(~missing(made)):
        for one in range(at - WIDTH + 1, at + 1):
            if line.statuses[one] in ("e", "p", "u", "k"):
                assert keeps(made, at, line.statuses[one], line.reasons[one])


@given(a_line(), CUTS)
def test_an_index_has_no_number_after_a_cut_or_where_there_was_none(line, cuts):
    made = views.index(line, WIDTH, cuts)
    known = np.flatnonzero(~missing(line))
    end = min([cut for cut in cuts if len(known) and cut > known[0]], default=len(line.values))
    assert missing(made)[missing(line)].all()
    assert missing(made)[end:].all()
    assert every_gap_has_a_status(made)
    assert all(keeps(made, at, line.statuses[at], line.reasons[at]) for at in np.flatnonzero(line.statuses != ""))


def test_an_index_of_zeros_is_not_available():
    made = views.index(plain_line(np.zeros(12)), WIDTH, [])
    assert missing(made).all()
    assert set(made.statuses) == {"x"}


@given(a_line(), CUTS)
def test_no_view_changes_the_line_it_was_given(line, cuts):
    before = line.values.copy(), line.statuses.copy(), line.reasons.copy()
    size = len(line.values)
    views.rolling(line, WIDTH, cuts)
    views.index(line, WIDTH, cuts)
    views.ratio_of(line, line, 100)
    views.per(line, np.full(size, np.nan), np.full(size, "x", object), np.full(size, "no_population", object), 1000)
    np.testing.assert_array_equal(line.values, before[0])
    assert list(line.statuses) == list(before[1])
    assert list(line.reasons) == list(before[2])


def test_the_formulas_are_those_of_the_docstrings():
    nothing = np.array([""], object)
    assert round(views.per(plain_line([222.0]), np.array([3215.0]), nothing, nothing, 100_000).values[0], 1) == 6_905.1
    assert round(views.ratio_of(plain_line([165.0]), plain_line([300.0]), 100).values[0], 9) == 55
