"""How far provisional figures may still move: a band from what happened to fresh figures before."""

from __future__ import annotations

import numpy as np
import pytest

from measures.change.revision_band import BANDED, fresh_band
from measures.change.revisions import LEVELS, usual_revision
from measures.figures.compute import Query, compute

CAMDEN, LONDON = "E09000007", "E12000007"
NEWEST = ["2026-04", "2026-05", "2026-06"]


def band(shelf, view, area=LONDON, category="all", **more):
    query = Query("london", "recorded_crime", (area,), category, view, **more)
    return fresh_band(query, shelf).set_index("period"), compute(query, shelf).line(area).set_index("period")


@pytest.mark.parametrize("view", BANDED)
@pytest.mark.parametrize("area", [LONDON, CAMDEN])
def test_the_band_holds_provisional_figures_and_opens_at_the_last_final_one(shelf, view, area):
    made, line = band(shelf, view, area)
    assert list(made.index) == ["2026-03", *NEWEST]
    assert made.loc["2026-03", "low"] == made.loc["2026-03", "high"] == line.loc["2026-03", "value"]
    assert (line.loc[NEWEST, "status"] == "p").all()
    assert (made.loc[NEWEST, "low"] < line.loc[NEWEST, "value"]).all()
    assert (made.loc[NEWEST, "high"] > line.loc[NEWEST, "value"]).all()


@pytest.mark.parametrize(("area", "level"), [(LONDON, "place"), (CAMDEN, "area")])
def test_a_count_moves_by_the_usual_revision_of_its_level(shelf, area, level):
    made, line = band(shelf, "count", area)
    usual = usual_revision(shelf, "recorded_crime", level)
    np.testing.assert_allclose(made.loc[NEWEST, "low"], line.loc[NEWEST, "value"] * (1 + usual.low))
    np.testing.assert_allclose(made.loc[NEWEST, "high"], line.loc[NEWEST, "value"] * (1 + usual.high))


def test_of_a_rolling_sum_only_the_provisional_months_move(shelf):
    made, line = band(shelf, "rolling")
    _, counts = band(shelf, "count")
    usual = usual_revision(shelf, "recorded_crime", LEVELS[0])
    for at, period in enumerate(NEWEST, 1):
        fresh = counts.loc[NEWEST[:at], "value"].sum()
        assert round(made.loc[period, "high"], 3) == round(line.loc[period, "value"] + fresh * usual.high, 3)


def test_a_rolling_rate_moves_in_the_proportion_of_its_sum(shelf):
    rated, rate = band(shelf, "rolling_rate")
    summed, total = band(shelf, "rolling")
    np.testing.assert_allclose(
        rated.loc[NEWEST, "high"] / rate.loc[NEWEST, "value"], summed.loc[NEWEST, "high"] / total.loc[NEWEST, "value"]
    )


def test_a_count_under_thirty_has_no_band_for_a_percentage_says_nothing_about_it(shelf):
    made, line = band(shelf, "count", CAMDEN, "homicide")
    assert (line.loc[NEWEST, "value"] < 30).all()
    assert made.empty


@pytest.mark.parametrize("view", ["index", "adjusted"])
def test_an_index_and_adjusted_figures_have_no_band(shelf, view):
    assert band(shelf, view)[0].empty


def test_a_release_without_provisional_figures_has_no_band(shelf):
    assert band(shelf, "count", release="2025-04")[0].empty


def test_a_dataset_with_one_release_has_no_band(shelf):
    assert fresh_band(Query("london", "road_casualties", (LONDON,), "", "count"), shelf).empty
