"""Of many verdicts side by side some are false: which of them still stand follows from all areas of the place, whatever areas are asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from measures.about.false_alarms import false_alarms
from measures.figures import discoveries
from measures.figures.compute import Query, compute
from measures.figures.discoveries import RATE, cutoff, sign_p

LONDON, CAMDEN = "E12000007", "E09000007"


def test_the_cutoff_keeps_what_benjamini_and_hochberg_keep():
    rng = np.random.default_rng(1)
    for _ in range(40):
        p = np.concatenate([rng.uniform(size=(24, 3)), rng.beta(0.2, 6, size=(8, 3))])
        p[rng.uniform(size=p.shape) < 0.1] = np.nan
        limit = cutoff(p)
        for column, most in zip(p.T, limit, strict=True):
            known = np.isfinite(column)
            np.testing.assert_array_equal(column[known] <= most, multipletests(column[known], RATE, "fdr_bh")[0])


def test_where_nothing_is_known_nothing_stands():
    assert (cutoff(np.full((5, 2), np.nan)) == 0).all()


@pytest.mark.parametrize("category", ["all", "theft", "vehicle_offences"])
def test_what_stands_does_not_depend_on_the_areas_asked(category, shelf):
    areas = tuple(
        area.code for area in shelf.places["london"].areas if shelf.table("recorded_crime").has(area=area.code)
    )
    query = Query("london", "recorded_crime", areas, category, "rolling")
    every = compute(query, shelf)
    alone = compute(replace(query, areas=(CAMDEN,), first="2024-01", last="2025-06"), shelf).table
    own = every.line(CAMDEN)
    assert list(alone["stands"]) == list(own.loc[own["period"].between("2024-01", "2025-06"), "stands"])
    table = every.table
    assert not (table["stands"] & ~table["verdict"].isin(["rise", "fall"])).any()
    for _, part in table[table["p"].notna()].groupby("period"):
        kept = multipletests(part["p"], RATE, "fdr_bh")[0] & part["verdict"].isin(["rise", "fall"])
        np.testing.assert_array_equal(part["stands"], kept)


@pytest.mark.parametrize("when", [("2026-03", "2026-03"), ("2024-01", "2025-06"), ("", "")])
def test_a_table_that_stays_on_the_disk_says_the_same_of_the_periods_shown(when, shelf, monkeypatch):
    query = Query("london", "recorded_crime", (LONDON, CAMDEN), "vehicle_offences", "rolling", *when)
    stored = compute.afresh(query, shelf).table
    monkeypatch.setattr(discoveries, "IN_MEMORY", 0)
    pd.testing.assert_frame_equal(compute.afresh(query, shelf).table, stored)
    assert stored["areas_p"].notna().any() and stored["stands"].any()


def test_the_place_itself_is_a_family_of_its_own(shelf):
    table = compute(Query("london", "recorded_crime", (LONDON,), "vehicle_offences", "rolling"), shelf).table
    np.testing.assert_array_equal(table["stands"], table["verdict"].isin(["rise", "fall"]))


@pytest.mark.parametrize(("higher", "lower"), [(32, 0), (20, 12), (16, 16), (0, 11), (3, 25)])
def test_how_seldom_a_coin_would_put_so_many_areas_on_one_side(higher, lower):
    p = sign_p(np.array([higher]), np.array([lower]))
    assert p == pytest.approx(stats.binomtest(higher, higher + lower).pvalue)
    assert np.isnan(sign_p(np.array([4]), np.array([5]))).all()


@pytest.mark.parametrize("view", ["count", "rolling", "rolling_rate"])
@pytest.mark.parametrize("category", ["violence_against_the_person", "sexual_offences", "homicide"])
def test_the_place_tells_how_many_of_its_areas_are_higher_and_lower(category, view, shelf):
    place = shelf.places["london"]
    areas = tuple(area.code for area in place.areas if shelf.table("recorded_crime").has(area=area.code))
    query = Query("london", "recorded_crime", (place.code, *areas), category, view, "2015-01")
    made = compute(query, shelf)
    whole, every = made.line(place.code).set_index("period"), made.table[made.table["area"] != place.code]
    assert every[["areas_higher", "areas_lower", "areas_p"]].isna().all().all()
    for period, part in every.groupby("period"):
        part = part[part["why"].isin(["", "late", "none", "releases", "too_short", "unallocated", "zero_denominator"])]
        change = part["change"].fillna(part["value"] - part["before"])
        one_sided = part["change_allocated"].isna() | (part["change_allocated"] * change > 0)
        counts = [(one_sided & (change * way > 0)).sum() for way in (1, -1)]
        told = whole.loc[period, ["areas_higher", "areas_lower"]].to_numpy(float)
        assert (list(told) == counts) if sum(counts) >= 10 else np.isnan(told).all(), period


def test_what_the_build_stored_is_what_is_worked_out_now(example):
    from measures.figures import discoveries
    from measures.figures.compute import verdicts_of_areas

    dataset = next(
        name
        for name, card in example.cards.items()
        if card.kind == "observations" and discoveries._stored(example, name)
    )
    for (measure, view, category), kept in discoveries._stored(example, dataset).items():
        query = Query(example.cards[dataset].place, measure, (), category, view)
        every = replace(query, areas=discoveries._areas(query, example))
        now = discoveries.family(every, example, verdicts_of_areas)
        for name in ("cutoff", "higher", "lower"):
            np.testing.assert_allclose(getattr(kept, name), getattr(now, name))


def test_the_measured_rates_of_false_alarms_are_within_what_is_promised():
    """4 to 6 in 100 on average for each kind of figure, at most 10 at worst, and a random walk a trend in at most 25 (bench/nulls.py)."""
    found = false_alarms()
    assert set(found.mean) >= {"month", "year_of_months", "year", "share"}
    assert all(0.04 <= rate <= 0.06 for kind, rate in found.mean.items() if kind != "small")
    assert max(found.worst.values()) <= 0.10
    assert found.trend["random_walk"] <= 0.25
    kinds = [
        found.of(*one)
        for one in (("2026-03", "count"), ("2026-03", "rolling"), ("2024", "count"), ("2017-Q3", "share"))
    ]
    assert kinds == [found.mean[kind] for kind in ("month", "year_of_months", "year", "share")]
