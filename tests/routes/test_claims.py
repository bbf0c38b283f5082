"""The file of statements holds the very ones that the page shows, each with its verdict in both languages."""

from __future__ import annotations

import csv
import io

import pytest

from language import translator
from language.claims import claim_verdict_words
from measures.claims.search import FILTERS, claims_chosen, filed, found_of

DATASET = "shanghai_statements"
ADDRESS = f"/data/shanghai/{DATASET}/latest"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"indicator": "road_deaths"},
        {"where": "310112"},
        {"where": "elsewhere"},
        {"year": "2019"},
        {"verdict": "contradicted"},
        {"indicator": "road_deaths", "year": "2009", "verdict": "reproduced"},
        {"indicator": "road_deaths", "where": "310151"},
    ],
)
def test_the_file_has_the_statements_that_were_chosen(asked, get, shelf):
    kept = [one.id for one in claims_chosen(found_of(shelf, DATASET), **asked)]
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    assert [row["claim_id"] for row in rows(get(f"{ADDRESS}.csv?{query}").text)] == kept
    assert [row["claim_id"] for row in get(f"{ADDRESS}.json?{query}").json()["rows"]] == kept


def test_every_row_carries_verdict_and_reasons_in_both_languages(get, shelf):
    found = {one.id: one for one in found_of(shelf, DATASET)}
    for row in rows(get(f"{ADDRESS}.csv").text):
        one = found[row["claim_id"]]
        assert row["verdict_code"] == one.finding.verdict
        assert (row["verdict_en"], row["verdict_zh"]) == tuple(
            claim_verdict_words(one.finding.verdict, translator(code)) for code in ("en", "zh")
        )
        assert (row["base_start"], row["base_end"]) == (one.claim.base.start, one.claim.base.end)
        for code in ("en", "zh"):
            assert bool(row[f"reasons_{code}"]) == bool(one.finding.reasons)
            assert bool(row[f"arithmetic_{code}"]) == bool(one.finding.arithmetic)
            assert bool(row[f"needed_{code}"]) == bool(one.finding.needed)


def test_one_statement_is_a_file_of_its_own(get):
    assert [row["claim_id"] for row in rows(get(f"{ADDRESS}.csv?claim=CN-0055").text)] == ["CN-0055"]


@pytest.mark.parametrize(
    "query",
    [
        "indicator=cats",
        "where=atlantis",
        "year=1066",
        "verdict=true",
        "claim=CN-9999",
        "region=sichuan",
        "figures=yes",
        "verdict=",
    ],
)
def test_an_unknown_choice_is_a_bad_question(query, get):
    assert get(f"{ADDRESS}.json?{query}").status_code == 400


@pytest.mark.parametrize("dataset", ["shanghai/shanghai_systems", "london/recorded_crime"])
def test_other_datasets_have_no_such_choices(dataset, get):
    assert get(f"/data/{dataset}/latest.json?verdict=reproduced").status_code == 400


def test_every_choice_leads_to_statements_and_together_they_are_all(shelf):
    found, counts = found_of(shelf, DATASET), filed(shelf, DATASET)
    for name in FILTERS:
        assert {one.id for code in counts[name] for one in claims_chosen(found, **{name: code})} == {
            one.id for one in found
        }
        assert all(len(claims_chosen(found, **{name: code})) == count for code, count in counts[name].items())
