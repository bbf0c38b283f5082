"""Several releases of one dataset: each month from the newest that has it, and each release readable on its own."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import read_release
from loaders.observations.splice import newest_first, superseded
from loaders.observations.table import Observations
from loaders.statuses import STATUSES


@pytest.fixture(scope="module")
def releases(shelf):
    card = shelf.cards["recorded_crime"]
    return [read_release(card, release, shelf.places["london"]) for release in card.releases]


@pytest.fixture(scope="module")
def spliced(releases):
    return newest_first(releases)


def test_each_month_comes_from_the_newest_release_that_has_it(releases, spliced):
    newest = {period: one.release.id for one in releases for period in one.frame["period"].unique()}
    assert spliced.groupby("period")["release"].agg(set).to_dict() == {
        period: {release} for period, release in newest.items()
    }
    assert newest["2023-11"] == "2026-01"
    assert newest["2024-03"] == "2026-01-recent"
    assert newest["2024-06"] == "2026-04"
    assert newest["2024-07"] == "2026-08"


def test_no_cell_stands_twice_in_the_spliced_series(spliced):
    assert not spliced.duplicated(["area", "category", "period", "variable"]).any()


def test_the_spliced_total_is_each_releases_own_months(releases, spliced):
    *_, history, recent, april, august = (one.frame for one in releases)
    older = sum(part[part["period"] < end]["value"].sum() for part, end in ((recent, "2024-04"), (april, "2024-07")))
    assert spliced["value"].sum() == history["value"].sum() + older + august["value"].sum()


def invented(id: str, cells: dict[str, float]) -> Observations:
    """A release of one line that holds these periods."""
    frame = pd.DataFrame(
        {
            "area": "a",
            "category": "",
            "period": list(cells),
            "variable": "v",
            "value": list(cells.values()),
            "status": "",
            "reason": "",
        }
    )
    codes = {
        name: pd.Categorical(frame[name], ordered=name == "period")
        for name in frame.columns
        if name not in ("value", "status")
    }
    return Observations(
        None, SimpleNamespace(id=id), frame.assign(**codes, status=pd.Categorical(frame["status"], categories=STATUSES))
    )


@pytest.mark.parametrize(
    ("releases", "before"),
    [
        ([{"2024": 10, "2025": 1}, {"2025": 1}, {"2024": 99, "2025": 1}], {"2024": ("0", 10), "2025": ("1", 1)}),
        ([{"2024": 10}, {"2024": 99}, {"2024": 10}], {"2024": ("1", 99)}),
        ([{"2024": 10, "2025": 1}, {"2025": 2}], {"2025": ("0", 1)}),
        ([{"2024": 10}, {"2025": 10}], {}),
    ],
    ids=[
        "a release without the period lies between",
        "it was changed and changed back",
        "a shorter release follows",
        "no period twice",
    ],
)
def test_what_a_figure_may_have_revised_is_that_of_the_newest_earlier_release_that_has_the_period(releases, before):
    found = superseded([invented(str(number), cells) for number, cells in enumerate(releases)])
    rows = {} if found is None else {one.period: (one.release, one.value) for one in found.itertuples()}
    assert rows == before


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["2021", "2022", "2023", "2024"]), st.integers(0, 5), min_size=1),
        min_size=1,
        max_size=5,
    )
)
def test_every_period_speaks_once_and_its_earlier_figure_stands_once(releases):
    made = [invented(str(number), dict(sorted(cells.items()))) for number, cells in enumerate(releases)]
    now, before = newest_first(made), superseded(made)
    for period in {period for cells in releases for period in cells}:
        having = [(str(number), cells[period]) for number, cells in enumerate(releases) if period in cells]
        assert [(one.release, one.value) for one in now.itertuples() if one.period == period] == having[-1:]
        earlier = (
            [] if before is None else [(one.release, one.value) for one in before.itertuples() if one.period == period]
        )
        assert earlier == having[-2:-1]


def test_the_earlier_figures_are_those_of_the_newest_release_before(releases):
    before = superseded(releases)
    spans = before.groupby("release", observed=True)["period"].agg(["min", "max"])
    assert {release: (first, last) for release, first, last in spans.itertuples()} == {
        "2023-04": ("2010-04", "2023-03"),
        "2025-04": ("2023-04", "2024-03"),
        "2026-01-recent": ("2024-04", "2024-06"),
        "2026-04": ("2024-07", "2026-03"),
    }


def test_each_release_stands_alone_with_its_own_months(shelf):
    card = shelf.cards["recorded_crime"]
    for release in card.releases:
        table = shelf.table("recorded_crime", release.id)
        assert (table.periods[0], table.periods[-1], set(table.release_of)) == (
            release.first,
            release.last,
            {release.id},
        )


def test_the_newest_release_has_0_55_per_cent_more_in_the_shared_months(releases):
    april, august = (
        one.frame[~one.frame["category"].isin(["fraud_and_forgery", "nfib_fraud"])] for one in releases[-2:]
    )
    shared = sorted(set(april["period"]) & set(august["period"]))
    before, after = (frame[frame["period"].isin(shared)]["value"].sum() for frame in (april, august))
    assert len(shared) == 21
    assert round((after / before - 1) * 100, 2) == 0.55
