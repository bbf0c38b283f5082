"""A published file keeps the name that its publisher gave it, whatever is in it: from the card to the extract, and for ``make``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams

from bench.simulated.place import Size, write_place
from disclosure.builds import current_build
from loaders.__main__ import main as loaders
from loaders.data_folder import PROJECT
from measures.__main__ import main as measures
from measures.store.shelf import Shelf
from routes.extracts import writers
from routes.extracts.metadata import head_of
from routes.extracts.provenance import provenance
from routes.extracts.read_request import read_request
from routes.extracts.request import FileAddress
from routes.extracts.rows import tables_of
from tests.loaders.publisher import BEFORE, LATER, dataset, publisher, readable, run, table
from tests.waiting import LONGEST

SIZE = Size(areas=3, types=21, months=30)
NAMES = (
    "MPS Borough Level Crime (most recent 24 months).csv",
    "刑事案件立案数（按区分）２０２４年.csv",
    "the publisher's own #1 at $HOME, 100 %: [a] {b} & c; ~`d`.csv",
    "$(shell touch gone) \\ $$ * ?.csv",
    "-rf.csv",
    ' "quoted"  twice .csv',
)


def renamed(folder: Path, old: str, new: str) -> Path:
    """The published file under another name, which the card names."""
    (folder / old).rename(folder / new)
    card = folder / "source.toml"
    words = card.read_text(encoding="utf-8")
    assert f'file = "{old}"' in words
    card.write_text(words.replace(f'file = "{old}"', f"file = {json.dumps(new, ensure_ascii=False)}"), encoding="utf-8")
    return folder / new


@pytest.fixture(params=NAMES)
def named(request, tmp_path, monkeypatch) -> tuple[Path, Path]:
    """A data folder whose counts stand in a file of that name, and the file."""
    root = write_place(tmp_path / "data", SIZE)
    monkeypatch.setenv("FIGURES_DATA", str(root))
    return root, renamed(root / "open" / "simulated" / "counts", "counts.csv", request.param)


def test_from_the_card_to_the_extract(named, capsys):
    root, path = named
    assert measures(["build"]) == 0
    assert current_build(root).path("counts/latest.parquet")
    assert loaders(["check", str(path), str(path.parent / "source.toml")]) == 0
    loaders(["check", "simulated"])
    assert "is missing" not in capsys.readouterr().out
    shelf = Shelf(root)
    asked = {"area": "area_001", "category": "type_001", "period": "2008-01"}
    answer = json.loads(provenance(shelf, "simulated", "counts", QueryParams(asked)))
    assert [one["file"] for part in answer["parts"] for one in part["files"]] == [path.name]
    question = read_request(shelf, FileAddress("simulated", "counts", "latest", "json"), QueryParams(asked))
    extract = json.loads(b"".join(writers.as_json(tables_of(question, shelf), head_of(question, shelf))))
    assert path.name in json.dumps(extract, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")


@pytest.mark.parametrize("name", NAMES)
def test_a_release_comes_to_stand_beside_it(name, tmp_path):
    with publisher({"body": table(11), "headers": LATER}) as answers:
        folder = dataset(tmp_path / "data", answers.url, BEFORE)
        path = renamed(folder, "counts_2025-12.csv", name)
        outcome = run(folder)
    assert outcome.state == "written", outcome
    assert path.exists() and readable(folder) == 88 + 92


def test_make_builds_what_has_such_names_once_and_again_when_it_changes(tmp_path):
    """The real Makefile, with an interpreter that is there already in the place of the one that it would install."""
    root = write_place(tmp_path / "data", SIZE)
    folder = root / "open" / "simulated" / "counts"
    renamed(folder, "counts.csv", NAMES[0])
    for name in NAMES[1:]:
        (folder / name).write_text("a,b\n", encoding="utf-8")
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(PROJECT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / ".venv" / "run").touch()
    environment = {**os.environ, "FIGURES_DATA": str(root), "PYTHONPATH": str(PROJECT)}

    def make(*words: str) -> str:
        done = subprocess.run(
            ["make", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        assert done.returncode == 0, done.stderr
        return current_build(root).folder.name

    first = make("built")
    assert make("built") == first, "nothing has changed"
    (folder / NAMES[2]).unlink()
    assert make("built") != first, "a file that is gone is a change, too"
    assert not list(tmp_path.rglob("gone")), "and no name is ever a command"
