"""Files of the data folder that are cut short, swapped, filled with rubbish or gone: the figures are the same or silent,
never others, and the maintainer is told which file it is and what to do.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from disclosure.builds import BUILDS, HOME, MANIFEST, POINTER, current_build
from loaders import FaultyInput
from loaders.__main__ import main as asked
from loaders.commands import DONE, FAILED, WAITS
from loaders.data_folder import PROJECT
from measures.__main__ import main as measures
from measures.figures.compute import compute
from measures.store.new_build import LOCK
from measures.store.shelf import Shelf
from tests.conftest import PACKAGE
from tests.disclosure.test_example import NAME
from tests.faults.conftest import its_own
from tests.faults.moments import QUERY, calm, contents, figures, whole_build
from tests.forked import in_child
from tests.measures.clock import Looked


def cut_short(path: Path, dice: random.Random) -> None:
    os.truncate(path, dice.randrange(path.stat().st_size or 1))


def filled_with_rubbish(path: Path, dice: random.Random) -> None:
    path.write_bytes(dice.randbytes(path.stat().st_size))


def swapped(path: Path, dice: random.Random) -> Path:
    """Another whole file of the same kind in its place, and it in the place of the other, which comes back."""
    top = next(folder for folder in path.parents if folder.name == "data" or folder.name.startswith("broken"))
    others = [other for other in sorted(top.rglob(f"*{path.suffix}")) if other != path]
    other = dice.choice(others)
    data = path.read_bytes()
    shutil.copyfile(other, path)
    other.write_bytes(data)
    return other


def missing(path: Path, dice: random.Random) -> None:
    path.unlink()


def a_folder(path: Path, dice: random.Random) -> None:
    path.unlink()
    path.mkdir()


WAYS = (cut_short, filled_with_rubbish, swapped, missing, a_folder)


def shown(shelf: Shelf) -> np.ndarray | None:
    """The figures that readers get; None where they are told that there are none."""
    if QUERY.measure not in shelf.measures or QUERY.place not in shelf.places or not shelf.working(QUERY.measure):
        return None
    try:
        return compute(QUERY, shelf).table["value"].to_numpy()
    except FaultyInput:
        return None


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whatever_happens_to_a_file_figures_are_the_same_or_silent(way, root, tmp_path, dice, monkeypatch, capfd):
    """For one who starts a server now, and at one that runs; the commands tell what it is, and a backup mends it."""
    told = figures(root)
    files = [name for name in contents(root) if not name.startswith(HOME)]
    built = {dice.choice(files)}
    for number, name in enumerate(files):
        broken = its_own(root, tmp_path / f"broken{number}", monkeypatch)
        running = Looked(broken, monkeypatch)
        running.after(0)
        touched = [broken / name, *filter(None, [way(broken / name, dice)])]
        fresh, gone_on = shown(Shelf(broken)), shown(running.after(60))
        for values in (fresh, gone_on):
            assert values is None or np.array_equal(values, told, equal_nan=True), (name, way)
        if fresh is None:
            assert said_of(touched, capfd), name
        if name in built:
            assert in_child(lambda: measures(["build"])) in (DONE, FAILED, WAITS)
            calm(capfd.readouterr().err)
            restore(broken, root)
            assert in_child(lambda: measures(["build"])) == 0, name
            np.testing.assert_array_equal(figures(broken), told)
        shutil.rmtree(broken)


def said_of(touched: list[Path], capfd) -> bool:
    """Do the commands of a maintainer end calmly, with the name of such a file or of its dataset?"""
    capfd.readouterr()
    ending = in_child(lambda: asked(["check"])) or in_child(lambda: measures(["build"]))
    said = calm("".join(capfd.readouterr()))
    return bool(ending) and any(word in said for path in touched for word in (path.name, path.stem, path.parent.name))


def restore(broken: Path, root: Path) -> None:
    """A backup is put back; what the build made stays."""
    for folder in ("open", "places", "measures"):
        shutil.rmtree(broken / folder)
        shutil.copytree(root / folder, broken / folder)


@pytest.mark.parametrize("way", [way for way in WAYS if way is not swapped], ids=lambda way: way.__name__)
def test_whatever_happens_to_pointer_manifest_and_lock_figures_are_the_same(way, root, dice, capfd):
    """And the next build mends it. Of every other built file tests/measures holds the same."""
    told = figures(root)
    for name in (f"{BUILDS}/{whole_build(root)}/{MANIFEST}", POINTER, LOCK):
        way(root / HOME / name, dice)
        np.testing.assert_array_equal(figures(root), told, err_msg=f"{name} {way.__name__}")
        assert in_child(lambda: measures(["build"])) == 0, name
        calm(capfd.readouterr().err)
        np.testing.assert_array_equal(figures(root), told)
        assert whole_build(root)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_protected_dataset_is_shown_as_it_was_proved_or_not_at_all(way, example_root, tmp_path, dice, monkeypatch):
    values = Shelf(example_root).table(NAME).values
    hidden = np.isnan(values)
    names = [f"{PACKAGE}/protected/{name}" for name in ("table.parquet", "audit.json")]
    names.append("disclosure.toml")
    build = current_build(example_root).folder.relative_to(example_root)
    names += [str(build / name) for name in ("attack.json", "manifest.json", f"{NAME}/latest.parquet")]
    for number, name in enumerate(names):
        broken = its_own(example_root, tmp_path / f"broken{number}", monkeypatch)
        if name == "disclosure.toml":
            shutil.copyfile(PROJECT / "data" / name, broken / name)
        way(broken / name, dice)
        shelf = Shelf(broken)
        if shelf.readable(NAME):
            np.testing.assert_array_equal(shelf.table(NAME).values, values)
        assert shelf.readable("invented_residents"), "what is beside it goes on"
    assert hidden.any()
