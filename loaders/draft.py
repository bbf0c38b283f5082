"""What would the card of this file say? A draft to fill in, with every guess marked as one."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import numpy as np

from loaders import lexicon, periods
from loaders.columns import Column, TextTable
from loaders.gate import Verdict
from loaders.shape import Shape, free_text, guessed

_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_TEXTS = ("title", "description", "publisher", "coverage", "next_update")


def guess(table: TextTable) -> tuple[Shape, dict[str, Column]]:
    """What each column seems to be: the shape of the table, and our words for its columns."""
    shape = guessed(table)
    return shape, _roles(shape)


def draft(path: Path, table: TextTable, verdict: Verdict, name: str = "", place: str = "") -> str:
    """A ``source.toml`` for the table: what was read is written down, what was guessed says so, the rest is left empty."""
    shape, roles = guess(table)
    return "\n".join(
        ["", *_about(path, table, verdict, _frequency(shape, roles), name, place), *_layout(shape, roles), *_release(path, shape, roles)]
    )


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _about(path: Path, table: TextTable, verdict: Verdict, frequency: str, name: str, place: str) -> list[str]:
    found = table.found or {}
    read = ", ".join(f"{key} {_NAMES.get(value, value)}" for key, value in found.items())
    name = name or re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_") or "dataset"
    questions = sorted({finding.rule.name for finding in verdict.findings})
    asked = [f"# gate_answers = {json.dumps(questions)}  # only when a person has answered each of them with yes"] if questions else []
    return [
        "# draft of source.toml / 数据卡草稿: fill in what is empty, check what is marked as a guess",
        f"# read as (guess): {read}",
        f"name = {quoted(name)}  # guess: the folder's name",
        'kind = "observations"',
        *(f'{key} = {{ en = "", zh = "" }}' for key in _TEXTS),
        'licenses = [ { name = "", title = { en = "", zh = "" }, url = "" } ]',
        'accessed = ""', 'disclosure = "as_published"', f"place = {quoted(place)}",
        f"frequency = {quoted(frequency)}  # guess",
        'absent_rows = "error"  # or zero, when the publisher leaves out rows in which nothing happened',
        *asked,
    ]  # fmt: skip


def _layout(shape: Shape, roles: dict[str, Column]) -> list[str]:
    lines = ["", "[table]", f'layout = "{"wide" if shape.wide else "long"}"  # guess']
    above = (shape.table.found or {}).get("heading_row", 1) - 1
    if above:
        lines.append(f"skip_rows = {above}  # guess: rows above the headings")
    if "area" not in roles:
        lines.append('area = ""  # no column of areas was found: the code of the one area')
    for number, column in enumerate(shape.counts[:1] if shape.wide else shape.counts, 1):
        lines += [
            "", f"[variables.value_{number}]",
            f"column = {quoted('' if shape.wide else column.heading)}" + ("" if shape.wide else "  # guess"),
            'unit = { code = "", en = "", zh = "" }', 'label = { en = "", zh = "" }',
            f"whole = {'true' if all(map(_whole, shape.counts if shape.wide else [column])) else 'false'}",
        ]  # fmt: skip
    return lines


def _whole(column: Column) -> bool:
    return bool((column.numbers[~np.isnan(column.numbers)] % 1 == 0).all())


def _release(path: Path, shape: Shape, roles: dict[str, Column]) -> list[str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    counted = shape.counts if shape.wide else shape.counts[:1]
    total = sum(float(np.nansum(np.nan_to_num(column.numbers) * column.used)) for column in counted)
    others = [column.heading for column in shape.table.columns if column not in roles.values() and column not in shape.counts]
    columns = ", ".join(f"{word} = {quoted(column.heading)}" for word, column in roles.items())
    return [
        "", "[[releases]]", 'id = ""', 'published = ""', f"file = {quoted(path.name)}", f'sha256 = "{digest}"',
        f"rows = {shape.table.rows}", f"total = {total:.12g}",
        f"columns = {{ {columns} }}  # guess",
        f"ignore = {json.dumps(others, ensure_ascii=False)}  # guess: columns that are neither area, period, category nor count",
    ]  # fmt: skip


def _roles(shape: Shape) -> dict[str, Column]:
    """Our words for the columns, by their headings first, then by what is left."""
    left = [column for column in shape.keys if not free_text(column)]
    roles: dict[str, Column] = {}
    periods_first = [column for column in left if shape.grains[column.position]] or [one for one in left if lexicon.speaks_of(one.heading, "period")]
    if periods_first and not shape.wide:
        roles["period"] = periods_first[0]
    for word in ("area", "category"):
        free = [column for column in left if column not in roles.values() and column not in periods_first]
        named = [column for column in free if lexicon.speaks_of(column.heading, word)]
        if named or free:
            roles[word] = (named or free)[0]
    return {word: roles[word] for word in ("area", "category", "period") if word in roles}


def _frequency(shape: Shape, roles: dict[str, Column]) -> str:
    texts = [column.heading for column in shape.counts] if shape.wide else []
    if "period" in roles:
        texts = roles["period"].texts.slice(0, 500).to_pylist()
    fitting = [name for name in periods.FREQUENCIES if texts and all(periods.parse(text, name) for text in texts if text)]
    return fitting[0] if fitting else ""
