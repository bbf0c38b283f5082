"""A running dashboard shows a new release without a restart, never half of one, and looks at the folder seldom."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders import read_card, read_places
from loaders.refresh.dataset import Options, refresh
from measures.store import reload
from measures.store.new_build import new_build
from measures.store.reload import stamp
from measures.store.shelf import open_shelf
from tests.forked import Forked, command
from tests.loaders.publisher import dataset, publisher, table
from tests.measures.clock import Looked
from tests.waiting import LONGEST, until

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def served(tmp_path):
    with publisher({"body": table(11)}) as answers:
        yield dataset(tmp_path / "data", answers.url, table(10))


def refreshed(folder: Path):
    card = read_card(folder / "source.toml")
    return refresh(card, read_places(folder.parents[2], {card.name: card}, {})["invented"], Options())


def test_a_new_release_is_shown_without_a_restart(served, monkeypatch):
    monkeypatch.setattr(reload, "SECONDS", 0.02)
    root = served.parents[2]
    first = open_shelf(root)
    assert first.table("counts").periods[-1] == "2025-10"
    assert refreshed(served).state == "written"
    until(lambda: open_shelf(root) is not first)
    assert open_shelf(root).table("counts").periods[-1] == "2025-11"
    assert first.table("counts").periods[-1] == "2025-10"


def test_an_unchanged_folder_keeps_its_shelf(served, monkeypatch):
    kept = Looked(served.parents[2], monkeypatch)
    first = kept.after(0)
    assert all(kept.after(reload.SECONDS) is first for _ in range(20))


def test_a_folder_that_cannot_be_read_leaves_what_was_read_before(served, monkeypatch, capsys):
    root = served.parents[2]
    kept, place = Looked(root, monkeypatch), root / "places" / "invented.toml"
    first, whole = kept.after(0), place.read_text(encoding="utf-8")
    place.write_text("half a pla", encoding="utf-8")
    assert kept.after(reload.SECONDS) is first
    assert "what was read before goes on serving" in capsys.readouterr().err
    place.write_text(whole, encoding="utf-8")
    assert kept.after(reload.SECONDS) is not first


def test_a_build_at_work_changes_nothing_and_a_finished_one_is_taken_up(served, monkeypatch):
    root = served.parents[2]
    kept = Looked(root, monkeypatch)
    first = kept.after(0)
    with new_build(root) as build:
        build.write_text("attack.json", "{}")
        assert kept.after(reload.SECONDS) is first
    after = kept.after(reload.SECONDS)
    assert after is not first and after.built.folder == build.folder
    with pytest.raises(KeyError), new_build(root) as build:
        build.write_text("attack.json", "{}")
        raise KeyError("a build that fails")
    assert kept.after(reload.SECONDS) is after


def test_a_look_is_taken_every_few_seconds_at_most(served, monkeypatch):
    looks = []
    kept = Looked(served.parents[2], monkeypatch)
    monkeypatch.setattr(reload, "stamp", lambda folder: looks.append(folder) or stamp(folder))
    for _ in range(10_000):
        kept.after(reload.SECONDS / 10_001)
    assert looks == []
    kept.after(reload.SECONDS / 5_000)
    assert len(looks) == 1


def serving() -> None:
    """Print the newest period again and again, as a process that serves would show it."""
    reload.SECONDS = 0.05
    while True:
        print(open_shelf().table("counts").periods[-1], flush=True)
        time.sleep(0.05)


def test_another_process_that_serves_sees_the_release_that_the_command_wrote(served):
    process = Forked(served.parents[2], serving)
    try:
        until(lambda: "2025-10\n" in process.printed(), process.alive)
        assert Forked(served.parents[2], command, "refresh", "counts").ended() == 0
        until(lambda: "2025-11\n" in process.printed(), process.alive)
        shown = [line for line in process.printed().splitlines()[:-1] if line[:1].isdigit()]
        assert shown and set(shown) <= {"2025-10", "2025-11"}
    finally:
        process.kill()


WEB = "import sys, routes.application, routes.data, layout, charts, measures.figures.compute; sys.exit(any(one in sys.modules for one in ('loaders.refresh.download', 'loaders.refresh.response', 'loaders.refresh.command')))"


def test_the_web_side_never_fetches():
    assert subprocess.run([sys.executable, "-c", WEB], cwd=PROJECT, timeout=LONGEST).returncode == 0
    sources = [PROJECT / "app.py", *(PROJECT / "pages").glob("*.py")]
    assert not [path.name for path in sources if "httpx" in path.read_text(encoding="utf-8")]
