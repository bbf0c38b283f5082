"""A new release comes to stand beside the old one whole, or not at all; the publisher is asked politely and believed only after the gate."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import signal
from pathlib import Path

import pytest

from loaders import read_card
from loaders.refresh.response import AGENT
from tests.forked import Forked, command, command_killed, command_within
from tests.loaders.publisher import (
    AREAS,
    BEFORE,
    LATER,
    changes_nothing,
    everything,
    portal,
    readable,
    releases,
    run,
    table,
)
from tests.waiting import until


def test_a_new_table_becomes_a_release_beside_the_old_one(made):
    answers, folder = made({"body": table(11), "headers": LATER})
    before = everything(folder)
    outcome = run(folder)
    assert outcome.state == "written", outcome
    after = everything(folder)
    assert releases(folder) == ["counts_2025-12.csv", "counts_2026-03-02.csv"]
    assert after["counts_2025-12.csv"] == before["counts_2025-12.csv"]
    assert after["counts_2026-03-02.csv"] == table(11)
    new = read_card(folder / "source.toml").latest
    assert (new.id, new.published, new.about, new.rows, new.first, new.last) == (
        "2026-03-02",
        "2026-03-02",
        False,
        92,
        "2024-01",
        "2025-11",
    )
    assert new.sha256 == hashlib.sha256(table(11)).hexdigest()
    assert new.total == sum(int(row.split(",")[3]) for row in table(11).decode().splitlines()[1:])
    assert new.categories == {"Theft": "theft", "Fraud": "fraud"}
    assert readable(folder) == 88 + 92
    assert set(after) - set(before) == {"counts_2026-03-02.csv", "refresh.toml"}
    assert answers.requests[0][1]["User-Agent"] == AGENT


def test_the_card_keeps_every_line_that_it_had(made):
    _, folder = made({"body": table(11), "headers": LATER})
    before = (folder / "source.toml").read_text(encoding="utf-8").splitlines()
    run(folder)
    after = (folder / "source.toml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == ['accessed = "2026-01"']
    assert read_card(folder / "source.toml").accessed >= read_card(folder / "source.toml").latest.published


def test_a_publisher_who_gives_no_date_gets_todays_marked_as_approximate(made):
    _, folder = made({"body": table(11)})
    run(folder)
    assert read_card(folder / "source.toml").latest.about


def test_what_was_remembered_is_sent_and_not_modified_changes_nothing(made):
    def later(headers, _):
        return (
            {"status": 304, "headers": {"Content-Length": "0"}}
            if headers.get("If-None-Match") == '"two"'
            else {"body": b"wrong"}
        )

    answers, folder = made({"body": table(11), "headers": LATER}, later)
    run(folder)
    before = everything(folder)
    assert run(folder).state == "unchanged"
    assert answers.requests[1][1]["If-Modified-Since"] == LATER["Last-Modified"]
    assert everything(folder) == before


def test_a_release_that_was_taken_back_is_asked_for_without_conditions(made):
    answers, folder = made({"body": table(11), "headers": LATER})
    card = (folder / "source.toml").read_bytes()
    run(folder)
    (folder / "source.toml").write_bytes(card)
    assert run(folder).state == "written"
    assert "If-None-Match" not in answers.requests[1][1]


def test_the_same_bytes_are_no_new_release(made):
    _, folder = made({"body": BEFORE})
    assert run(folder).state == "unchanged"
    assert releases(folder) == ["counts_2025-12.csv"]


def test_a_dry_run_tells_and_writes_nothing(made):
    _, folder = made({"body": table(11), "headers": LATER})
    before = everything(folder)
    outcome = run(folder, dry=True)
    assert outcome.state == "new"
    assert "periods 2024-01 to 2025-11 (so far 2024-01 to 2025-10)" in outcome.lines
    assert everything(folder) == before


HTML = {"body": b"<!DOCTYPE html><html><body>Sign in</body></html>"}
REFUSED = {
    "a web page": ({**HTML, "headers": {"Content-Type": "text/html; charset=utf-8"}}, "answers with a web page"),
    "a web page called a table": (HTML, "answers in another format"),
    "a truncated body": ({"body": table(11), "cut": 900}, "did not answer"),
    "a truncated chunked body": (
        {"body": b"100\r\narea,kind", "headers": {"Transfer-Encoding": "chunked", "Content-Length": None}},
        "did not answer",
    ),
    "an error": ({"status": 404}, "answers with an error"),
    "an error that stays": ({"status": 500}, "did not answer"),
    "too much": ({"body": b"x" * 300_000}, "answers with too much"),
    "too much that does not say how much": (
        {"body": b"x" * 300_000, "headers": {"Content-Length": None}},
        "answers with too much",
    ),
    "too slow to begin": ({"body": table(11), "cut": 0, "stall": 3}, "did not answer"),
    "too slow to end": ({"body": table(11), "piece": 20, "wait": 0.1}, "answers too slowly"),
    "cut short without saying so": (
        {"body": table(11)[:-2], "headers": {"Content-Length": None}},
        "the last line has no end",
    ),
    "an unknown area": ({"body": table(11, areas=("North Field", "Elsewhere"))}, "unknown area"),
    "another host": (
        {"status": 302, "headers": {"Location": "http://localhost:9/counts.csv"}},
        "sends to another host",
    ),
    "a round of redirects": (
        {"status": 302, "headers": {"Location": "/counts.csv"}},
        "sends from one address to the next",
    ),
    "an empty answer": ({"body": b""}, "cannot be read as a table"),
    "records": ({"body": b"name,phone,area\n" + b"Zhang Wei,13812345678,North Field\n" * 9}, "'counts_"),
}


@pytest.mark.parametrize(("turn", "fault"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_every_byte_of_the_folder_as_it_was(made, turn, fault):
    changes_nothing(made, turn, fault)


def test_a_redirect_on_the_same_host_is_followed(made):
    _, folder = made({"status": 301, "headers": {"Location": "/moved.csv"}}, {"body": table(11)})
    assert run(folder).state == "written"


@pytest.mark.parametrize(
    "first", [{"status": 500}, {"status": 429, "headers": {"Retry-After": "0"}}, {"body": table(11), "cut": 500}]
)
def test_a_passing_failure_is_asked_again(made, first):
    answers, folder = made(first, {"body": table(11)})
    assert run(folder).state == "written"
    assert len(answers.requests) == 2


DOUBTED = {
    "an area is gone": (table(11, areas=AREAS[:1]), "an area of the last release is gone"),
    "older than before": (table(8), "the newest period is older than before"),
    "another total": (table(11, times=2), "the total of the shared periods moves"),
}


@pytest.mark.parametrize(("body", "doubt"), DOUBTED.values(), ids=DOUBTED)
def test_a_doubtful_table_waits_for_a_persons_word(made, body, doubt):
    _, folder = made({"body": body})
    before = everything(folder)
    outcome = run(folder)
    assert outcome.state == "doubtful"
    assert any(doubt in line for line in outcome.lines)
    assert everything(folder) == before
    assert run(folder, accept=True).state == "written"


def test_the_report_names_revised_cells_totals_and_suspected_breaks(made):
    change = {("North Field", "Theft", "2025-03"): 117, ("South Field", "Fraud", "2025-11"): 900}
    _, folder = made({"body": table(11, change=change)})
    lines = run(folder).lines
    assert "1 of 88 cells revised; 0 with another status" in lines
    assert any("2025-03" in line and line.endswith("theft: 104, now 117") for line in lines), lines
    assert any("breaks suspected" in line and not line.startswith("0") for line in lines)
    assert any(line.startswith("  2025-11  s:") for line in lines)


def started(folder: Path, target, *arguments) -> Forked:
    return Forked(folder.parents[2], target, *arguments)


def test_the_command_asks_the_dataset_or_the_place_named(made):
    answers, folder = made({"body": table(11), "headers": LATER})
    for name in ("counts", "invented"):
        process = started(folder, command, "refresh", name, "--dry-run")
        assert process.ended() == 0
        assert "counts: new" in process.printed()
    assert started(folder, command, "refresh", "elsewhere").ended() == 1
    assert len(answers.requests) == 2


def test_a_kill_in_the_middle_of_an_answer_leaves_the_old_release_and_the_next_run_clears_up(made):
    answers, folder = made({"body": table(11), "cut": 700, "stall": 30}, {"body": table(11)})
    before = everything(folder)
    process = started(folder, command, "refresh")
    until(lambda: answers.requests and any((folder / ".refresh").glob("answer*")), process.alive)
    assert process.kill() == -signal.SIGKILL
    assert {name: one for name, one in everything(folder).items() if not name.startswith(".refresh/")} == before
    assert readable(folder) == 88
    assert run(folder).state == "written"
    assert not (folder / ".refresh").exists()


@pytest.mark.parametrize("step", range(1, 10))
def test_a_kill_before_any_step_of_writing_leaves_the_old_release_or_the_whole_new_one(made, step):
    """Nine steps touch the disk for good; the process is killed before each of them in turn."""
    _, folder = made({"body": table(11), "headers": LATER})
    assert started(folder, command_killed, step, "refresh").ended() == -signal.SIGKILL
    assert readable(folder) in (88, 88 + 92)
    assert run(folder).state in ("written", "unchanged")
    assert set(everything(folder)) == {
        "categories.csv",
        "counts_2025-12.csv",
        "counts_2026-03-02.csv",
        "refresh.toml",
        "source.toml",
    }
    assert readable(folder) == 88 + 92


def test_there_is_no_tenth_step(made):
    """Else a step would not be tried above."""
    _, folder = made({"body": table(11), "headers": LATER})
    assert started(folder, command_killed, 10, "refresh").ended() == 0
    assert readable(folder) == 88 + 92


def test_a_file_that_a_killed_run_put_down_is_taken_away_when_the_publisher_has_moved_on(made):
    _, folder = made(
        {"body": table(11), "headers": LATER},
        {"body": table(12), "headers": {"Last-Modified": "Thu, 02 Apr 2026 08:00:00 GMT"}},
    )
    assert started(folder, command_killed, 5, "refresh").ended() == -signal.SIGKILL
    assert (folder / "counts_2026-03-02.csv").exists()
    assert releases(folder) == ["counts_2025-12.csv"]
    run(folder)
    assert set(everything(folder)) == {
        "categories.csv",
        "counts_2025-12.csv",
        "counts_2026-04-02.csv",
        "refresh.toml",
        "source.toml",
    }


@pytest.mark.parametrize("room", [0, 1000, 2500])
def test_a_full_disk_leaves_the_old_release(made, room):
    """A file may grow to so many bytes: none, part of the answer (2.6 kB), the card but not the answer."""
    _, folder = made({"body": table(11)})
    before = everything(folder)
    process = started(folder, command_within, {resource.RLIMIT_FSIZE: room}, "refresh")
    assert process.ended() == 1
    assert "cannot be written" in process.printed()
    assert everything(folder) == before


def test_a_second_run_at_the_same_time_is_refused(made):
    answers, folder = made({"body": table(11), "cut": 700, "stall": 30}, {"body": table(11)})
    process = started(folder, command, "refresh")
    until(lambda: answers.requests, process.alive)
    outcome = run(folder)
    process.kill()
    assert outcome.state == "failed"
    assert "another run" in outcome.lines[0]


SOCRATA = """[refresh]
url = "http://127.0.0.1:{port}/resource/abcd-1234.json"
format = "socrata"
group_by = ["area", "kind", "date_trunc_ym(reported) as month"]
count = "count"
"""


def test_a_portal_is_asked_for_counts_of_groups_and_its_answer_is_a_release(made):
    rows = [
        dict(zip(("area", "kind", "month", "count"), row.split(","), strict=True))
        for row in table(11).decode().splitlines()[1:]
    ]
    asked = []

    def answer(_, query):
        asked.append(query)
        return {"body": portal(rows), "headers": {"Content-Type": "application/json"}}

    answers, folder = made(answer)
    path = folder / "source.toml"
    old = f'[refresh]\nurl = "{answers.url}"\nformat = "csv"\n'
    path.write_text(path.read_text(encoding="utf-8").replace(old, SOCRATA.format(port=answers.port)), encoding="utf-8")
    outcome = run(folder)
    assert outcome.state == "written", outcome
    assert asked[0]["$select"] == ["area, kind, date_trunc_ym(reported) as month, count(*) as count"]
    assert asked[0]["$group"] == ["area, kind, date_trunc_ym(reported)"]
    assert releases(folder)[-1].endswith(".json")
    shutil.rmtree(folder / ".refresh", ignore_errors=True)
    assert readable(folder) == 88 + 92


def test_a_list_of_releases_on_one_line_is_added_to_as_well(made):
    """``releases = [ … ]`` keeps its form, and the card its comments."""
    _, folder = made({"body": table(11)})
    path = folder / "source.toml"
    card = read_card(path).latest
    text = path.read_text(encoding="utf-8").partition("[refresh]")
    head, middle = text[0].split("[table]")
    one = f'{{ id = "1", published = "2026-01", file = "{card.file}", sha256 = "{card.sha256}", columns = {{ area = "area", category = "kind", period = "month" }} }}'
    path.write_text(
        head + f"releases = [ {one} ]\n[table]" + middle + "[refresh]" + text[2].partition("[[releases]]")[0],
        encoding="utf-8",
    )
    assert run(folder).state == "written"
    assert (read_card(path).releases[0].id, len(read_card(path).releases)) == ("1", 2)
    assert path.read_text(encoding="utf-8").count("releases = [") == 1


SPELT = [
    '"Theft"',
    "back\\slash",
    "two\nlines",
    "\ttab",
    "\x7f",
    "= [x]",
    "# none",
    "'''",
    '"""',
    "盗窃案",
    "🙂",
    "a.b",
    "\x85",
    "{ a = 1 }",
    " ",
]


def test_whatever_a_publisher_calls_a_category_is_written_into_the_card_and_read_back_the_same(made):
    _, folder = made({"body": table(11), "headers": LATER})
    path = folder / "source.toml"
    names = "".join(f'{json.dumps(name, ensure_ascii=False)} = "theft"\n' for name in SPELT).replace("\x7f", "\\u007f")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Theft" = "theft"\n', '"Theft" = "theft"\n' + names), encoding="utf-8"
    )
    assert run(folder).state == "written"
    old, new = read_card(path).releases
    assert dict(new.categories) == dict(old.categories)
    assert set(SPELT) < set(new.categories)


@pytest.mark.parametrize("etag", ['"a\'b"', 'W/"back\\slash"', '"# none"', '"= [x]"', '"""'])
def test_whatever_a_publisher_calls_a_version_is_sent_back_the_same(made, etag):
    answers, folder = made({"body": table(11), "headers": {**LATER, "ETag": etag}})
    assert run(folder).state == "written"
    run(folder)
    assert answers.requests[1][1]["If-None-Match"] == etag
