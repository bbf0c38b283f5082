"""No true value is ever called impossible: figures printed from true counts pass every check, however they were rounded."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.claims.statements import Indicator
from measures.claims import intervals
from measures.claims.checks import integer_counts
from measures.claims.checks.chains import in_a_row, remainder, turns
from measures.claims.checks.claim_verdict import check_text
from measures.claims.checks.consistency import consistent
from measures.claims.claim import Base, Claim
from measures.claims.intervals import Range, allowed

COUNT = st.integers(1, 3_000_000)
NEVER = {"contradicted", "does_not_follow"}
MONTHS = st.lists(st.integers(0, 5000), min_size=36, max_size=36).filter(
    lambda months: all(sum(months[n : n + 6]) for n in range(0, 36, 6))
)


def printed(value: float, digits: int, how: str) -> str:
    """As a publisher prints a number: rounded or cut off, with so many decimals."""
    scaled = abs(value) * 10**digits
    whole = floor(scaled + 1e-9) if how == "cut" else floor(scaled + 0.5)
    text = f"{whole / 10**digits:.{digits}f}"
    return f"-{text}" if value < 0 and float(text) else text


HOW = st.sampled_from(["rounded", "cut"])
DIGITS = st.integers(0, 2)


@given(COUNT, COUNT, DIGITS, HOW)
def test_the_true_change_is_in_the_range_of_the_printed_one(now, before, digits, how):
    true = (now / before - 1) * 100
    assert intervals.change(intervals.exactly(now), intervals.exactly(before)).overlaps(
        allowed(printed(true, digits, how))
    )


@given(COUNT, st.integers(1, 3), DIGITS, HOW)
def test_a_true_count_is_in_the_range_of_the_one_printed_in_thousands_or_millions(count, power, digits, how):
    assert allowed(printed(count / 1000**power, digits, how), 1000**power).holds(count)


@given(COUNT, st.integers(2, 5))
def test_a_count_rounded_to_hundreds_or_more_still_holds_the_true_one(count, zeros):
    shown = str(round(count / 10**zeros) * 10**zeros)
    if float(shown) >= 1000:
        assert allowed(shown, zeros=True, whole=True).holds(count)


@given(COUNT, COUNT, DIGITS, HOW)
def test_the_true_share_is_in_the_range_of_the_printed_one(part, rest, digits, how):
    true = intervals.exactly(part) / intervals.exactly(part + rest) * intervals.exactly(100)
    assert true.overlaps(allowed(printed(part / (part + rest) * 100, digits, how)))


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8), DIGITS, HOW)
def test_the_true_sum_is_in_the_sum_of_the_ranges(parts, digits, how):
    total = Range(0.0, 0.0)
    for part in parts:
        total = total + allowed(printed(part / 1000, digits, how), 1000)
    assert total.holds(sum(parts))


@given(st.lists(st.floats(-60, 120), min_size=2, max_size=5), DIGITS, HOW)
def test_true_changes_multiplied_are_in_the_range_of_the_printed_ones(changes, digits, how):
    true = 1.0
    for one in changes:
        true *= 1 + one / 100
    assert in_a_row([allowed(printed(one, digits, how)) for one in changes]).holds((true - 1) * 100)


@given(st.integers(1, 400), st.integers(0, 400), DIGITS, HOW)
def test_the_true_pair_of_whole_counts_is_counted(before, now, digits, how):
    stated = allowed(printed((now / before - 1) * 100, digits, how))
    assert integer_counts.pairs_of_change(stated, before, now) >= 1
    assert stated.low <= -100 or integer_counts.before_from(intervals.exactly(now), stated).holds(before)


def test_a_change_cut_off_to_nothing_may_have_been_a_small_fall():
    assert allowed("0").holds(-0.7) and allowed("0.0").holds(-0.07) and not allowed("0").holds(-1.2)


def test_some_percentages_leave_no_pair_at_all():
    assert integer_counts.pairs_of_change(allowed("-50.00"), 1, 9) == 0
    assert integer_counts.pairs_of_change(allowed("-7.12"), 9, 9) == 0


def figures(months: list[int], digits: int, how: str) -> tuple[list[Claim], dict[str, Indicator]]:
    """Three years of true monthly counts, and what a publisher may say of them: levels, changes, differences, daily averages."""
    claims = []
    for year in (1, 2):
        for last in (3, 6, 8, 12):
            claims += _said(months, year, last, digits, how)
    claims.append(_change(months, (2, 12), (0, 12), digits, how))
    return claims, {"cases": Indicator("cases", "", {}, {})}


def _span(year: int, last: int) -> tuple[str, str]:
    after = date(2017 + year + (last == 12), last % 12 + 1, 1)
    return str(date(2017 + year, 1, 1)), str(after - timedelta(days=1))


def _sum(months: list[int], year: int, last: int) -> int:
    return sum(months[12 * year : 12 * year + last])


def _change(months, now, before, digits, how) -> Claim:
    true = (_sum(months, *now) / _sum(months, *before) - 1) * 100
    return Claim(
        f"{now}{before}",
        "cases",
        printed(true, digits, how),
        "percent_change",
        *_span(*now),
        Base("stated_period", *_span(*before)),
    )


def _said(months, year, last, digits, how) -> list[Claim]:
    now, before = _sum(months, year, last), _sum(months, year - 1, last)
    span, base = _span(year, last), Base("stated_period", *_span(year - 1, last))
    days = (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days + 1
    found = [
        Claim(
            f"level {year} {last}",
            "cases",
            printed(now / 10000, 3, how) if last == 8 else str(now),
            "count",
            *span,
            multiplier=10000 if last == 8 else 1,
        ),
        Claim(f"difference {year} {last}", "cases", str(now - before), "difference", *span, base),
        Claim(f"daily {year} {last}", "cases", printed(now / days, digits, how), "daily_average", *span),
    ]
    return found + ([_change(months, (year, last), (year - 1, last), digits, how)] if before else [])


@settings(max_examples=15)
@given(MONTHS, DIGITS, HOW)
def test_nothing_said_of_true_counts_is_ever_called_impossible(months, digits, how):
    claims, indicators = figures(months, digits, how)
    found = {one.claim: one.verdict for one in check_text(claims, indicators)}
    assert not NEVER & set(found.values()), {claim: verdict for claim, verdict in found.items() if verdict in NEVER}


@settings(max_examples=15)
@given(MONTHS, DIGITS, HOW)
def test_changes_alone_without_any_count_are_possible_when_they_are_true(months, digits, how):
    claims, indicators = figures(months, digits, how)
    assert consistent([one for one in claims if one.is_change], indicators)


@given(st.floats(-80, -1), st.floats(-80, -1))
def test_a_rest_that_goes_the_same_way_is_no_turn(part, rest):
    whole = (243 * part + 122 * rest) / 365
    one = Claim(
        "part",
        "cases",
        f"{part:.2f}",
        "percent_change",
        "2019-01-01",
        "2019-08-31",
        Base("same_period_last_year", "2018-01-01", "2018-08-31"),
    )
    year = Claim(
        "year",
        "cases",
        f"{whole:.2f}",
        "percent_change",
        "2019-01-01",
        "2019-12-31",
        Base("same_period_last_year", "2018-01-01", "2018-12-31"),
    )
    step = remainder(one, year)
    assert not turns(step)
    assert step.low <= rest + 0.1
    assert step.high >= rest - 0.1
