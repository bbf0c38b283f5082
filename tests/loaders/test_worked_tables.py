"""Every table of formats.toml gives the cells that were worked out by hand, or the fault that it must."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from loaders import SourceError
from tests.loaders import writers
from tests.loaders.invented import KINDS, read, told

TABLES = tomllib.loads((Path(__file__).parent / "formats.toml").read_text(encoding="utf-8"))["tables"]
READ, REFUSED = ([table for table in TABLES if ("cells" in table) == good] for good in (True, False))


WRITERS = {"xlsx": writers.as_xlsx, "ods": writers.as_ods}
FILES = [(table, kind) for table in READ for kind in table.get("books", [""])]


def observations(table: dict, folder: Path, book: str = ""):
    """What the loaders make of it: of its text, or of its rows as a workbook."""
    if book:
        file, data = (
            f"t.{book}",
            WRITERS[book](table["rows"], sheet=table.get("sheet", "Table"), merged=tuple(table.get("merged", ()))),
        )
    else:
        file, data = table.get("file", "t.csv"), table["text"].lstrip("\n").encode(table.get("encoding", "utf-8"))
    return read(folder, file, data, {"frequency": "year", **table["card"]}, kinds=KINDS)


@pytest.mark.parametrize(("table", "book"), FILES, ids=[f"{table['name']} {book}".strip() for table, book in FILES])
def test_every_table_gives_its_cells(table, book, tmp_path):
    wanted = {tuple(cell[:4]): (None if cell[4] == "" else cell[4], cell[5]) for cell in table["cells"]}
    assert told(observations(table, tmp_path, book).frame) == wanted


@pytest.mark.parametrize("table", REFUSED, ids=lambda table: table["name"])
def test_every_broken_table_is_refused_with_its_fault(table, tmp_path):
    with pytest.raises(SourceError) as found:
        observations(table, tmp_path)
    assert table["fault"] in [
        {"where": one.where, "what": one.what, "found": one.found} for one in found.value.faults
    ], str(found.value)
    assert all(one.expected and one.todo for one in found.value.faults)
