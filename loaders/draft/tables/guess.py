"""A table without a card as a card would describe it."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.errors import Fault
from loaders.formats.text_table import TextTable


@dataclass
class Guess:
    """A table as a card would describe it.

    ``words``: of ``[table]``; ``columns``: our word → headings; ``variables``: text → are its figures whole;
    ``areas``: text → the publisher's code or ''; ``called``: text of an area → its name, where the text is a code;
    ``kinds``: text of a category → of its group, or ''; ``apart``: what is counted beside the areas → its code;
    ``incomplete``: areas that began, ended or merged within the table; ``rivals``: areas that are spelt alike and are
    two; ``beside``: the figures of the same table that are no kinds of what it counts, for a card of their own;
    ``title``: what stands above the table; ``doubts``: what a person must look at before the draft is right;
    ``remarks``: what a person may look at. ``uncounted``: text of a variable → what its card says of figures that are
    no plain counts; ``pauses``: periods between others in which no area has a figure.
    """

    table: TextTable
    words: dict = field(default_factory=dict)
    columns: dict[str, str | list[str]] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    variables: dict[str, bool] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    frequency: str = ""
    notes: list[str] = field(default_factory=list)  # of the table, its headings and its areas
    first_month: int = 0  # of financial and school years, where it is not the usual one
    apart: dict[str, str] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    rivals: set[str] = field(default_factory=set)
    title: str = ""
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    uncounted: dict[str, dict] = field(default_factory=dict)
    pauses: list[str] = field(default_factory=list)
    beside: Guess | None = None


def twice_headed(file: str, guessed: Guess) -> list[Fault]:
    """A fault for each heading that stands over several columns that are not left out."""
    left_out = {"", *guessed.ignore, *guessed.words.get("ignore", ())}
    columns: dict[str, list[int]] = {}
    for column in guessed.table.columns:
        columns.setdefault(column.heading.strip(), []).append(column.position + 1)
    todo = "Ask the publisher which holds; a heading in the file that says both apart is enough."
    return [
        Fault(f"'{file}'", "a heading stands twice", "each once", f"'{heading}' over columns {numbers}", todo)
        for heading, positions in columns.items()
        if len(positions) > 1 and heading not in left_out
        for numbers in [", ".join(map(str, positions))]
    ]
