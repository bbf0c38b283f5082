"""A round asks every publisher, tells in every language what came of it, and ends with a status that a scheduler understands."""

from __future__ import annotations

import os
import pty
from contextlib import suppress

import pytest

from language import LANGUAGES
from loaders.commands import DONE, FAILED, LATER, MISUSED, WAITS
from tests.loaders.publisher import BEFORE, everything, releases, table
from tests.loaders.publisher import LATER as DATED
from tests.updates.conftest import long_table
from updates.__main__ import main

RISE = long_table(11, {("North Field", "Theft", "2025-03"): 517, ("South Field", "Fraud", "2025-11"): 900})


@pytest.fixture
def refresh(monkeypatch, tmp_path, capsys):
    """``refresh(folder, *words)``: the command as it is typed; its status, what it printed, and the report of each language."""

    def command(folder, *words):
        monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
        status = main(["refresh", *words, "--report", str(tmp_path / "report")])
        texts = {code: (tmp_path / "report" / f"{code}.md").read_text(encoding="utf-8") for code in LANGUAGES}
        return status, capsys.readouterr(), texts

    return command


def test_the_report_says_in_every_language_what_came_what_changed_and_what_stands_out(measured, refresh):
    _, folder = measured({"body": RISE, "headers": DATED}, before=long_table(10))
    status, printed, texts = refresh(folder, "--all")
    assert status == DONE
    assert "counts: written" in printed.out
    english = texts["en"]
    assert "\n\nNew releases\n------------\n\n" in english
    assert "* Invented: release of 2 March 2026" in english
    assert "The release holds January 2018 to November 2025." in english
    assert "Rows: 380; the release before had 376." in english
    assert "Periods that were there before: 94. Their total went from 150,639 to 150,787." in english
    assert "Figures revised: 1 of 376." in english
    assert "March 2025, North Field, Theft: 369, now 517." in english
    assert "November 2025, South Field: +60.4% on a year before, and no break is recorded there." in english
    assert "    * Fraud: 900 invented cases in South Field in November 2025, 124.4% more than" in english
    chinese = texts["zh"]
    assert "\n\n新发布\n---\n" in chinese and "2025年3月、N区、Theft：由369改为517。" in chinese
    assert "    * 2025年11月，Fraud：S区虚构案件900起" in chinese
    assert all(text.count("\n  * ") == english.count("\n  * ") for text in texts.values())


def test_a_dry_run_reports_and_writes_nothing(measured, refresh):
    _, folder = measured({"body": RISE, "headers": DATED}, before=long_table(10))
    before = everything(folder)
    status, _, texts = refresh(folder, "counts", "--dry-run")
    assert status == DONE
    assert "New releases, not written: a dry run\n-----" in texts["en"]
    assert everything(folder) == before


ENDINGS = {
    "nothing newer": ({"body": BEFORE}, DONE, "Nothing newer: Invented."),
    "a doubtful table": ({"body": table(8)}, WAITS, "Its newest period is older than that of the release before."),
    "an area is gone": ({"body": table(11, areas=("North Field",))}, WAITS, "An area of the release before"),
    "another total": ({"body": table(11, times=2)}, WAITS, "The total of the periods that both have differs"),
    "something else": (
        {"body": b"%PDF-1.7\n"},
        FAILED,
        "Refused\n-------\n\n* Invented\n  * counts: answers in another format",
    ),
    "a publisher who wants to be asked tomorrow": (
        {"status": 503, "headers": {"Retry-After": "86400"}},
        LATER,
        "The publisher did not answer; ask again later",
    ),
}


@pytest.mark.parametrize(("turn", "status", "said"), ENDINGS.values(), ids=ENDINGS)
def test_a_round_ends_with_the_status_of_the_worst_and_says_why(measured, refresh, turn, status, said):
    _, folder = measured(turn)
    ended, _, texts = refresh(folder, "--all")
    assert ended == status
    assert said in texts["en"], texts["en"]
    assert releases(folder) == ["counts_2025-12.csv"]


def test_what_others_have_written_becomes_no_link_and_no_picture_in_a_report(measured, refresh):
    _, folder = measured({"body": b"area,kind,month,count,![x](https://evil.example)\nNorth Field,Theft,2025-01,1,\n"})
    status, _, texts = refresh(folder, "--all")
    assert status == FAILED
    assert r"!\[x\](https://evil.example)" in texts["en"]


def test_what_a_publisher_refused_is_no_reason_to_hold_back_that_another_must_be_looked_at(measured, refresh):
    """Failed stands before waiting, and both before a publisher who did not answer."""
    _, folder = measured({"status": 503, "headers": {"Retry-After": "86400"}})
    (folder.parents[2] / "open" / "invented_publisher" / "broken").mkdir()
    (folder.parents[2] / "open" / "invented_publisher" / "broken" / "source.toml").write_text("name = 7", "utf-8")
    status, printed, texts = refresh(folder, "--all")
    assert status == FAILED
    assert (
        "Files that cannot be read\n-------------------------\n\n* broken\n  * invented_publisher/broken/source.toml"
        in texts["en"]
    )
    assert "broken" in printed.err


@pytest.mark.parametrize("words", [[], ["--all", "counts"], ["counts", "--branch"]])
def test_a_round_is_told_what_to_ask(words, capsys):
    assert main(["refresh", *words]) == MISUSED
    assert "usage: python -m updates" in capsys.readouterr().err


def pieces_of(terminal: int):
    """What was written to a terminal that is closed at its other end."""
    with suppress(OSError):
        while piece := os.read(terminal, 4096):
            yield piece
    os.close(terminal)


def test_a_person_at_a_terminal_sees_which_of_how_many_is_asked(measured, monkeypatch):
    """Two datasets; the line is written over itself and wiped in the end."""
    _, folder = measured({"body": BEFORE})
    copied = folder.with_name("others")
    copied.mkdir()
    for path in folder.iterdir():
        copied.joinpath(path.name).write_bytes(path.read_bytes())
    card = copied / "source.toml"
    card.write_text(card.read_text(encoding="utf-8").replace('name = "counts"', 'name = "others"'), encoding="utf-8")
    monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr("sys.stderr", stream)
        assert main(["refresh", "--all"]) == DONE
        monkeypatch.undo()
    shown = b"".join(pieces_of(ours)).decode()
    assert "[                    ] 1 of 2  counts" in shown
    assert "[##########          ] 2 of 2  others" in shown
    assert shown.endswith("\r\x1b[2K")
