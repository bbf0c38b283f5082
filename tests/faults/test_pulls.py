"""A pull from a department's own database, killed at any moment or left alone by the database: whole, or as before."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

import loaders.warehouse.command  # noqa: F401  what the command imports is here before it is forked and killed
from loaders.__main__ import main as asked
from loaders.commands import DONE
from tests.faults.moments import calm, contents, duration, killed, moments
from tests.forked import begun, ended, in_child
from tests.warehouse.conftest import at  # noqa: F401
from tests.warehouse.department import card_of, cells, department, run
from tests.warehouse.records import counted, in_duckdb, simulated

ROUNDS, KILLS = 3, 4


def pull() -> int:
    return asked(["pull", "counts"])


@pytest.fixture
def pulled(tmp_path, at, monkeypatch):  # noqa: F811
    """A folder with a release, whose database has more by now; the folder of the dataset and what is to come."""
    records = simulated(300)
    earlier, later = (in_duckdb(records.slice(n), tmp_path / f"{n}.duckdb") for n in (9, 0))
    folder = department(tmp_path / "data", periods_at_once=12)
    monkeypatch.setenv("FIGURES_DATA", str(tmp_path / "data"))
    at(earlier)
    assert run(folder).state == "written"
    at(later)
    return folder, counted(records)


def test_a_pull_killed_at_random_moments_leaves_the_release_before_or_the_whole_new_one(pulled, tmp_path, dice, capfd):
    folder, after = pulled
    root, before = folder.parents[2], cells(folder)
    shutil.copytree(root, tmp_path / "kept")
    when = moments(ROUNDS * KILLS, duration(pull), dice)
    struck = 0
    for _ in range(ROUNDS):
        shutil.rmtree(root)
        shutil.copytree(tmp_path / "kept", root)
        for _ in range(KILLS):
            struck += killed(pull, next(when))
            assert cells(folder) in (before, after)
        assert ended(begun(pull)) == DONE
        assert cells(folder) == after and len(card_of(folder).releases) == 2
        assert not any((root / "pulling").rglob("*.parquet"))
    assert struck > ROUNDS
    calm(capfd.readouterr().err)


@pytest.mark.parametrize("spoilt", ["gone", "rubbish"])
def test_a_database_that_is_gone_or_broken_is_told_and_leaves_the_release_before(spoilt, pulled, tmp_path, dice, capfd):
    folder, _ = pulled
    there, before = contents(folder), cells(folder)
    database = tmp_path / "0.duckdb"
    database.unlink() if spoilt == "gone" else database.write_bytes(np.random.default_rng(1).bytes(5000))
    capfd.readouterr()
    assert in_child(pull) != DONE
    said = calm("".join(capfd.readouterr()))
    assert "counts: failed" in said and "The release that was there goes on serving." in said
    assert contents(folder) == there and cells(folder) == before
