"""An area differs from its place only beyond limits that chance, and the usual differences among areas, do not explain."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from measures.figures.compute import Query, compute
from measures.inference.funnel_limits import Spread, classes_of, ratio_limits_expected, spread_of
from measures.lines.views import window_of
from measures.maps import funnel as measured
from measures.maps.funnel import CLASSES, curves, final_periods, funnel, funnel_possible, latest_final

CRIME = Query("london", "recorded_crime", (), "all", "rolling_rate")
CATEGORIES = ("all", "homicide", "robbery", "burglary", "theft_from_the_person")
CHANCE = Spread()
OUTWARD = (2, 1, 0, 1, 2)  # how far from the middle each class lies


def asked(category="all", period="", view="rolling_rate") -> Query:
    return Query("london", "recorded_crime", (), category, view, "", period)


def classes(observed, expected, spread=CHANCE, view="rate", exposure=1e6):
    table = pd.DataFrame({"observed": observed, "expected": expected, "exposure": exposure}, dtype=float)
    columns = table.assign(ratio=table["observed"] / table["expected"]).to_dict("series")
    (found,) = classes_of(
        {name: column.to_numpy() for name, column in columns.items()}, spread.centre, [spread.tau], view
    )
    return list(found)


# FunnelPlotR's own tests (limits of observed ÷ expected; Spiegelhalter 2005)
@pytest.mark.parametrize(
    ("expected", "level", "low", "high"),
    [
        (15, 0.95, 0.5596924, 1.649348),
        (15, 0.998, 0.3862650, 2.082907),
        (20, 0.95, 0.6108260, 1.544419),
        (30, 0.95, 0.6746958, 1.427562),
    ],
)
@pytest.mark.parametrize("centre", [1.0, 1.25])
def test_the_published_limits_come_out_around_the_middle_area(expected, level, low, high, centre):
    found = ratio_limits_expected(np.array([1e6]), np.array([expected / centre]), Spread(centre), level, "rate")
    assert np.allclose(np.ravel(found), (low * centre, high * centre), rtol=1e-6)


@pytest.mark.parametrize("tau", [0.05, 0.3, 1.0])
def test_with_many_events_the_limits_are_those_of_chance_and_spread_added(tau):
    expected = np.array([2_000.0, 200_000.0])
    low, high = ratio_limits_expected(np.array([1e7] * 2), expected, Spread(0.9, tau), 0.95, "rate")
    reach = np.exp(stats.norm.ppf(0.975) * np.sqrt(1 / (0.9 * expected) + tau**2))
    assert np.allclose(low, 0.9 / reach, rtol=2e-3)
    assert np.allclose(high, 0.9 * reach, rtol=2e-3)


def test_the_limits_of_a_share_are_the_exact_binomial_ones_and_never_beyond_a_whole():
    low, high = ratio_limits_expected(np.array([400.0]), np.array([240.0]), Spread(), 0.95, "share")
    assert np.isclose(low[0] * 0.6, stats.binomtest(240, 400).proportion_ci(method="exact").low)
    assert np.isclose(high[0] * 0.6, stats.binomtest(240, 400).proportion_ci(method="exact").high)
    wide = ratio_limits_expected(np.array([400.0]), np.array([380.0]), Spread(1, 2.0), 0.998, "share")[1]
    assert wide[0] * 0.95 < 1


def test_the_spread_among_areas_is_that_of_paule_and_mandel_with_winsorised_scores():
    """Worked out apart: the τ² at which the winsorised squares average what those of normal scores do."""
    observed, expected = (
        np.array([80.0, 100, 125, 90, 160, 240, 1000]),
        np.array([100.0, 100, 100, 100, 200, 200, 1000]),
    )
    away = np.log((observed + 0.5) / (expected + 0.5))

    def over(tau: float) -> float:
        score = away / np.sqrt(1 / (expected + 0.5) + tau**2)
        normal = (
            stats.norm.expect(lambda z: z**2, lb=-stats.norm.ppf(0.9), ub=stats.norm.ppf(0.9))
            + 0.2 * stats.norm.ppf(0.9) ** 2
        )
        return np.mean(np.clip(score, *np.quantile(score, [0.1, 0.9])) ** 2) - normal

    found = spread_of(observed, expected, np.full(7, 1e6), "rate")
    assert found.centre == 1
    assert found.tau == pytest.approx(optimize.brentq(over, 0, 2), rel=1e-3)


@given(st.lists(st.integers(0, 400), min_size=5, max_size=40))
def test_one_area_far_off_hardly_moves_the_spread(counts):
    observed, expected, exposure = np.array(counts, float), np.full(len(counts), 100.0), np.full(len(counts), 1e6)
    if np.median(observed) == 0:
        return
    assert spread_of(observed, expected, exposure, "rate").tau >= 0
    if len(counts) >= 21:
        more = spread_of(np.append(observed, 1e9), np.append(expected, 100.0), np.append(exposure, 1e6), "rate")
        assert more.tau < 8


def test_areas_that_differ_by_a_known_share_show_it():
    rng = np.random.default_rng(6)
    found = []
    for _ in range(40):
        expected = np.geomspace(200, 20_000, 32)
        observed = rng.poisson(expected * np.exp(rng.normal(0, 0.25, 32))).astype(float)
        found.append(spread_of(observed, expected, np.full(32, 1e7), "rate").tau)
    assert np.mean(found) == pytest.approx(0.25, rel=0.1)


@given(st.integers(0, 500), st.floats(0.5, 300), st.floats(0, 2), st.floats(1, 10))
def test_wider_limits_never_put_an_area_further_out(observed, expected, tau, more):
    near, far = (CLASSES.index(classes([observed], [expected], Spread(1, one))[0]) for one in (tau * more, tau))
    assert OUTWARD[near] <= OUTWARD[far]


@given(st.integers(0, 300), st.integers(1, 50), st.floats(0.5, 200), st.floats(0, 2))
def test_more_events_never_make_an_area_lower(observed, more, expected, tau):
    before, after = (CLASSES.index(one) for one in classes([observed, observed + more], [expected] * 2, Spread(1, tau)))
    assert before <= after


@given(st.integers(0, 60), st.floats(0.2, 40))
def test_an_area_is_outside_only_where_chance_alone_gives_so_few_or_so_many_rarely(observed, expected):
    found = classes([observed], [expected])[0]
    rarer = min(stats.poisson.cdf(observed, expected), stats.poisson.sf(observed - 1, expected))
    assert (found == "within") or rarer < {"95": 0.025, "998": 0.001}[found.split("_")[1]]


def test_no_events_where_two_are_expected_are_nothing_unusual():
    assert classes([0, 0, 0], [2, 4, 8]) == ["within", "lower_95", "lower_998"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_numerator_denominator_and_expectation_cover_the_same_areas(category, shelf):
    made = funnel(asked(category), shelf)
    whole = made.measure.table.iloc[0]
    known = made.table[made.table["expected"] > 0]
    assert np.isclose(known["expected"].sum(), whole["numerator"])
    assert np.isclose(known["exposure"].sum(), whole["denominator"])
    assert np.allclose(known["value"], known["ratio"] * made.city)


@pytest.mark.parametrize("category", CATEGORIES)
def test_classes_are_what_the_limits_say_of_the_very_figures_shown(category, shelf):
    made = funnel(asked(category), shelf)
    known = made.table[made.table["differs"] != ""]
    shown = compute(
        Query("london", "recorded_crime", tuple(known["area"]), category, "rolling_rate", made.period, made.period),
        shelf,
    ).table
    assert list(shown["value"]) == list(known["value"])
    lines = curves(made, 400)
    for row in known.itertuples():
        at = {name: np.interp(row.exposure, lines["exposure"], lines[name]) for name in lines}
        if row.differs.startswith("higher"):
            assert row.value > at["high_998" if row.differs == "higher_998" else "high_95"] * 0.999
        elif row.differs.startswith("lower"):
            assert row.value < at["low_998" if row.differs == "lower_998" else "low_95"] * 1.001
    assert made.by_chance >= sum(made.counted(one) for one in CLASSES if one != "within")


def test_the_centre_of_london_lies_outside_in_a_year_of_all_offences(shelf):
    found = funnel(asked("all", "2026-03"), shelf)
    table = found.table.set_index("area")
    assert table.loc["E09000033", "differs"] == "higher_998"
    assert table.loc["E09000033", "value"] > 3 * found.city
    assert 0.2 < found.spread.tau < 0.4
    assert found.spread.centre == pytest.approx(np.nanmedian(found.table["ratio"]))
    assert found.middle < found.city  # the centre pulls the mean up, not the middle one
    assert found.by_chance == found.compared == 32


def test_an_area_further_from_the_middle_is_never_less_far_out_than_one_of_like_size(shelf):
    """Seoul 2024, all crime: Jung-gu at 2.4 times the city and Jongno-gu at 2.1 stand apart before larger Gangnam-gu at 1.8 does."""
    table = funnel(Query("seoul", "crime_by_type", (), "all", "rate", "", "2024"), shelf).table.set_index("area")
    assert list(table.loc[["11140", "11110", "11680"], "differs"]) == ["higher_95", "higher_95", "within"]
    assert table.loc["11680", "exposure"] > 3 * table.loc["11140", "exposure"]


@pytest.mark.parametrize("period", ["2026-03", "2026-06"])
def test_an_area_without_a_figure_has_its_own_status_and_nothing_else(period, shelf):
    row = funnel(asked("all", period), shelf).table.set_index("area").loc["E09000001"]
    assert row["status"] == "x"
    assert row["differs"] == ""
    assert np.isnan([row["value"], row["observed"], row["expected"], row["ratio"]]).all()


def test_withheld_areas_get_no_class_and_no_number(example):
    withheld = 0
    for name, card in example.measures.items():
        for category in example.table(card.dataset).categories:
            asked = Query("invented", name, (), category, "rate")
            for period in final_periods(asked, example) if funnel_possible(asked, example) else ():
                table = funnel(replace(asked, last=period), example).table
                hidden = table[table["status"] == "c"]
                withheld += len(hidden)
                assert (hidden["differs"] == "").all()
                assert hidden[["observed", "exposure", "expected", "ratio"]].isna().all(axis=None)
    assert withheld > 100


def test_where_the_place_has_no_final_figure_nothing_is_offered(example):
    asked = [
        Query("invented", name, (), category, view)
        for name, card in example.measures.items()
        for view in card.views
        for category in example.table(card.dataset).categories
    ]
    offered = [one for one in asked if funnel_possible(one, example)]
    assert 0 < len(offered) < len(asked)
    for one in offered:
        assert funnel(one, example).period in final_periods(one, example)


def test_provisional_figures_are_compared_with_nothing(shelf):
    weapons = asked("possession_of_weapons", "2026-06")
    made = funnel(weapons, shelf)
    assert made.why == "provisional"
    assert made.compared == 0
    assert "2026-06" not in final_periods(weapons, shelf)
    assert latest_final(weapons, shelf) == "2025-12"
    assert latest_final(CRIME, shelf) == funnel(CRIME, shelf).period == "2026-06"


def test_a_month_in_which_many_counts_went_to_no_area_compares_none(shelf):
    made = funnel(asked("all", "2020-03", "rate"), shelf)
    assert made.why.startswith("unallocated 0.19")
    assert made.compared == 0


def test_what_counts_is_the_share_over_the_twelve_months(shelf):
    made = funnel(asked("all", "2020-03"), shelf)
    assert made.why == ""
    counts = {
        area: shelf.table("recorded_crime").series("offences", "all", area)
        for area in ("E12000007", "unknown")  # what is known to lie at an airport came from none of the boroughs
    }
    at = [shelf.table("recorded_crime").position(one) for one in window_of("2020-03", "rolling_rate")]
    sums = {area: np.nansum(one.values[at]) for area, one in counts.items()}
    assert np.isclose(measured.unallocated_share(made.measure, shelf), sums["unknown"] / sums["E12000007"])


@pytest.mark.parametrize(
    ("place", "measure", "category", "view"),
    [
        ("london", "recorded_crime", "all", "count"),
        ("london", "recorded_crime", "all", "rolling"),
        ("london", "road_casualties", "", "count"),
        ("london", "online_uptake", "licence_renewals", "share"),
        ("shanghai", "population_density", "", "density"),
    ],
)
def test_there_is_no_funnel_without_a_rate_of_areas_and_of_their_place(place, measure, category, view, shelf):
    assert not funnel_possible(Query(place, measure, (), category, view), shelf)
