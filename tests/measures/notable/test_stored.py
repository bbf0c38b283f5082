"""What stands out in a release is kept with it: a later release does not change it, and what is kept is what is worked out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from measures.figures.compute import Query, compute
from measures.notable.editions import categories_of, editions
from measures.notable.stored import _over_releases, notable_of, notable_releases
from measures.notable.told import measure_of, of_area, told_of
from measures.store.frozen import as_of

SEOUL = "11"


def test_every_release_at_which_something_changed_has_its_own(shelf):
    assert notable_releases(shelf, "recorded_crime") == ("2023-04", "2025-04", "2026-01-recent", "2026-04", "2026-08")
    assert notable_releases(shelf, "population") == notable_releases(shelf, "population_density") == ()
    for release in notable_releases(shelf, "recorded_crime"):
        found = notable_of(shelf, "recorded_crime", release)
        assert found.release == release and found.period <= found.newest


def test_the_newest_says_what_the_figures_of_today_say(shelf):
    found = notable_of(shelf, "recorded_crime", "2026-08")
    rows = found.rows()
    for category in ("all", "theft"):
        own = rows[rows["category"] == category]
        query = Query("london", "recorded_crime", tuple(own["area"]), category, "rolling", found.period, found.period)
        today = compute(query, shelf).table
        for column in ("value", "before", "change", "p", "verdict", "areas_higher", "areas_lower"):
            pd.testing.assert_series_equal(
                own[column].reset_index(drop=True), today[column], check_dtype=False, check_names=False
            )


def test_what_is_kept_is_what_is_worked_out(shelf):
    card = shelf.cards["five_major_crimes"]
    query = Query("seoul", "five_major_recorded", (), "", "count")
    (worked,) = _over_releases(query, shelf, card, editions(card))
    kept = notable_of(shelf, "five_major_recorded", worked.release)
    pd.testing.assert_frame_equal(kept.table, worked.table.reset_index(drop=True), check_dtype=False)
    for part in ("period", "newest", "turned", "revised", "extremes", "apart", "breaks", "looked"):
        assert getattr(kept, part) == getattr(worked, part)


def test_on_an_earlier_day_a_release_says_what_it_says_today(shelf):
    frozen = as_of(shelf, "2026-05-01")
    assert notable_releases(frozen, "recorded_crime")[-1] == "2026-04"
    then, now = (notable_of(source, "recorded_crime", "2026-04") for source in (frozen, shelf))
    pd.testing.assert_frame_equal(then.table, now.table)
    assert (then.revised, then.turned, then.period) == (now.revised, now.turned, now.period)


def test_an_older_release_tells_nothing_of_what_came_after_it(shelf):
    found = notable_of(shelf, "recorded_crime", "2026-04")
    assert found.newest == "2026-03" and found.before == "2026-01-recent"
    assert found.table["period"].max() <= "2026-03"


def test_a_statement_of_a_release_is_that_of_its_figures(shelf):
    found = notable_of(shelf, "recorded_crime", "2026-08")
    measure = measure_of(found, shelf, "theft")
    for area in measure.query.areas:
        facts = told_of(found, shelf, "theft", area)
        row = found.rows()[(found.rows()["area"] == area) & (found.rows()["category"] == "theft")].iloc[0]
        assert facts.verdict == row["verdict"] and facts.period == found.period
        np.testing.assert_equal((facts.now, facts.before, facts.change), (row["value"], row["before"], row["change"]))


def test_only_clear_verdicts_stand_turn_or_are_extremes(shelf):
    for name, place in (("recorded_crime", "E12000007"), ("five_major_recorded", SEOUL), ("road_injured", SEOUL)):
        for release in notable_releases(shelf, name):
            found = notable_of(shelf, name, release)
            rows = found.rows()
            standing = {(row.category, row.area): row.verdict for row in rows[rows["stands"]].itertuples()}
            assert set(standing.values()) <= {"rise", "fall"}
            for entry in found.turned:
                assert standing[entry.category, entry.area] == entry.verdict != entry.was
            for entry in found.extremes:
                assert {"highest": "rise", "lowest": "fall"}[entry.kind] == standing[entry.category, entry.area]
            assert all(entry.beyond and entry.then >= 30 for entry in found.revised)
            assert set(of_area(found, place).categories) == set(rows["category"])


@pytest.mark.parametrize(
    ("dataset", "number"), [("recorded_crime", 12), ("five_major_crimes", 6), ("road_accidents", 1)]
)
def test_the_total_and_its_groups_are_looked_at(dataset, number, shelf):
    table = shelf.table(dataset)
    assert len(categories_of(shelf.cards[dataset], table.categories)) == number
