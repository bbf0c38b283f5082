"""An invented publisher's dataset from its file to the extract: what is hidden is nowhere, and what derives from it neither."""

from __future__ import annotations

import hashlib
import io
import json
import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.datastructures import QueryParams

from disclosure import STATUSES
from disclosure.__main__ import main
from disclosure.guard import as_published
from disclosure.protection.lattice import AXES
from disclosure.protection.protected import read_protected
from loaders import SourceError, read_release
from loaders.cards.unpublished import RECORD, recorded_release
from loaders.observations.splice import newest_first
from measures.build import build
from measures.figures.compute import Query, compute
from measures.maps.map import mapped
from measures.store.shelf import Shelf
from routes.extracts import writers
from routes.extracts.metadata import head_of
from routes.extracts.read_request import read_request
from routes.extracts.request import FileAddress
from routes.extracts.rows import tables_of
from tests.builds import built_file
from tests.conftest import PACKAGE

NAME = "invented_counts"
VIEWS = ("count", "rate", "rolling", "rolling_rate", "index")
WITHHELD = STATUSES.index("c")


def truth(shelf: Shelf):
    """The unprotected table, as only the publisher has it."""
    card, place = shelf.cards[NAME], shelf.places["invented"]
    return as_published(newest_first([read_release(card, recorded_release(card), place)]), card, place)


def extract(shelf: Shelf, form: str, **asked: str) -> bytes:
    question = read_request(shelf, FileAddress("invented", NAME, "latest", form), QueryParams(asked))
    makers = {"csv": writers.as_csv, "parquet": writers.as_parquet, "json": writers.as_json}
    return b"".join(makers[form](tables_of(question, shelf), head_of(question, shelf)))


def audit_of(root) -> dict:
    return json.loads((root / PACKAGE / "protected" / "audit.json").read_text())


def test_the_audit_says_what_was_done_and_that_nothing_is_unsafe(example_root):
    audit = audit_of(example_root)
    assert audit["unsafe"] == 0 and audit["narrowest"] >= 5
    assert audit["hidden"] > 0
    assert {"rule", "lattice", "solver", "solver_version", "seconds", "table_sha256", "audited"} <= set(audit)


def test_the_audit_and_the_extract_hold_no_hash_of_the_publishers_file(example, example_root):
    """With the hash, whoever guesses the hidden counts could find out that the guess is right."""
    secret = recorded_release(example.cards[NAME]).sha256
    assert secret not in json.dumps(audit_of(example_root))
    assert secret.encode() not in extract(example, "json")


def test_every_small_count_of_a_published_grain_is_withheld_and_what_is_shown_is_true(example):
    table, real = example.table(NAME), truth(example)
    shown = np.isfinite(table.values)
    assert shown.any() and np.array_equal(table.values[shown], real.values[shown])
    assert not ((real.values[shown] >= 1) & (real.values[shown] <= 4)).any()
    sensitive = table.categories.index("type_8")
    low = real.values[:, sensitive]
    assert not (np.isfinite(table.values[:, sensitive]) & (low >= 1) & (low <= 9)).any()


def test_zeros_of_published_grains_are_shown(example):
    table, real = example.table(NAME), truth(example)
    of_place = real.values[0, :, 0] == 0
    assert of_place.any() and (table.values[0, :, 0][of_place] == 0).all()


def test_counts_finer_than_the_declared_grains_are_withheld_whole(example):
    table = example.table(NAME)
    types = [n for n, code in enumerate(table.categories) if code.startswith("type_")]
    assert (table.status[0][np.ix_(types, range(1, 7), range(24))] == WITHHELD).all()


def test_the_proof_takes_in_the_finer_counts_that_are_nowhere_shown(example, example_root):
    """Two tables that differ in a hidden cell must both be sums of finer counts of which none is negative."""
    made = read_protected(example.cards[NAME], example.places["invented"])
    assert len(made.lattice.count) == 7 * 12 * 34
    assert audit_of(example_root)["lattice"]["finer_counts_in_the_proof"] == int((~made.lattice.published).sum()) > 1000


def test_primary_and_secondary_look_the_same(example):
    table = example.table(NAME)
    words = np.array(table.reasons, dtype=object)[table.reason[table.status == WITHHELD]]
    assert set(words) == {"withheld"}


@pytest.mark.parametrize("view", VIEWS)
def test_everything_derived_from_a_withheld_count_is_withheld(view, example):
    table = example.table(NAME)
    for category in table.categories:
        made = compute(Query("invented", NAME, table.areas, category, view), example).table
        counted = compute(Query("invented", NAME, table.areas, category, "count"), example).table
        hidden = (counted["status"] == "c").to_numpy().reshape(len(table.areas), -1)
        if view.startswith("rolling"):
            hidden = np.stack([hidden[:, max(0, n - 11) : n + 1].any(axis=1) & (n >= 11) for n in range(24)], axis=1)
        got = made["status"].to_numpy().reshape(hidden.shape)
        assert (got[hidden] == "c").all()
        assert not np.isfinite(made["value"].to_numpy().reshape(hidden.shape)[hidden]).any()
        assert not np.isfinite(made["numerator"].to_numpy().reshape(hidden.shape)[hidden]).any()


def test_a_withheld_area_has_no_class_on_the_map(example):
    for category in example.table(NAME).categories:
        table = mapped(Query("invented", NAME, (), category, "rolling_rate"), "quantiles", example).table
        assert (table.loc[table["status"] == "c", "class_"] == -1).all()


@pytest.mark.parametrize("view", ["", *VIEWS])
def test_a_withheld_cell_of_the_extract_has_no_value_and_says_why(view, example):
    asked = {"measure": NAME, "view": view} if view else {}
    frame = pd.read_csv(io.BytesIO(extract(example, "csv", **asked)), keep_default_na=False)
    hidden = frame[frame["status"] == "c"]
    assert len(hidden) > 100
    assert set(hidden["value"]) == {""} and set(hidden["numerator"]) == {""}
    assert (hidden["reason_en"].str.len() > 0).all() and (hidden["reason_zh"].str.len() > 0).all()


def test_the_site_needs_no_publishers_file(spoilt):
    before = Shelf(spoilt).table(NAME).values
    (spoilt / PACKAGE / "invented_counts.csv").unlink()
    assert np.array_equal(Shelf(spoilt).table(NAME).values, before, equal_nan=True)


def test_the_attack_finds_every_hidden_cell_safe(example_root, capsys):
    assert main(["attack", str(example_root / PACKAGE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    audit = audit_of(example_root)
    assert sum(line.endswith("proven safe") for line in lines) == audit["hidden"]
    assert lines[-1].endswith(" 0 unsafe")


def test_protect_on_the_command_line_says_what_it_hid(spoilt, capsys):
    before = audit_of(spoilt)["table_sha256"]
    assert main(["protect", str(spoilt / PACKAGE)]) == 0
    assert "unsafe: 0" in capsys.readouterr().out
    assert audit_of(spoilt)["table_sha256"] == before, "the same counts give the same table"


def large(root) -> None:
    """Give every count of three and more a large number of its own, so that its bytes can be looked for."""
    path = root / PACKAGE / "invented_counts.csv"
    rows = pd.read_csv(path)
    months = rows.columns[2:]
    counts = rows[months].to_numpy()
    number = np.arange(counts.size).reshape(counts.shape)
    rows[months] = np.where(counts >= 3, 70_001 + number * 1_013 + number**2 % 997, counts)
    rows.to_csv(path, index=False)
    record(root)


def record(root) -> None:
    """Record the publisher's file as it is now."""
    of_file, path = root / PACKAGE / RECORD, root / PACKAGE / "invented_counts.csv"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    of_file.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{digest}"', of_file.read_text()))


def test_no_hidden_count_is_in_any_byte_that_a_reader_can_fetch(spoilt):
    large(spoilt)
    assert build(spoilt) == 0
    shelf = Shelf(spoilt)
    table, real = shelf.table(NAME), truth(shelf)
    shown = {int(one) for one in table.values[np.isfinite(table.values)]}
    made = read_protected(shelf.cards[NAME], shelf.places["invented"])
    shown |= {int(one) for one in made.lattice.count[made.shown]}
    secret = {int(one) for one in real.values[~np.isfinite(table.values)] if one > 10_000} - shown
    assert len(secret) > 500
    found = set().union(*map(_numbers, _fetched(shelf, table, spoilt)))
    assert shown & found >= {one for one in shown if one > 10_000}, "the scan must find what is there"
    assert found & secret == set()


def _numbers(data: bytes) -> set[int]:
    """Every large whole number in some bytes: as text, as 64-bit integers and as 64-bit floating point."""
    words = re.findall(rb"(?<![0-9a-f.])([0-9]{5,9})(?:\.0+)?(?![0-9a-f.])", data)
    aligned = data[: len(data) // 8 * 8]
    floats = np.frombuffer(aligned, "<f8")
    floats = floats[np.isfinite(floats) & (floats > 10_000) & (floats < 1e10) & (floats % 1 == 0)]
    whole = np.frombuffer(aligned, "<i8")
    return (
        {int(word) for word in words}
        | {int(one) for one in floats}
        | {int(one) for one in whole[(whole > 10_000) & (whole < 10**10)]}
    )


def _fetched(shelf: Shelf, table, root):
    yield from (table.values.tobytes(), table.status.tobytes(), "".join(table.reasons).encode())
    for view in ("", *VIEWS):
        asked = {"measure": NAME, "view": view} if view else {}
        yield extract(shelf, "csv", **asked)
        yield extract(shelf, "json", **asked)
        yield _uncompressed(pq.read_table(io.BytesIO(extract(shelf, "parquet", **asked))))
    for category in table.categories:
        for view in VIEWS:
            yield _uncompressed(
                pa.Table.from_pandas(compute(Query("invented", NAME, table.areas, category, view), shelf).table)
            )
    for path in sorted(file for file in built_file(root, NAME).rglob("*") if file.is_file()):
        yield path.read_bytes() if path.suffix == ".json" else _uncompressed(pq.read_table(path))
    yield _uncompressed(pq.read_table(root / PACKAGE / "protected" / "table.parquet"))
    yield (root / PACKAGE / "protected" / "audit.json").read_bytes()


def _uncompressed(table: pa.Table) -> bytes:
    """All that a table holds: the bytes of its columns, each from a multiple of 8 on, and its metadata. Lengths and
    offsets of a container, which may happen to equal a count, are not among them."""
    chunks = [chunk for column in table.unify_dictionaries().columns for chunk in column.chunks]
    parts = [each for chunk in chunks for each in (chunk, getattr(chunk, "dictionary", None)) if each is not None]
    buffers = [buffer.to_pybytes() for part in parts for buffer in part.buffers() if buffer is not None]
    whole = [buffer + bytes(16 - len(buffer) % 8) for buffer in buffers]
    return b"".join([*whole, *(table.schema.metadata or {}).values()])


def _spoil_audit(root, **changes) -> None:
    path = root / PACKAGE / "protected" / "audit.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _forge_table(root, change) -> None:
    """Write another table and record its hash, as somebody with access would."""
    path = root / PACKAGE / "protected" / "table.parquet"
    table = pq.read_table(path)
    pq.write_table(change(table), path)
    _spoil_audit(root, table_sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def _add_one(table: pa.Table) -> pa.Table:
    value = table["value"].to_pylist()
    at = next(n for n, one in enumerate(value) if one)
    value[at] += 1
    return table.set_column(table.schema.get_field_index("value"), "value", pa.array(value, pa.int64()))


SPOILT = {
    "protection was asked for": lambda root: (root / PACKAGE / "protected" / "audit.json").unlink(),
    "cannot be read": lambda root: (root / PACKAGE / "protected" / "audit.json").write_text("{"),
    "not the one that was audited": lambda root: _spoil_audit(root, table_sha256="0" * 64),
    "not proved safe": lambda root: _spoil_audit(root, unsafe=1),
    "another rule": lambda root: _spoil_audit(root, rule={"threshold": 1}),
    "another release": lambda root: _spoil_audit(root, release="2020-01"),
    "totals do not add up": lambda root: _forge_table(root, _add_one),
    "its audit cannot be read": lambda root: _forge_table(
        root, lambda table: table.slice(1).replace_schema_metadata(table.schema.metadata)
    ),
}


@pytest.mark.parametrize("words", SPOILT)
def test_what_the_audit_does_not_prove_is_not_shown(words, spoilt):
    SPOILT[words](spoilt)
    shelf = Shelf(spoilt)
    with pytest.raises(SourceError, match=words):
        shelf.table(NAME)
    assert not shelf.working(NAME)


def test_a_stricter_rule_asks_for_a_new_protection(spoilt):
    from loaders.data_folder import PROJECT

    rule = (PROJECT / "data" / "disclosure.toml").read_text(encoding="utf-8")
    (spoilt / "disclosure.toml").write_text(rule.replace("threshold = 4", "threshold = 6"), encoding="utf-8")
    with pytest.raises(SourceError, match="another rule"):
        Shelf(spoilt).table(NAME)


def test_a_failed_protection_leaves_nothing_behind(spoilt, monkeypatch):
    from disclosure import commands
    from disclosure.protection.protect import Unprotectable

    def fails(*_):
        raise Unprotectable("not proved")

    monkeypatch.setattr(commands, "protect", fails)
    assert build(spoilt) == 1
    assert not (spoilt / PACKAGE / "protected" / "table.parquet").exists()
    with pytest.raises(SourceError):
        Shelf(spoilt).table(NAME)


def test_the_lattice_holds_the_declared_grains_and_no_others(example):
    made = read_protected(example.cards[NAME], example.places["invented"])
    levels = set(zip(*(made.lattice.level(axis)[made.lattice.published] for axis in AXES), strict=True))
    assert (
        ("type", "area", "year") in levels
        and ("group", "area", "month") in levels
        and ("type", "place", "month") in levels
    )
    assert not {("type", "area", "month"), ("type", "area", "quarter")} & levels
