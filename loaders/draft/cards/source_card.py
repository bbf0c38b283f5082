"""Writes the card of a file as a draft to fill in, with every guess marked as one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from language import REQUIRED
from loaders import periods
from loaders.draft.tables.figures import unit_of
from loaders.draft.tables.guess import Guess
from loaders.gate.judge import GateVerdict
from loaders.toml_text import written

_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_EMPTY = '{key} = {{ en = "", zh = "" }}'
_TEXTS = ("description", "publisher", "coverage", "next_update")
STALE = {"month": 4, "quarter": 9, "half": 15, "week": 3, "year_to_date": 9}  # months; a year's figures: 24
WHY = {  # what a person checks about a guess of [table]
    "encoding": "the names must read as they should",
    "skip_rows": "rows above the headings",
    "head_rows": "how many rows of headings",
    "heads": "what each row of headings names",
    "ends_at": "how the first row below the table begins",
    "ignore_rows": "totals",
    "marks": "ask the publisher what each means",
    "thousands": "the sign between thousands",
    "decimal": "the sign of decimals",
    "period": "no cell says the period; a year in the title or in the file's name is taken for it",
    "period_format": "the publisher's wording of periods",
    "ignore": "totals, and the publisher's own rates",
    "add_up": "rows of parts that are added up to their area",
    "sheet": "the other sheets are not read",
}


def card_of(
    path: Path,
    guessed: Guess,
    verdict: GateVerdict,
    name: str = "",
    place: str = "",
    spelt: dict[str, str] | None = None,
    read: str = "",
) -> str:
    """The card of a guess.

    ``spelt``: text of a category → code; ``read``: lines about the figures as they were read.
    """
    parts = [
        _about(path, guessed, verdict, name, place),
        _layout(guessed),
        _apart(guessed),
        _variables(guessed),
        _release(path, guessed, read),
        _spellings(spelt or {}),
    ]
    return "\n".join(["", *(line for part in parts for line in part)])


def variable_codes(guessed: Guess) -> dict[str, str]:
    """Text of a variable → its code in the card."""
    return {text: f"value_{number}" for number, text in enumerate(guessed.variables, 1)}


def _about(path: Path, guessed: Guess, verdict: GateVerdict, name: str, place: str) -> list[str]:
    properties = {key: value for key, value in (guessed.table.found or {}).items() if key not in ("words", "labels")}
    read = ", ".join(f"{key} {_NAMES.get(value, value)}" for key, value in properties.items())
    name = name or re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_") or "dataset"
    questions = sorted({finding.rule.name for finding in verdict.findings})
    answers = (
        [f"# gate_answers = {written(questions)}  # only when a person has answered each of them with yes"]
        if questions
        else []
    )
    return [
        "# draft of source.toml / 数据卡草稿: fill in what is empty, check what is marked as a guess",
        f"# read as (guess): {read}",
        f"name = {written(name)}  # guess: the folder's name",
        'kind = "observations"',
        f"title = {_same_in_both(guessed.title)}  # guess: as published"
        if guessed.title
        else _EMPTY.format(key="title"),
        *(_EMPTY.format(key=key) for key in _TEXTS),
        'licenses = [ { name = "", title = { en = "", zh = "" }, url = "" } ]',
        *(
            [f"notes = {written([dict.fromkeys(REQUIRED, note) for note in guessed.notes])}  # guess"]
            if guessed.notes
            else []
        ),
        'accessed = ""',
        'disclosure = "as_published"',
        f"place = {written(place)}",
        f"frequency = {written(guessed.frequency)}  # guess",
        *(
            [f"first_month = {guessed.first_month or periods.FIRST_MONTH[guessed.frequency]}  # guess"]
            if guessed.frequency in periods.FIRST_MONTH
            else []
        ),
        f"stale_after_months = {STALE.get(guessed.frequency, 24)}"
        "  # guess: how old the newest figure may be before somebody asks",
        'absent_rows = "error"  # or zero, when the publisher leaves out rows in which nothing happened',
        *([f"pauses = {written(guessed.pauses)}  # guess: no area has a figure then"] if guessed.pauses else []),
        *answers,
        *unanswered(guessed.doubts),
    ]


def unanswered(doubts: list[str]) -> list[str]:
    """The line of a card that keeps its dataset from being shown; none without doubts."""
    return [f"unanswered = {written(doubts)}  # say each answer below, then take its question out"] if doubts else []


def _same_in_both(text: str) -> str:
    return written({code: text for code in REQUIRED})


def _layout(guessed: Guess) -> list[str]:
    lines = ["", "[table]"]
    for word, value in guessed.words.items():
        lines.append(f"{word} = {written(value)}  # guess" + (f": {WHY[word]}" if word in WHY else ""))
    if "area" not in guessed.columns and "area" not in guessed.words.get("heads", ()):
        lines.append("# no column of areas was found: the figures are taken for those of the whole place")
    return lines


def _apart(guessed: Guess) -> list[str]:
    lines = [f"{written(text)} = {written(code)}" for text, code in guessed.apart.items()]
    return ["", "[area_codes]  # guess: counted beside the areas, in none of them", *lines] if lines else []


def _variables(guessed: Guess) -> list[str]:
    """A variable for each thing counted, named as its publisher names it."""
    lines = []
    for text, code in variable_codes(guessed).items():
        name, unit = unit_of(text)
        key = "heading" if guessed.words.get("heads") and text else "column"
        label = (
            f"{{ en = {written(name)}, zh = {written(name)} }}  # guess: as published"
            if name
            else '{ en = "", zh = "" }'
        )
        lines += [
            "",
            f"[variables.{code}]",
            f"{key} = {written(text)}" + ("  # guess" if text else ""),
            *(['column = ""'] if key == "heading" else []),
            f'unit = {{ code = "count", en = {written(unit)}, zh = {written(unit)} }}  # guess'
            if unit
            else 'unit = { code = "", en = "", zh = "" }',
            f"label = {label}",
            f"whole = {'true' if guessed.variables[text] else 'false'}",
            *(f"{word} = {written(value)}  # guess" for word, value in guessed.uncounted.get(text, {}).items()),
        ]
    return lines


def _release(path: Path, guessed: Guess, read: str) -> list[str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    columns = ", ".join(f"{word} = {written(heading)}" for word, heading in guessed.columns.items())
    return [
        "",
        "[[releases]]",
        'id = ""',
        'published = ""',
        f"file = {written(path.name)}",
        f'sha256 = "{digest}"',
        *read.splitlines(),
        f"columns = {{ {columns} }}  # guess",
        f"ignore = {written(guessed.ignore)}  # guess: what is no area, period, category or count",
    ]


def _spellings(spelt: dict[str, str]) -> list[str]:
    lines = [f"{written(text)} = {written(code)}" for text, code in spelt.items()]
    return ["", "[releases.categories]  # guess: a code for every spelling", *lines, ""] if spelt else [""]
