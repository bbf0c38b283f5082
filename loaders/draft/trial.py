"""Reads a drafted card back, adds the publisher's totals up again, and writes what was read into the card."""

from __future__ import annotations

import re
from pathlib import Path

from loaders.cards.read_card import read_card
from loaders.errors import Fault, FaultyInput
from loaders.lint.totals import totals
from loaders.observations.read import read_release
from loaders.places.read_places import read_place
from loaders.tables.column_roles import words_of
from loaders.tables.published_file import read_cut

MOST_NAMED = 5


def reading(root: Path, place: Path, folder: Path) -> list[str]:
    """Read the draft as any dataset is read; lines that say what was found.

    Its card learns rows, total, first and last period.
    """
    path = folder / "source.toml"
    try:
        card = read_card(path, licensed=False)
        place_read = read_place(place)
        frame = read_release(card, card.latest, place_read).frame
        rows = read_cut(card, card.latest, words_of(card, card.latest)).table.rows
        sums = totals(card, card.latest, place_read)
    except FaultyInput as error:
        return [f"cannot be read yet: {fault}" for fault in error.faults[:MOST_NAMED]]
    first, last = frame["period"].min(), frame["period"].max()
    total = frame.loc[frame["variable"] == next(iter(card.variables)), "value"].sum()
    lines = f'rows = {rows}\ntotal = {total:.12g}\nfrom = "{first}"\nto = "{last}"\ncolumns = '
    path.write_text(
        re.sub(r"(?m)^columns = ", lambda _: lines, path.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    axes = (("areas", "area"), ("kinds", "category"), ("periods", "period"), ("variables", "variable"))
    counted = ", ".join(
        f"{frame[axis].nunique()} {word}" for word, axis in axes if axis != "category" or card.tree.nodes
    )
    return [f"read: {card.latest.file}: {counted}, {first} to {last}; {_added(sums.compared, sums.faults)}"]


def _added(compared: int, faults: list[Fault]) -> str:
    if not compared:
        return "no total of the publisher was found in it"
    sums = f"not the sum: {faults[0]}" if faults else "each is the sum"
    return f"{compared} totals of the publisher added up again, {sums}"
