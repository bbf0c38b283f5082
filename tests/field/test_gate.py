"""No record-level table passes the gate and no aggregate is refused; a question is neither."""

from __future__ import annotations

from tests.field.gate_tables import aggregates, records
from tests.field.program import Program, program_in
from tests.field.rules import OPEN
from tests.field.writing import Grid, open_document, text_file, workbook

WRITERS = (
    ("csv", text_file),
    ("xlsx", lambda grid: workbook(("Sheet1", grid))),
    ("csv", lambda grid: text_file(grid, delimiter=";")),
    ("ods", lambda grid: open_document(("Sheet1", grid))),
    ("tsv", lambda grid: text_file(grid, "utf-16", "\t")),
)


def judged(program: Program, tables: dict[str, Grid]) -> dict[str, tuple[int, str]]:
    """Every table in one of the formats in turn: how ``check FILE`` ends, and what it says."""
    found = {}
    for at, (name, grid) in enumerate(tables.items()):
        ending, write = WRITERS[at % len(WRITERS)]
        done = program.check(program.file(f"table{at}.{ending}", write(grid)))
        found[name] = (done.code, done.said)
    return found


def crashed(found: dict[str, tuple[int, str]]) -> list[str]:
    return [name for name, (code, said) in found.items() if "Error)" in said or code not in (0, 1, 2)]


def only_listed(wrong: dict[str, str], names) -> None:
    listed = {one for one in OPEN if one in names}
    assert not wrong.keys() - listed, "\n".join(f"{one}: {wrong[one]}" for one in wrong if one not in listed)
    assert not listed - wrong.keys(), f"mended: take off tests/field/open.toml: {sorted(listed - wrong.keys())}"


def test_no_table_of_records_passes(program):
    found = judged(program, records())
    assert len(found) >= 60
    assert not crashed(found)
    only_listed({name: said for name, (code, said) in found.items() if code == 0}, found)


def test_no_aggregate_is_refused(program):
    found = judged(program, aggregates())
    assert len(found) >= 60
    assert not crashed(found)
    only_listed({name: said for name, (code, said) in found.items() if code == 1}, found)


def test_new_ends_with_0_and_copies_nothing_for_no_table_of_records(tmp_path, tmp_path_factory, pytestconfig):
    """Every table is judged above as ``new`` judges it; here every third goes all the way, with ``--every-case`` all."""
    wrong, every = {}, pytestconfig.getoption("--every-case")
    tables = {name: grid for at, (name, grid) in enumerate(records().items()) if every or at % 3 == 0}
    for at, (name, grid) in enumerate(tables.items()):
        program = program_in(tmp_path / str(at), tmp_path_factory.getbasetemp() / "template" / "data")
        done = program.new(program.file("table.csv", text_file(grid)))
        if done.code == 0:
            wrong[name.replace("ga/", "gn/")] = done.said
    only_listed(wrong, {name.replace("ga/", "gn/") for name in tables})


def test_what_is_open_of_the_gate_is_one_of_its_tables():
    assert [
        one
        for one in OPEN
        if one[:3] in ("ga/", "gn/") and one.replace("gn/", "ga/") not in {**records(), **aggregates()}
    ] == []
