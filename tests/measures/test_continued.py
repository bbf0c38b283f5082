"""A dataset that breaks under a running server goes on from what was read, keeps nothing else back, and is tried again by itself."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import numpy as np
import pytest

from bench.simulated.place import Size, write_place
from disclosure import walk
from loaders import SourceError
from measures.about.register import systems_of
from measures.build import build
from measures.claims.claim import claims_of
from measures.figures.compute import Query, compute
from measures.store import reload
from measures.store import shelf as shelves
from measures.store.continued import take_up, unread
from measures.store.reload import stamp
from measures.store.shelf import Shelf
from tests.measures.clock import Looked

QUERY = Query("simulated", "simulated_counts", ("area_001", "whole"), "group_01", "rate")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory) -> Path:
    root = write_place(tmp_path_factory.mktemp("continued") / "data", Size(areas=4, types=25, months=36))
    assert build(root) == 0
    return root


@pytest.fixture
def root(built_once, tmp_path) -> Path:
    shutil.copytree(built_once, tmp_path / "data")
    return tmp_path / "data"


def taken_up(root: Path, before: Shelf | None = None) -> Shelf:
    shelf = Shelf(root)
    take_up(shelf, before)
    return shelf


def folder(root: Path, dataset: str = "counts") -> Path:
    return root / "open" / "simulated" / dataset


def cut_off(root: Path) -> None:
    path = folder(root) / "counts.csv"
    path.write_bytes(path.read_bytes()[:-200])


def card_spoilt(root: Path) -> None:
    (folder(root) / "source.toml").write_text('name = "counts', encoding="utf-8")


def file_gone(root: Path) -> None:
    (folder(root) / "counts.csv").unlink()


def categories_spoilt(root: Path) -> None:
    (folder(root) / "categories.csv").write_text("nothing\n", encoding="utf-8")


def another(root: Path) -> None:
    """A dataset more, of residents again."""
    shutil.copytree(folder(root, "residents"), folder(root, "more"))
    card = folder(root, "more") / "source.toml"
    card.write_text(card.read_text().replace('name = "residents"', 'name = "more"'), encoding="utf-8")


BROKEN = (cut_off, card_spoilt, file_gone, categories_spoilt)


@pytest.mark.parametrize("spoil", BROKEN, ids=lambda one: one.__name__)
def test_figures_that_were_read_go_on_and_the_log_tells(spoil, root, capsys):
    before = taken_up(root)
    told = compute(QUERY, before).table
    spoil(root)
    after = taken_up(root, before)
    assert after.working("simulated_counts") and not after.faults
    np.testing.assert_array_equal(compute(QUERY, after).table["value"], told["value"])
    assert capsys.readouterr().err.splitlines()[0] == "counts cannot be read any more; what was read before goes on."
    again = taken_up(root, after)
    assert again.table("counts") is before.table("counts"), "and so at the next change of something else"
    assert capsys.readouterr().err == "", "told once"


@pytest.mark.parametrize("spoil", BROKEN, ids=lambda one: one.__name__)
def test_a_server_that_starts_now_has_nothing_to_go_on_from(spoil, root):
    spoil(root)
    after = taken_up(root)
    assert not after.readable("counts") and after.readable("residents")


def test_a_mended_dataset_is_read_anew(root):
    before = taken_up(root)
    text = (folder(root) / "counts.csv").read_bytes()
    cut_off(root)
    between = taken_up(root, before)
    assert unread(between) == {"counts"}
    (folder(root) / "counts.csv").write_bytes(text)
    after = taken_up(root, between)
    assert not unread(after) and after.table("counts") is not before.table("counts")


def test_a_dataset_that_was_taken_away_is_gone(root):
    another(root)
    before = taken_up(root)
    assert before.readable("more")
    shutil.rmtree(folder(root, "more"))
    after = taken_up(root, before)
    assert "more" not in after.cards and not unread(after)


def test_a_new_dataset_that_is_broken_keeps_nothing_else_from_being_taken_up(root, monkeypatch):
    before = taken_up(root)
    another(root)
    (folder(root, "more") / "residents.csv").write_bytes(b"no table")
    words = folder(root) / "source.toml"
    words.write_text(words.read_text().replace('en = "Free"', 'en = "Free of charge"'), encoding="utf-8")
    monkeypatch.setattr(shelves, "FILES_READ_NOW", (folder(root) / "counts.csv").stat().st_size)
    after = taken_up(root, before)
    assert set(after.faults) == {"more"}
    assert after.cards["counts"].licenses[0]["title"]["en"] == "Free of charge"
    assert after.table("counts") is not before.table("counts")


def test_a_fault_of_ours_in_one_dataset_is_that_datasets_alone(root, monkeypatch):
    real = Shelf.prepare

    def broken(shelf, dataset, release="latest"):
        if dataset == "counts":
            raise ZeroDivisionError("nobody thought of it")
        return real(shelf, dataset, release)

    shutil.rmtree(root / "built")
    monkeypatch.setattr(Shelf, "prepare", broken)
    shelf = taken_up(root)
    assert set(shelf.faults) == {"counts"} and "ZeroDivisionError" in str(shelf.faults["counts"])


def test_a_disk_that_fails_is_a_fault_of_the_dataset_and_no_broken_page(root, monkeypatch):
    def failing(*_):
        raise OSError(errno.EMFILE, "Too many open files")

    shutil.rmtree(root / "built")
    monkeypatch.setattr(walk, "read_release", failing)
    shelf = Shelf(root)
    assert not shelf.readable("counts")
    with pytest.raises(SourceError, match="Too many open files"):
        shelf.table("counts")


def test_what_failed_for_a_second_is_tried_again_though_nothing_has_changed(root, monkeypatch):
    real, fails = walk.read_release, [True]

    def reading(*arguments):
        if fails[0]:
            raise OSError(errno.EIO, "Input/output error")
        return real(*arguments)

    shutil.rmtree(root / "built")
    monkeypatch.setattr(walk, "read_release", reading)
    kept = Looked(root, monkeypatch)
    first = kept.after(0)
    assert not first.readable("counts")
    assert kept.after(reload.AGAIN / 2) is first
    assert kept.after(reload.AGAIN) is first, "it fails still, so nothing is gained by another shelf"
    fails[0] = False
    assert kept.after(reload.AGAIN) is first, "after each failure it waits twice as long"
    mended = kept.after(reload.AGAIN)
    assert mended is not first and mended.readable("counts")
    assert kept.after(reload.AT_MOST) is mended, "and then no more"


def test_a_folder_that_could_not_be_opened_for_a_second_is_tried_again(root, monkeypatch, capsys):
    fails = [False]

    def make(folder):
        if fails[0]:
            raise OSError(errno.EMFILE, "Too many open files")
        return Shelf(folder)

    kept = Looked(root, monkeypatch, make)
    first = kept.after(0)
    (folder(root) / "source.toml").touch()
    fails[0] = True
    for _ in range(3):
        assert kept.after(reload.AGAIN * 4) is first
    assert capsys.readouterr().err.count("Too many open files") == 1, "told once"
    fails[0] = False
    assert kept.after(reload.AT_MOST) is not first


def test_a_file_that_is_gone_for_a_second_is_noticed_when_it_is_back(root, monkeypatch):
    shutil.rmtree(root / "built")
    path, away = folder(root) / "counts.csv", root / "away.csv"
    path.rename(away)
    kept = Looked(root, monkeypatch)
    assert not kept.after(0).readable("counts")
    away.rename(path)
    assert kept.after(reload.SECONDS).readable("counts")


@pytest.mark.parametrize(
    "name",
    [
        "counts.csv",
        "categories.csv",
        "labels.csv",
        "indicators.csv",
        "source.toml",
        "protected/table.parquet",
        "deep/er.csv",
    ],
)
def test_everything_that_is_read_is_watched(name, root):
    path = folder(root) / name
    path.parent.mkdir(exist_ok=True)
    before = stamp(root)
    path.write_text("changed", encoding="utf-8")
    assert stamp(root) != before
    between = stamp(root)
    path.chmod(0o600)
    assert stamp(root) != between, "a right that was taken away leaves the date of writing as it was"


@pytest.mark.parametrize("name", ["refresh.toml", ".refresh/answer.csv", ".counts.csv.swp"])
def test_what_nobody_reads_is_not_watched(name, root):
    path = folder(root) / name
    path.parent.mkdir(exist_ok=True)
    before = stamp(root)
    path.write_text("changed", encoding="utf-8")
    assert stamp(root) == before


LISTS = {
    "shanghai_statements": (
        "indicators.csv",
        "indicator_map.csv",
        "labels.csv",
        "readings.csv",
        "stated_beside.csv",
        "tables.csv",
    ),
    "shanghai_systems": ("entries.csv", "statistics.csv", "places.csv", "labels.csv"),
}


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(("dataset", "name"), [(dataset, name) for dataset, names in LISTS.items() for name in names])
def test_a_list_beside_a_dataset_that_breaks_leaves_statements_and_register_as_they_were(dataset, name, served):
    """A column is lost, as when half a file was saved."""
    take_up(before := Shelf(served.root), None)
    told = str([claims_of(before, "shanghai_statements"), systems_of(before, "shanghai_systems")])
    path = served.card(dataset).folder / name
    path.write_text("code\nhalf a\n", encoding="utf-8")
    take_up(after := Shelf(served.root), before)
    assert str([claims_of(after, "shanghai_statements"), systems_of(after, "shanghai_systems")]) == told
    assert dataset in after.readings.continued and not after.faults
    take_up(fresh := Shelf(served.root), None)
    assert not fresh.readable(dataset)
