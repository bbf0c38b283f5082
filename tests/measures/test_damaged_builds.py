"""A built file that is not the one that was written counts as not built: the same figures are made from the published file, and the log tells."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.simulated.place import Size, write_place
from disclosure import parquet_table
from disclosure.builds import current_build
from loaders import data_folder
from measures.about.protection import safety_of
from measures.about.similar_areas import square_kilometres
from measures.build import build
from measures.claims.checks.findings import as_data
from measures.claims.checks.stored_findings import findings
from measures.figures.compute import Query, compute
from measures.lines.seasonal import SeriesCodes, adjusted
from measures.maps.map import mapped
from measures.store import artifacts, boundaries
from measures.store.shelf import Shelf

QUERY = Query("simulated", "simulated_counts", ("area_001", "whole"), "group_01", "rolling_rate")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory) -> Path:
    root = write_place(tmp_path_factory.mktemp("damaged") / "data", Size(areas=4, types=25, months=84))
    assert build(root) == 0
    return root


@pytest.fixture
def root(built_once, tmp_path) -> Path:
    shutil.copytree(built_once, tmp_path / "data")
    return tmp_path / "data"


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def one_byte_changed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def swapped(path: Path) -> None:
    """Another file of the same build, whole, in its place."""
    others = [one for one in sorted(path.parent.parent.rglob(f"*{path.suffix}")) if one != path and one.is_file()]
    shutil.copyfile(others[0], path)


def missing(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS = (truncated, emptied, one_byte_changed, swapped, missing, a_folder)


def everything(shelf: Shelf) -> list:
    """What readers get of the simulated place: lines, a map, adjusted figures, totals, what was attacked."""
    line, drawn = compute(QUERY, shelf).table, mapped(QUERY, "quantiles", shelf).table
    season = adjusted(shelf, SeriesCodes("counts", "counts", "group_01", "whole"))
    return [line.to_csv(), drawn.to_csv(), str(season.values.round(6).tolist()), safety_of(shelf, "counts").counts]


FILES = (
    "attack.json",
    *(f"counts/{name}" for name in ("adjusted.parquet", "classes.json", "dispersion.parquet", "latest.parquet")),
)


@pytest.mark.in_turn(8)
@pytest.mark.parametrize("way", WAYS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", FILES)
def test_readers_get_the_same_figures_and_the_log_names_the_file(name, way, root, built_once, capsys):
    assert set(FILES) <= set(current_build(root).files)
    way(current_build(root).folder / name)
    shelf = Shelf(root)
    assert everything(shelf) == everything(Shelf(built_once))
    assert not shelf.faults
    said = [line for line in capsys.readouterr().err.splitlines() if name in line]
    assert len(said) == 1 and "counts as not built" in said[0], "told once, not for every reader"


def test_a_forged_value_with_the_right_words_about_it_is_not_served(root, built_once, capsys):
    """Fingerprint and axes stay; only a figure is another."""
    path = current_build(root).folder / "counts" / "latest.parquet"
    flat = pq.read_table(path)
    values = flat["values"].to_numpy().copy()
    values[0] = 999_999
    forged = flat.set_column(flat.schema.get_field_index("values"), "values", pa.array(values)).replace_schema_metadata(
        flat.schema.metadata
    )
    size = flat.num_rows // pq.ParquetFile(path).num_row_groups
    with pq.ParquetWriter(path, forged.schema, compression="zstd") as writer:
        for at in range(0, flat.num_rows, size):
            writer.write_table(forged.slice(at, size))
    assert parquet_table.read_table(path, "counts", "latest").values.max() == 999_999, "the forgery can be read"
    np.testing.assert_array_equal(Shelf(root).table("counts").values, Shelf(built_once).table("counts").values)
    assert "latest.parquet" in capsys.readouterr().err


def test_a_table_that_stays_on_the_disk_is_compared_before_it_is_opened(root, built_once, monkeypatch, capsys):
    monkeypatch.setattr(parquet_table, "IN_MEMORY", 0)
    assert isinstance(Shelf(root).table("counts").cells, parquet_table.Stored)
    one_byte_changed(current_build(root).folder / "counts" / "latest.parquet")
    table = Shelf(root).table("counts")
    assert not isinstance(table.cells, parquet_table.Stored), "made now, in memory"
    assert "other bytes" in capsys.readouterr().err


def test_what_fits_its_hash_and_cannot_be_read_counts_as_not_built_too(root, built_once, capsys):
    """As a file of another version of a library would."""
    from tests.builds import forge

    forge(root, "counts/latest.parquet", lambda path: path.write_bytes(b"PAR1 of another kind PAR1"))
    forge(root, "counts/classes.json", lambda path: path.write_text("{"))
    forge(root, "counts/dispersion.parquet", lambda path: path.write_text(json.dumps({"fingerprint": 1})))
    assert everything(Shelf(root)) == everything(Shelf(built_once))
    assert capsys.readouterr().err.count("counts as not built") >= 3


def test_each_file_is_hashed_once_for_a_shelf(root, monkeypatch):
    from disclosure import builds

    hashed = []
    real = builds.hash_and_size
    monkeypatch.setattr(builds, "hash_and_size", lambda path: hashed.append(path) or real(path))
    shelf = Shelf(root)
    for _ in range(2):
        everything(shelf)
        assert artifacts.kept(shelf.built, shelf.cards["counts"], "classes.json")
    assert hashed and len(hashed) == len(set(hashed))


OTHERS = {
    "seoul_gu/outlines-seoul.json": lambda shelf: boundaries.file_name(shelf, "seoul"),
    "seoul_gu/areas.json": lambda shelf: square_kilometres("seoul", shelf),
    "shanghai_statements/findings.json": lambda shelf: list(
        map(as_data, findings(shelf, "shanghai_statements").values())
    ),
}


@pytest.mark.parametrize("way", [truncated, swapped], ids=lambda one: one.__name__)
def test_outlines_areas_and_findings_too(way, copy, shelf, capsys):
    shutil.copytree(data_folder() / "built", copy.root / "built")
    for name in OTHERS:
        way(current_build(copy.root).folder / name)
    spoilt = Shelf(copy.root)
    for name, asked in OTHERS.items():
        assert asked(spoilt) == asked(shelf), name
    said = capsys.readouterr().err
    assert all(name in said for name in OTHERS) and not spoilt.faults


def test_a_publication_that_is_not_the_builds_own_is_not_attacked(root, monkeypatch, capsys):
    from disclosure.__main__ import main

    monkeypatch.setenv("FIGURES_DATA", str(root))
    assert main(["attack"]) == 0
    truncated(current_build(root).folder / "publications.json")
    assert main(["attack"]) == 1
    truncated(current_build(root).folder / "counts" / "latest.parquet")
    assert main(["attack"]) == 1
    assert "is not what the build wrote" in capsys.readouterr().err


def test_the_files_of_a_build_are_all_in_its_manifest(root):
    found = current_build(root)
    there = {path.relative_to(found.folder).as_posix() for path in found.folder.rglob("*") if path.is_file()}
    assert there == {*found.files, "manifest.json"}
    assert pd.Series(found.files).map(len).eq(2).all()
