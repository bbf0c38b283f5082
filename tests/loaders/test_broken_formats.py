"""Tables in every other format, broken on their way: the right table or an error in words, never a crash, a wrong number or a long wait."""

from __future__ import annotations

import copy
import io
import json
import os
import random
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loaders import SourceError
from tests.loaders import writers
from tests.loaders.invented import read
from tests.loaders.test_broken_files import CARD, CHANGES, ROWS, changed, ends_well
from tests.loaders.test_workbooks import FAR, xlsx

PROJECT = Path(__file__).resolve().parents[2]
SHEET = {**CARD, "table": {"sheet": "Table"}}
HEADS = ["GEO", "ICCS", "TIME", "value", "status"]
CUBE = [HEADS, *([*row, ""] for row in ROWS[1:])]


def cube_card(value: str, status: str) -> dict:
    return {
        **CARD,
        "columns": {"area": "GEO", "category": "ICCS", "period": "TIME", "status": status},
        "variables": {"recorded": {"column": value}},
    }


STAT, SDMX = (
    cube_card("value", "status"),
    {**cube_card("OBS_VALUE", "OBS_STATUS"), "ignore": ["STRUCTURE", "STRUCTURE_ID", "ACTION"]},
)
TSV = {**CARD, "columns": {"area": "GEO", "category": "ICCS"}, "table": {"layout": "wide"}, "rows": 6}
MADE = {  # the file, its bytes, its card
    "ods": ("t.ods", writers.as_ods(ROWS), SHEET),
    "parquet": ("t.parquet", writers.as_parquet(ROWS), CARD),
    "lists": ("t.json", writers.as_lists(ROWS), CARD),
    "socrata": ("t.json", writers.as_socrata(ROWS), CARD),
    "ckan": ("t.json", writers.as_ckan(ROWS), CARD),
    "arcgis": ("t.json", writers.as_arcgis(ROWS), CARD),
    "json-stat": ("t.json", writers.as_json_stat(CUBE), STAT),
    "json-stat sparse": ("t.json", writers.as_json_stat(CUBE, True), STAT),
    "sdmx-json 1": ("t.json", writers.as_sdmx_json(CUBE), SDMX),
    "sdmx-json 2": ("t.json", writers.as_sdmx_json(CUBE, True, "2"), SDMX),
    "sdmx-csv": ("t.csv", writers.as_sdmx_csv(CUBE), SDMX),
    "eurostat": ("t.tsv", writers.as_eurostat_tsv(CUBE), TSV),
}


@pytest.mark.parametrize("kind", MADE)
def test_each_of_them_is_read_before_it_is_broken(kind, tmp_path):
    file, data, card = MADE[kind]
    assert len(read(tmp_path, file, data, card).frame) == len(ROWS) - 1


@pytest.mark.parametrize("kind", MADE)
def test_bytes_turned_over_at_random_give_no_wrong_number(kind, tmp_path):
    """Sums of checks (archives, Parquet) or the alphabet (texts) betray them: a turned byte is no digit."""
    file, data, card = MADE[kind]
    for seed in range(3):
        dice, turned = random.Random(seed), bytearray(data)
        for _ in range(3):
            turned[dice.randrange(len(turned))] = dice.randrange(128, 256)
        ends_well(tmp_path, file, bytes(turned), card)


@pytest.mark.parametrize("kind", MADE)
def test_a_truncated_file_is_refused(kind, tmp_path):
    file, data, card = MADE[kind]
    for share in (0.02, 0.5, 0.9):
        with pytest.raises(SourceError):
            read(tmp_path, file, data[: int(len(data) * share)], card)
    for less in (1, 3):  # only the end of the last line may be gone
        ends_well(tmp_path, file, data[:-less], card)


@pytest.mark.parametrize("kind", MADE)
def test_a_file_with_another_behind_it_is_right_or_refused(kind, tmp_path):
    file, data, card = MADE[kind]
    for more in (data, b"\0" * 100, b"\n]]", b"}"):
        ends_well(tmp_path, file, data + more, card)


TABLES = {"ods": (writers.as_ods, SHEET), "lists": (writers.as_lists, CARD)}
UNEVEN = {"cells moved right", "a title above", "a note below"}  # what cannot be written as columns


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("kind", TABLES)
def test_a_changed_table_is_right_or_refused(kind, name, tmp_path):
    write, card = TABLES[kind]
    ends_well(tmp_path, MADE[kind][0], write(changed(name, 2)), card)


@pytest.mark.parametrize("name", [one for one in CHANGES if one not in UNEVEN])
def test_a_changed_table_in_parquet_is_right_or_refused(name, tmp_path):
    rows = [row for row in changed(name, 1) if row]
    if rows and len({len(row) for row in rows}) == 1:
        ends_well(tmp_path, "t.parquet", writers.as_parquet(rows), CARD)


def paths(read, here=()) -> list[tuple]:
    """Where every value of a message stands."""
    inner = read.items() if isinstance(read, dict) else enumerate(read) if isinstance(read, list) else ()
    return [one for key, value in inner for one in [(*here, key), *paths(value, (*here, key))]]


def _parent(read, path):
    for key in path[:-1]:
        read = read[key]
    return read


def _put(read, path, value):
    _parent(read, path)[path[-1]] = value


def _left_out(read, path, _dice):
    del _parent(read, path)[path[-1]]


def _twice(read, path, _dice):
    parent = _parent(read, path)
    if isinstance(parent, list):
        parent.insert(path[-1], copy.deepcopy(parent[path[-1]]))


STRUCTURE = {
    "left out": _left_out,
    "twice": _twice,
    "nothing": lambda read, path, _: _put(read, path, None),
    "a list": lambda read, path, _: _put(read, path, []),
    "a table": lambda read, path, _: _put(read, path, {}),
    "a text": lambda read, path, _: _put(read, path, "x"),
    "below zero": lambda read, path, _: _put(read, path, -1),
    "far too large": lambda read, path, _: _put(read, path, 10**9),
    "true": lambda read, path, _: _put(read, path, True),
    "half": lambda read, path, _: _put(read, path, 0.5),
}


@pytest.mark.parametrize("change", STRUCTURE)
@pytest.mark.parametrize("kind", [kind for kind, (file, *_) in MADE.items() if file.endswith(".json")])
def test_a_message_of_another_structure_is_right_or_refused(kind, change, tmp_path):
    """A value of the message is changed at two places. A cell's number is left: another one cannot be told from the right one, but by the total."""
    file, data, card = MADE[kind]
    whole, dice = json.loads(data), random.Random(f"{kind} {change}")
    for path in dice.sample(paths(whole), 2):
        broken = copy.deepcopy(whole)
        STRUCTURE[change](broken, path, dice)
        ends_well(tmp_path, file, json.dumps(broken).encode(), card)


TEXTS = {
    "a cell twice": ('"0": 100', '"0": 100, "0": 999'),
    "a cell twice, written otherwise": ('"0": 100', '"0": 100, "00": 999'),
    "no number": ('"0": 100', '"0": NaN'),
    "a number without end": ('"0": 100', '"0": 1e999'),
    "a huge exponent": ('"0": 100', '"0": 1e999999999'),
    "a cell outside": ('"0": 100', '"0": 100, "18": 5'),
    "a code twice": ('"2021": 0', '"2021": 0, "2021": 1'),
    "two codes of one place": ('"2022": 1', '"2022": 0'),
    "a size": ('"size": [3, 2, 3]', '"size": [2, 3, 3]'),
    "another order": ('"id": ["GEO", "ICCS", "TIME"]', '"id": ["ICCS", "GEO", "TIME"]'),
    "a status of a cell outside": ('"status": {}', '"status": {"900": "p"}'),
}


@pytest.mark.parametrize(("was", "is_"), TEXTS.values(), ids=TEXTS)
def test_a_cube_that_does_not_fit_itself_is_refused(was, is_, tmp_path):
    text = writers.as_json_stat(CUBE, True).decode()
    assert was in text
    with pytest.raises(SourceError):
        read(
            tmp_path,
            "t.json",
            text.replace(was, is_).encode(),
            {**STAT, "variables": {"recorded": {"column": "value", "whole": False}}},
        )


def lying(parts: dict[str, bytes], member: str) -> bytes:
    """An archive of which one member says that it is a kilobyte, and is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue().replace(struct.pack("<I", len(parts[member])), struct.pack("<I", 1000))


def test_an_archive_that_lies_about_a_size_is_refused(tmp_path):
    book = zipfile.ZipFile(io.BytesIO(writers.as_xlsx(ROWS)))
    parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet2.xml"] += b" " * 50_000_000
    with pytest.raises(SourceError, match="the archive is damaged"):
        read(tmp_path, "t.xlsx", lying(parts, "xl/worksheets/sheet2.xml"), SHEET)


def test_a_name_that_stands_twice_in_an_archive_is_refused(tmp_path):
    out = io.BytesIO(writers.as_ods(ROWS))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("content.xml", archive.read("content.xml").replace(b"100", b"999"))
    with pytest.raises(SourceError, match="stands twice in the archive"):
        read(tmp_path, "t.ods", out.getvalue(), SHEET)


def _repeating() -> bytes:
    """A few hundred kilobytes of Parquet that say five hundred million times that there is nothing."""
    out = io.BytesIO()
    pq.write_table(pa.table({f"c{at}": pa.nulls(1_000_000) for at in range(500)}), out)
    return out.getvalue()


HEAVY = {
    "corner.xlsx": lambda: xlsx(("</sheetData>", f'<row r="1048576">{FAR}</row></sheetData>')),
    "repeated.ods": lambda: writers.ods_of(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="900" '
        'office:value-type="float" office:value="7"/></table:table-row>'
    ),
    "brackets.json": lambda: b"[" + b"[]," * 20_000_000 + b"[]]",
    "nested.json": lambda: b'{"a":' * 3_000_000,
    "numbers.json": lambda: b'{"class": "dataset", "id": [], "size": [], "value": [' + b"1.5," * 20_000_000 + b"1]}",
    "repeated.parquet": _repeating,
}
CHILD = """
import sys, time
from pathlib import Path
from loaders.draft.tables.uncarded import read_tables
from loaders.formats.sheet import Unreadable
for name in sys.argv[1:]:
    began = time.process_time()
    try:
        read_tables(Path(name))
        said = "read"
    except Unreadable as error:
        said = f"refused: {error}"
    print(Path(name).name, f"{time.process_time() - began:.1f}", said, sep="|", flush=True)
"""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))


def test_what_would_fill_the_memory_is_refused_within_ten_seconds_of_work_and_a_gibibyte(tmp_path):
    for name, make in HEAVY.items():
        (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-c", CHILD, *(str(tmp_path / name) for name in HEAVY)]
    ended = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=_limited, timeout=100, cwd=PROJECT, env={**os.environ}
    )
    told = {
        name: (float(seconds), said)
        for name, seconds, said in (line.split("|", 2) for line in ended.stdout.splitlines())
    }
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert set(told) == set(HEAVY)
    for seconds, said in told.values():
        assert said.startswith("refused") and "MemoryError" not in said, told
        assert seconds < 10, told
