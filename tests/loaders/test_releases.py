"""Several releases of one dataset: each month from the newest that has it, and each release readable on its own."""

import pytest

from loaders import read_release
from loaders.releases import newest_first


@pytest.fixture(scope="module")
def releases(shelf):
    card = shelf.cards["recorded_crime"]
    return [read_release(card, release, shelf.places["london"]) for release in card.releases]


@pytest.fixture(scope="module")
def spliced(releases):
    return newest_first(releases)


def test_each_month_comes_from_the_newest_release_that_has_it(releases, spliced):
    newest = {period: one.release.id for one in releases for period in one.frame["period"].unique()}
    assert spliced.groupby("period")["release"].agg(set).to_dict() == {period: {release} for period, release in newest.items()}
    assert newest["2024-06"] == "2025-04"
    assert newest["2024-07"] == "2026-08"


def test_no_cell_stands_twice_in_the_spliced_series(spliced):
    assert not spliced.duplicated(["area", "category", "period", "variable"]).any()


def test_the_spliced_total_is_each_releases_own_months(releases, spliced):
    first, second, third = (one.frame for one in releases)
    older = second[second["period"] < "2024-07"]["value"].sum()
    assert spliced["value"].sum() == first["value"].sum() + older + third["value"].sum()


def test_a_revised_cell_is_one_that_an_earlier_release_gave_another_value(releases, spliced):
    key = ["area", "category", "period", "variable"]
    _, second, third = (one.frame.set_index(key)["value"] for one in releases)
    both = third.index.intersection(second.index)
    differ = {cell for cell in both if third[cell] != second[cell]}
    marked = set(spliced[spliced["revised"]].set_index(key).index)
    assert marked == differ
    assert {cell[2] for cell in marked} <= {f"2024-{month:02d}" for month in range(7, 13)} | {"2025-01", "2025-02", "2025-03"}


def test_each_release_stands_alone_with_its_own_months(shelf):
    card = shelf.cards["recorded_crime"]
    for release in card.releases:
        table = shelf.table("recorded_crime", release.id)
        assert (table.periods[0], table.periods[-1], set(table.release_of)) == (release.first, release.last, {release.id})


def test_the_newest_release_has_1_15_per_cent_more_in_the_shared_months(releases):
    _, second, third = (one.frame for one in releases)
    shared = sorted(set(second["period"]) & set(third["period"]))
    before, after = (frame[frame["period"].isin(shared)]["value"].sum() for frame in (second, third))
    assert len(shared) == 9
    assert round((after / before - 1) * 100, 2) == 1.15
