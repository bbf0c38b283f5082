"""Adds the figures up to the totals that the publisher gives: areas to the city, types to their group, groups to all.

A card leaves the publisher's total rows and columns out. Here the table is read once more with them, and added up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, FaultyInput
from loaders.lint.sums import FEW_DIGITS, end_of_run
from loaders.observations.read import cells_of
from loaders.observations.table import KEYS
from loaders.places.place import Place
from loaders.tables.column_roles import columns_of, header_rows, spellings_of, whole_labels, words_of
from loaders.tables.published_file import read_cut
from loaders.tables.table_area import JOIN

MOST_NAMED = 5


@dataclass
class Sums:
    """``compared``: how many of the publisher's totals were added up again; ``faults``: those that are not the sum.

    ``remarks``: totals over figures of which some are not published, and that would therefore be more than their sum.
    """

    compared: int = 0
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Total:
    """A total that the card leaves out: its axis and label, the codes that it may stand for, and the card's words that
    read it."""

    axis: str
    label: str
    wholes: dict[str, str]
    words: dict


def totals(card: SourceCard, release: Release, place: Place) -> Sums:
    """Every total row and column that the card leaves out, against the sum of what it keeps."""
    words, sums = words_of(card, release), Sums()
    for label in sorted(whole_labels(words)):
        _add_up(sums, card, release, place, _Total("area", label, {label: place.code}, words))
    for axis, label, fewer in _left_out(words, columns_of(card, release)):
        wholes = {label: place.code} if axis == "area" else _wholes(card, release, label)
        _add_up(sums, card, release, place, _Total(axis, label, wholes, {**words, **fewer}))
    return sums


def _left_out(words: dict, columns: dict[str, list[str]]):
    """The axis of each label that is left out, the label, and the card's words without it."""
    for axis in ("area", "category"):
        for heading in columns.get(axis, ()):
            labels = words.get("ignore_rows", {}).get(heading, ())
            for label in [labels] if isinstance(labels, str) else labels:
                others = [other for other in labels if other != label] if not isinstance(labels, str) else []
                rows = {key: named for key, named in words["ignore_rows"].items() if key != heading} | (
                    {heading: others} if others else {}
                )
                yield axis, label, {"ignore_rows": rows}
        if axis in header_rows(words):
            for label in words.get("ignore", ()):
                yield axis, label, {"ignore": [other for other in words["ignore"] if other != label]}


def _wholes(card: SourceCard, release: Release, label: str) -> dict[str, str]:
    """How the file writes each total that ``label`` may stand for, and its code: a group by its name, a group beside
    its types, or everything."""
    nodes, spelt = card.tree.nodes, spellings_of(card, release)
    sums = [code for code in nodes if card.tree.children(code)]
    named = [code for code in sums if label in (*nodes[code].name.values(), code) or spelt.get(label) == code]
    if named:
        return {label: named[0]}
    beside = {}
    for code in sums:
        groups = {
            text.split(JOIN)[0]
            for text, leaf in spelt.items()
            if nodes.get(leaf) and nodes[leaf].parent == code and JOIN in text
        }
        beside |= {f"{group}{JOIN}{label}": code for group in groups if len(groups) == 1}
    roots = [code for code in nodes if not nodes[code].parent]
    return beside or ({label: roots[0]} if len(roots) == 1 else {})


def _add_up(sums: Sums, card: SourceCard, release: Release, place: Place, total: _Total) -> None:
    """Read the table with the totals under the codes of their wholes.

    Silent where the label turns out to be no total.
    """
    axis, wholes, label = total.axis, total.wholes, total.label
    again = card.model_copy(
        update={"table": total.words, "area_codes": {**card.area_codes, **(wholes if axis == "area" else {})}}
    )
    spelt = {**spellings_of(card, release), **(wholes if axis == "category" else {})}
    try:
        edition = release.model_copy(update={"table": None, "categories": spelt})
        cut = read_cut(again, edition, words_of(again, edition))
        cells, faults = cells_of(cut, again, edition, place, cut.faults)
    except FaultyInput:
        return
    if faults:
        return
    rates = [code for code, variable in card.variables.items() if variable.get("kind") == "rate"]
    cells = cells[~cells["variable"].isin(rates)]
    for code in dict.fromkeys(wholes.values()):
        parts = cells[axis] != code if axis == "area" else cells[axis].isin(card.tree.leaves(code))
        stated, added = (_by(cells[rows], axis) for rows in (cells[axis] == code, parts))
        sums.compared += len(stated)
        where, added = f"{card.id}/{release.file}", added.reindex(stated.index)
        whole = ~_with_gaps(cells[parts], axis).reindex(stated.index, fill_value=False)
        if axis == "area" and _adds_up_some(stated[whole], cells[parts], [area.code for area in place.areas]):
            continue
        sums.faults += _wrong(stated[whole], added[whole], where, label)
        sums.remarks += _open_sums(stated[~whole], added[~whole], where, label)


def _by(cells: pd.DataFrame, axis: str) -> pd.Series:
    return cells.groupby([key for key in KEYS if key != axis])["value"].sum(min_count=1)


def _adds_up_some(stated: pd.Series, parts: pd.DataFrame, codes: list[str]) -> bool:
    """Is a total that of a region: the sum of areas that stand beside one another in the place's list?"""
    keys = ["area", *(key for key in KEYS if key != "area")]
    table = parts.groupby(keys)["value"].sum(min_count=1).unstack("area").reindex(index=stated.index)
    cells = table.reindex(columns=codes).to_numpy(dtype=float).T
    totals = stated.to_numpy(dtype=float)
    starts = range(len(codes) if len(totals) else 0)
    ends = (
        (start, end_of_run(np.vstack([totals, cells[start:]]), 0, range(1, 1 + len(codes) - start), FEW_DIGITS))
        for start in starts
    )
    return any(end > 0 and (start, end) != (0, len(codes)) for start, end in ends)


def _with_gaps(cells: pd.DataFrame, axis: str) -> pd.Series:
    """For each sum: is a figure of it lacking that other periods have, or not published?"""
    keys = [key for key in KEYS if key != axis]
    counts = cells.groupby(keys)["value"].count()
    usual = counts.groupby(level=[key for key in keys if key != "period"]).transform("max")
    return counts < usual


def _open_sums(stated: pd.Series, added: pd.Series, where: str, label: str) -> list[Fault]:
    """A total beside figures of which one is hidden: it says what is hidden, so neither number is repeated here."""
    different = stated[(stated - added.fillna(0)).abs() > 0.5]
    if not len(different):
        return []
    what = f"the publisher's total '{label}' is printed beside figures that are not published ({len(different)} times)"
    todo = "Where a single figure is hidden the total gives it away: tell the publisher."
    first = ", ".join(filter(None, different.index[0]))
    return [Fault(f"{where}, {first}", what, "a total with no gap beside it", "a sum with a gap", todo)]


def _wrong(stated: pd.Series, added: pd.Series, where: str, label: str) -> list[Fault]:
    wrong = stated[(stated - added).abs() > 0.5 + 1e-9 * stated.abs()]
    more = f" ({len(wrong)} such totals)" if len(wrong) > 1 else ""
    todo = f"Look for an area or category that is not in the sum, and ask the publisher{more}."
    return [
        Fault(
            f"{where}, {', '.join(filter(None, key))}",
            f"the publisher's total '{label}' is not the sum",
            f"{stated[key]:g}",
            f"{added[key]:g}",
            todo,
        )
        for key in wrong.index[:MOST_NAMED]
    ]
