"""Every table of tables.toml ends as it says, for the reason it says, and no message holds a value that it should not."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from loaders.__main__ import main
from loaders.privacy.rules import RULES
from tests.gate.made import MAKERS

TABLES = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))["tables"]


def write(table: dict, folder: Path) -> Path:
    """The file that a table of the list describes."""
    kind = table.get("format", "csv")
    path = folder / f"table.{kind}"
    text = table.get("text", "").lstrip("\n")
    if "make" in table:
        rows = MAKERS[table["make"]]()
        if kind != "csv":
            frame = pd.DataFrame(rows[1:], columns=rows[0])
            frame.to_excel(path, index=False) if kind == "xlsx" else frame.to_parquet(path)
            return path
        sheet = io.StringIO()
        csv.writer(sheet, delimiter=table.get("delimiter", ",")).writerows(rows)
        text = sheet.getvalue()
    path.write_bytes(text.encode(table.get("encoding", "utf-8")))
    return path


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["name"])
def test_every_table_ends_as_it_must(table, tmp_path, capsys):
    status = main(["check", str(write(table, tmp_path))])
    said = capsys.readouterr().out
    assert status == table["exit"], said
    if "rule" in table:
        assert f"- {table['rule']}:" in said
        assert RULES[table["rule"]].decision == {1: "refuse", 2: "ask"}[status]
    assert ("[[releases]]" in said) == (status != 1), (
        "a draft of the card stands below what is not refused, and only there"
    )


@pytest.mark.parametrize("status", [0, 1])
def test_there_are_at_least_twelve_of_each(status):
    assert sum(table["exit"] == status for table in TABLES) >= 12
