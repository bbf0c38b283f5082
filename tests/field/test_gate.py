"""No record-level table passes the gate and no aggregate is refused; a question is neither."""

from __future__ import annotations

import pytest

from tests.field.gate_tables import aggregates, records
from tests.field.program import Program
from tests.field.rules import OPEN
from tests.field.writing import Grid, open_document, text_file, workbook

WRITERS = (
    ("csv", text_file), ("xlsx", lambda grid: workbook(("Sheet1", grid))), ("csv", lambda grid: text_file(grid, delimiter=";")),
    ("ods", lambda grid: open_document(("Sheet1", grid))), ("tsv", lambda grid: text_file(grid, "utf-16", "\t")),
)  # fmt: skip


def judged(program: Program, tables: dict[str, Grid]) -> dict[str, tuple[int, str]]:
    """Every table in one of the formats in turn: how ``check FILE`` ends, and what it says."""
    found = {}
    for at, (name, grid) in enumerate(tables.items()):
        ending, write = WRITERS[at % len(WRITERS)]
        done = program.check(program.file(f"table{at}.{ending}", write(grid)))
        found[name] = (done.code, done.said)
    return found


def only_listed(wrong: dict[str, str], names) -> None:
    listed = {one for one in OPEN if one in names}
    assert not wrong.keys() - listed, "\n".join(f"{one}: {wrong[one]}" for one in wrong if one not in listed)
    assert not listed - wrong.keys(), f"mended: take off tests/field/open.toml: {sorted(listed - wrong.keys())}"


def test_no_table_of_records_passes(program):
    found = judged(program, records())
    assert len(found) >= 60
    only_listed({name: said for name, (code, said) in found.items() if code == 0}, found)


def test_no_aggregate_is_refused(program):
    found = judged(program, aggregates())
    assert len(found) >= 60
    only_listed({name: said for name, (code, said) in found.items() if code == 1}, found)


def test_no_judgement_is_a_crash(program):
    found = judged(program, {**records(), **aggregates()})
    assert [name for name, (code, said) in found.items() if "Error)" in said or code not in (0, 1, 2)] == []


@pytest.mark.parametrize("name", list(records())[::10])
def test_new_copies_nothing_of_a_table_of_records(name, program):
    done = program.new(program.file("table.csv", text_file(records()[name])))
    assert done.code != 0
    assert not program.cards()


def test_what_is_open_of_the_gate_is_one_of_its_tables():
    assert [one for one in OPEN if one.startswith("ga/") and one not in {**records(), **aggregates()}] == []
