"""Whatever a publisher's server does, and whatever lies in the folder: the old release serves, and the command says in words what was wrong."""

from __future__ import annotations

import gzip
import os
import pty
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from loaders import read_card
from loaders.refresh import commit_release
from tests.loaders import writers
from tests.loaders.publisher import (
    BEFORE,
    LATER,
    SWIFT,
    changes_nothing,
    everything,
    publisher,
    readable,
    releases,
    run,
    table,
)

PROJECT = Path(__file__).resolve().parents[2]
PACKED = {"Content-Encoding": "gzip"}
BOMB = gzip.compress(bytes(60 << 20))
TOMORROW = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)


def to(location: str) -> dict:
    return {"status": 302, "headers": {"Location": location}}


HOSTILE = {
    "the same host at another port": (to("http://127.0.0.1:9/counts.csv"), "sends to another host"),
    "https at an unusual port": (to("https://127.0.0.1:8443/counts.csv"), "sends to another host"),
    "a file": (to("file:///etc/passwd"), "sends to another host"),
    "a password in a redirect": (
        lambda asked, _: to(f"http://me:secret@{asked['Host']}/counts.csv"),
        "sends to another host",
    ),
    "a redirect to no address": (to("http://[::1"), "did not answer"),
    "a redirect to nowhere": ({"status": 302}, "answers with an error"),
    "sixty megabytes in sixty kilobytes": ({"body": BOMB, "headers": PACKED}, "answers with too much"),
    "packed twice": (
        {"body": gzip.compress(BOMB), "headers": {"Content-Encoding": "gzip, gzip"}},
        "answers in a compression that was not asked for",
    ),
    "packed otherwise": (
        {"body": b"x", "headers": {"Content-Encoding": "br"}},
        "answers in a compression that was not asked for",
    ),
    "a packed answer that ends early": (
        {"body": gzip.compress(table(11))[:-9], "headers": PACKED},
        "an answer that ends too early",
    ),
    "a packed answer that goes on": (
        {"body": gzip.compress(table(11)) * 2, "headers": PACKED},
        "goes on after its end",
    ),
    "packed, and it is not": ({"body": table(11), "headers": PACKED}, "cannot be decompressed"),
    "a picture": ({"body": table(11), "headers": {"Content-Type": "image/png"}}, "answers with no table"),
    "a document": ({"body": table(11), "headers": {"Content-Type": "application/pdf"}}, "answers with no table"),
    "a document called a table": ({"body": b"%PDF-1.7\n" + table(11)}, "answers in another format"),
    "JSON instead of CSV": ({"body": b'{"error": "try later"}'}, "answers in another format"),
    "a workbook instead of CSV": ({"body": writers.as_xlsx([["area"], ["x"]])}, "answers in another format"),
    "nothing at all": ({"body": b""}, "the file is empty"),
    "not modified, which was not asked": ({"status": 304, "headers": {"Content-Length": "0"}}, "answers with an error"),
    "a part of it": ({"status": 206, "body": table(11)}, "answers with an error"),
    "come again in an hour": ({"status": 429, "headers": {"Retry-After": "3600"}}, "asks to come again later"),
    "come again tomorrow": ({"status": 503, "headers": {"Retry-After": TOMORROW}}, "asks to come again later"),
    "headings that drip": (
        {"raw": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 5000, "piece": 1, "wait": 0.05},
        "answers too slowly",
    ),
    "no HTTP": ({"raw": b"SSH-2.0-OpenSSH_9.6\r\n"}, "did not answer"),
    "a chunk longer than it says": (
        {"raw": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\narea,kind\r\n0\r\n\r\n"},
        "did not answer",
    ),
    "two lengths": (
        {"raw": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\narea,kind"},
        "did not answer",
    ),
}


@pytest.mark.parametrize(("turn", "fault"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_leaves_every_byte_of_the_folder_as_it_was(made, turn, fault):
    changes_nothing(made, turn, fault)


def test_a_redirect_from_one_server_to_another_on_the_same_machine_is_not_followed(made):
    with publisher({"body": table(11)}) as other:
        _, folder = made(to(other.url))
        assert run(folder).state == "failed"
        assert other.requests == []


def test_a_packed_answer_is_kept_unpacked(made):
    _, folder = made({"body": gzip.compress(table(11)), "headers": {**PACKED, **LATER}})
    assert run(folder).state == "written"
    assert (folder / "counts_2026-03-02.csv").read_bytes() == table(11)


def test_pauses_grow_and_are_bounded(made):
    answers, folder = made({"status": 500})
    run(folder, replace(SWIFT, attempts=5, pause=0.05, longest_pause=0.15))
    gaps = [later - earlier for earlier, later in zip(answers.times, answers.times[1:], strict=False)]
    assert len(gaps) == 4
    assert all(gap >= least for gap, least in zip(gaps, (0.05, 0.1, 0.15, 0.15), strict=True))


@pytest.mark.parametrize("etag", ['"caf\xe9"', '"' + "x" * 900 + '"'])
def test_what_cannot_be_sent_back_is_not_remembered(made, etag):
    answers, folder = made({"body": table(11), "headers": {**LATER, "ETag": etag}})
    assert run(folder).state == "written"
    assert run(folder).state == "unchanged"
    assert "If-None-Match" not in answers.requests[1][1]
    assert answers.requests[1][1]["If-Modified-Since"] == LATER["Last-Modified"]


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 02 Mar 2099 08:00:00 GMT",
        "yesterday",
        "Mon, 02 Mar 2026 08:00:00 +9999999999",
        "Thu, 01 Jan 1970 00:00:00 GMT",
    ],
)
def test_a_date_that_cannot_be_is_replaced_by_today_marked_as_approximate(made, date):
    _, folder = made({"body": table(11), "headers": {"Last-Modified": date}})
    assert run(folder).state == "written"
    assert read_card(folder / "source.toml").latest.about


def test_a_name_that_the_publisher_gives_the_file_is_never_used(made):
    said = {"Content-Disposition": 'attachment; filename="../../../evil.csv"', **LATER}
    _, folder = made({"body": table(11), "headers": said})
    run(folder)
    assert releases(folder)[-1] == "counts_2026-03-02.csv"
    assert not list(folder.parents[2].rglob("evil*"))


def test_a_file_that_no_card_names_yet_is_not_written_over(made):
    _, folder = made({"body": table(11), "headers": LATER})
    mine = folder / "counts_2026-03-02.csv"
    mine.write_bytes(b"put here by hand")
    (folder / "counts_2026-03-02-2.csv").symlink_to(folder / "elsewhere.csv")
    assert run(folder).state == "written"
    assert mine.read_bytes() == b"put here by hand"
    assert not (folder / "elsewhere.csv").exists()
    assert releases(folder)[-1] == "counts_2026-03-02-3.csv"


def test_a_file_put_in_place_of_one_that_a_killed_run_left_is_kept(made):
    _, folder = made({"body": table(11), "headers": LATER})
    (folder / ".refresh").mkdir()
    (folder / ".refresh" / "pending").write_text(f"counts_2026-03-02.csv {'0' * 64}", encoding="utf-8")
    (folder / "counts_2026-03-02.csv").write_bytes(b"put here by hand")
    assert run(folder).state == "written"
    assert (folder / "counts_2026-03-02.csv").read_bytes() == b"put here by hand"


@pytest.mark.parametrize(
    "name", ["../../places/invented.toml", "source.toml", "categories.csv", "counts_2025-12.csv", ""]
)
def test_what_a_forged_note_names_is_not_taken_away(made, name):
    _, folder = made({"body": BEFORE})
    before = {path: path.read_bytes() for path in folder.parents[2].rglob("*") if path.is_file()}
    (folder / ".refresh").mkdir()
    (folder / ".refresh" / "pending").write_text(f"{name} {'0' * 64}", encoding="utf-8")
    run(folder)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("links", [True, False], ids=["a disk with hard links", "a disk without them"])
@pytest.mark.parametrize("theirs", [b"somebody's own", b""])
def test_a_file_that_appears_while_the_command_runs_is_never_written_over(made, monkeypatch, theirs, links):
    """It comes after the last look at the folder: just before the new file gets its name."""
    _, folder = made({"body": table(11), "headers": LATER})
    card, appeared = (folder / "source.toml").read_bytes(), folder / "counts_2026-03-02.csv"
    settled, linked = commit_release.write_whole, os.link

    def write(path, text):
        settled(path, text)
        if path.name == commit_release.PENDING:
            appeared.write_bytes(theirs)

    def link(written, target):
        if not links:
            raise PermissionError("no hard links here")
        linked(written, target)

    monkeypatch.setattr(commit_release, "write_whole", write)
    monkeypatch.setattr(os, "link", link)
    outcome = run(folder)
    assert outcome.state == "failed" and "has appeared while the command ran" in outcome.lines[0]
    assert appeared.read_bytes() == theirs
    assert (folder / "source.toml").read_bytes() == card
    appeared.unlink()
    monkeypatch.setattr(commit_release, "write_whole", settled)
    assert run(folder).state == "written", "and on such a disk a release is written all the same"


def test_a_link_in_the_place_of_the_commands_folder_is_not_followed(made, tmp_path):
    _, folder = made({"body": table(11)})
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "precious").write_text("x", encoding="utf-8")
    (folder / ".refresh").symlink_to(tmp_path / "away")
    outcome = run(folder)
    assert outcome.state == "failed"
    assert "is a link" in outcome.lines[0]
    assert [one.name for one in (tmp_path / "away").iterdir()] == ["precious"]


def test_a_memory_that_cannot_be_kept_undoes_nothing(made):
    _, folder = made({"body": table(11), "headers": LATER})
    (folder / "refresh.toml").mkdir()
    assert run(folder).state == "written"
    assert readable(folder) == 88 + 92


def test_a_card_that_is_edited_while_the_command_runs_is_left_as_edited(made):
    folders = []

    def edits(*_):
        path = folders[0] / "source.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("[refresh]", "# edited\n[refresh]"), encoding="utf-8")
        return {"body": table(11), "headers": LATER}

    _, folder = made(edits)
    folders.append(folder)
    outcome = run(folder)
    assert outcome.state == "failed"
    assert "was changed while the command ran" in outcome.lines[0]
    assert "# edited" in (folder / "source.toml").read_text(encoding="utf-8")
    assert set(everything(folder)) == {"categories.csv", "counts_2025-12.csv", "source.toml"}
    assert readable(folder) == 88


def test_a_person_at_a_terminal_sees_how_far_it_has_come(made):
    _, folder = made({"body": table(11), "headers": LATER, "piece": 600, "wait": 0.01})
    ours, theirs = pty.openpty()
    environment = {**os.environ, "FIGURES_DATA": str(folder.parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-m", "loaders", "refresh", "counts", "--dry-run"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    assert process.wait(60) == 0
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "counts: 0.0 MB [####################] 100%" in shown
    assert shown.endswith("\r\x1b[2K")
