"""A table that is read, guarded and attacked a category at a time is the table that it would be at once, byte by byte."""

from __future__ import annotations

import hashlib
import shutil
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import loaders.observations.sorted_counts as sorted_counts
from disclosure import SafeTable, parquet_table
from disclosure.attack import granularity
from disclosure.by_category import ByCategory
from disclosure.parquet_table import write_table
from disclosure.walk import safe_table_of
from loaders import SourceError, periods, read_card
from loaders.observations.sorted_counts import SORTED, SortedCounts
from loaders.places.place import Outside
from tests.loaders.invented import PLACE, dataset

MONTHS = [f"2024-{month:02d}" for month in range(1, 7)]
LEAVES = ("t1", "t2", "t3", "t4")
AREAS = ("a1", "a2", "a3")
KEY = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema([("area", KEY), ("category", KEY), ("period", KEY), ("count", pa.int64())], metadata=SORTED)
TREE = [
    "code,parent,level,first,last,in_total,link,name_en,name_zh,definition_en,definition_zh,note_en,note_zh",
    "all,,all,,,yes,,All,全部,x,x,,",
    "g1,all,group,,,yes,,One,一,x,x,,",
    "g2,all,group,,,yes,,Two,二,x,x,,",
    "t1,g1,type,,,yes,,T1,甲,x,x,,",
    "t3,g2,type,2024-03,,yes,,T3,丙,x,x,,",
    "t2,g1,type,,2024-04,yes,,T2,乙,x,x,,",
    "t4,g2,type,,,no,,T4,丁,x,x,,",
]
Rows = dict[tuple[str, str, str], int]
EVERY = {(leaf, area, month): 3 for leaf in LEAVES for area in AREAS for month in MONTHS}


def written(folder: Path, rows: Rows, tree: list[str] = TREE, **card):
    """The card of a file of sorted counts with these rows: category, area and month → count."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet = folder / "sheet.parquet"
    held = sorted({leaf for leaf, _, _ in rows})
    with pq.ParquetWriter(sheet, SCHEMA, write_page_checksum=True) as writer:
        for leaf in held:
            part = sorted((area, month, count) for (one, area, month), count in rows.items() if one == leaf)
            areas, months, counts = (list(column) for column in zip(*part, strict=True))
            keys = [pa.array(column, pa.string()).dictionary_encode() for column in (areas, [leaf] * len(part), months)]
            keys = [key.cast(KEY) for key in keys]
            writer.write_table(pa.table([*keys, pa.array(counts, pa.int64())], schema=SCHEMA))
    words = {
        "frequency": "month",
        "absent_rows": "zero",
        "columns": {"area": "area", "category": "category", "period": "period"},
        "variables": {"cases": {"column": "count"}},
        "table": {"layout": "long"},
        "categories": {leaf: leaf for leaf in held},
        "rows": len(rows),
        "total": sum(rows.values()),
        "gate_answers": ["mostly_ones"],
        **card,
    }
    home = dataset(folder, "counts.parquet", sheet.read_bytes(), words, kinds={}).folder
    (home / "categories.csv").write_text("\n".join(tree), encoding="utf-8")
    months = sorted({month for _, _, month in rows})
    text = (home / "source.toml").read_text(encoding="utf-8")
    span = f'"published" = "2026", from = "{months[0]}", to = "{months[-1]}"'
    (home / "source.toml").write_text(text.replace('"published" = "2026"', span), encoding="utf-8")
    return read_card(home / "source.toml")


def streamed(card, place=PLACE) -> SafeTable:
    """The table a category at a time, however few rows it has."""
    usual, sorted_counts.LARGE = sorted_counts.LARGE, 0
    try:
        table = safe_table_of(card, place)
    finally:
        sorted_counts.LARGE = usual
    assert isinstance(table.cells, ByCategory)
    return table


def same(one: SafeTable, other: SafeTable) -> None:
    """Cell by cell: value, status and the words of the reason."""
    for axis in ("variables", "categories", "areas", "periods", "release_of"):
        assert getattr(one, axis) == getattr(other, axis)
    for variable, category, block in one.blocks():
        beside = other.block(variable, category)
        assert np.array_equal(block.values, beside.values, equal_nan=True), category
        assert np.array_equal(block.status, beside.status), category
        assert np.array_equal(one.reason_words[block.reason], other.reason_words[beside.reason]), category


def digest(table: SafeTable, path: Path) -> str:
    write_table(path, table, {})
    return hashlib.sha256(path.read_bytes()).hexdigest()


OUTSIDE = PLACE.model_copy(update={"unallocated": (Outside.model_construct(code="un", name={"en": "Unknown"}),)})
GAP = [{"areas": ["a1"], "categories": ["t1"], "periods": ["2024-02"], "status": "x", "reason": {"en": "x", "zh": "x"}}]


@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_cell_is_that_of_the_table_read_at_once(data, tmp_path):
    areas = data.draw(st.sampled_from([AREAS, (*AREAS, "un"), ("a1", "un")]))
    keys = [(leaf, area, month) for leaf in LEAVES for area in areas for month in MONTHS]
    rows = data.draw(st.dictionaries(st.sampled_from(keys), st.integers(0, 40), min_size=30))
    rows |= {("t1", "a1", month): 5 for month in MONTHS}
    more = {"provisional_periods": data.draw(st.integers(0, 2)), "area_codes": {"un": "un"}}
    more |= data.draw(st.sampled_from([{}, {"cells": GAP}]))
    shutil.rmtree(tmp_path / "d", ignore_errors=True)
    card = written(tmp_path / "d", rows, **more)
    same(safe_table_of(card, OUTSIDE), streamed(card, OUTSIDE))


def test_the_built_file_has_the_same_bytes(tmp_path):
    card = written(tmp_path, EVERY)
    once, by_category = safe_table_of(card, PLACE), streamed(card)
    assert digest(once, tmp_path / "one.parquet") == digest(by_category, tmp_path / "other.parquet")


def test_memory_does_not_grow_with_the_categories(tmp_path):
    """One row = one category more costs a dense table its cells, and this one nothing but its name."""
    months = periods.span("1975-01", "2024-12")

    def most(number: int, build) -> int:
        leaves = [f"t{n:03d}" for n in range(number)]
        rows = {(leaf, area, month): 3 for leaf in leaves for area in AREAS for month in months}
        tree = [*TREE[:2], *(f"{leaf},all,type,,,yes,,{leaf},{leaf},x,x,," for leaf in leaves)]
        card = written(tmp_path / f"{number}", rows, tree)
        tracemalloc.start()
        write_table(tmp_path / "t.parquet", build(card), {})
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few, many = most(5, streamed), most(40, streamed)
    dense = most(40, lambda card: safe_table_of(card, PLACE))
    assert many < 1.5 * few and many < dense / 3


def test_withheld_cells_are_those_of_the_table_read_at_once_where_they_can_be_attacked(tmp_path):
    card = written(tmp_path, EVERY, cells=[{**GAP[0], "status": "c"}])
    once, by_category = safe_table_of(card, PLACE), streamed(card)
    same(once, by_category)
    assert by_category.count("c") == once.count("c") > 1, "the totals of a withheld cell are withheld"


@pytest.mark.parametrize("read", [streamed, lambda card: safe_table_of(card, PLACE)], ids=["by category", "at once"])
def test_withheld_cells_in_a_table_too_large_to_be_attacked_are_refused_and_not_shown(read, tmp_path, monkeypatch):
    for module in ("disclosure.guard", "disclosure.walk"):
        monkeypatch.setattr(import_module(module), "IN_MEMORY", 10)
    card = written(tmp_path, EVERY, cells=[{**GAP[0], "status": "c"}])
    with pytest.raises(SourceError, match="withheld cells in a table too large to be attacked"):
        read(card)


def spoilt(tmp_path: Path, rows: Rows = EVERY, change=lambda flat: flat, **card):
    """A card whose file has another row group of the last category, as if it had always been so."""
    card_read = written(tmp_path, rows, **card)
    path = card_read.folder / "counts.parquet"
    with pq.ParquetFile(path) as file:
        groups = [file.read_row_group(number) for number in range(file.num_row_groups)]
    with pq.ParquetWriter(path, SCHEMA, write_page_checksum=True) as writer:
        for flat in [*groups[:-1], change(groups[-1])]:
            writer.write_table(flat)
    return rehashed(card_read)


def rehashed(card):
    text, path = (card.folder / "source.toml").read_text(encoding="utf-8"), card.folder / "counts.parquet"
    text = text.replace(card.latest.sha256, hashlib.sha256(path.read_bytes()).hexdigest())
    (card.folder / "source.toml").write_text(text, encoding="utf-8")
    return read_card(card.folder / "source.toml")


def with_column(name: str, values: list) -> Callable[[pa.Table], pa.Table]:
    def changed(flat: pa.Table) -> pa.Table:
        number = flat.schema.get_field_index(name)
        kind = SCHEMA.field(name)
        column = pa.array(values + flat[name].to_pylist()[len(values) :])
        column = column.dictionary_encode().cast(KEY) if kind.type == KEY else column
        return flat.set_column(number, kind, column)

    return changed


SPOILT = {
    "an area that nobody knows": (with_column("area", ["elsewhere"]), "unknown code"),
    "a period outside": (with_column("period", ["2019-01"]), "unknown code"),
    "a key that stands twice": (with_column("period", ["2024-01", "2024-01"]), "is not sorted, or a key stands twice"),
    "rows out of order": (lambda flat: flat.take(list(range(len(flat)))[::-1]), "is not sorted"),
    "a count below zero": (with_column("count", [-3]), "holds no counts"),
    "another sum": (with_column("count", [4]), "the sum of all values does not fit"),
    "a row less": (lambda flat: flat.slice(0, len(flat) - 1), "the number of rows does not fit"),
    "two categories": (with_column("category", ["t3"]), "holds several categories"),
}


@pytest.mark.parametrize(("change", "message"), SPOILT.values(), ids=SPOILT)
def test_what_is_not_exactly_sorted_counts_is_refused(change, message, tmp_path):
    with pytest.raises(SourceError, match=message):
        streamed(spoilt(tmp_path, change=change))


def broken(path: Path, group: int, column: int) -> None:
    """Change the last byte of a column's cells in a row group, as a disk does."""
    part = pq.read_metadata(path).row_group(group).column(column)
    begins = part.dictionary_page_offset if part.has_dictionary_page else part.data_page_offset
    with path.open("r+b") as file:
        file.seek(begins + part.total_compressed_size - 1)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 0x01]))


def test_a_row_group_that_cannot_be_read_is_a_fault_and_no_zero(tmp_path):
    card = written(tmp_path, EVERY)
    broken(card.folder / "counts.parquet", 2, 3)
    with pytest.raises(SourceError, match="row group 3: cannot be read"):
        streamed(rehashed(card))


def test_another_file_than_the_one_recorded_is_refused(tmp_path):
    card = spoilt(tmp_path, change=with_column("count", [4]))
    changed = card.latest.model_copy(update={"sha256": "0" * 64, "total": None})
    with pytest.raises(SourceError, match="is not the file that was recorded"):
        SortedCounts(card, changed, PLACE).survey()


def test_the_gate_looks_at_all_categories_and_finds_what_it_finds_of_the_table_read_at_once(tmp_path):
    """Ones almost everywhere, and most combinations without a row."""
    rows = {key: 1 for number, key in enumerate(EVERY) if number % 5 == 0}
    card, rules = written(tmp_path, rows, gate_answers=[]), []
    for read in (streamed, lambda one: safe_table_of(one, PLACE)):
        with pytest.raises(SourceError) as refused:
            read(card)
        rules.append({fault.found for fault in refused.value.faults})
    assert rules[0] == rules[1] == {"rule mostly_ones"}


def test_a_rare_category_beside_common_ones_is_no_record_of_persons(tmp_path):
    rare = {("t2", "a1", month): 1 for month in MONTHS}
    counts = {key: number % 9 for number, key in enumerate(EVERY) if key[0] != "t2"}
    assert streamed(written(tmp_path, counts | rare, gate_answers=[])).has(category="t2")


def test_several_releases_of_it_are_refused(tmp_path):
    card = written(tmp_path, EVERY)
    earlier = card.latest.model_copy(update={"id": "0", "published": "2025"})
    with pytest.raises(SourceError, match="several releases"):
        streamed(card.model_copy(update={"releases": (earlier, card.latest)}))


def test_a_broken_row_group_of_a_built_table_is_a_fault_and_no_zero(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_table, "IN_MEMORY", 0)
    path = tmp_path / "latest.parquet"
    write_table(path, streamed(written(tmp_path, EVERY)), {})
    table = parquet_table.read_table(path, "counts", "latest")
    broken(path, 2, 4)
    assert np.isfinite(table.block("cases", "all").values).any()
    with pytest.raises(SourceError, match="row group 3 cannot be read"):
        table.block("cases", table.categories[2])


def test_a_cell_that_is_in_no_category_of_the_source_is_found_by_the_attack(tmp_path, monkeypatch):
    card = written(tmp_path, {key: count for key, count in EVERY.items() if key[0] != "t2"})
    table = safe_table_of(card, PLACE)
    table.values[:, table.categories.index("t2"), 1] = 7
    monkeypatch.setattr(sorted_counts, "LARGE", 0)
    monkeypatch.setattr(granularity, "read_built", lambda *_: table)
    finer = list(granularity.finer_than_source(None, card, PLACE, {"tables": {"latest": "x"}}))
    assert finer and all("t2 · a1" in words for words in finer)
