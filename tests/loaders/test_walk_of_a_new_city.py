"""docs/data.md is true: its walk runs as it stands, its five tables are read as it says, its messages are real.

``docs/keys.md`` is whole: every key of every card of the site stands in it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from language import LANGUAGES
from loaders import data_folder, read_card
from loaders.places.boundaries import read_boundaries
from loaders.privacy.rules import RULES
from measures.figures.compute import Query, compute
from measures.store.shelf import Shelf
from tests.loaders.invented import AREAS, KINDS, read, told
from tests.waiting import LONGEST

PROJECT = Path(__file__).parents[2]
LONG = ("-m measures build", "streamlit run")  # a minute, and a server: the place is opened here without them
LABEL = {"en": "Offences", "zh": "案件"}
UNIT = {"code": "offence", "en": "offences", "zh": "起"}
CARDS = {  # kind of file → how its sections of docs/keys.md are called
    "open/*/*/source.toml": "Source card",
    "places/*.toml": "Place",
    "measures/*.toml": "Measure",
    "site.toml": "`site.toml`",
    "disclosure.toml": "`disclosure.toml`",
}


def section(title: str) -> str:
    """The text below a heading of docs/data.md, to the next heading of its level or above."""
    text = (PROJECT / "docs" / "data.md").read_text(encoding="utf-8")
    marks, _, _ = title.partition(" ")
    return re.split(rf"\n#{{2,{len(marks)}}} ", text.split(f"\n{title}\n")[1])[0]


def fenced(text: str) -> list[tuple[str, list[str]]]:
    """The fenced blocks of a text, in order: their language and their lines."""
    blocks = re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", text, re.M | re.S)
    return [(language, [line.removeprefix(indent) for line in body.splitlines()]) for indent, language, body in blocks]


def fits(expected: list[str], printed: list[str]) -> bool:
    """Does the output hold these lines in order? A line ``…`` stands for any lines, ``…`` in a line for any text."""
    pattern = "\n".join("LINES" if line == "…" else ".*".join(map(re.escape, line.split("…"))) for line in expected)
    return bool(re.fullmatch(pattern.replace("LINES\n", r"(?:.*\n)*?"), "\n".join(printed)))


def walk(title: str, root: Path) -> list[str]:
    """Do everything that a section says, in the data folder ``root``; comes back: what does not fit."""
    environment = {**os.environ, "FIGURES_DATA": str(root)}
    printed: list[str] = []
    wrong = []
    for language, lines in fenced(section(title)):
        if language == "sh":
            printed = []
            for line in (line for line in lines if not any(long in line for long in LONG)):
                command = line.replace("../scratch", str(root)).replace(".venv/bin/python", sys.executable)
                command = command.replace(" data ", f" {data_folder()} ")
                done = subprocess.run(
                    command, shell=True, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=LONGEST
                )
                printed += done.stdout.splitlines()
                wrong += [f"{line}\n{done.stderr}"] if done.stderr else []
        elif language == "toml":
            for path in root.glob("open/hanyang_publisher/*/source.toml"):
                text = path.read_text(encoding="utf-8").split("\n")
                named = [lines[0] if line.startswith("licenses") else line for line in text]
                path.write_text("\n".join(named), encoding="utf-8")
        elif not fits(lines, printed):
            wrong.append("\n".join(printed))
    return wrong


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The folder after the walk, and what does not fit."""
    root = tmp_path_factory.mktemp("walk") / "scratch"
    return root, walk("## A new city in fifteen minutes", root)


@pytest.fixture(scope="module")
def alone(walked):
    """The folder with that city alone, and what does not fit."""
    return walked[0], walk("## Your city alone", walked[0])


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
    assert [shelf.working(measure) for measure in place.measures] == [True] * 6


def test_the_pairs_that_the_walk_puts_into_force_are_those_of_the_real_place(walked):
    root, _ = walked
    korean = {area.code: area.name["en"] for area in Shelf(root).places["hanyang"].areas}
    real = {area.code: area.aliases[0] for area in Shelf(data_folder()).places["seoul"].areas}
    card = read_card(root / "open" / "hanyang_publisher" / "hanyang_seoul_gu" / "source.toml")
    assert {code: korean[ours] for code, ours in card.area_codes.items()} == real


def test_a_city_alone_is_a_whole_site(alone):
    root, wrong = alone
    assert not wrong
    shelf = Shelf(root)
    assert list(shelf.places) == [shelf.default_place.id] == ["hanyang"]
    assert {card.place for card in shelf.cards.values()} == {"hanyang"}
    assert not shelf.faults
    assert all(map(shelf.working, shelf.measures))


def test_a_walk_that_prints_something_else_is_noticed():
    assert fits(["a … c", "…", "end"], ["a b c", "x", "y", "end"])
    assert not fits(["a … c", "end"], ["a b c", "x", "end"])
    assert not fits(["45 totals"], ["44 totals"])


SHAPES = re.findall(r"^### (.+)$", section("## Which shape is mine?"), re.M)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_picture_is_read_as_the_page_says(shape, tmp_path):
    blocks = dict(fenced(section(f"### {shape}")))
    said = tomllib.loads("\n".join(blocks["toml"]))
    release = said.pop("releases")[0]
    variables = {code: {"unit": UNIT, "label": LABEL, **one} for code, one in said.pop("variables").items()}
    kinds = {code: text for text, code in release.get("categories", {}).items()} or KINDS
    data = "\n".join(blocks["csv"]).encode()
    cells = told(read(tmp_path, "t.csv", data, {**said, **release, "variables": variables}, kinds=kinds).frame)
    *some, count = blocks["text"]
    codes = {name: code for code, name in AREAS.items()}
    for line in some:
        area, category, period, variable, value = re.fullmatch(r"(.*), (.*), (.*), (.*): (.*)", line).groups()
        assert cells[codes[area], category, period, variable] == (float(value), ""), line
    assert f"{len(cells)} cells" == count


def quoted(title: str) -> set[str]:
    """What stands as code in the first column of the tables of a section."""
    rows = re.findall(r"^\| (`[^|]+) \|", section(title), re.M)
    return {text for row in rows for text in re.findall(r"`([^`]+)`", row)}


def test_every_rule_of_the_gate_stands_in_the_tables_of_refusals():
    refused, asked = quoted("### The gate refuses"), quoted("### The gate asks")
    assert refused == {name for name, rule in RULES.items() if rule.decision == "refuse"}
    assert asked == {name for name, rule in RULES.items() if rule.decision == "ask"}


TABLES = ("The file cannot be read", "The card and the file do not fit", "What `check` says beside that")


@pytest.mark.parametrize("title", TABLES)
def test_every_message_in_the_tables_of_refusals_is_one_of_the_loaders(title):
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "loaders").rglob("*.py")))
    texts = quoted(f"### {title}")
    assert texts
    assert [text for text in texts if text not in code] == []


def paths(value, before: str = "") -> set[str]:
    """Every path of a card as docs/keys.md writes it: ``.`` into a table, ``[]`` for an entry of a list."""
    if isinstance(value, list):
        return {path for one in value for path in paths(one, f"{before}[]")}
    if not isinstance(value, dict):
        return {before.removesuffix("[]")} if before else set()
    return {path for key, one in value.items() for path in paths(one, f"{before}.{key}" if before else key)}


def known(title: str) -> list[re.Pattern]:
    """The keys of the sections of docs/keys.md whose title begins so, as patterns that take words of every language."""
    text = (PROJECT / "docs" / "keys.md").read_text(encoding="utf-8")
    sections = [one for one in text.split("\n## ")[1:] if one.startswith(title)]
    rows = [row for one in sections for row in re.findall(r"^\| (`[^|]+) \|", one, re.M)]
    keys = [key for row in rows for key in re.findall(r"`([^`]+)`", row)]
    assert len(keys) == len(set(keys)), "each key once"
    patterns = [re.escape(key).replace(r"\*", ".*") for key in keys]
    patterns = [re.sub(r"\\\.(en|zh)(?=_|$)", lambda _: rf"\.({'|'.join(LANGUAGES)})", pattern) for pattern in patterns]
    return [re.compile(rf"{pattern}(\[\])?(\.({'|'.join(LANGUAGES)})\w*)?") for pattern in patterns]


@pytest.mark.parametrize("cards", CARDS)
def test_every_key_of_every_card_stands_in_the_reference(cards):
    patterns = known(CARDS[cards])
    read_in = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(data_folder().glob(cards))]
    found = {path for card in read_in for path in paths(card)}
    found = {re.sub(r"^releases\[\]\.table\.", "table.", path) for path in found}
    assert found
    assert sorted(path for path in found if not any(pattern.fullmatch(path) for pattern in patterns)) == []
