"""How far the newest figures may still move: a band from what happened to figures of their group and age before."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.triangle import AREAS, PLACE
from measures.change.revision_band import fresh_band
from measures.figures.compute import Query, compute
from measures.figures.fresh import BANDED, usual_revisions

CAMDEN, LONDON = "E09000007", "E12000007"
LAST = [f"2025-{month:02d}" for month in range(7, 13)] + [f"2026-{month:02d}" for month in range(1, 7)]
STEP = [2] * 6 + [1] * 3 + [0] * 3


def band(shelf, view, area=LONDON, category="all", **more):
    query = Query("london", "recorded_crime", (area,), category, view, **more)
    return fresh_band(query, shelf).set_index("period"), compute(query, shelf).line(area).set_index("period")


@pytest.mark.parametrize("view", BANDED)
@pytest.mark.parametrize("area", [LONDON, CAMDEN])
def test_the_band_holds_the_figures_of_a_year_and_opens_at_the_last_settled_one(shelf, view, area):
    made, line = band(shelf, view, area)
    assert list(made.index) == ["2025-06", *LAST]
    assert made.loc["2025-06", "low"] == made.loc["2025-06", "high"] == line.loc["2025-06", "value"]
    assert (made.loc[LAST, "low"] < made.loc[LAST, "high"]).all()
    assert (made.loc[LAST, "high"] > line.loc[LAST, "value"]).all()


@pytest.mark.parametrize(("area", "level"), [(LONDON, PLACE), (CAMDEN, AREAS)])
@pytest.mark.parametrize("category", ["all", "theft", "shoplifting"])
def test_a_count_moves_by_the_usual_revision_of_its_group_age_and_level(shelf, area, level, category):
    made, line = band(shelf, "count", area, category)
    usual = usual_revisions(shelf, "recorded_crime", "offences", level)
    group = "theft" if category == "shoplifting" else category
    for period, step in zip(LAST, STEP, strict=True):
        value = line.loc[period, "value"]
        assert made.loc[period, "low"] == pytest.approx(value * (1 + usual[group, step].low))
        assert made.loc[period, "high"] == pytest.approx(value * (1 + usual[group, step].high))


def test_what_is_usually_raised_is_expected_above_the_figure(shelf):
    made, line = band(shelf, "count", category="possession_of_weapons")
    assert (line.loc[LAST[-3:], "status"] == "p").all()
    assert (made.loc[LAST[-3:], "low"] > line.loc[LAST[-3:], "value"]).all()
    assert made.loc["2026-06", "high"] > 1.15 * line.loc["2026-06", "value"]


def test_the_band_of_a_sum_of_twelve_months_is_narrower_than_that_of_a_month(shelf):
    widths = [
        (made["high"] / made["low"]).loc["2026-06"] for made, _ in (band(shelf, view) for view in ("rolling", "count"))
    ]
    assert 1 < widths[0] < widths[1]


def test_a_rolling_rate_moves_in_the_proportion_of_its_sum(shelf):
    rated, rate = band(shelf, "rolling_rate")
    summed, total = band(shelf, "rolling")
    np.testing.assert_allclose(
        rated.loc[LAST, "high"] / rate.loc[LAST, "value"], summed.loc[LAST, "high"] / total.loc[LAST, "value"]
    )


def test_a_count_under_thirty_has_no_band_for_a_percentage_says_nothing_about_it(shelf):
    made, line = band(shelf, "count", CAMDEN, "homicide")
    assert (line.loc[LAST, "value"] < 30).all()
    assert made.empty


@pytest.mark.parametrize("view", ["index", "adjusted"])
def test_an_index_and_adjusted_figures_have_no_band(shelf, view):
    assert band(shelf, view)[0].empty


def test_an_older_release_has_no_band(shelf):
    assert band(shelf, "count", release="2025-04")[0].empty


def test_a_dataset_with_one_release_has_no_band(shelf):
    assert fresh_band(Query("london", "road_casualties", (LONDON,), "", "count"), shelf).empty
