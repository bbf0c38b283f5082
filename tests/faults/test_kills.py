"""Killed at any moment, whoever it is: readers have the figures before or the new ones, and the next run clears up."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

import updates.report  # noqa: F401  what a command imports is here before it is forked and killed
from disclosure.builds import BUILDS, HOME
from loaders.__main__ import main as asked
from measures.__main__ import main as measures
from measures.store.shelf import Shelf
from tests.conftest import Copy
from tests.faults.moments import calm, contents, duration, figures, killed, moments, whole_build
from tests.forked import begun, ended
from tests.loaders.publisher import everything, readable, table
from tests.updates.conftest import measured  # noqa: F401
from tests.waiting import until
from updates.__main__ import main as asked_and_told

BUILDS_KILLED, REFRESHES_KILLED, READERS_KILLED = (
    (6, 5),
    (6, 7),
    12,
)  # rounds, kills of each; with servers and pulls over a hundred


def build() -> int:
    return measures(["build"])


def refresh() -> int:
    return asked(["refresh", "counts"])


def refresh_and_report() -> int:
    return asked_and_told(["refresh", "counts"])


def published_anew(root: Path, number: int) -> None:
    """Other figures take the place of the file's, of the same total: those of the commonest type, in other months."""

    def turned(rows: list[list[str]]) -> None:
        counts = rows[4][2:]
        rows[4][2:] = counts[number:] + counts[:number]

    Copy(root).spoil("counts", turned)


def test_a_build_killed_at_random_moments_loses_and_mixes_nothing(root, dice, capfd):
    rounds, kills = BUILDS_KILLED
    when = moments(rounds * kills, duration(build), dice)
    struck, names = 0, {whole_build(root)}
    for number in range(rounds):
        published_anew(root, number + 1)
        told = figures(root)
        for _ in range(kills):
            struck += killed(build, next(when))
            names.add(whole_build(root))
            np.testing.assert_array_equal(figures(root), told)
        assert ended(begun(build)) == 0
        np.testing.assert_array_equal(figures(root), told)
        assert whole_build(root) not in names, "readers have the build that ended"
        assert len(list((root / HOME / BUILDS).iterdir())) <= 2, "what killed builds left is cleared away"
        names.add(whole_build(root))
    assert struck > rounds * kills / 5, "some of them had ended before: the first build takes longest"
    calm(capfd.readouterr().err)


def test_a_refresh_killed_at_random_moments_loses_and_mixes_nothing(measured, monkeypatch, dice, tmp_path, capfd):  # noqa: F811
    slow = {
        "body": table(11),
        "headers": {"Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"},
        "piece": 500,
        "wait": 0.005,
    }
    _, folder = measured(slow)
    root, before = folder.parents[2], everything(folder)
    monkeypatch.setenv("FIGURES_DATA", str(root))
    rounds, kills = REFRESHES_KILLED
    when = moments(rounds * kills, duration(refresh), dice)
    after, struck = everything(folder), 0
    for _ in range(rounds):
        _restore(folder, before)
        for number in range(kills):
            struck += killed(refresh if number else refresh_and_report, next(when))
            assert readable(folder) in (88, 88 + 92), "the old release, or both"
            now = everything(folder)
            assert now["counts_2025-12.csv"] == before["counts_2025-12.csv"]
            assert now["source.toml"] in (before["source.toml"], after["source.toml"])
            assert not Shelf(root).faulty
        assert ended(begun(refresh)) == 0
        assert {name: data for name, data in everything(folder).items() if name != "refresh.toml"} == {
            name: data for name, data in after.items() if name != "refresh.toml"
        }
    assert struck > rounds * kills / 5, "some of them had ended before"
    calm(capfd.readouterr().err)


def _restore(folder: Path, files: dict[str, bytes]) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def test_readers_killed_while_builds_come_and_go_hold_nothing_and_write_nothing(root, dice, tmp_path):
    """A reader holds the folder of its build; a killed one must not hold it for ever."""
    told, inputs = figures(root), contents(root / "open")
    seen = tmp_path / "seen"

    def reader() -> None:
        while True:
            shelf = Shelf(root)
            name = shelf.built.folder.name
            np.testing.assert_array_equal(figures(root), told)
            assert all(shelf.built.path(file) for file in shelf.built.files)
            with seen.open("a") as file:
                file.write(f"{name}\n")
            time.sleep(0.05)

    names = [whole_build(root)]
    for _ in range(READERS_KILLED // 3):
        readers = [begun(reader) for _ in range(3)]
        until(lambda: seen.exists())
        assert ended(begun(build)) == 0
        names.append(whole_build(root))
        for child in dice.sample(readers, 3):
            os.kill(child, signal.SIGKILL)
            assert ended(child) == -signal.SIGKILL, "no reader had failed before"
    assert set(seen.read_text().split()) <= set(names)
    assert ended(begun(build)) == 0
    assert {path.name for path in (root / HOME / BUILDS).iterdir()} == {names[-1], whole_build(root)}
    assert contents(root / "open") == inputs


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_a_build_that_is_told_to_stop_says_so_in_one_line_and_leaves_nothing(how, root, capfd):
    before, there = whole_build(root), contents(root)
    reading, writing = os.pipe()

    def stopped() -> int:
        from measures import build as module

        def waits(*_: object) -> None:
            os.write(writing, b".")
            while True:  # a signal may come before one begins to wait for it
                time.sleep(0.02)

        module.write_publications = waits
        signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background inherit its refusal
        return build()

    child = begun(stopped)
    os.read(reading, 1)
    os.kill(child, how)
    assert ended(child) == 130
    said = calm(capfd.readouterr().err)
    assert "stopped before its end" in said and "run it again" in said and len(said.splitlines()) == 1
    assert whole_build(root) == before and contents(root) == there
