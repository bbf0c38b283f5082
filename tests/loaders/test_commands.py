"""Every command explains itself, names the real fault and ends as its help says."""

from __future__ import annotations

import errno
import re
import shutil

import pytest

import disclosure.__main__
import loaders.__main__
import measures.__main__
import updates.__main__
from loaders.broken_off import STOPPED
from loaders.commands import DONE, ENDINGS, FAILED, MISUSED, WAITS, Commands
from tests.conftest import EXAMPLE

PACKAGES = {"loaders": loaders, "disclosure": disclosure, "measures": measures, "updates": updates}
MAINS = {name: package.__main__.main for name, package in PACKAGES.items()}
COMMANDS = [
    ("loaders", "check"),
    ("loaders", "new"),
    ("loaders", "adopt"),
    ("loaders", "refresh"),
    ("loaders", "pull"),
    ("loaders", "schemas"),
    ("disclosure", "protect"),
    ("disclosure", "attack"),
    ("measures", "build"),
    ("updates", "refresh"),
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """The invented example as data folder: no command finds the real one."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.setenv("FIGURES_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("package", MAINS)
def test_help_names_every_command_and_every_ending(package, capsys):
    assert MAINS[package](["--help"]) == DONE
    said = capsys.readouterr().out
    assert ENDINGS in said
    assert {command for owner, command in COMMANDS if owner == package} == set(
        re.findall(r"^    ([a-z]+) ", said, re.M)
    )


@pytest.mark.parametrize(("package", "command"), COMMANDS)
def test_every_command_has_help_of_its_own(package, command, capsys):
    assert MAINS[package]([command, "--help"]) == DONE
    said = capsys.readouterr().out
    assert f"python -m {package} {command}" in said and "--verbose" in said and ENDINGS in said


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("loaders", []),
        ("loaders", ["show"]),
        ("loaders", ["check", "a", "b", "c"]),
        ("loaders", ["refresh", "--now"]),
        ("loaders", ["refresh", "--all", "counts"]),
        ("loaders", ["new", "place"]),
        ("disclosure", ["protect"]),
        ("measures", []),
        ("measures", ["build", "all"]),
    ],
)
def test_words_that_do_not_fit_are_answered_with_the_usage_and_an_ending_of_their_own(package, words, capsys):
    assert MAINS[package](words) == MISUSED
    assert capsys.readouterr().err.startswith("usage: python -m ")


@pytest.mark.parametrize(
    ("package", "words", "said"),
    [
        ("loaders", ["check", "nowhere"], "neither a file nor a place"),
        (
            "loaders",
            ["new", "hanyang", "missing.csv"],
            "missing.csv: No such file or directory. Put it back",
        ),
        ("loaders", ["new", "No City", "missing.csv"], "no word for addresses"),
        ("loaders", ["adopt", "missing.csv", "folder"], "missing.csv"),
        ("loaders", ["refresh", "nowhere"], "no place or dataset is called so"),
        ("loaders", ["pull", "nowhere"], "there is nothing to pull"),
        ("updates", ["refresh", "nowhere"], "no place or dataset is called so"),
        ("disclosure", ["protect", "nowhere"], "nowhere/source.toml"),
        ("disclosure", ["attack", "nowhere"], "Nothing was built yet"),
    ],
)
def test_what_is_wrong_is_named_and_not_that_a_file_cannot_be_judged(package, words, said, capsys):
    status = MAINS[package](words)
    told = "".join(capsys.readouterr())
    assert status in (FAILED, WAITS)
    assert said in told and "judged" not in told and "Traceback" not in told, told


def broken(error: Exception) -> Commands:
    """A command that breaks in a function of its own."""

    def deep(asked) -> int:
        raise error

    commands = Commands("invented", "Invented.")
    commands.add("go", deep, "Break.")
    return commands


def test_what_breaks_unforeseen_is_named_without_the_cell_and_its_lines_only_when_asked_for(capsys):
    commands = broken(ValueError("could not convert 'Quentin Sentinel'"))
    assert commands.run(["go"]) == FAILED
    said = capsys.readouterr().err
    assert "python -m invented go broke" in said and "ValueError" in said and "--verbose" in said
    assert "deep" not in said
    assert commands.run(["go", "--verbose"]) == FAILED
    verbose = capsys.readouterr().err
    assert "in deep" in verbose and "test_commands.py" in verbose
    assert "Sentinel" not in said + verbose


def test_a_disk_that_refuses_is_named_with_its_file(capsys):
    assert broken(OSError(errno.ENOSPC, "No space left on device", "/data/built")).run(["go"]) == FAILED
    assert "/data/built: No space left on device. Free some space and run again." in capsys.readouterr().err


def test_an_interruption_is_one_line_and_an_ending_of_its_own(capsys):
    assert broken(KeyboardInterrupt()).run(["go"]) == STOPPED
    said = capsys.readouterr().err
    assert said.startswith("python -m invented go: stopped before its end.") and len(said.splitlines()) == 1
