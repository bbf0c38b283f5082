"""Reads a drafted place back as the build does, adds totals up again, and says what the first figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from loaders.cards.read_card import read_card
from loaders.cards.source_card import SourceCard
from loaders.cards.tables import OPEN_QUESTION
from loaders.contents.read import read_contents
from loaders.draft.cards.source_card import unanswered
from loaders.errors import FaultyInput
from loaders.lint.freshness import gaps
from loaders.lint.last_period import short_periods, unfinished_periods
from loaders.lint.scale import scale_remarks
from loaders.lint.sums import sum_remarks
from loaders.lint.totals import Sums, totals
from loaders.observations.read import read_release
from loaders.places.place import Place
from loaders.places.read_places import read_place
from loaders.tables.column_roles import words_of
from loaders.tables.published_file import read_cut

MOST_NAMED = 5
FIRST_FIGURES = 3


@dataclass
class Reading:
    """What came of reading a draft back. ``lines``: for the maintainer; ``works``: can check and the build read it?

    ``doubts``: what only a person can tell of the figures.
    """

    lines: list[str] = field(default_factory=list)
    works: bool = True
    doubts: list[str] = field(default_factory=list)


def reading(place: Path, folder: Path) -> Reading:
    """Read the draft as any dataset is read; its card learns first and last period and, without doubts, rows and
    total."""
    path = folder / "source.toml"
    try:
        card = read_card(path, licensed=False)
        place_read = read_place(place)
        frame = read_release(card, card.latest, place_read).frame
        rows = read_cut(card, card.latest, words_of(card, card.latest)).table.rows
        sums = totals(card, card.latest, place_read)
    except FaultyInput as error:
        return Reading([f"cannot be read yet: {fault}" for fault in error.faults[:MOST_NAMED]], works=False)
    first, last = frame["period"].min(), frame["period"].max()
    total = frame.loc[frame["variable"] == next(iter(card.variables)), "value"].sum()
    doubts = [
        str(fault) for fault in (*short_periods(card, frame, place_read), *scale_remarks(card, place_read, frame))
    ]
    counted = "" if doubts or card.unanswered else f"rows = {rows}\ntotal = {total:.12g}\n"  # an answer may change both
    lines = f'{counted}from = "{first}"\nto = "{last}"\ncolumns = '
    text = re.sub(r"(?m)^columns = ", lambda _: lines, path.read_text(encoding="utf-8"), count=1)
    path.write_text(_with_questions(text, card.unanswered, doubts), encoding="utf-8")
    remarks = [
        *unfinished_periods(card, frame),
        *sums.remarks,
        *gaps(card, frame, place_read),
        *sum_remarks(card, place_read, frame),
    ]
    return Reading(
        [
            f"read: {card.latest.file}: {_counted(card, frame)}, {first} to {last}; {_added(sums)}",
            *_first_figures(card, place_read, frame),
            *(f"look: {fault}" for fault in remarks[:MOST_NAMED]),
        ],
        doubts=doubts,
    )


def _with_questions(text: str, asked_before: list[str], doubts: list[str]) -> str:
    """A drafted card that also asks what became doubtful when it was read."""
    if not doubts:
        return text
    lines = [line for line in text.split("\n") if not line.startswith("unanswered = ")]
    before = lines.index("[table]")
    return "\n".join([*lines[:before], *unanswered([*asked_before, *doubts]), "", *lines[before:]])


def unusable(root: Path, written: list[Path]) -> list[str]:
    """What ``check`` and the build cannot use of the files written; a licence that is not named yet is none of it."""
    names = {path.relative_to(root).as_posix() for path in written}
    return [
        f"cannot be used yet: {fault}"
        for file, error in read_contents(root, to_check=True).faulty.items()
        if file in names
        for fault in error.faults[:MOST_NAMED]
        if ", licence " not in fault.where and fault.what != OPEN_QUESTION
    ]


def _counted(card: SourceCard, frame: pd.DataFrame) -> str:
    axes = (("areas", "area"), ("kinds", "category"), ("periods", "period"), ("variables", "variable"))
    return ", ".join(f"{frame[axis].nunique()} {word}" for word, axis in axes if axis != "category" or card.tree.nodes)


def _added(sums: Sums) -> str:
    if not sums.compared:
        return "no total of the publisher was found in it"
    result = f"not the sum: {sums.faults[0]}" if sums.faults else "each is the sum"
    return f"{sums.compared} totals of the publisher added up again, {result}"


def _first_figures(card: SourceCard, place: Place, frame: pd.DataFrame) -> Iterator[str]:
    """The first figures as they were read, for a person to hold against the file."""
    areas = {area.code: area.name["en"] for area in (*place.areas, *place.unallocated)} | {
        place.code: place.whole["en"]
    }
    kinds = {code: node.name["en"] for code, node in card.tree.nodes.items()}
    several = len(card.variables) > 1
    for row in frame[frame["value"].notna()].head(FIRST_FIGURES).itertuples():
        label = card.variables[row.variable].get("label", {}).get("en", row.variable) if several else ""
        named = [areas.get(row.area, row.area), row.period, kinds.get(row.category, ""), label]
        yield f"first figures: {', '.join(filter(None, named))}: {row.value:.12g}"
