"""A large text file is read at once where it is plain, and gives the very sheet that the reader row by row gives."""

from __future__ import annotations

import pytest

from loaders.formats.text import delimited, plain_text

ROWS = [f"Ward {number},2024,{number * 7}" for number in range(40)]
FILES = {
    "plain": "area,year,count\n" + "\n".join(ROWS),
    "blank rows": "area,year,count\n\n" + "\n ,, \n".join(ROWS) + "\n\n",
    "carriage returns": "area,year,count\r\n" + "\r\n".join(ROWS) + "\r\n",
    "returns alone": "area,year,count\r" + "\r".join(ROWS),
    "quotes around cells": '"area","year","count"\n'
    + "\n".join(f'"{row.replace(",", chr(34) + ",", 1)}' for row in ROWS),
    "a comma in quotes": 'area,year,count\n"Ward, upper",2024,3\n' + "\n".join(ROWS),
    "a line end in quotes": 'area,year,count\n"Ward\nupper",2024,3\n' + "\n".join(ROWS),
    "a doubled quote": 'area,year,count\n"Ward ""upper""",2024,3\n' + "\n".join(ROWS),
    "a quote within a cell": 'area,year,count\nWard 5" gauge,2024,3\n' + "\n".join(ROWS),
    "spaces before quotes": 'area,year,count\n "Ward" ,2024,3\n' + "\n".join(ROWS),
    "words for nothing": "area,year,count\nNA,null,NaN\n#N/A,nan,\n" + "\n".join(ROWS),
    "a mark of byte order": "\ufeffarea,year,count\n" + "\n".join(ROWS),
    "other letters": "辖区,年,数\n" + "\n".join(row.replace("Ward", "西区") for row in ROWS),
    "a backslash": "area\\name,year,count\n" + "\n".join(ROWS),
    "an odd width": "area,year,count\nWard,2024\n" + "\n".join(ROWS),
    "one column": "area\nWard\n\nSecond\n",
}


def described(path, words):
    """Every cell with the number of its row and the widths, or why there is no sheet."""
    try:
        sheet = delimited.sheets(path, words)[0]
    except Exception as error:
        return type(error).__name__, str(error)
    cells = [[column.texts[int(code)].as_py() for code in column.codes] for column in sheet.columns]
    return cells, sheet.rows.tolist(), sheet.widths.tolist(), sheet.found


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("kind", FILES)
def test_a_plain_file_is_read_at_once_as_it_is_row_by_row(tmp_path, monkeypatch, kind, encoding):
    path = tmp_path / "table.csv"
    path.write_bytes(FILES[kind].encode(encoding))
    row_by_row = described(path, {"encoding": encoding})
    monkeypatch.setattr(plain_text, "FEWEST", 0)
    monkeypatch.setattr(plain_text, "_PIECE", 64)
    assert described(path, {"encoding": encoding}) == row_by_row


def test_a_plain_file_is_not_read_row_by_row(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text(FILES["quotes around cells"], encoding="utf-8")
    monkeypatch.setattr(plain_text, "FEWEST", 0)
    assert plain_text.sheets_at_once(path, {"encoding": "utf-8", "delimiter": ","})
