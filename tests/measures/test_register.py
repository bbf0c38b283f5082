"""The register keeps every named system, links what was said of it, and never turns silence into a figure."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.claims.register import INDIVIDUAL
from measures.about.register import (
    MEASURED,
    NUMBERS,
    by_year,
    register_card,
    register_notes,
    register_table,
    systems_chosen,
    systems_of,
)
from measures.claims.collection import claims_table
from measures.store.shelf import open_shelf

WORKED = tomllib.loads(Path(__file__).with_name("register_worked.toml").read_text("utf-8"))["example"]
DATASETS = [card.name for card in open_shelf().cards.values() if card.kind == "register"]
EVERY_REGISTER = pytest.mark.parametrize("dataset", DATASETS)


@EVERY_REGISTER
def test_every_named_system_keeps_its_row_in_the_published_order(dataset, shelf):
    assert [one.row["system_zh"] for one in systems_of(shelf, dataset)] == list(shelf.statements(dataset)["system_zh"])
    assert len(systems_of(shelf, dataset)) == shelf.cards[dataset].latest.rows


@EVERY_REGISTER
def test_every_entry_has_a_code_of_its_own_and_a_place_with_a_region(dataset, shelf):
    systems, noted = systems_of(shelf, dataset), register_notes(shelf, dataset)
    assert max(Counter(one.entry.code for one in systems).values()) == 1
    assert all(one.region in noted.regions and one.place for one in systems)


@EVERY_REGISTER
def test_the_answer_about_individuals_is_the_registers_own(dataset, shelf):
    first = {"yes": {"yes"}, "no": {"no"}, "unclear": {"unclear"}, "partly": {"yes"}}
    for one in systems_of(shelf, dataset):
        published = one.row["individual_level_data"]
        assert published.replace(":", " ").replace(",", " ").split()[0] in first[one.entry.individual]
        assert (one.entry.individual == "partly") == ("/ no" in published)
        assert (one.entry.known_by == "not_stated") == (one.entry.individual == "unclear")
        assert (one.entry.known_by == "no_reason") == (published.strip(": ") in ("yes", "no"))


@EVERY_REGISTER
def test_every_linked_statement_exists_and_speaks_of_the_system(dataset, shelf):
    spoken = claims_table(shelf, shelf.cards[dataset].claims).set_index("claim_id")["system"]
    for one in systems_of(shelf, dataset):
        assert all(spoken[claim["claim_id"]] in one.entry.spoken_of for claim in one.claims)
    assert sum(bool(one.claims) for one in systems_of(shelf, dataset)) > 20


@EVERY_REGISTER
def test_a_figure_counted_in_the_article_is_not_lost(dataset, shelf):
    for one in systems_of(shelf, dataset):
        assert one.figures or int(one.row["published_figures"]) == 0


@pytest.mark.parametrize("example", WORKED, ids=lambda one: f"{one['system']}-{one['statistic']}")
def test_a_statistic_is_found_where_it_was_published(example, shelf):
    systems = {one.entry.code: one for name in DATASETS for one in systems_of(shelf, name)}
    answer = next(one for one in systems[example["system"]].answers if one.statistic.code == example["statistic"])
    assert (answer.outcome, answer.claims) == (example["found"], example["claims"])


def test_the_worked_examples_hold_every_answer():
    assert {example["found"] for example in WORKED} == {"number", "change", "words", "before", "elsewhere", "none"}


def test_a_target_is_no_figure_of_an_effect(shelf):
    assert "target" not in NUMBERS
    for name in DATASETS:
        targets = {
            row["indicator"]
            for row in claims_table(shelf, shelf.cards[name].claims).to_dict("records")
            if row["kind"] == "target"
        }
        assert targets
        assert not [
            code
            for one in register_notes(shelf, name).statistics.values()
            for code in one.indicators
            if code in targets
        ]


def test_the_answer_of_an_entry_is_the_strongest_of_its_statistics(shelf):
    for one in (one for name in DATASETS for one in systems_of(shelf, name)):
        found = {answer.outcome for answer in one.answers}
        assert (one.measured == "number") == ("number" in found)
        assert one.measured != "none" or not one.figures
        assert one.measured != "change" or found & {"change", "words"}


@EVERY_REGISTER
def test_years_count_every_entry_once_and_leave_no_year_out(dataset, shelf):
    counts = by_year(systems_of(shelf, dataset))
    years = [int(year) for year in counts if year]
    assert years == list(range(min(years), max(years) + 1))
    assert sum(sum(one.values()) for one in counts.values()) == len(systems_of(shelf, dataset))
    assert {answer for one in counts.values() for answer in one} <= set(MEASURED)


@given(
    st.sampled_from(["", "shanghai", "sichuan", "beijing"]),
    st.sampled_from(["", *INDIVIDUAL]),
    st.sampled_from(["", "yes", "no"]),
)
def test_filters_only_leave_out_and_the_file_holds_what_is_shown(region, individual, figures):
    shelf = open_shelf()
    for name in DATASETS:
        systems = systems_of(shelf, name)
        kept = systems_chosen(systems, region, individual, figures)
        assert [one for one in systems if one in kept] == list(kept)
        assert len(systems_chosen(systems, region, individual, "yes")) + len(
            systems_chosen(systems, region, individual, "no")
        ) == len(systems_chosen(systems, region, individual))
        assert list(register_table(shelf, name, region=region, individual=individual, figures=figures)["code"]) == [
            one.entry.code for one in kept
        ]


def test_a_place_without_a_register_has_none(shelf):
    assert register_card(shelf, "london") is None
    assert register_card(shelf, "shanghai").name in DATASETS
