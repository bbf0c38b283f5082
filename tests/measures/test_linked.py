"""A change over two releases: compared within one, or by the ratio of their overlap with its spread; and judged at both ends of what comes late."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from disclosure.triangle import AREAS, PLACE, Triangle
from measures.about.statements import statement
from measures.figures.compute import Query, compute
from measures.figures.fresh import still_moving, usual_of_area
from measures.figures.linked import APART, RATIO, WITHIN, links_of, measured_ratio
from measures.inference.limits import Noise, ratio_limits, widened
from measures.lines.scope import Scope

LONDON, CAMDEN = "E12000007", "E09000007"
WEAPONS = "possession_of_weapons"


def line(shelf, category, view="rolling", area=LONDON, **more) -> pd.DataFrame:
    return compute(Query("london", "recorded_crime", (area,), category, view, **more), shelf).table.set_index("period")


def year(shelf, release, category, last) -> float:
    """Twelve months added up from one release alone."""
    table = shelf.table("recorded_crime", release)
    end = table.position(last)
    return table.series("offences", category, LONDON).values[end - 11 : end + 1].sum()


def test_within_one_release_nothing_is_linked(shelf):
    rows = line(shelf, WEAPONS).loc[["2022-03", "2024-03", "2026-06"]]
    assert set(rows["link_how"]) == {""}
    assert (rows["link"] == 1).all()


def test_both_windows_are_compared_within_the_newest_ripe_release_that_holds_them(shelf):
    """The release of January 2026 is in two files; both of its windows are added up here from them."""
    row = line(shelf, WEAPONS).loc["2025-03"]
    assert (row["link_how"], row["link_release"]) == (WITHIN, "2026-01")
    now = year(shelf, "2026-01-recent", WEAPONS, "2025-03")
    old, recent = (shelf.table("recorded_crime", name) for name in ("2026-01", "2026-01-recent"))
    before = (
        old.series("offences", WEAPONS, LONDON).values[old.position("2023-04") :].sum()
        + recent.series("offences", WEAPONS, LONDON).values[: recent.position("2024-03") + 1].sum()
    )
    assert row["change"] == pytest.approx(now / before - 1)
    assert row["change"] < row["value"] / row["before"] - 1  # the newer release has more of the later months


def test_what_no_release_holds_is_multiplied_by_the_ratio_of_the_overlap(shelf):
    row = line(shelf, "theft").loc["2026-03"]
    old, new = (shelf.table("recorded_crime", name) for name in ("2026-04", "2026-08"))
    ripe = [f"2024-{month:02d}" for month in range(7, 13)] + [f"2025-{month:02d}" for month in range(1, 4)]
    sums = [sum(one.series("offences", "theft", LONDON).values[one.position(p)] for p in ripe) for one in (old, new)]
    assert (row["link_how"], row["link_months"]) == (RATIO, 9)
    assert row["link_more"] == pytest.approx(sums[1] / sums[0] - 1)
    early = sum(
        old.series("offences", "theft", LONDON).values[old.position(p)] for p in ("2024-04", "2024-05", "2024-06")
    )
    linked = row["before"] + early * row["link_more"]
    assert row["change"] == pytest.approx(row["value"] / linked - 1)


def test_the_areas_are_linked_by_what_all_of_them_have_more_and_one_that_is_not_covered_has_no_part_in_it(shelf):
    rows = [line(shelf, "theft", area=area).loc["2026-03"] for area in (CAMDEN, "E09000033")]
    assert {row["link_how"] for row in rows} == {RATIO}
    assert rows[0]["link_more"] == rows[1]["link_more"] != line(shelf, "theft").loc["2026-03", "link_more"]
    values = np.array([[[100.0] * 3, [np.nan] * 3], [[110.0] * 3, [np.nan] * 3]])
    assert measured_ratio(Triangle(values, np.array([[14, 13, 12], [17, 16, 15]])), AREAS, 0, 1).more == pytest.approx(
        0.1
    )


def made_up(older: list[float], newer: list[float], ages: list[int]) -> Triangle:
    return Triangle(np.array([[older], [newer]], dtype=float), np.array([ages, [age + 3 for age in ages]]))


def test_the_ratio_is_taken_of_months_that_were_ripe_where_there_are_enough():
    group = made_up([100] * 6, [101, 101, 101, 130, 130, 130], [14, 13, 12, 2, 1, 0])
    assert measured_ratio(group, PLACE, 0, 1).more == pytest.approx(0.01)
    fresh = made_up([100] * 3, [130] * 3, [2, 1, 0])
    assert measured_ratio(fresh, PLACE, 0, 1).more == pytest.approx(0.30)
    assert measured_ratio(made_up([100] * 2, [130] * 2, [1, 0]), PLACE, 0, 1) is None


def test_the_spread_of_the_ratio_is_that_of_months_for_the_place_and_of_areas_for_areas():
    values = np.array([[[100.0] * 3, [100.0] * 3], [[110.0, 100.0, 90.0], [105.0, 100.0, 95.0]]])
    group = Triangle(values, np.array([[14, 13, 12], [17, 16, 15]]))
    months = np.log([215 / 200, 1.0, 185 / 200])
    assert measured_ratio(group, PLACE, 0, 1).spread == pytest.approx(months.std(ddof=1) * np.sqrt(4 / 3))
    assert measured_ratio(group, AREAS, 0, 1).spread == 0  # each area has as much in both, added up


def test_the_spread_widens_the_limits_as_an_independent_error():
    found = ratio_limits(*(np.array([float(one)]) for one in (1100, 1, 1000, 1)))
    low, high, p = widened(found, np.array([0.05]))
    assert low < found[1]
    assert high > found[2]
    assert p > found[3]
    z = 1.959964
    expected = found[0] * np.exp(np.hypot(np.log(found[2] / found[0]), z * 0.05))
    assert high == pytest.approx(expected)
    for one, other in zip(widened(found, np.zeros(1)), found[1:], strict=True):
        assert one == other
    assert (low > 1) == (p < 0.05)


def test_a_verdict_is_refused_where_the_ratio_is_larger_than_half_the_limits(shelf):
    for category in ("all", "theft", WEAPONS, "sexual_offences"):
        for area in (LONDON, CAMDEN):
            rows = line(shelf, category, area=area).query("link_how == 'ratio' and why in ('', 'releases')")
            half = (np.log1p(rows["change_high"]) - np.log1p(rows["change_low"])) / 2
            judged = rows["why"] == ""
            assert (np.abs(np.log(rows.loc[judged, "link"])) <= half[judged]).all()
            assert (rows.loc[~judged, "verdict"] == "cannot_say").all()


def test_releases_without_a_common_period_are_not_linked_and_say_that_they_are_two(shelf):
    category = shelf.table("crime_by_type").categories[0]
    place = shelf.places[shelf.cards["crime_by_type"].place]
    (measure,) = [name for name in place.measures if shelf.measures[name].dataset == "crime_by_type"]
    table = compute(Query(place.id, measure, (place.code,), category, "count"), shelf).table
    assert table["crosses"].tolist() == [False, True]
    assert (table["link"] == 1).all()


def test_an_index_is_not_linked(shelf):
    links = links_of(Scope(Query("london", "recorded_crime", (LONDON,), "all", "index", "2026-03", "2026-03"), shelf))
    assert (links.how.tolist(), links.before.tolist()) == ([[""]], [[1.0]])
    rolling = links_of(
        Scope(Query("london", "recorded_crime", (LONDON,), "all", "adjusted", "2024-07", "2024-07"), shelf)
    )
    assert rolling.how.tolist() == [[APART]]


def test_only_what_moves_the_change_is_said(shelf):
    made = compute(Query("london", "recorded_crime", (LONDON,), "theft", "rolling"), shelf)
    assert statement(made, LONDON, "2026-03").linked == (9, pytest.approx(0.0109, abs=1e-4))
    assert statement(made, LONDON, "2026-06").linked[0] == 0
    within = statement(made, LONDON, "2025-03")
    assert (within.within, within.crosses, within.by_day) == ("2026-01", False, False)


def test_a_sum_moves_by_the_means_of_its_months_and_by_their_errors_as_independent_ones(shelf):
    query = Query("london", "recorded_crime", (LONDON,), "drug_offences", "rolling")
    usual = usual_of_area(query, shelf, LONDON)
    series = shelf.table("recorded_crime").series("offences", "drug_offences", LONDON).values[-12:]
    step = [2] * 6 + [1] * 3 + [0] * 3
    mean = sum(value * usual[n].mean for value, n in zip(series, step, strict=True))
    up = np.sqrt(sum((value * (usual[n].high - usual[n].mean)) ** 2 for value, n in zip(series, step, strict=True)))
    assert still_moving(query, shelf, ("2026-06",))[1, 0, 0] == pytest.approx((mean + up) / series.sum())


def test_what_is_a_year_old_moves_no_more_and_older_releases_do_not_either(shelf):
    query = Query("london", "recorded_crime", (LONDON, CAMDEN), WEAPONS, "count")
    assert (still_moving(query, shelf, ("2025-06", "2010-04")) == 0).all()
    assert (still_moving(query, shelf, ("2025-07", "2026-06")) != 0).any(axis=0).all()
    older = Query("london", "recorded_crime", (LONDON,), WEAPONS, "count", release="2025-04")
    assert (still_moving(older, shelf, ("2025-03",)) == 0).all()


def test_a_provisional_window_is_judged_when_both_ends_of_the_usual_revision_say_the_same(shelf):
    rows = line(shelf, WEAPONS).loc[["2026-04", "2026-05", "2026-06"]]
    assert set(rows["status"]) == {"p"}
    assert rows["late"].all()
    assert set(rows["why"]) == {""}


@pytest.mark.parametrize("category", ["all", "theft", WEAPONS, "drug_offences", "violence_against_the_person"])
def test_a_verdict_that_late_records_could_turn_is_not_given(category, shelf):
    """Judged again here at both ends: the counts that may still come in are added to the figure."""
    table = line(shelf, category)
    moving = still_moving(Query("london", "recorded_crime", (LONDON,), category, "rolling"), shelf, tuple(table.index))
    for place, row in enumerate(table.itertuples()):
        if not moving[:, 0, place].any() or row.why not in ("", "late"):
            continue
        factor, df = line_noise(shelf, category, row.Index)
        said = {verdict_at(row, factor, df, end, table.loc[row.Index]) for end in (0.0, *moving[:, 0, place])}
        assert (len(said) > 1) == (row.why == "late"), (category, row.Index, said)


def line_noise(shelf, category, period) -> tuple[float, float]:
    from measures.figures.overdispersion import noise_of

    noise = noise_of(Scope(Query("london", "recorded_crime", (LONDON,), category, "rolling", period, period), shelf))
    return float(noise.factor[0, 0]), float(noise.df[0, 0])


def verdict_at(row, factor: float, df: float, end: float, figures) -> str:
    spread = 0.0
    if figures["link_how"] == RATIO and np.isfinite(row.change_low):
        spread = spread_of(row, factor, df)
    elif figures["link_how"] == RATIO:
        return "not told apart here"
    found = ratio_limits(
        *(np.array([float(one)]) for one in (row.value, row.link / (1 + end), row.before, 1.0)), Noise(factor, df)
    )
    low, high, _ = widened(found, np.array([spread]))
    return "rise" if low[0] > 1 else "fall" if high[0] < 1 else "no_clear_change"


def spread_of(row, factor: float, df: float) -> float:
    """The spread that the limits of the table show."""
    _, low, _, _ = ratio_limits(
        *(np.array([float(one)]) for one in (row.value, row.link, row.before, 1.0)), Noise(factor, df)
    )
    point = row.change + 1
    own, whole = np.log(point / low[0]), np.log(point / (row.change_low + 1))
    return float(np.sqrt(max(0.0, whole**2 - own**2)) / 1.959964)
