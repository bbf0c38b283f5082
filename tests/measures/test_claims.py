"""Statements stay as they were made: contradictions stand side by side, and nothing is made up for what is missing."""

from __future__ import annotations

import pytest

from measures.claims.collection import claims_table, indicators_of, statements

DATASET = "shanghai_statements"
MEANINGS_OF_ONLINE_RATE = {
    "services_can_be_done_online",
    "cases_done_online_all_departments",
    "police_cases_done_online",
}


@pytest.fixture(scope="module")
def table(shelf):
    return claims_table(shelf, DATASET)


def test_both_published_figures_of_road_deaths_in_2009_stay(shelf):
    made = statements(shelf, DATASET, "shanghai", "road_deaths").table
    year = made[(made["start"] == "2009-01-01") & (made["end"] == "2009-12-31") & (made["kind"] != "percent_change")]
    assert dict(zip(year["number"], year["reliability"], strict=True)) == {
        1042: "official",
        1024: "press citing official",
    }


def test_three_meanings_of_online_rate_are_three_indicators(shelf, table):
    about = indicators_of(shelf, DATASET, "online")
    assert set(about) >= MEANINGS_OF_ONLINE_RATE
    for language in ("en", "zh"):
        assert len({about[code].name[language] for code in MEANINGS_OF_ONLINE_RATE}) == 3
        assert len({about[code].definition[language] for code in MEANINGS_OF_ONLINE_RATE}) == 3
    assert set(table[table["claim_id"].isin(["CN-0339", "CN-0347", "CN-0005"])]["indicator"]) == MEANINGS_OF_ONLINE_RATE


def test_a_target_is_not_a_result(table):
    targets = set(table[table["kind"] == "target"]["indicator"])
    assert targets
    assert set(table[table["indicator"].isin(targets)]["kind"]) == {"target"}


def test_a_target_says_in_both_languages_that_it_is_one(shelf, table):
    listed = indicators_of(shelf, DATASET)
    for code in set(table[table["kind"] == "target"]["indicator"]):
        assert "target" in listed[code].name["en"].lower()
        assert "目标" in listed[code].name["zh"]


def test_two_falls_of_110_calls_in_2019_with_two_scopes_are_two_indicators(table):
    falls = table[table["number"].isin([-25.9, -13.4]) & table["start"].str.startswith("2019")]
    assert falls["indicator"].nunique() == 2


@pytest.mark.parametrize("quarter", ["2021-01-01"])
def test_a_change_on_the_quarter_before_keeps_its_base(quarter, table):
    rows = table[(table["start"] == quarter) & (table["end"] == "2021-03-31") & (table["kind"] == "percent_change")]
    assert len(rows)
    assert not rows["compared_with"].str.startswith("2020-01-01").any()
    assert (rows["compared_with"] != "").all()


def test_no_district_has_a_figure_that_was_not_published(shelf, table):
    published = {row.area for row in table.itertuples() if row.area}
    card, place = shelf.cards[DATASET], shelf.places["shanghai"]
    assert published <= {place.code, *(area.code for area in place.areas)}
    for code in indicators_of(shelf, DATASET, districts=True):
        made = statements(shelf, DATASET, "shanghai", code).table
        districts = set(made["area"]) - {place.code}
        assert set(made["claim_id"]) <= set(table["claim_id"])
        assert len(districts) < len(place.areas), f"{code} claims to know every district"
        assert districts == {card.place_codes[name] for name in made["place"]} - {place.code}


def test_other_cities_and_the_whole_country_are_not_shanghai(table):
    assert set(table[table["place"].isin(["全国", "北京市", "安徽省合肥市"])]["area"]) == {""}


def test_every_statement_has_publisher_reliability_indicator_and_place(table):
    for column in (
        "publisher_en",
        "publisher_zh",
        "reliability_en",
        "reliability_zh",
        "indicator",
        "place_en",
        "place_zh",
        "kind_en",
        "kind_zh",
    ):
        assert (table[column].str.strip() != "").all(), column
    assert set(table["reliability"]) == {"official", "press citing official", "press"}


def test_a_statement_without_a_number_stays_words(table):
    words = table[table["number"].isna()]
    assert set(words["kind"]) == {"statement"}
    assert not words["value"].isin(["0", "-1"]).any()
    assert (table[table["number"].notna()]["number"] == table[table["number"].notna()]["value"].astype(float)).all()


def test_periods_of_statements_begin_before_they_end(table):
    both = table[(table["start"] != "") & (table["end"] != "")]
    assert len(both) > 300
    assert (both["start"] <= both["end"]).all()
