"""What changed between two releases."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from measures.change.revisions import held_twice, revisions
from measures.figures.fresh import may_be_revised, usual_revisions
from measures.store.shelf import Shelf

CAMDEN, LONDON = "E09000007", "E12000007"
PAIRS = {
    ("2023-04", "2026-01"): ("2010-04", "2023-03"),
    ("2025-04", "2026-01"): ("2023-04", "2023-11"),
    ("2025-04", "2026-01-recent"): ("2023-12", "2025-03"),
    ("2026-01-recent", "2026-04"): ("2024-04", "2025-11"),
    ("2026-04", "2026-08"): ("2024-07", "2026-03"),
}  # each release with the newest before it that has the months


def cells(frame, area, category, period):
    return [
        (row.first_release, row.first, row.later_release, row.later, row.difference, round(row.ratio, 4))
        for row in frame[
            (frame["area"] == area) & (frame["category"] == category) & (frame["period"] == period)
        ].itertuples()
    ]


def test_a_revised_cell_has_both_figures_and_their_releases(shelf):
    assert cells(revisions(shelf, "recorded_crime"), CAMDEN, "all", "2025-03") == [
        ("2025-04", 3426, "2026-01-recent", 3462, 36, 0.0105),
        ("2026-01-recent", 3462, "2026-04", 3470, 8, 0.0023),
        ("2026-04", 3470, "2026-08", 3547, 77, 0.0222),
    ]


def test_only_periods_that_two_releases_hold_are_listed(shelf):
    spans = (
        held_twice(shelf, "recorded_crime").groupby(["first_release", "later_release"])["period"].agg(["min", "max"])
    )
    assert {pair: (first, last) for pair, first, last in spans.itertuples()} == PAIRS


def test_every_revised_cell_differs_and_no_other_cell_does(shelf):
    held, changed = held_twice(shelf, "recorded_crime"), revisions(shelf, "recorded_crime")
    assert (changed["difference"] != 0).all()
    assert (changed["difference"] == changed["later"] - changed["first"]).all()
    assert 0 < len(changed) < len(held)
    assert len(changed) == (held["first"] != held["later"]).sum()


def test_a_cell_is_marked_as_revised_exactly_where_the_list_of_revisions_has_it(shelf):
    """One rule, also for rows that a release left out (zeros) and for sums whose parts changed and whose number did not."""
    found = {name: marked(shelf, name) for name, card in shelf.cards.items() if may_be_revised(card)}
    assert found == {name: listed(shelf, name) for name in found}
    assert found["recorded_crime"]


def test_a_figure_is_revised_against_the_newest_earlier_release_that_has_its_period(served):
    """A publisher alternates short and long releases: the long one revises what the long one before it said."""
    whole = pd.read_csv(served.card_path("road_casualties").with_name("road_ksi_2004_2014.csv"), dtype=str)
    corrected = whole.copy()
    corrected.loc[corrected["code"] == CAMDEN, "2004"] = "1"
    _publish(served, "2015-07", whole[["code", "name", "2014"]])
    _publish(served, "2015-08", corrected)
    shelf = Shelf(served.root)
    line = "killed_or_seriously_injured"
    assert (
        marked(shelf, "road_casualties")
        == {(line, "", CAMDEN, "2004"), (line, "", LONDON, "2004")}
        == listed(shelf, "road_casualties")
    )


def _publish(copy, id: str, rows: pd.DataFrame) -> None:
    """One more release of the road casualties, of the years that the rows have."""
    path, years = copy.card_path("road_casualties"), [one for one in rows.columns if one.isdigit()]
    data = rows.to_csv(index=False).encode()
    path.with_name(f"{id}.csv").write_bytes(data)
    said = {
        "id": id,
        "published": id,
        "file": f"{id}.csv",
        "sha256": hashlib.sha256(data).hexdigest(),
        "from": years[0],
        "to": years[-1],
    }
    lines = [f'{key} = "{text}"' for key, text in said.items()]
    more = ["", "[[releases]]", *lines, 'columns = { area = "code" }', 'ignore = ["name"]', ""]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(more), encoding="utf-8")


def marked(shelf, dataset: str) -> set[tuple[str, str, str, str]]:
    table = shelf.table(dataset)
    return {
        (variable, category, table.areas[area], table.periods[period])
        for variable, category, block in table.blocks()
        for area, period in zip(*np.nonzero(_revised(table, block)), strict=True)
    }


def _revised(table, block) -> np.ndarray:
    return np.array(["revised" in one.split("|") for one in table.reasons])[block.reason]


def listed(shelf, dataset: str) -> set[tuple[str, str, str, str]]:
    changed = revisions(shelf, dataset)
    newest = dict(zip(shelf.table(dataset).periods, shelf.table(dataset).release_of, strict=True))
    return {
        (one.variable, one.category, one.area, one.period)
        for one in changed.itertuples()
        if newest[one.period] == one.later_release
    }


def test_both_figures_are_those_of_their_releases(shelf):
    for row in revisions(shelf, "recorded_crime").sample(60, random_state=1).itertuples():
        for release, value in ((row.first_release, row.first), (row.later_release, row.later)):
            table = shelf.table("recorded_crime", release)
            assert table.series(row.variable, row.category, row.area).values[table.position(row.period)] == value


def test_revisions_of_the_groups_add_up_to_the_revision_of_the_total(shelf):
    held = held_twice(shelf, "recorded_crime")
    groups = [
        code
        for code, node in shelf.cards["recorded_crime"].tree.nodes.items()
        if node.level == "group" and node.in_total
    ]
    key = ["later_release", "area", "period"]
    whole = held[held["category"] == "all"].set_index(key)["difference"]
    parts = held[held["category"].isin(groups)].groupby(key)["difference"].sum()
    assert (parts == whole.reindex(parts.index)).all()


def test_a_ratio_over_a_first_figure_of_zero_is_no_number(shelf):
    held = held_twice(shelf, "recorded_crime")
    assert (held["first"] == 0).any()
    assert held.loc[held["first"] == 0, "ratio"].isna().all()
    assert np.isfinite(held.loc[held["first"] > 0, "ratio"].astype(float)).all()


def test_a_dataset_with_one_release_has_no_revisions(shelf):
    assert revisions(shelf, "road_casualties").empty
    assert usual_revisions(shelf, "road_casualties", "killed_or_seriously_injured", "place") == {}


def test_a_protected_dataset_has_no_revisions_for_an_older_release_could_undo_it(example):
    assert not may_be_revised(example.cards["invented_counts"])
    assert revisions(example, "invented_counts").empty


def test_what_was_published_again_unchanged_is_one_more_pair_of_releases(served):
    before = usual_revisions(Shelf(served.root), "recorded_crime", "offences", "place")["theft", 0]
    _publish_again(served)
    again = Shelf(served.root)
    held = held_twice(again, "recorded_crime")
    assert set(zip(held["first_release"], held["later_release"], strict=True)) == {*PAIRS, ("2026-08", "2026-11")}
    usual = usual_revisions(again, "recorded_crime", "offences", "place")["theft", 0]
    assert (before.pairs, usual.pairs) == (3, 4)
    assert usual.mean < before.mean  # the newest pair changed nothing


def _publish_again(copy) -> None:
    """The newest release once more under another name, as a publisher does when nothing has changed."""
    path = copy.card_path("recorded_crime")
    text = path.read_text(encoding="utf-8")
    newest = text[text.rindex("[[releases]]") : text.index("[area_codes]")]
    path.write_text(text.replace(newest, newest + newest.replace('"2026-08"', '"2026-11"')), encoding="utf-8")
