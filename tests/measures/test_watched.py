"""A running dashboard shows a new release without a restart, never half of one, and looks at the folder seldom."""

from __future__ import annotations

import os
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
from tests.loaders.publisher import dataset, publisher, table

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def swift(monkeypatch):
    monkeypatch.setattr(watched, "SECONDS", 0.02)


@pytest.fixture
def served(tmp_path):
    with publisher({"body": table(11)}) as answers:
        yield dataset(tmp_path / "data", answers.url, table(10))


def until(asked, seconds: float = 20):
    ends = time.monotonic() + seconds
    while not asked() and time.monotonic() < ends:
        time.sleep(0.03)
    return asked()


def refreshed(folder: Path):
    card = read_card(folder / "source.toml")
    return refresh(card, read_places(folder.parents[2], {card.name: card}, {})["invented"])


def test_a_new_release_is_shown_without_a_restart(served):
    root = served.parents[2]
    first = open_shelf(root)
    assert first.table("counts").periods[-1] == "2025-10"
    assert refreshed(served).state == "written"
    assert until(lambda: open_shelf(root) is not first)
    assert open_shelf(root).table("counts").periods[-1] == "2025-11"
    assert first.table("counts").periods[-1] == "2025-10"


def test_an_unchanged_folder_keeps_its_shelf(served):
    root = served.parents[2]
    first = open_shelf(root)
    time.sleep(0.1)
    assert all(open_shelf(root) is first for _ in range(20))


def test_a_folder_that_cannot_be_read_leaves_what_was_read_before(served):
    root = served.parents[2]
    first, place = open_shelf(root), root / "places" / "invented.toml"
    whole = place.read_text(encoding="utf-8")
    place.write_text("half a pla", encoding="utf-8")
    assert not until(lambda: open_shelf(root) is not first, 0.5)
    place.write_text(whole, encoding="utf-8")
    assert until(lambda: open_shelf(root) is not first)


def test_nothing_is_read_anew_while_a_build_is_at_work(served):
    root = served.parents[2]
    (root / "built").mkdir()
    (root / watched.BUILT).write_text("{}", encoding="utf-8")
    first = open_shelf(root)
    (root / watched.BUILT).unlink()
    (served / "source.toml").touch()
    assert not until(lambda: open_shelf(root) is not first, 0.4)
    (root / watched.BUILT).write_text('{"datasets": {}}', encoding="utf-8")
    assert until(lambda: open_shelf(root) is not first)


def test_a_look_is_taken_every_few_seconds_at_most_and_costs_little(served, monkeypatch):
    root = served.parents[2]
    looks = []
    monkeypatch.setattr(watched, "SECONDS", 5.0)
    kept = Watched(root, Shelf, lambda shelf: None)
    monkeypatch.setattr(watched, "stamp", lambda folder: looks.append(folder) or stamp(folder))
    began = time.perf_counter()
    for _ in range(10_000):
        kept.now()
    assert looks == []
    assert time.perf_counter() - began < 0.5


SERVING = """
import sys, time
from measures import watched
watched.SECONDS = 0.05
from measures.shelf import open_shelf
while True:
    print(open_shelf().table("counts").periods[-1], flush=True)
    time.sleep(0.05)
"""


def test_another_process_that_serves_sees_the_release_that_the_command_wrote(served):
    environment = {**os.environ, "FIGURES_DATA": str(served.parents[2])}
    serving = subprocess.Popen([sys.executable, "-c", SERVING], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert serving.stdout.readline().strip() == "2025-10"
        assert subprocess.run([sys.executable, "-m", "loaders", "refresh", "counts"], cwd=PROJECT, env=environment).returncode == 0
        said: set[str] = set()
        until(lambda: said.add(serving.stdout.readline().strip()) or "2025-11" in said, 30)
        assert "2025-11" in said
        assert said <= {"2025-10", "2025-11"}
    finally:
        serving.kill()
        serving.communicate()


WEB = "import sys, routes.application, routes.extract, layout, charts, measures.compute; sys.exit(any(one in sys.modules for one in ('loaders.fetch', 'loaders.received', 'loaders.refresh')))"


def test_the_web_side_never_fetches():
    assert subprocess.run([sys.executable, "-c", WEB], cwd=PROJECT).returncode == 0
    sources = [PROJECT / "app.py", *(PROJECT / "pages").glob("*.py")]
    assert not [path.name for path in sources if "httpx" in path.read_text(encoding="utf-8")]
