"""A disk that is full or may not be written to: what stood there stands, and the maintainer is told why and what to do."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from disclosure.__main__ import main as disclosure
from layout.static_site.__main__ import main as static_site
from loaders.__main__ import main as asked
from loaders.cards.unpublished import RECORD
from loaders.commands import DONE, FAILED
from measures.__main__ import main as measures
from measures.store.shelf import Shelf
from tests.conftest import PACKAGE
from tests.disclosure.test_example import NAME
from tests.faults.conftest import its_own
from tests.faults.moments import calm, contents, figures, whole_build
from tests.forked import in_child
from tests.loaders.publisher import BEFORE, dataset, publisher, table

FULL, READ_ONLY = "No space left on device. Free some space", "Read-only file system. Mount the disk so that it can be"


@pytest.mark.parametrize("free", [0, 65_536, 131_072])
def test_a_build_on_a_full_disk_leaves_the_build_before(free, built_once, disk, monkeypatch, capfd):
    place = disk(2 << 20)
    root = its_own(built_once, place.folder / "data", monkeypatch)
    before, told, there = whole_build(root), figures(root), contents(root)
    place.fill(free)
    ending = in_child(lambda: measures(["build"]))
    said = calm(capfd.readouterr().err)
    if ending != DONE:
        assert ending == FAILED and FULL in said and len(said.splitlines()) == 1
        assert contents(root) == there and whole_build(root) == before
    assert free or ending == FAILED, "without any room it cannot have been built"
    np.testing.assert_array_equal(figures(root), told)
    place.clear()
    assert in_child(lambda: measures(["build"])) == DONE and whole_build(root) != before
    np.testing.assert_array_equal(figures(root), told)


def test_a_refresh_on_a_full_disk_leaves_the_release_before(disk, monkeypatch, capfd):
    place = disk(1 << 20)
    with publisher({"body": table(11)}) as answers:
        folder = dataset(place.folder / "data", answers.url, BEFORE)
        monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
        before = contents(folder)
        for free in (0, 4096):
            place.fill(free)
            assert in_child(lambda: asked(["refresh", "counts"])) == FAILED
            said = calm("".join(capfd.readouterr()))
            assert "free space" in said and "No space left on device. Free some space and run again." in said
            assert contents(folder) == before
        place.clear()
        assert in_child(lambda: asked(["refresh", "counts"])) == DONE


def test_a_protection_on_a_full_disk_leaves_what_was_proved_before_and_readers_go_on(
    example_root, disk, monkeypatch, capfd
):
    place = disk(4 << 20)
    root = its_own(example_root, place.folder / "data", monkeypatch)
    protected, told = contents(root / PACKAGE / "protected"), Shelf(root).table(NAME).values
    protect = other_counts(root)
    place.fill(0)
    assert in_child(protect) == FAILED
    assert FULL in calm(capfd.readouterr().err)
    assert contents(root / PACKAGE / "protected") == protected
    np.testing.assert_array_equal(Shelf(root).table(NAME).values, told)


def other_counts(root: Path) -> Callable[[], int]:
    """Other counts in the publisher's file, and the command that protects them."""
    package = root / PACKAGE
    path, record = package / "invented_counts.csv", package / RECORD
    known, text = hashlib.sha256(path.read_bytes()).hexdigest(), path.read_text(encoding="utf-8")
    head, first, *rest = text.splitlines()
    area, month, count, *others = first.split(",")
    path.write_text("\n".join([head, ",".join([area, month, str(int(count) + 100), *others]), *rest]) + "\n")
    record.write_text(record.read_text().replace(known, hashlib.sha256(path.read_bytes()).hexdigest()))
    return lambda: disclosure(["protect", str(package)])


def test_a_static_site_on_a_full_disk_keeps_every_file_whole(root, disk, capfd):
    place = disk(1 << 20)
    site = place.folder / "site"
    site.mkdir()
    (site / "index.html").write_text("the site before", encoding="utf-8")
    place.fill(4096)
    assert in_child(lambda: static_site(["--to", str(site)])) == FAILED
    said = calm(capfd.readouterr().err)
    assert FULL in said and len(said.splitlines()) == 1
    assert contents(site) == {"index.html": b"the site before"}


def test_a_read_only_disk_is_read_as_ever_and_commands_say_what_it_is(built_once, disk, monkeypatch, capfd):
    place = disk(1 << 20)
    root = its_own(built_once, place.folder / "data", monkeypatch)
    told, there = figures(root), contents(root)
    with publisher({"body": table(11)}) as answers:
        other = dataset(place.folder / "other", answers.url, BEFORE)
        place.lock()
        assert in_child(lambda: measures(["build"])) == FAILED
        said = calm(capfd.readouterr().err)
        assert "the build cannot be written" in said and READ_ONLY in said and len(said.splitlines()) == 1
        monkeypatch.setenv("FIGURES_DATA", str(other.parents[2]))
        assert in_child(lambda: asked(["refresh"])) == FAILED
        assert READ_ONLY in calm("".join(capfd.readouterr()))
        np.testing.assert_array_equal(figures(root), told)
        assert in_child(lambda: int(not np.array_equal(figures(root), told, equal_nan=True))) == 0
        assert contents(root) == there
        place.unlock()
    monkeypatch.setenv("FIGURES_DATA", str(root))
    assert in_child(lambda: measures(["build"])) == DONE


def test_an_answer_that_nobody_can_take_down_is_one_line_and_no_damage(root, capfd):
    """The output of a command goes to a full disk."""
    before, there = whole_build(root), contents(root)

    def unheard() -> int:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
        sys.stdout = os.fdopen(1, "w", 1, closefd=False)
        return measures(["build"])

    assert in_child(unheard) == FAILED
    assert FULL in calm(capfd.readouterr().err)
    assert (whole_build(root), contents(root)) == (before, there)


def test_a_folder_that_is_not_there_any_more_builds_nothing_and_says_so(root, capfd):
    """A disk that was not mounted: the build before stands, and no empty one takes its place."""
    before, told = whole_build(root), figures(root)
    shutil.move(root / "open", root / "elsewhere")
    for work in (lambda: measures(["build"]), lambda: asked(["check"]), lambda: asked(["refresh"])):
        assert in_child(work) == FAILED
        assert "holds no published file" in calm(capfd.readouterr().err)
    assert whole_build(root) == before
    shutil.move(root / "elsewhere", root / "open")
    np.testing.assert_array_equal(figures(root), told)
