"""A file that was broken on its way gives an error in words or the right table: never a wrong number, a crash or a long wait."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import time
import zipfile
from collections.abc import Callable

import pytest

from loaders import SourceError, data_folder
from tests.forked import Forked, command_within
from tests.loaders import writers
from tests.loaders.invented import AREAS, KINDS, read, told

PERIODS = ["2021", "2022", "2023"]
CELLS = {(a, k, p): 100 + 7 * n for n, (a, k, p) in enumerate((a, k, p) for a in AREAS for k in KINDS for p in PERIODS)}
ROWS = [["area", "type", "year", "recorded"], *([AREAS[a], KINDS[k], p, str(n)] for (a, k, p), n in CELLS.items())]
WANTED = {(*key, "recorded"): (float(n), "") for key, n in CELLS.items()}
CARD = {
    "frequency": "year",
    "columns": {"area": "area", "category": "type", "period": "year"},
    "variables": {"recorded": {"column": "recorded"}},
    "rows": len(CELLS),
    "total": sum(CELLS.values()),
    "table": {"layout": "long"},
}
SEEDS = range(4)
Change = Callable[[list[list[str]], random.Random], list[list[str]]]


def ends_well(folder, file: str, data: bytes, card: dict = CARD) -> None:
    """The right table, or an error that names the file or its card; after ten seconds of work at most."""
    started = time.process_time()
    try:
        assert told(read(folder, file, data, card).frame) == WANTED
    except SourceError as error:
        assert error.faults and all(fault.where and fault.what and fault.todo for fault in error.faults)
    assert time.process_time() - started < 10


def _at(rows, dice) -> int:
    return dice.randrange(1, len(rows))


def _cell(rows, dice, text: str):
    rows[_at(rows, dice)][dice.randrange(4)] = text
    return rows


CHANGES: dict[str, Change] = {
    "columns in another order": lambda rows, dice: [
        [row[at] for at in order] for order in [dice.sample(range(4), 4)] for row in rows
    ],
    "headings moved by one": lambda rows, dice: [rows[0][1:] + rows[0][:1], *rows[1:]],
    "rows in another order": lambda rows, dice: [rows[0], *dice.sample(rows[1:], len(rows) - 1)],
    "a row twice": lambda rows, dice: [*rows, rows[_at(rows, dice)]],
    "a row missing": lambda rows, dice: [row for at, row in enumerate(rows) if at != 3 + dice.randrange(9)],
    "cells moved right": lambda rows, dice: [
        ["", *row] if at == 5 + dice.randrange(3) else row for at, row in enumerate(rows)
    ],
    "cells moved left": lambda rows, dice: [row[1:] if at == 4 else row for at, row in enumerate(rows)],
    "a cell emptied": lambda rows, dice: _cell(rows, dice, ""),
    "a cell replaced by its neighbour": lambda rows, dice: [
        *rows[:6],
        [*rows[6][:2], rows[6][3], rows[6][2]],
        *rows[7:],
    ],
    "an area renamed": lambda rows, dice: _cell(rows, dice, "Brooke"),
    "a month among the years": lambda rows, dice: [
        [*row[:2], "2022-05", row[3]] if at == _at(rows, dice) else row for at, row in enumerate(rows)
    ],
    "thousands set apart": lambda rows, dice: _cell(rows, dice, "1,204"),
    "an error of a spreadsheet": lambda rows, dice: _cell(rows, dice, "#REF!"),
    "a formula as text": lambda rows, dice: _cell(rows, dice, "=1+1"),
    "not a number": lambda rows, dice: _cell(
        rows, dice, dice.choice(["NaN", "inf", "-inf", "1e400", "0x10", "١٢", "½"])
    ),
    "a stray quotation mark": lambda rows, dice: _cell(rows, dice, '12"3'),
    "a line break in a cell": lambda rows, dice: _cell(rows, dice, "Bro\nok"),
    "no headings": lambda rows, dice: rows[1:],
    "headings twice": lambda rows, dice: [*rows, rows[0]],
    "a title above": lambda rows, dice: [["Recorded offences"], *rows],
    "a note below": lambda rows, dice: [*rows, ["Source: nobody"]],
    "a total below": lambda rows, dice: [*rows, ["All", "All", "2023", str(sum(CELLS.values()))]],
    "blank rows": lambda rows, dice: [*rows[:4], [], ["", "", "", ""], *rows[4:]],
    "nothing but headings": lambda rows, dice: rows[:1],
}


def changed(name: str, seed: int) -> list[list[str]]:
    return CHANGES[name]([list(row) for row in ROWS], random.Random(seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_table_is_right_or_refused(name, seed, tmp_path):
    rows = changed(name, seed)
    ends_well(tmp_path, "t.csv", writers.as_csv(rows))
    ends_well(tmp_path, "t.xlsx", writers.as_xlsx(rows), {**CARD, "table": {"sheet": "Table"}})


@pytest.mark.parametrize("name", ["columns in another order", "rows in another order", "blank rows"])
def test_what_changes_nothing_is_still_the_right_table(name, tmp_path):
    assert told(read(tmp_path, "t.csv", writers.as_csv(changed(name, 1)), CARD).frame) == WANTED


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["t.csv", "t.xlsx", "t.ods", "t.parquet", "t.json", "s.json"])
def test_a_truncated_file_is_refused(kind, share, tmp_path):
    cube = [["GEO", "ICCS", "TIME", "value", "status"], *([*row, ""] for row in ROWS[1:])]
    made = {
        "t.csv": writers.as_csv(ROWS),
        "t.xlsx": writers.as_xlsx(ROWS),
        "t.ods": writers.as_ods(ROWS),
        "t.parquet": writers.as_parquet(ROWS),
        "t.json": writers.as_ckan(ROWS),
        "s.json": writers.as_json_stat(cube),
    }[kind]
    with pytest.raises(SourceError):
        read(tmp_path, kind, made[: int(len(made) * share)], CARD)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", ["t.csv", "t.xlsx"])
def test_bytes_turned_over_at_random_give_no_wrong_number(kind, seed, tmp_path):
    dice = random.Random(seed)
    data = bytearray(writers.as_csv(ROWS) if kind == "t.csv" else writers.as_xlsx(ROWS))
    for _ in range(3):
        data[dice.randrange(len(data))] = dice.randrange(128, 256)
    ends_well(tmp_path, kind, bytes(data), {**CARD, "table": {"sheet": "Table"} if kind == "t.xlsx" else {}})


@pytest.mark.parametrize(
    ("wrong", "right"), [("utf-16", "utf-8"), ("gb18030", "utf-16"), ("utf-8", "utf-16-le"), ("utf-16-le", "cp1252")]
)
def test_an_encoding_that_the_card_gets_wrong_is_refused(wrong, right, tmp_path):
    rows = [[text.replace("Brook", "乙区" if right != "cp1252" else "Brook") for text in row] for row in ROWS]
    ends_well(tmp_path, "t.csv", writers.as_csv(rows, right), {**CARD, "table": {"encoding": wrong}})


@pytest.mark.parametrize(("said", "is_"), [(";", ","), (",", ";"), ("\t", ","), (",", "|")])
def test_a_separator_that_the_card_gets_wrong_is_refused(said, is_, tmp_path):
    with pytest.raises(SourceError):
        read(tmp_path, "t.csv", writers.as_csv(ROWS, delimiter=is_), {**CARD, "table": {"delimiter": said}})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 5000,
        b"\n\n\n",
        b"<!DOCTYPE html><html><body>moved</body></html>",
        b"\xef\xbb\xbf<html></html>",
        b"%PDF-1.7",
        b"{}",
        b"[]",
        b"[[]]",
        b"[1, 2]",
        b'{"result": {"records": []}}',
        b'{"class": "dataset"}',
        b'{"class": "dataset", "id": ["a"], "size": [9], "value": [1]}',
        b"PAR1",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b'[{"area": {"deep": 1}}]',
        b'{"features": [{"attributes": {"n": 1}, "geometry": {"x": 1.5, "y": 2.5}}]}',
        b'{"features": [{"attributes": {"n": 1}}], "exceededTransferLimit": true}',
        b'{"success": true, "result": {"records": [{"n": 1}], "total": 900}}',
        b"[" * 100_000,
    ],
    ids=range(21),
)
@pytest.mark.parametrize("kind", ["t.csv", "t.json"])
def test_what_is_no_table_is_refused_in_words(kind, data, tmp_path):
    with pytest.raises(SourceError) as found:
        read(tmp_path, kind, data, CARD)
    assert "Traceback" not in str(found.value)


def _zip(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path):
    with pytest.raises(SourceError, match="unpacks to more than"):
        read(tmp_path, "t.xlsx", _zip({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"\0" * (300 << 20)}), CARD)


def test_a_workbook_that_leads_out_of_its_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="leads out of its folder"):
        read(tmp_path, "t.xlsx", _zip({"../../xl/workbook.xml": b"<x/>"}), CARD)


def test_a_formula_is_the_value_it_was_saved_with_and_a_macro_is_not_looked_at(tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(writers.as_xlsx(ROWS)))
    book["Table"]["D2"] = "=50+50"  # written by a program that works nothing out: there is no value
    out = io.BytesIO()
    book.save(out)
    ends_well(tmp_path, "t.xlsx", out.getvalue(), {**CARD, "table": {"sheet": "Table"}})
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    ends_well(tmp_path, "t.xlsm", out.getvalue(), {**CARD, "table": {"sheet": "Table"}})


def test_a_sheet_that_nobody_reads_is_looked_at_by_the_gate(tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(writers.as_xlsx(ROWS)))
    book["Notes"]["A2"] = "ask somebody@example.org"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SourceError, match="value_email"):
        read(tmp_path, "t.xlsx", out.getvalue(), {**CARD, "table": {"sheet": "Table"}})


ENDLESS = {
    "zeros": (b"", "a line is longer than any row"),
    "letters": (b"a,b\n" + b"xx" * (1 << 20), "a line is longer than any row"),
    "one quoted cell": (b'a,b\n"' + b"xx" * (1 << 20), "a line is longer than any row"),
    "a row of a million cells": (b"a,b\n" + b"1," * (1 << 20), "a line is longer than any row"),
    "a member of JSON": (b'[{"' + b"xx" * (1 << 20), "larger than 128 MiB"),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_line_of_a_gigabyte_is_refused_within_ten_seconds_of_work_and_a_gibibyte(kind, tmp_path):
    """The file has a hole at its end: it is as long as it says, and little of it is on the disk."""
    start, reason = ENDLESS[kind]
    path = tmp_path / ("big.json" if "JSON" in kind else "big.csv")
    path.write_bytes(start)
    os.truncate(path, 1 << 30)
    process = Forked(
        data_folder(), command_within, {resource.RLIMIT_DATA: 1 << 30, resource.RLIMIT_CPU: 10}, "check", str(path)
    )
    assert process.ended() == 1
    printed = process.printed()
    assert reason in printed and "拒绝" in printed and "Traceback" not in printed, printed


def test_a_cell_of_a_broken_file_is_never_in_the_message_of_an_unreadable_one(tmp_path):
    data = writers.as_csv(ROWS) + b'"SENTINEL'
    with pytest.raises(SourceError) as found:
        read(tmp_path, "t.csv", data, CARD)
    assert "SENTINEL" not in str(found.value)
    answer = json.dumps([{"area": ["SENTINEL"]}]).encode()
    with pytest.raises(SourceError) as found:
        read(tmp_path, "t.json", answer, CARD)
    assert "SENTINEL" not in str(found.value)
