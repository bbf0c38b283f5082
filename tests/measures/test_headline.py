"""A typed figure is read or refused, never guessed; a headline offers only whole periods of its series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders import periods
from measures.claims.checks.bases import named_base
from measures.claims.headline import BOUNDS, LENGTHS, SAYS, bases_of, headline_claim, lengths_of, read_figure, spans_of

MONTHS = periods.span("2010-04", "2026-06")
QUARTERS = periods.span("2012-Q3", "2017-Q3")
YEARS = periods.span("2004", "2014")
FISCAL = periods.span("2015-FY04", "2024-FY04")
WEEKS = periods.span("2023-W40", "2025-W10")
ASKED = {
    "measure": "m",
    "area": "a",
    "says": "fell",
    "figure": "20%",
    "length": "year",
    "period": "2025-12",
    "base": "2019",
}


@pytest.mark.parametrize(
    ("text", "typed", "says"),
    [
        ("20%", "20%", ""),
        ("−20 %", "20%", "fell"),
        ("+3.5%", "3.5%", "rose"),
        ("1,456", "1456", ""),
        ("２０％", "20%", ""),
        ("-395", "395", "fell"),
        ("0", "0", ""),
    ],
)
def test_a_figure_is_read_as_it_is_written_in_either_language(text, typed, says):
    figure = read_figure(text)
    assert (figure.printed + "%" * figure.percent, figure.says) == (typed, says)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "-",
        "twenty",
        "1e9",
        "NaN",
        "inf",
        "20%%",
        "--20",
        "<script>",
        "1.2.3",
        "0x10",
        "١٢",
        "9" * 10,
        "1" * 4000,
        "20 per cent",
        "\x00",
        "🙂",
    ],
)
def test_anything_else_is_refused(text):
    assert read_figure(text) is None


@given(some.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_figure(text):
    figure = read_figure(text)
    assert figure is None or float(figure.printed) >= 0


@pytest.mark.parametrize(
    ("known", "lengths"),
    [
        (MONTHS, ("year", "half", "quarter", "month", "twelve")),
        (QUARTERS, ("year", "half", "quarter", "twelve")),
        (YEARS, ("year",)),
    ],
)
def test_a_period_is_made_of_whole_periods_of_the_series(known, lengths):
    assert lengths_of(known) == lengths
    for length in lengths:
        for last, (first, end) in spans_of(known, length).items():
            days = periods.dates(first)[0], periods.dates(end)[1]
            assert end == last
            assert first in known
            assert (days[1].year * 12 + days[1].month) - (days[0].year * 12 + days[0].month) + 1 == LENGTHS[length]
            assert length == "twelve" or days[0].month % LENGTHS[length] == 1 % LENGTHS[length]


def test_a_length_is_offered_only_where_the_series_holds_one():
    assert lengths_of(MONTHS[:5]) == ("quarter", "month")
    assert lengths_of(MONTHS[:1]) == ("month",)


def test_the_newest_period_is_offered_first():
    assert next(iter(spans_of(MONTHS, "year"))) == "2025-12"
    assert next(iter(spans_of(MONTHS, "twelve"))) == "2026-06"


@pytest.mark.parametrize("known", [FISCAL, WEEKS])
def test_what_cannot_be_added_up_stands_as_it_was_published(known):
    assert lengths_of(known) == ("one",)
    assert list(spans_of(known, "one").values()) == [(period, period) for period in reversed(known)]


@pytest.mark.parametrize("known", [MONTHS, YEARS, FISCAL, WEEKS])
def test_a_base_is_offered_once(known):
    for length in lengths_of(known):
        for span in spans_of(known, length).values():
            offered = [
                named_base(base, *span)
                for base in bases_of(known, span)
                if base not in ("ten_year_average", "previous_period")
            ]
            assert len(set(offered)) == len(offered)


@pytest.mark.parametrize(
    ("asked", "kind", "printed"),
    [
        ({}, "percent_change", "-20"),
        ({"says": "rose"}, "percent_change", "20"),
        ({"says": "rose", "figure": "−20%"}, "percent_change", "-20"),
        ({"figure": "395"}, "difference", "-395"),
        ({"says": "was", "figure": "1,456"}, "count", "1456"),
    ],
)
def test_a_headline_says_what_was_chosen_and_a_typed_sign_decides(asked, kind, printed):
    one = headline_claim("place", ASKED | asked, MONTHS)
    assert (one.kind, one.printed, one.first, one.last) == (kind, printed, "2025-01", "2025-12")


@pytest.mark.parametrize(
    "asked",
    [
        {"figure": ""},
        {"figure": "many"},
        {"says": "was"},
        {"length": "decade"},
        {"period": "2027-12"},
        {"period": "2025-11"},
    ],
)
def test_what_cannot_be_checked_is_no_headline(asked):
    assert headline_claim("place", ASKED | asked, MONTHS) is None


def test_codes_are_those_of_the_address():
    assert SAYS[0] == "fell"
    assert BOUNDS[0] == ""
