"""A table without a card as a card would describe it."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.formats.text_table import TextTable


@dataclass
class Guess:
    """A table as a card would describe it. ``words``: of ``[table]``; ``columns``: our word → headings.

    ``variables``: text → are its figures whole; ``areas``: text → the publisher's code or ''; ``kinds``: text of a category → of its group, or ''.
    ``apart``: what is counted beside the areas → its code.
    """

    table: TextTable
    words: dict = field(default_factory=dict)
    columns: dict[str, str | list[str]] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    variables: dict[str, bool] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    frequency: str = ""
    first_month: int = 0  # of financial and school years, where it is not the usual one
    apart: dict[str, str] = field(default_factory=dict)
