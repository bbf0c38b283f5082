"""An axis of time names what it shows, in UTC, and is never crowded."""

from datetime import UTC, datetime

import pytest

from charts.time_axis import NAMINGS, across, along, instant, ticks
from language import LANGUAGES, translator
from loaders import periods

SAY = translator("en")
SPANS = {
    "year": ("1975", "2020"),
    "half": ("2016-H2", "2024-H1"),
    "quarter": ("2019-Q2", "2024-Q3"),
    "month": ("2015-05", "2024-02"),
    "week": ("2020-W40", "2021-W30"),
    "split_year": ("2001-FY04", "2023-FY04"),
    "year_to_date": ("2012-YTD-06", "2024-YTD-06"),
}
YEARS = {"quarter": "year", "half": "year", "month": "year", "week": "week"}  # what a long stretch is named by


@pytest.mark.parametrize("naming", SPANS)
@pytest.mark.parametrize("most", [1, 2, 8, 9, 30, 400])
def test_ticks_stand_at_periods_that_are_shown_and_there_are_at_most_eight_and_the_last(naming, most):
    shown = periods.span(*SPANS[naming])[:most]
    named, [parameter, _] = ticks(shown, SAY)
    days = [datetime.fromtimestamp(value / 1000, UTC).date().isoformat() for value in parameter["value"]]
    assert named == naming or (len(shown) > 8 and named == YEARS[naming])
    assert 1 <= len(days) <= 9
    assert days == sorted(days)
    assert days[-1] == instant(shown[-1]), "the last period always has a tick and a name"
    assert set(days) <= {instant(period) for period in shown}


def test_few_periods_have_a_tick_each():
    shown = periods.span("2022-Q1", "2023-Q4")
    assert len(ticks(shown, SAY)[1][0]["value"]) == len(shown)


def test_weeks_of_many_years_are_named_by_the_year_of_the_week_which_may_begin_in_december():
    named, [parameter, last] = ticks(periods.span("2012-W01", "2021-W30"), SAY)
    first = datetime.fromtimestamp(parameter["value"][-2] / 1000, UTC).date()
    assert last["value"]
    assert named == "year_of_week"
    assert first.isocalendar()[1:] == (1, 1)


def test_a_financial_year_that_is_a_calendar_year_is_named_as_one():
    assert ticks(["2023-FY01", "2024-FY01"], SAY)[0] == "year"


def test_years_to_date_stand_in_the_month_that_they_reach_to():
    assert [instant(period) for period in ("2024-YTD-03", "2024-YTD-12", "2024-05")] == [
        "2024-03-01",
        "2024-12-01",
        "2024-05-01",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("naming", NAMINGS)
def test_every_axis_is_in_universal_time_in_every_language(code, naming):
    encoding = along("t", code, naming)
    assert encoding["scale"] == {"type": "utc"}
    assert across("t", code, naming).to_dict(context={"pre_transform": False})["axis"] == encoding["axis"]
    assert "utcFormat(" in encoding["axis"]["labelExpr"]
    assert "imeFormat(" not in encoding["axis"]["labelExpr"]
