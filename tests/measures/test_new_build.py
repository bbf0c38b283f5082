"""A build is whole or not there: killed, doubled, out of disk or out of rights, readers keep the build before it."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench.simulated.place import Size, write_place
from disclosure import builds
from disclosure.builds import BUILDS, HOME, LISTED, POINTER, current_build, pointer_of
from loaders.commands import DONE, MISUSED, WAITS
from measures.__main__ import main
from measures.about.published_views import write_publications
from measures.build import build
from measures.figures.compute import Query, compute
from measures.store import new_build as new_builds
from measures.store.inputs import build_is_stale
from measures.store.new_build import AnotherBuild, new_build
from measures.store.shelf import Shelf
from tests.forked import begun, ended, in_child

SIZE = Size(areas=3, types=4, months=26)
QUERY = Query("simulated", "simulated_counts", ("area_001", "whole"), "group_01", "rolling_rate")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory) -> Path:
    root = write_place(tmp_path_factory.mktemp("builds") / "data", SIZE)
    assert build(root) == 0
    return root


@pytest.fixture
def root(built_once, tmp_path, monkeypatch) -> Path:
    shutil.copytree(built_once, tmp_path / "data")
    monkeypatch.setenv("FIGURES_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def whole(root: Path) -> str:
    """The name of the build that a reader gets, every file of which is the one that was written."""
    found = current_build(root)
    assert found.folder is not None and found.files
    assert all(found.path(name) for name in found.files)
    return found.folder.name


def figures(root: Path):
    return compute(QUERY, Shelf(root)).table["value"].to_numpy()


def folders(root: Path) -> set[str]:
    return {path.name for path in (root / HOME / BUILDS).iterdir()}


def each_step(act: Callable[[int], object]) -> None:
    """Let ``act`` know, with a number, before each step of this process that touches the disk for good."""
    done = [0]

    def watched(real):
        def call(*arguments):
            done[0] += 1
            act(done[0])
            return real(*arguments)

        return call

    os.fsync, os.replace = watched(os.fsync), watched(os.replace)
    new_builds.hash_and_size = watched(builds.hash_and_size)


def steps_of(root: Path) -> int:
    """How many such steps a build has."""
    reading, writing = os.pipe()

    def count():
        each_step(lambda number: os.write(writing, b"."))
        build(root)

    assert in_child(count) == 0
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        return len(said.read())


def test_a_build_killed_at_any_step_leaves_readers_the_build_before_or_the_whole_new_one(root):
    steps = steps_of(root)
    before, told = whole(root), figures(root)
    moments = sorted({*range(1, steps - 10, 4), *range(steps - 10, steps + 1)})
    assert steps > 20 and len(moments) > 12
    left = []
    for moment in moments:

        def killed(moment=moment):
            each_step(lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == moment else None)
            build(root)

        assert in_child(killed) == -signal.SIGKILL
        left.append(whole(root) == before)
        np.testing.assert_array_equal(figures(root), told)
    assert left[:-1] == [True] * (len(left) - 1) and not left[-1], (
        "only the last step comes after the pointer was changed"
    )


def test_what_killed_builds_left_is_cleared_away_by_the_next_one(root):
    def killed():
        each_step(lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == 9 else None)
        build(root)

    before = whole(root)
    assert in_child(killed) == -signal.SIGKILL
    assert len(folders(root)) > 1
    assert build(root) == 0
    assert folders(root) == {before, whole(root)}


def test_a_build_that_breaks_in_the_middle_leaves_nothing(root, monkeypatch):
    before, there = whole(root), folders(root)

    def broken(shelf):
        raise KeyError("a fault of ours")

    monkeypatch.setattr("measures.build.write_publications", broken)
    with pytest.raises(KeyError):
        build(root)
    assert (whole(root), folders(root)) == (before, there)


def test_an_interruption_after_the_pointer_was_changed_keeps_the_new_build(root, monkeypatch):
    before = whole(root)

    def interrupted(path, real=new_builds.sync_to_disk):
        real(path)
        if path.name == HOME:
            raise KeyboardInterrupt

    monkeypatch.setattr(new_builds, "sync_to_disk", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(root)
    assert whole(root) != before


def test_a_reader_during_a_build_sees_one_whole_build(root):
    """The build waits before each of its steps until the reader has read everything anew."""
    before = whole(root)
    asked, asking = os.pipe()
    waiting, answer = os.pipe()

    def held():
        os.close(asked)
        os.close(answer)

        def wait(_):
            os.write(asking, b".")
            os.read(waiting, 1)

        each_step(wait)
        build(root)

    child = begun(held)
    os.close(asking)
    os.close(waiting)
    seen = []
    while os.read(asked, 1):
        seen.append(whole(root))
        os.write(answer, b".")
    assert ended(child) == 0
    os.close(asked)
    os.close(answer)
    after = whole(root)
    assert after != before and set(seen) == {before, after} and seen == sorted(seen, key=[before, after].index)


def test_a_second_build_at_the_same_time_is_refused_with_a_sentence(root, capsys):
    with new_build(root) as first:
        first.write_text(LISTED, "{}")
        with pytest.raises(AnotherBuild, match="being built by another run"):
            build(root)
        assert main(["build"]) == WAITS
        assert in_child(lambda: main(["build"])) == WAITS
        assert "Wait for it to end" in capsys.readouterr().err
    assert main(["build"]) == 0


@pytest.mark.parametrize("room", [1000, 3000, 12_000])
def test_a_full_disk_leaves_the_build_before_and_is_said(room, root, capfd):
    """A file may grow to so many bytes: too few for the first, enough for some, for all but the largest."""
    import resource

    before, there = whole(root), folders(root)

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        return main(["build"])

    assert in_child(full) == 1
    assert "cannot be written" in capfd.readouterr().err
    assert (whole(root), folders(root)) == (before, there)


def test_a_server_needs_no_right_to_write_and_a_build_without_it_says_so(built_once, capfd):
    home = Path(tempfile.mkdtemp(prefix="read-only-"))
    root = home / "data"
    shutil.copytree(built_once, root)
    told = figures(root)

    def unprivileged():
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        try:
            (root / HOME / "new").touch()
        except PermissionError:
            np.testing.assert_array_equal(figures(root), told)
            assert whole(root)
            return main(["build"])
        return 98

    try:
        os.environ["FIGURES_DATA"] = str(root)
        for path in (home, root, *root.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert in_child(unprivileged) == 1
        assert "cannot be written" in capfd.readouterr().err
    finally:
        del os.environ["FIGURES_DATA"]
        for path in (home, root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(home)


def test_the_build_before_stays_and_older_ones_go_when_nobody_reads_them(root):
    first = Shelf(root)
    names = [whole(root)]
    for _ in range(3):
        assert in_child(lambda: build(root)) == 0
        names.append(whole(root))
    assert folders(root) == {names[0], names[2], names[3]}, "the first one is still read"
    assert first.table("counts").periods, "and every part of it can be"
    assert first.built.folder.name == names[0]
    del first
    assert in_child(lambda: build(root)) == 0
    assert folders(root) == {names[3], whole(root)}


def test_what_an_older_version_left_is_cleared_away(root):
    (root / HOME / "counts").mkdir()
    (root / HOME / "counts" / "latest.parquet").write_bytes(b"old")
    (root / HOME / "attack.json").write_text("{}")
    assert build(root) == 0
    assert {path.name for path in (root / HOME).iterdir()} == {BUILDS, POINTER, new_builds.LOCK}


@pytest.mark.parametrize("text", ["", "no build\n", "../../open 0\n", f"20000101T000000-0 {'0' * 64}\n", "\udcff"])
def test_a_pointer_that_leads_nowhere_counts_as_nothing_built_and_is_told(text, root, capsys):
    told = figures(root)
    (root / HOME / POINTER).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert current_build(root).folder is None
    np.testing.assert_array_equal(figures(root), told)
    assert POINTER in capsys.readouterr().err
    assert build(root) == 0 and whole(root)


def test_a_manifest_that_was_changed_counts_as_nothing_built(root, capsys):
    folder = current_build(root).folder
    text = (folder / builds.MANIFEST).read_text()
    (folder / builds.MANIFEST).write_text(text.replace('"faults": 0', '"faults": 1'))
    assert current_build(root).folder is None
    assert "not the one that the build wrote" in capsys.readouterr().err
    assert pointer_of(root) is not None


def test_make_builds_only_what_does_not_fit_any_more(root, capsys):
    """By content, so that a file that is only touched costs nothing."""
    name = whole(root)
    assert main(["build", "--if-stale"]) == 0 and whole(root) == name
    card = root / "open" / "simulated" / "counts" / "source.toml"
    card.touch()
    assert main(["build", "--if-stale"]) == 0 and whole(root) == name
    card.write_text(card.read_text() + "\n# a word\n")
    assert main(["build", "--if-stale"]) == 0 and whole(root) != name
    name = whole(root)
    os.truncate(current_build(root).folder / "counts" / "latest.parquet", 100)
    assert main(["build", "--if-stale"]) == 0 and whole(root) != name
    (root / HOME / POINTER).unlink()
    assert main(["build", "--if-stale"]) == 0 and whole(root)


def test_what_changes_while_a_build_is_at_work_is_built_by_the_next_one(root, monkeypatch):
    card = root / "open" / "simulated" / "counts" / "source.toml"

    def meanwhile(shelf, real=write_publications):
        card.write_text(card.read_text() + "\n# a word\n")
        real(shelf)

    monkeypatch.setattr("measures.build.write_publications", meanwhile)
    assert build(root) == 0
    monkeypatch.undo()
    assert build_is_stale(root)
    assert build(root) == 0 and not build_is_stale(root)


def test_a_build_with_a_faulty_dataset_names_it_at_the_end_every_time(root, capsys):
    card = root / "open" / "simulated" / "residents" / "source.toml"
    card.write_text(card.read_text().replace("simulated", "nowhere", 1).replace('kind = "', 'kind = "x', 1))
    for words in (["build"], ["build", "--if-stale"]):
        assert main(words) == WAITS
        said = capsys.readouterr()
        assert "residents" in said.err.splitlines()[0] and "1 file(s) cannot be shown" in said.err.splitlines()[-1]
        assert "faulty." in said.out.splitlines()[-1]


def test_help_is_given_and_other_words_are_not_understood(capsys):
    for words, status, said in (
        (["--help"], DONE, "--help"),
        (["build", "--help"], DONE, "--if-stale"),
        ([], MISUSED, "usage"),
        (["shew"], MISUSED, "usage"),
    ):
        ending = main(words)
        written = capsys.readouterr()
        assert ending == status and said in written.out + written.err
