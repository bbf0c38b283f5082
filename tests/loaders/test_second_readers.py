"""Other people's libraries read the same numbers out of the messages that they know: neither they nor we can be wrong alone."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
import sdmx
from hypothesis import given, settings
from pyjstat import pyjstat

from loaders.formats.read_sheets import read_sheets
from tests.loaders import writers
from tests.loaders.test_formats import CUBE_CELLS, cube, tables


def ours(file: str, data: bytes) -> dict[tuple, tuple[str, str]]:
    """Codes → value and status, as texts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_bytes(data)
        sheet = read_sheets(path)[0]
    rows = [sheet.texts(at) for at in range(1, len(sheet.rows))]
    return {tuple(row[:-2]): (row[-2], row[-1]) for row in rows}


@pytest.mark.parametrize("by_series", [False, True])
@settings(max_examples=10)
@given(table=tables(CUBE_CELLS))
def test_sdmx1_reads_the_same_table_from_sdmx_json(by_series, table):
    """sdmx1 reads the drafted form only (docs/decisions/0020)."""
    data = writers.as_sdmx_json(cube(table), by_series)
    message = sdmx.read_sdmx(io.BytesIO(data), format="json")
    theirs = {}
    for one in message.data[0].obs:
        key = tuple(str(one.key[axis].value) for axis in ("GEO", "ICCS", "TIME"))
        theirs[key] = ("" if one.value is None else str(one.value), one.attrib["OBS_STATUS"].value.id)
    assert ours("t.json", data) == theirs


@pytest.mark.parametrize("sparse", [False, True])
@settings(max_examples=10)
@given(table=tables(CUBE_CELLS))
def test_pyjstat_reads_the_same_numbers_from_json_stat(sparse, table):
    """pyjstat reads no statuses (docs/decisions/0020)."""
    data = writers.as_json_stat(cube(table), sparse)
    frame = pyjstat.Dataset.read(data.decode()).write("dataframe", naming="id")
    theirs = {
        tuple(row[:3]): float(row[3])
        for row in frame.itertuples(index=False)
        if row[3] == row[3] and row[3] is not None
    }
    if theirs:
        assert {key: float(value) for key, (value, _) in ours("t.json", data).items() if value} == theirs
