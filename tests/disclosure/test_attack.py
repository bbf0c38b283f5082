"""The attacker finds what a careless site would give away, and the list it reads is the site's own."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from disclosure import Dense
from disclosure.__main__ import main
from disclosure.builds import LISTED
from disclosure.protection.protected import read_protected
from loaders import data_folder
from measures.about.published_views import releases_published, write_publications
from measures.store.new_build import new_build
from measures.store.shelf import Shelf
from tests.builds import ForgedBuild, built_file, forge
from tests.conftest import PACKAGE
from tests.disclosure.test_example import NAME, truth

COUNT, ROLLING, RATE = (f"{NAME}/figures-{NAME}-{view}-latest.parquet" for view in ("count", "rolling", "rate"))


def leaked(root, capsys) -> list[str]:
    assert main(["attack", str(root / PACKAGE)]) == 1
    return [line for line in capsys.readouterr().out.splitlines() if "UNSAFE" in line]


def hidden_month(root) -> tuple[str, str, str, int]:
    """A hidden month that a declared grain has, with its true count: area, category, period, count."""
    shelf = Shelf(root)
    made, real = read_protected(shelf.cards[NAME], shelf.places["invented"]), truth(shelf)
    at = next(
        place
        for place, shown in zip(made.lattice.positions, made.shown, strict=True)
        if not shown and place[2] < 24 and place[0] > 0
    )
    count = int(real.values[0][tuple(at)])
    return real.areas[at[1]], real.categories[at[0]], real.periods[at[2]], count


def add_figure(root, path: str, **row) -> None:
    frame = pd.read_parquet(built_file(root, path))
    frame.loc[len(frame)] = {"numerator": float("nan"), "denominator": float("nan"), "status": ""} | row
    forge(root, path, frame.to_parquet)


def test_a_count_that_slipped_through_is_found(spoilt, capsys):
    area, category, period, count = hidden_month(spoilt)
    add_figure(spoilt, COUNT, area=area, category=category, period=period, value=float(count))
    assert any(f"{area} · {category} · {period}: UNSAFE, {count} to {count}" in line for line in leaked(spoilt, capsys))


def test_a_rate_of_a_hidden_count_is_found(spoilt, capsys):
    area, category, period, count = hidden_month(spoilt)
    add_figure(
        spoilt, RATE, area=area, category=category, period=period, value=count / 52_340 * 1000, denominator=52_340.0
    )
    assert any(f"{area} · {category} · {period}: UNSAFE, {count} to {count}" in line for line in leaked(spoilt, capsys))


def test_rolling_sums_over_hidden_months_are_found(spoilt, capsys):
    """A rolling sum that skips the mark of one hidden month gives that month away."""
    shelf = Shelf(spoilt)
    table, real = shelf.table(NAME), truth(shelf)
    hidden = ~pd.isna(real.values[0]) & pd.isna(table.values[0])
    place = [n for n, code in enumerate(table.categories) if code.startswith("type_")]
    category, period = next((c, p) for c in place for p in range(11, 24) if hidden[c, 0, p - 11 : p + 1].sum() == 1)
    total = float(real.values[0, category, 0, period - 11 : period + 1].sum())
    add_figure(
        spoilt, ROLLING, area="whole", category=table.categories[category], period=table.periods[period], value=total
    )
    assert leaked(spoilt, capsys)


def test_a_figure_finer_than_the_declared_grains_is_found(spoilt, capsys):
    add_figure(spoilt, COUNT, area="area_a", category="type_2", period="2021-03", value=44.0)
    assert any("finer than the declared grains" in line for line in leaked(spoilt, capsys))


def test_another_geography_of_the_same_counts_is_found(spoilt, capsys):
    """Two areas together, published by another dataset, are their sum here."""
    from disclosure.attack.publications import universe_of
    from disclosure.attack.site_statements import add_overlaps, constraints_of
    from disclosure.protection.policy import Policy, default_policy

    shelf = Shelf(spoilt)
    listed = json.loads(built_file(spoilt, LISTED).read_text())["datasets"][0]
    universe = universe_of(shelf.built, shelf.cards[NAME], shelf.places["invented"], listed, "counts")
    notes = constraints_of(universe)
    before = notes.known().matrix.shape[0]
    other = {"dataset": NAME, "areas": {"whole": ["area_a", "area_b", "area_c", "area_d", "area_e", "area_f"]}}
    rule = Policy(**{**default_policy().__dict__, "overlaps": (other,)})
    add_overlaps(notes, universe, shelf.built, rule)
    assert notes.known().matrix.shape[0] > before


def test_a_built_table_that_is_not_the_protected_one_is_found(spoilt, capsys):
    import numpy as np

    from measures.store import artifacts

    shelf = Shelf(spoilt)
    table = shelf.table(NAME)
    values = table.values.copy()
    values[np.isnan(values)] = 3.0
    other = replace(table, cells=Dense(values, table.status, table.reason))
    artifacts.write(ForgedBuild(spoilt), other, shelf.cards[NAME])
    assert any("another table" in line for line in leaked(spoilt, capsys))


def test_without_a_build_the_attack_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES_DATA", str(tmp_path))
    assert main(["attack"]) == 2


@pytest.mark.parametrize("words", [[], ["attack", "a", "b"], ["protect"], ["show"]])
def test_other_words_are_answered_with_the_usage(words, capsys):
    assert main(words) == 64
    assert "usage" in capsys.readouterr().err


@pytest.fixture(scope="module")
def listed(tmp_path_factory) -> dict:
    """The list of the real data, made anew in a folder of its own (the figures of no dataset are withheld there)."""
    with new_build(tmp_path_factory.mktemp("list")) as build:
        shelf = Shelf(data_folder())
        for card in shelf.cards.values():
            for release in releases_published(card) if card.kind in ("observations", "areas") else ():
                shelf.table(card.name, release)
        shelf.built = build
        return json.loads(write_publications(shelf).read_text())


def test_every_view_of_every_measure_is_on_the_list(listed, shelf):
    there = {(one["measure"], one["view"], one["release"]) for one in listed["publications"]}
    for measure in shelf.measures.values():
        if measure.kind != "statements":
            assert {(measure.name, view, "latest") for view in measure.views} <= there


def test_every_table_and_release_is_on_the_list(listed, shelf):
    there = {one["dataset"]: set(one["tables"]) for one in listed["datasets"]}
    for card in shelf.cards.values():
        if card.kind in ("observations", "areas"):
            assert there[card.name] >= (
                {"latest", *(one.id for one in card.releases)} if len(card.releases) > 1 else {"latest"}
            )


def withheld_by_source(root) -> None:
    """Let the source of the residents withhold two cells."""
    card = root / "open/invented_publisher/invented_residents/source.toml"
    cells = '\n[[cells]]\nareas = {areas}\nperiods = ["2021"]\nstatus = "c"\nreason = {{ en = "withheld by the source", zh = "来源未公布" }}\n'
    card.write_text(card.read_text() + cells.format(areas='["area_a", "area_b"]'))


def test_what_a_source_withheld_stays_withheld(spoilt, capsys):
    from measures.build import build

    withheld_by_source(spoilt)
    assert build(spoilt) == 0
    folder = spoilt / "open/invented_publisher/invented_residents"
    assert main(["attack", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "area_a · 2021: not examined" in out and "area_b · 2021: not examined" in out


def test_what_a_source_withheld_and_a_total_gives_back_is_found(spoilt, capsys):
    """A place total shown beside one withheld area is that area."""
    from measures.build import build
    from measures.store import artifacts

    withheld_by_source(spoilt)
    card = spoilt / "open/invented_publisher/invented_residents/source.toml"
    card.write_text(card.read_text().replace('["area_a", "area_b"]', '["area_a"]'))
    assert build(spoilt) == 0
    shelf = Shelf(spoilt)
    table = shelf.table("invented_residents")
    values, status = table.values.copy(), table.status.copy()
    values[0, 0, 0, 0], status[0, 0, 0, 0] = 187_690.0, 0
    undone = replace(table, cells=Dense(values, status, table.reason))
    artifacts.write(ForgedBuild(spoilt), undone, shelf.cards["invented_residents"])
    assert main(["attack", str(card.parent)]) == 1
    assert "area_a · 2021: UNSAFE, 52340 to 52340" in capsys.readouterr().out


def test_a_cell_that_its_source_does_not_have_is_found(spoilt, capsys):
    from measures.store import artifacts

    shelf = Shelf(spoilt)
    path = spoilt / "open/invented_publisher/invented_residents"
    table = shelf.table("invented_residents")
    invented = replace(table, periods=("2022", "2023"))
    artifacts.write(ForgedBuild(spoilt), invented, shelf.cards["invented_residents"])
    assert main(["attack", str(path)]) == 1
    assert "finer than its source" in capsys.readouterr().out
