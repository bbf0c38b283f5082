"""A running dashboard shows a new release without a restart, never half of one, and looks at the folder seldom."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders import read_card, read_places
from loaders.refresh import refresh
from measures import watched
from measures.shelf import Shelf, open_shelf
from measures.watched import Watched, stamp
from tests.forked import Forked, command
from tests.loaders.publisher import dataset, publisher, table
from tests.waiting import until

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def swift(monkeypatch):
    monkeypatch.setattr(watched, "SECONDS", 0.02)


@pytest.fixture
def served(tmp_path):
    with publisher({"body": table(11)}) as answers:
        yield dataset(tmp_path / "data", answers.url, table(10))


@pytest.fixture
def looks(monkeypatch):
    """Every look that is taken at a data folder, in order; a look is asked for until it is taken, not waited for."""
    taken = []
    monkeypatch.setattr(watched, "stamp", lambda folder: taken.append(folder) or stamp(folder))
    return taken


def looked(looks: list, root: Path, times: int = 3) -> None:
    """The shelf was asked for until so many more looks were taken."""
    wanted = len(looks) + times
    until(lambda: open_shelf(root) and len(looks) >= wanted)


def refreshed(folder: Path):
    card = read_card(folder / "source.toml")
    return refresh(card, read_places(folder.parents[2], {card.name: card}, {})["invented"])


def test_a_new_release_is_shown_without_a_restart(served):
    root = served.parents[2]
    first = open_shelf(root)
    assert first.table("counts").periods[-1] == "2025-10"
    assert refreshed(served).state == "written"
    until(lambda: open_shelf(root) is not first)
    assert open_shelf(root).table("counts").periods[-1] == "2025-11"
    assert first.table("counts").periods[-1] == "2025-10"


def test_an_unchanged_folder_keeps_its_shelf(served, looks):
    root = served.parents[2]
    first = open_shelf(root)
    looked(looks, root)
    assert open_shelf(root) is first


def test_a_folder_that_cannot_be_read_leaves_what_was_read_before(served, looks, capsys):
    root = served.parents[2]
    first, place = open_shelf(root), root / "places" / "invented.toml"
    whole = place.read_text(encoding="utf-8")
    place.write_text("half a pla", encoding="utf-8")
    until(lambda: open_shelf(root) and "cannot be read" in capsys.readouterr().err)
    looked(looks, root)
    assert open_shelf(root) is first
    place.write_text(whole, encoding="utf-8")
    until(lambda: open_shelf(root) is not first)


def test_nothing_is_read_anew_while_a_build_is_at_work(served, looks):
    root = served.parents[2]
    (root / "built").mkdir()
    (root / watched.BUILT).write_text("{}", encoding="utf-8")
    first = open_shelf(root)
    (root / watched.BUILT).unlink()
    (served / "source.toml").touch()
    looked(looks, root)
    assert open_shelf(root) is first
    (root / watched.BUILT).write_text('{"datasets": {}}', encoding="utf-8")
    until(lambda: open_shelf(root) is not first)


def test_a_look_is_taken_every_few_seconds_at_most(served, looks, monkeypatch):
    root = served.parents[2]
    monkeypatch.setattr(watched, "SECONDS", 10_000.0)
    kept = Watched(root, Shelf, lambda shelf: None)
    looks.clear()
    assert all(kept.now() for _ in range(10_000))
    assert looks == []
    monkeypatch.setattr(watched, "SECONDS", 0.0)
    kept.now()
    assert looks == [root]


def serving() -> None:
    """Print the newest period again and again, as a process that serves would show it."""
    watched.SECONDS = 0.05
    while True:
        print(open_shelf().table("counts").periods[-1], flush=True)
        time.sleep(0.05)


def test_another_process_that_serves_sees_the_release_that_the_command_wrote(served):
    process = Forked(served.parents[2], serving)
    try:
        until(lambda: "2025-10\n" in process.printed(), process.alive)
        assert Forked(served.parents[2], command, "refresh", "counts").ended() == 0
        until(lambda: "2025-11\n" in process.printed(), process.alive)
        assert set(process.printed().splitlines()[:-1]) <= {"2025-10", "2025-11"}
    finally:
        process.kill()


WEB = "import sys, routes.application, routes.extract, layout, charts, measures.compute; sys.exit(any(one in sys.modules for one in ('loaders.fetch', 'loaders.received', 'loaders.refresh')))"


def test_the_web_side_never_fetches():
    assert subprocess.run([sys.executable, "-c", WEB], cwd=PROJECT).returncode == 0
    sources = [PROJECT / "app.py", *(PROJECT / "pages").glob("*.py")]
    assert not [path.name for path in sources if "httpx" in path.read_text(encoding="utf-8")]
