"""Which cells carry which status, and that a true zero stays a number."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure import STATUSES
from loaders import read_release

LONDON, CITY, HILLINGDON, CAMDEN = "E12000007", "E09000001", "E09000017", "E09000007"
BOROUGHS = [f"E090000{number:02d}" for number in range(2, 34)]
LARGE_UNKNOWN = {"2020-03": 19.1, "2023-03": 6.1, "2023-10": 9.8}


@pytest.fixture(scope="module")
def crime(shelf):
    return shelf.table("recorded_crime")


@pytest.fixture(scope="module")
def online(shelf):
    return shelf.table("digital_take_up")


def at(table, period: str) -> int:
    return table.periods.index(period)


def statuses(table) -> np.ndarray:
    return np.array(STATUSES, dtype=object)[table.status]


@pytest.mark.parametrize(("month", "share"), LARGE_UNKNOWN.items())
def test_months_with_many_offences_of_no_borough_are_known(month, share, crime):
    unknown, whole = (crime.series("offences", "all", area).values[at(crime, month)] for area in ("unknown", LONDON))
    assert round(unknown / whole * 100, 1) == share


def test_in_march_2020_12577_of_65804_offences_have_no_borough(crime):
    assert [crime.series("offences", "all", area).values[at(crime, "2020-03")] for area in ("unknown", LONDON)] == [
        12_577,
        65_804,
    ]


def test_no_other_month_has_over_5_per_cent_without_a_borough(crime):
    unknown = np.nan_to_num(crime.series("offences", "all", "unknown").values)
    share = unknown / crime.series("offences", "all", LONDON).values
    assert {period for period, one in zip(crime.periods, share, strict=True) if one > 0.05} == set(LARGE_UNKNOWN)


def test_the_boroughs_are_marked_where_over_5_per_cent_of_that_category_has_no_borough_and_nowhere_else(crime):
    """What is known to have happened at an airport lies in no borough, and is no part of that share."""
    rows = [crime.areas.index(code) for code in BOROUGHS]
    for category in crime.categories:
        whole, unknown = (crime.series("offences", category, area).values for area in (LONDON, "unknown"))
        with np.errstate(invalid="ignore", divide="ignore"):
            much = np.nan_to_num(unknown) / whole > 0.05
        here = crime.block("offences", category)
        expected = np.isfinite(here.values[rows]) & much
        assert np.array_equal(np.array(STATUSES, dtype=object)[here.status[rows]] == "u", expected), category
    assert {
        period
        for period, status in zip(crime.periods, crime.series("offences", "all", CAMDEN).statuses, strict=True)
        if status == "u"
    } == set(LARGE_UNKNOWN)


def test_sexual_offences_of_2023_are_marked_though_few_offences_as_a_whole_had_no_borough(crime):
    for category, marked in (("all", "r"), ("sexual_offences", "u")):
        assert crime.series("offences", category, CAMDEN).statuses[at(crime, "2023-06")] == marked


def test_the_place_itself_is_not_unreliable_when_boroughs_are(crime):
    assert "u" not in set(crime.series("offences", "all", LONDON).statuses)


def test_the_city_of_london_is_not_covered_by_recorded_crime(crime):
    rows = crime.areas.index(CITY)
    assert np.isnan(crime.values[:, :, rows]).all()
    reached = [crime.series("offences", code, CITY) for code in crime.categories]
    assert all("not_covered" in reason for line in reached for reason in line.reasons)
    assert set(crime.series("offences", "all", CITY).statuses) == {"x"}


def test_road_casualties_include_the_city_of_london(shelf):
    roads = shelf.table("road_casualties")
    city = roads.series("killed_or_seriously_injured", "", CITY)
    assert list(city.values) == [44, 43, 61, 48, 51, 46, 41, 49, 58, 60, 55]
    assert roads.series("killed_or_seriously_injured", "", LONDON).values[-1] == 2_167


@pytest.mark.parametrize("area", [LONDON, CAMDEN])
def test_burglary_of_a_home_is_not_applicable_before_it_was_a_category(area, crime):
    line = crime.series("offences", "burglary_of_a_home", area)
    before = at(crime, "2018-11")
    assert set(line.statuses[:before]) == {"z"}
    assert np.isfinite(line.values[at(crime, "2023-04") :]).all()


@pytest.mark.parametrize("area", [LONDON, CAMDEN])
def test_stalking_stands_apart_over_the_whole_span_but_not_in_the_older_releases(area, crime, shelf):
    assert np.isfinite(crime.series("offences", "stalking_and_harassment", area).values).all()
    older = shelf.table("recorded_crime", "2025-04").series("offences", "stalking_and_harassment", area)
    assert set(older.statuses) == {"z"}


def test_the_six_newest_months_of_possession_of_weapons_are_provisional_and_nothing_else(crime):
    """Five releases tell how much of a group is still to come: of all others over 95 per cent is in at once."""
    provisional, fresh = (statuses(crime) == "p"), np.zeros(crime.values.shape, dtype=bool)
    fresh[:, crime.categories.index("possession_of_weapons"), :, at(crime, "2026-01") :] = True
    assert crime.periods[-1] == "2026-06"
    assert np.array_equal(provisional, fresh & np.isfinite(crime.values))


def test_an_older_release_has_no_provisional_months(shelf):
    assert not (statuses(shelf.table("recorded_crime", "2025-04")) == "p").any()


@pytest.mark.parametrize("release", ["2023-04", "2025-04", "2026-01", "2026-01-recent", "2026-04", "2026-08"])
def test_a_true_zero_is_never_missing(release, shelf):
    card, table = shelf.cards["recorded_crime"], shelf.table("recorded_crime", release)
    one = next(one for one in card.releases if one.id == release)
    zeros = read_release(card, one, shelf.places["london"]).frame.query("value == 0")
    used = [cell for cell in zeros.itertuples() if card.tree.nodes[cell.category].in_use(cell.period)]
    assert len(used) > 1000
    at = {
        axis: {code: number for number, code in enumerate(getattr(table, axis))}
        for axis in ("categories", "areas", "periods")
    }
    where = [(at["categories"][cell.category], at["areas"][cell.area], at["periods"][cell.period]) for cell in used]
    assert all(table.values[0][one] == 0 for one in where)


def test_a_row_that_the_publisher_left_out_means_zero(shelf):
    card, table = shelf.cards["recorded_crime"], shelf.table("recorded_crime", "2026-08")
    frame = read_release(card, card.latest, shelf.places["london"]).frame
    there = set(zip(frame["category"], frame["area"], strict=True))
    leaves = [code for code in set(frame["category"]) if not card.tree.nodes[code].last]
    absent = [(code, area) for code in leaves for area in set(frame["area"]) if (code, area) not in there]
    assert absent
    assert all((table.series("offences", code, area).values == 0).all() for code, area in absent)


def test_the_first_value_after_a_break_is_marked_where_the_break_holds(crime, shelf):
    strong = {"b", "p", "u"}
    for number, cut in enumerate(shelf.cards["recorded_crime"].breaks):
        for area in [code for code in crime.areas if not cut.areas or code in cut.areas]:
            for code in [code for code in crime.categories if not cut.categories or code in cut.categories]:
                line, here = crime.series("offences", code, area), at(crime, cut.at)
                if np.isfinite(line.values[here]):
                    assert line.statuses[here] in strong, (cut.at, area, code)
                    assert f"break {number}" in line.reasons[here].split("|")


def test_no_break_is_marked_where_none_was_declared(crime, shelf):
    declared = {cut.at for cut in shelf.cards["recorded_crime"].breaks}
    marked = {crime.periods[column] for column in np.flatnonzero((statuses(crime) == "b").any(axis=(0, 1, 2)))}
    assert marked == declared


def test_hillingdon_breaks_when_the_airports_row_comes_and_goes(crime):
    line = crime.series("offences", "all", HILLINGDON)
    assert [line.statuses[at(crime, month)] for month in ("2023-04", "2024-03")] == ["b", "b"]
    assert [line.values[at(crime, month)] for month in ("2024-02", "2024-03")] == [1_954, 2_357]


@pytest.mark.parametrize("variable", ["total", "digital"])
def test_enhanced_checks_before_the_service_began_are_missing_and_not_zero(variable, online):
    line = online.series(variable, "enhanced_checks", "united_kingdom")
    assert np.isnan(line.values[at(online, "2012-Q3")])
    assert line.statuses[at(online, "2012-Q3")] == "x"
    assert line.statuses[at(online, "2012-Q4")] == "u"


def test_certificates_done_online_are_estimated_in_five_quarters(online):
    line = online.series("digital", "certificate_orders", "united_kingdom")
    estimated = {period for period, status in zip(online.periods, line.statuses, strict=True) if status == "e"}
    assert estimated == {"2012-Q3", "2012-Q4", "2013-Q1", "2013-Q2", "2013-Q4"}


def test_change_of_keeper_could_not_be_done_online_and_that_is_a_true_zero(online):
    line = online.series("digital", "keeper_change_notifications", "united_kingdom")
    before = at(online, "2014-Q4")
    assert list(line.values[:before]) == [0] * 9
    assert set(line.statuses[:before]) == {""}
    assert line.values[before] == 3_446
