"""A table that stays on the disk is the same table: cell by cell, line by line, map by map."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.simulated.place import Size, write_place
from disclosure import STATUS_WORDS, parquet_table
from layout.frame.reader import address_of
from layout.sheets import sheet_of
from loaders import SourceError
from measures.build import build
from measures.figures.compute import Query, compute
from measures.maps.map import mapped
from measures.store import shelf as shelves
from measures.store.continued import take_up
from measures.store.shelf import NotBuilt, Shelf, open_shelf
from tests.builds import built_file
from tests.disclosure.test_by_category import broken

DATASET = "recorded_crime"
FILE = f"{DATASET}/latest.parquet"


@pytest.fixture
def on_disk(monkeypatch) -> Shelf:
    """The real data with every table left on the disk."""
    monkeypatch.setattr(parquet_table, "IN_MEMORY", 0)
    return Shelf(open_shelf().root)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A simulated place, small but of the shape of a very large one."""
    root = write_place(tmp_path_factory.mktemp("small") / "data", Size(areas=12, types=25, months=60))
    assert build(root) == 0
    return root


def test_every_block_on_the_disk_is_that_in_memory(shelf, on_disk):
    whole, table = shelf.table(DATASET), on_disk.table(DATASET)
    assert isinstance(table.cells, parquet_table.Stored)
    for variable, category, block in whole.blocks():
        other = table.block(variable, category)
        assert np.array_equal(block.values, other.values, equal_nan=True)
        assert np.array_equal(block.status, other.status)
        assert np.array_equal(whole.reason_words[block.reason], table.reason_words[other.reason])


@pytest.mark.parametrize("view", ["count", "rate", "rolling_rate", "index"])
def test_lines_and_maps_of_a_table_on_the_disk_are_those_of_one_in_memory(view, shelf, on_disk):
    query = Query("london", DATASET, ("E12000007", "E09000007", "E09000017"), "burglary", view, "2019-01", "2026-06")
    pd.testing.assert_frame_equal(compute(query, shelf).table, compute(query, on_disk).table)
    one, other = (mapped(replace(query, last="2026-03"), "quantiles", which).table for which in (shelf, on_disk))
    pd.testing.assert_frame_equal(one, other)


def test_the_file_is_sorted_and_says_of_each_row_which_cell_it_is(shelf):
    table, file = shelf.table(DATASET), pq.ParquetFile(built_file(shelf.root, FILE))
    assert file.num_row_groups == len(table.variables) * len(table.categories)
    frame = file.read_row_group(table.categories.index("robbery")).to_pandas()
    assert set(frame["category"]) == {"robbery"}
    assert frame["area"].tolist() == np.repeat(table.areas, len(table.periods)).tolist()
    assert frame["period"].tolist() == list(table.periods) * len(table.areas)
    row = frame[(frame["area"] == "E09000007") & (frame["period"] == "2024-12")].iloc[0]
    series = table.series("offences", "robbery", "E09000007")
    at = table.position("2024-12")
    assert (row["values"], STATUS_WORDS[row["status"]]) == (series.values[at], series.statuses[at])


def test_many_readers_at_once_get_their_own_blocks(on_disk, monkeypatch):
    monkeypatch.setattr(parquet_table, "KEPT", 2)
    table = on_disk.table(DATASET)
    asked = [category for category in table.categories for _ in range(3)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda category: table.block("offences", category).values.copy(), asked))
    for category, values in zip(asked, found, strict=True):
        assert np.array_equal(values, table.block("offences", category).values, equal_nan=True)
    first, second, third = (table.cells.block(0, number) for number in range(3))
    assert table.cells.block(0, 2) is third and table.cells.block(0, 1) is second, "what was asked for last is kept"
    assert table.cells.block(0, 0) is not first, "and no more than that"


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_simulated_place_has_the_counts_of_its_file_and_their_sums(data, small):
    shelf = Shelf(small)
    table, raw = shelf.table("counts"), pd.read_csv(small / "open/simulated/counts/counts.csv")
    area, month = data.draw(st.integers(1, 12)), data.draw(st.sampled_from(raw.columns[2:].tolist()))
    group = data.draw(st.integers(0, 1))
    inside = raw["Type"].str.removeprefix("TYPE ").astype(int).sub(1).floordiv(20) == group
    at = table.position(f"{month[:4]}-{month[4:]}")
    assert (
        table.series("counts", f"group_{group + 1:02d}", f"area_{area:03d}").values[at]
        == raw.loc[inside & (raw["Area"] == f"Area {area}"), month].sum()
    )
    assert table.series("counts", "all", "whole").values[at] == raw[month].sum()


def test_very_large_files_that_were_not_built_are_not_read_while_a_reader_waits(small, monkeypatch):
    """They silence their own dataset and keep nothing else from being taken up."""
    monkeypatch.setattr(shelves, "FILES_READ_NOW", 10)
    path = built_file(small, "counts/latest.parquet")
    path.rename(path.with_name("away"))
    try:
        shelf = Shelf(small)
        assert not shelf.readable("counts")
        with pytest.raises(NotBuilt, match="python -m measures build"):
            shelf.table("counts")
        fresh = Shelf(small)
        take_up(fresh, None)
        assert set(fresh.faults) == {"counts"} and fresh.readings.has("residents")
    finally:
        path.with_name("away").rename(path)
    take_up(mended := Shelf(small), None)
    assert not mended.faults


def test_a_changed_file_that_awaits_its_build_leaves_the_table_before_it_in_its_place(small, monkeypatch):
    monkeypatch.setattr(shelves, "FILES_READ_NOW", 10)
    before = Shelf(small)
    take_up(before, None)
    card = small / "open" / "simulated" / "counts" / "source.toml"
    text = card.read_text()
    try:
        card.write_text(text + "\n")
        after = Shelf(small)
        take_up(after, before)
        assert after.table("counts") is before.table("counts")
        assert not after.faults and set(after.readings.continued) == {"counts"}
    finally:
        card.write_text(text)


def test_a_row_group_that_breaks_while_it_is_served_is_one_calm_sentence_and_the_rest_goes_on(
    small, tmp_path, monkeypatch
):
    """No figure is made of what cannot be read; the disk is asked again for the other groups as before."""
    monkeypatch.setattr(parquet_table, "IN_MEMORY", 0)
    root = shutil.copytree(small, tmp_path / "data", symlinks=True)
    shelf = Shelf(root)
    categories = shelf.table("counts").categories
    path = built_file(root, "counts/latest.parquet")
    path.chmod(0o644)
    broken(path, len(categories) - 1, 4)

    def words(page: str, category: str) -> str:
        address = address_of(page, [("lang", "en"), ("place", "simulated"), ("category", category)])
        return str(sheet_of(address, shelf).blocks)

    calm = "cannot be shown at the moment"
    for page in ("trends", "map", "origin"):
        assert calm in words(page, categories[-1])
        assert calm not in words(page, categories[-2])
    with pytest.raises(SourceError, match="cannot be read"):
        shelf.table("counts").block("counts", categories[-1])
