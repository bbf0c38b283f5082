"""Sums of areas at every level are found by their figures: the top is left out, what lies between is asked about."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.draft.tables.nested_sums import nested_sums
from tests.loaders.guessing import guessed

REGIONS = {"Nordhal": ["Ask", "Bro", "Cam"], "Sudhal": ["Dal", "Eik"], "Vesthal": ["Fos", "Gil", "Hov", "Isl"]}
DISTRICTS = [name for names in REGIONS.values() for name in names]
YEARS = ["2019", "2020", "2021", "2022"]
ABOVE = [name for region, names in REGIONS.items() for name in (region, *names)]
BELOW = [name for region, names in REGIONS.items() for name in (*names, region)]
ORDERS = {
    "regions above their districts": ["Hallland", *ABOVE],
    "regions below their districts": [*BELOW, "Hallland"],
    "regions above and the country last": [*ABOVE, "Hallland"],
    "all regions first": ["Hallland", *REGIONS, *DISTRICTS],
    "all regions last": [*DISTRICTS, *REGIONS, "Hallland"],
    "regions without a country": ABOVE,
    "by the alphabet": sorted([*REGIONS, *DISTRICTS, "Hallland"]),
    "a group of regions between": ["Hallland", "Ovre", *ABOVE],
}


def figures() -> dict[str, list[int]]:
    dice = random.Random(5)
    values = {name: np.array([dice.randint(30, 900) for _ in YEARS]) for name in DISTRICTS}
    values |= {region: sum(values[name] for name in names) for region, names in REGIONS.items()}
    values |= {"Hallland": sum(values[name] for name in REGIONS), "Ovre": values["Nordhal"] + values["Sudhal"]}
    return {name: cells.tolist() for name, cells in values.items()}


def rows_in(shape: str, order: list[str]) -> list[list]:
    values = figures()
    if shape == "wide":
        return [["Name", *YEARS], *([name, *values[name]] for name in order)]
    if shape == "crossed":
        return [["Year", *order], *([year, *(values[name][row] for name in order)] for row, year in enumerate(YEARS))]
    return [["Name", "Year", "Cases"], *([name, YEARS[row], values[name][row]] for row in range(4) for name in order)]


@pytest.mark.parametrize("shape", ["long", "wide", "crossed"])
@pytest.mark.parametrize("order", ORDERS)
def test_the_country_is_left_out_and_its_regions_are_asked_about(order, shape, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows_in(shape, ORDERS[order])), encoding="utf-8")
    draft = guessed(path, frozenset(DISTRICTS))
    assert "Hallland" not in draft.areas and set(draft.areas) >= {*DISTRICTS, *REGIONS}
    asked = {doubt.split("'")[1]: doubt for doubt in draft.doubts if "is the sum of" in doubt}
    assert {*asked} == {*REGIONS, *({"Ovre"} & {*ORDERS[order]})}
    assert "the 3 " in asked["Nordhal"] and "'Dal'" in asked["Sudhal"] and "'Eik'" in asked["Sudhal"]


@given(some.integers(0, 10_000), some.integers(3, 60))
def test_areas_that_are_no_sums_stay(seed, areas):
    cells = np.random.default_rng(seed).integers(0, 400, (areas, 5)).astype(float)
    assert nested_sums(cells) == {}


@given(some.integers(0, 10_000), some.lists(some.integers(2, 6), min_size=2, max_size=6))
def test_every_sum_of_a_run_is_found_with_its_parts(seed, sizes):
    dice = np.random.default_rng(seed)
    cells, expected = [], {}
    for size in sizes:
        parts = dice.integers(20, 900, (size, 6)).astype(float)
        expected[len(cells)] = list(range(len(cells) + 1, len(cells) + 1 + size))
        cells += [parts.sum(axis=0), *parts]
    assert nested_sums(np.array(cells)) == expected
