"""Every table of formats.toml gives the cells that were worked out by hand, or the fault that it must."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from loaders import SourceError
from tests.loaders.invented import KINDS, read, told

TABLES = tomllib.loads((Path(__file__).parent / "formats.toml").read_text(encoding="utf-8"))["tables"]
READ, REFUSED = ([table for table in TABLES if ("cells" in table) == good] for good in (True, False))


def observations(table: dict, folder: Path):
    data = table["text"].lstrip("\n").encode(table.get("encoding", "utf-8"))
    return read(folder, "t.csv", data, {"frequency": "year", **table["card"]}, kinds=KINDS)


@pytest.mark.parametrize("table", READ, ids=lambda table: table["name"])
def test_every_table_gives_its_cells(table, tmp_path):
    wanted = {tuple(cell[:4]): (None if cell[4] == "" else cell[4], cell[5]) for cell in table["cells"]}
    assert told(observations(table, tmp_path).frame) == wanted


@pytest.mark.parametrize("table", REFUSED, ids=lambda table: table["name"])
def test_every_broken_table_is_refused_with_its_fault(table, tmp_path):
    with pytest.raises(SourceError) as found:
        observations(table, tmp_path)
    assert table["fault"] in [{"where": one.where, "what": one.what, "found": one.found} for one in found.value.faults], str(found.value)
    assert all(one.expected and one.todo for one in found.value.faults)
