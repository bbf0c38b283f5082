"""A period that was not over when it was published, and an answer that was cut, are never taken for whole."""

from __future__ import annotations

import pytest

from disclosure import STATUSES, guard
from loaders import SourceError
from loaders.draft.new_place import new_place
from loaders.lint.last_period import short_periods, unfinished_periods
from loaders.observations.splice import newest_first
from tests.loaders.invented import PLACE, read

YEARLY = {"frequency": "year", "columns": {"area": "area", "period": "year"}, "variables": {"n": {"column": "n"}}}


def years(*some: int, heading: str = "n") -> bytes:
    lines = [
        f"area,year,{heading}",
        *(f"a{area},{year},{100 + area + year % 7}" for year in some for area in (1, 2, 3)),
    ]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("published", ["2024-06-15", "2024-06", "2024-12-30", "2023-12"])
def test_a_year_that_was_not_over_has_no_figure_for_any_area_or_the_place(tmp_path, published):
    release = read(tmp_path, "n.csv", years(2022, 2023, 2024), YEARLY | {"published": published}, kinds={})
    safe = guard(newest_first([release]), release.card, PLACE)
    at = safe.periods.index("2024")
    assert {STATUSES[status] for status in safe.status[0, 0, :, at].tolist()} == {"x"}
    assert "unfinished" in safe.reasons[safe.reason[0, 0, safe.areas.index("a1"), at]]
    assert (safe.values[0, 0, :, at] != safe.values[0, 0, :, at]).all()
    assert (safe.values[0, 0, :4, at - 1] > 0).all()
    assert [fault for fault in unfinished_periods(release.card, release.frame) if "2024" in str(fault)]


@pytest.mark.parametrize("published", ["2024", "2024-12", "2024-12-31", "2025-01-03"])
def test_a_year_that_was_over_is_whole(tmp_path, published):
    release = read(tmp_path, "n.csv", years(2023, 2024), YEARLY | {"published": published}, kinds={})
    assert release.frame["value"].notna().all()
    assert list(unfinished_periods(release.card, release.frame)) == []


@pytest.mark.parametrize(
    ("frequency", "period", "published", "whole"),
    [
        ("month", "2024-06", "2024-06-15", False),
        ("month", "2024-06", "2024-07-02", True),
        ("quarter", "2024-Q2", "2024-05", False),
        ("half", "2024-H1", "2024-06", True),
        ("week", "2024-W20", "2024-05-17", False),
        ("week", "2024-W20", "2024-05-19", True),
        ("fiscal_year", "2023/24", "2023-12", False),
        ("fiscal_year", "2023/24", "2024-04", True),
        ("year_to_date", "2024-YTD-09", "2024-10", True),
        ("year_to_date", "2024-YTD-09", "2024-08", False),
    ],
)
def test_every_kind_of_period_has_its_own_end(tmp_path, frequency, period, published, whole):
    card = YEARLY | {"frequency": frequency, "published": published}
    release = read(
        tmp_path, "n.csv", f"area,year,n\na1,{period},5\na2,{period},6\na3,{period},7".encode(), card, kinds={}
    )
    assert release.frame["value"].notna().all() == whole


def test_residents_and_what_a_card_says_is_ahead_stay(tmp_path):
    card = YEARLY | {"published": "2024-08", "variables": {"n": {"column": "Residents"}}}
    assert (
        read(tmp_path / "a", "n.csv", years(2023, 2024, heading="Residents"), card, kinds={})
        .frame["value"]
        .notna()
        .all()
    )
    card = YEARLY | {"published": "2024-08", "ahead": True}
    assert read(tmp_path / "b", "n.csv", years(2023, 2024), card, kinds={}).frame["value"].notna().all()


def by_area(rows: int, months: int) -> bytes:
    """A long file by area and month that ends after so many rows."""
    every = [f"a{1 + n // months},{2010 + n % months // 12}-{1 + n % 12:02d},{5 + n % 90}" for n in range(rows)]
    return "\n".join(["area,year,n", *every]).encode()


MONTHLY = YEARLY | {"frequency": "month", "published": "2025-01"}


def test_an_answer_of_as_many_rows_as_portals_give_whose_last_group_is_short_is_refused(tmp_path):
    with pytest.raises(
        SourceError, match=r"looks like an answer that was cut.*100 rows, and 28 of 'a3' where each other has 36"
    ):
        read(tmp_path / "a", "n.csv", by_area(100, 36), MONTHLY, kinds={})
    assert len(read(tmp_path / "b", "n.csv", by_area(100, 36), MONTHLY | {"complete": True}, kinds={}).frame) == 100
    assert len(read(tmp_path / "c", "n.csv", by_area(99, 36), MONTHLY, kinds={}).frame) == 99
    assert len(read(tmp_path / "d", "n.csv", by_area(108, 36), MONTHLY, kinds={}).frame) == 108


def test_a_cut_answer_is_not_drafted_as_if_it_were_whole(copy, tmp_path):
    lines = ["Area,Month,Calls"]
    lines += [
        f"{area},{2015 + n // 12}-{1 + n % 12:02d},{40 + n % 17}"
        for area in ("Ash", "Elm", "Oak", "Yew")
        for n in range(108)
    ]
    path = tmp_path / "calls.csv"
    path.write_text("\n".join(lines[:401]).replace("Yew", "Fir"), encoding="utf-8")
    assert new_place(copy.root, "ville", [path]).works
    lines = [line for line in lines if "2015" not in line]
    lines += [f"Zed,{2016 + n // 12}-{1 + n % 12:02d},{40 + n % 17}" for n in range(96)]
    lines += [f"Ash2,{2016 + n // 12}-{1 + n % 12:02d},{40 + n % 17}" for n in range(96)]
    path = tmp_path / "cut.csv"
    path.write_text("\n".join(lines[:501]), encoding="utf-8")
    done = new_place(copy.root, "cutville", [path])
    assert not done.works
    assert [line for line in done.lines if "looks like an answer that was cut" in line]


def monthly(last: float, areas: int = 4) -> bytes:
    lines = ["area,year,n"]
    for month in range(1, 10):
        factor = last if month == 9 else 1
        lines += [
            f"a{area},2024-{month:02d},{round(factor * (80 + 7 * area + 5 * month % 11))}" for area in range(1, areas)
        ]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(("last", "asked"), [(0.5, True), (0.6, True), (0.9, False), (1, False), (1.6, False)])
def test_a_newest_period_far_below_all_others_everywhere_is_asked_about(tmp_path, last, asked):
    release = read(tmp_path, "n.csv", monthly(last), MONTHLY, kinds={})
    said = list(map(str, short_periods(release.card, release.frame, PLACE)))
    assert bool(said) == asked
    assert all("2024-09" in line and "may not be whole" in line for line in said)


def test_one_area_that_goes_on_as_before_is_enough_for_no_question(tmp_path):
    data = monthly(0.5).replace(b"a3,2024-09,51", b"a3,2024-09,104")
    assert data != monthly(0.5)
    release = read(tmp_path, "n.csv", data, MONTHLY, kinds={})
    assert list(short_periods(release.card, release.frame, PLACE)) == []
