"""The file of the register holds the very entries that the page shows."""

from __future__ import annotations

import csv
import io

import pytest

from measures.about.register import systems_chosen, systems_of

ADDRESS = "/data/shanghai/shanghai_systems/latest"


def codes(text: str) -> list[str]:
    return [row["code"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"region": "sichuan"},
        {"individual": "partly"},
        {"figures": "no"},
        {"region": "shanghai", "individual": "yes", "figures": "yes"},
        {"region": "beijing", "figures": "no"},
    ],
)
def test_the_file_has_the_entries_that_were_chosen(asked, get, shelf):
    kept = [one.entry.code for one in systems_chosen(systems_of(shelf, "shanghai_systems"), **asked)]
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    assert codes(get(f"{ADDRESS}.csv?{query}").text) == kept
    assert [row["code"] for row in get(f"{ADDRESS}.json?{query}").json()["rows"]] == kept


@pytest.mark.parametrize("query", ["region=atlantis", "individual=perhaps", "figures=", "figures=maybe"])
def test_an_unknown_choice_is_a_bad_question(query, get):
    assert get(f"{ADDRESS}.json?{query}").status_code == 400


@pytest.mark.parametrize("dataset", ["shanghai/shanghai_statements", "london/recorded_crime"])
def test_other_datasets_have_no_such_choices(dataset, get):
    assert get(f"/data/{dataset}/latest.json?figures=yes").status_code == 400
