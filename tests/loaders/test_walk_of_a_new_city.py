"""CONTRIBUTING's walk "A new city in fifteen minutes": its commands are run as they stand there, and their output is compared line by line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from loaders import data_folder, read_card
from loaders.boundaries import read_boundaries
from measures.compute import Query, compute
from measures.shelf import Shelf

PROJECT = Path(__file__).parents[2]
LONG = ("-m measures build", "streamlit run")  # a minute, and a server: the place is opened here without them


def blocks() -> list[tuple[str, list[str]]]:
    """The fenced blocks of the walk, in order: their language and their lines."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    walk = text.split("## A new city in fifteen minutes")[1].split("\n## ")[0]
    found = re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", walk, re.M | re.S)
    return [(language, [line.removeprefix(indent) for line in body.splitlines()]) for indent, language, body in found]


def fits(expected: list[str], printed: list[str]) -> bool:
    """Does the output hold these lines in this order? A line ``…`` stands for any lines, ``…`` within a line for any text."""
    pattern = "\n".join("LINES" if line == "…" else ".*".join(map(re.escape, line.split("…"))) for line in expected)
    return bool(re.fullmatch(pattern.replace("LINES\n", r"(?:.*\n)*?"), "\n".join(printed)))


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Everything that the walk says, done once; gives the folder and what does not fit."""
    root = tmp_path_factory.mktemp("walk") / "scratch"
    environment = {**os.environ, "FIGURES_DATA": str(root)}
    printed: list[str] = []
    wrong = []
    for language, lines in blocks():
        if language == "sh":
            printed = []
            for line in lines:
                if any(one in line for one in LONG):
                    continue
                command = line.replace("../scratch", str(root)).replace(".venv/bin/python", sys.executable).replace(" data ", f" {data_folder()} ")
                done = subprocess.run(command, shell=True, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
                printed += done.stdout.splitlines()
                wrong += [line] if done.stderr else []
        elif language == "toml":
            for path in root.glob("open/hanyang_publisher/*/source.toml"):
                text = path.read_text(encoding="utf-8").split("\n")
                path.write_text("\n".join(lines[0] if line.startswith("licenses") else line for line in text), encoding="utf-8")
        elif not fits(lines, printed):
            wrong.append("\n".join(printed))
    return root, wrong


def test_the_walk_prints_what_it_says_and_ends_at_a_map(walked):
    root, wrong = walked
    assert not wrong
    shelf = Shelf(root)
    place = shelf.places["hanyang"]
    card = read_card(root / "open" / "hanyang_publisher" / "hanyang_seoul_gu" / "source.toml")
    outlines = read_boundaries(card, place)
    assert len(outlines) == len(place.areas) == 25
    gangnam = next(area.code for area in place.areas if area.name["en"] == "강남구")
    assert outlines.loc[gangnam, "geometry"].bounds[0] > 127.0, "it lies in the south-east"
    made = compute(Query("hanyang", place.measures[0], (gangnam,), "", "count"), shelf)
    assert made.table.set_index("period")["value"]["2024"] == 3754, "the cell of the published file"
    assert [shelf.working(measure) for measure in place.measures] == [True] * 3


def test_the_pairs_that_the_walk_puts_into_force_are_those_of_the_real_place(walked):
    root, _ = walked
    shelf = Shelf(root)
    card = read_card(root / "open" / "hanyang_publisher" / "hanyang_seoul_gu" / "source.toml")
    korean = {area.code: area.name["en"] for area in shelf.places["hanyang"].areas}
    real = {area.code: area.aliases[0] for area in shelf.places["seoul"].areas}
    assert {code: korean[ours] for code, ours in card.area_codes.items()} == real


def test_a_walk_that_prints_something_else_is_noticed():
    assert fits(["a … c", "…", "end"], ["a b c", "x", "y", "end"])
    assert not fits(["a … c", "end"], ["a b c", "x", "end"])
    assert not fits(["45 totals"], ["44 totals"])
