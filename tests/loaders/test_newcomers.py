"""What a newcomer meets on the way is said where it is, takes nothing else down, and can be taken back."""

from __future__ import annotations

import shutil

import pytest

from loaders.commands import DONE, FAILED, WAITS
from measures.store.reload import Watched
from measures.store.shelf import Shelf
from tests.field.program import STANDING, Program, program_in

CALLS = "Area,Year,Calls\n" + "".join(
    f"{name},{year},{400 + 17 * n + year % 29}\n"
    for n, name in enumerate(("Aber", "Barn", "Clun", "Dorn"))
    for year in range(2018, 2024)
)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory) -> Program:
    """A place drafted from one file of calls."""
    program = program_in(tmp_path_factory.mktemp("drafted"), tmp_path_factory.getbasetemp() / "template" / "data")
    assert program.new(program.file("calls.csv", CALLS)).code == DONE
    return program


@pytest.fixture
def program(drafted, tmp_path) -> Program:
    """A copy of it, to be spoilt."""
    shutil.copytree(drafted.root, tmp_path / "data")
    shutil.copytree(drafted.files, tmp_path / "files")
    return Program(tmp_path / "data", tmp_path / "files")


def fixes(program: Program) -> list[str]:
    return [line for line in program.check("mill").said.splitlines() if line.startswith("fix:")]


def test_of_two_files_with_one_name_the_folder_tells_which_is_at_fault(program):
    folder = program.cards()[0].parent
    other = folder.with_name("mill_other")
    shutil.copytree(folder, other)
    card = (other / "source.toml").read_text(encoding="utf-8")
    (other / "source.toml").write_text(card.replace(folder.name, other.name), encoding="utf-8")
    (other / "calls.csv").write_text(CALLS.replace("Aber,2018", "Nowhere,2018"), encoding="utf-8")
    faults = [line for line in fixes(program) if "calls.csv" in line]
    assert faults and all(f"{other.parent.name}/{other.name}" in line for line in faults), faults


@pytest.mark.parametrize("line", ['kind = "mean"', 'views = ["zzz"]', "views = ["], ids=["kind", "view", "no TOML"])
def test_a_faulty_measure_is_named_by_check_and_silences_itself_alone(program, line):
    path = program.root / "measures" / "mill_calls.toml"
    key = line.split(" ")[0]
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(line if text.startswith(f"{key} =") else text for text in lines), encoding="utf-8")
    assert any("measures/mill_calls.toml" in fault and "expected" in fault for fault in fixes(program))
    built = program.build()
    assert built.code == WAITS, "everything else was built and taken over; a person must fix the card"
    assert built.lines_with("2 datasets built, 1 faulty") and "Error:" not in built.said
    assert built.lines_with("measures/mill_calls.toml", "expected")
    assert program.figures(STANDING) and program.figures("mill")
    assert "Ebb" in program.document("map", place=STANDING)


def test_an_untouched_draft_is_taken_back_and_a_touched_one_is_not(program):
    file = program.files / "calls.csv"
    assert program.run("loaders", "new", "hill", file).code == DONE
    refused = program.run("loaders", "new", "hill", file)
    assert refused.code == FAILED and "new --again hill" in refused.said
    assert program.run("loaders", "new", "--again", "hill", file).code == DONE
    path = program.root / "places" / "hill.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    refused = program.run("loaders", "new", "--again", "hill", file)
    assert refused.code == FAILED and "hill.toml" in refused.said


def test_a_second_data_file_in_the_folder_of_a_dataset_is_looked_at(program):
    (program.cards()[0].parent / "other.csv").write_text(CALLS, encoding="utf-8")
    assert program.check("mill").lines_with("look:", "other.csv", "files that no release names")


def test_where_the_number_of_rows_does_not_fit_check_says_that_rows_left_out_do_not_count(program):
    path = program.cards()[0]
    path.write_text(path.read_text(encoding="utf-8").replace("rows = 24", "rows = 25"), encoding="utf-8")
    assert any("expected 25 that are read (those left out do not count), found 24" in fault for fault in fixes(program))


def test_a_place_without_boundaries_needs_no_tiles_and_is_given_none(program):
    text = (program.root / "places" / "mill.toml").read_text(encoding="utf-8")
    assert "tile" not in text
    assert not [line for line in fixes(program) if "tile" in line]
    path = program.root / "places" / "mill.toml"
    path.write_text(text.replace("[[areas]]\n", "[[areas]]\ntile = [0, 0]\n", 1), encoding="utf-8")
    assert [line for line in fixes(program) if "no tile (3 times)" in line], "a layout that is begun is to be finished"


def test_a_running_server_takes_up_a_new_place_by_itself(program, monkeypatch):
    monkeypatch.setattr("measures.store.reload.SECONDS", 0.0)
    watched = Watched(program.root, Shelf, lambda new, old: None, run=lambda work: work())
    assert set(watched.now().places) == {STANDING, "mill"}
    assert program.new(program.files / "calls.csv", place="hill").code == DONE
    assert set(watched.now().places) == {STANDING, "mill", "hill"}


@pytest.mark.parametrize(
    "note", ["* to September", "* January to September only", "* 1-9月", "* provisional, to 30 September 2023"]
)
def test_a_year_of_which_a_note_tells_a_part_is_asked_about(program, note):
    rows = [["Area", "2021", "2022", "2023*"], *([name, "410", "404", "398"] for name in ("Aber", "Barn", "Clun"))]
    text = "\n".join(",".join(row) for row in rows) + f'\n\n"{note}"\n'
    done = program.new(program.file("part.csv", text), place="hill")
    assert done.code == WAITS and done.lines_with("answer first", "2023*", note[2:]), done.said


@pytest.mark.parametrize(
    "note", ["* revised in March 2024", "* January to December", "* provisional", "* 2024年3月修订"]
)
def test_a_year_whose_note_tells_no_part_is_not_asked_about(program, note):
    rows = [["Area", "2021", "2022", "2023*"], *([name, "410", "404", "398"] for name in ("Aber", "Barn", "Clun"))]
    text = "\n".join(",".join(row) for row in rows) + f'\n\n"{note}"\n'
    assert program.new(program.file("part.csv", text), place="hill").code == DONE


def test_a_part_of_a_year_is_asked_about_where_years_stand_in_rows(program):
    text = "".join(f"{name},{year},4{year[3]}0\n" for name in ("Aber", "Barn") for year in ("2021", "2022", "2023*"))
    done = program.new(program.file("part.csv", f"Area,Year,Calls\n{text}\n* to September\n"), place="hill")
    assert done.code == WAITS and len(done.lines_with("answer first", "2023*", "to September")) == 1, done.said
