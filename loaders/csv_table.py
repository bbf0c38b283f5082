"""What does a published CSV table say, cell by cell, in our words?

Wide tables (one column per period) and long ones (one row per period) come out in one shape. Nothing is improved: a cell
is a number or it is missing, and whatever else it holds is a fault with its row and column.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from language import SPOKEN_IN_CODE
from loaders import periods
from loaders.cards import Release, SourceCard
from loaders.errors import Fault, SourceError
from loaders.files import byte_faults, parse_table, read_bytes
from loaders.gate import let_in
from loaders.places import Place

KEYS = ["area", "category", "period", "variable"]


@dataclass(frozen=True)
class Observations:
    """One release of a dataset, as published.

    ``frame``: one row = one area, category, period and variable; columns ``area``, ``category`` ('' when the table has
    none), ``period``, ``variable`` (codes) and ``value`` (float; NaN = the publisher left the cell empty).
    """

    card: SourceCard
    release: Release
    frame: pd.DataFrame


def read_release(card: SourceCard, release: Release, place: Place) -> Observations:
    """Read one file of a dataset. Raises SourceError with every fault of the file."""
    from loaders.checks import table_faults

    data = read_bytes(card, release)
    faults = byte_faults(data, card, release)
    raw = parse_table(data, card, release)
    let_in(raw, card, release, place, faults)
    faults += _heading_faults(raw, card, release)
    if any(fault.what == "a column is missing" for fault in faults) or raw.empty:
        empty = Fault(f"'{release.file}'", "has no rows", "at least one row", "none", "Restore the published file.")
        raise SourceError(f"{card.id}/{release.file}", [*faults, *([empty] if raw.empty else [])])
    cells = _melt(raw, card, release)
    cells["value"], bad = _numbers(cells, card, release)
    faults += bad
    named, unknown = _coded(cells, card, release, place)
    faults += unknown
    faults += table_faults(named, card, release, len(raw))
    if faults:
        raise SourceError(f"{card.id}/{release.file}", faults)
    return Observations(card, release, named[[*KEYS, "value"]].reset_index(drop=True))


def _heading_faults(raw: pd.DataFrame, card: SourceCard, release: Release) -> list[Fault]:
    expected = list(_columns(card, release).values())
    faults = [
        Fault(f"'{release.file}', heading row", "a column is missing", name, ", ".join(raw.columns[:6]) + " …", "Mend 'columns' of the release.")
        for name in [*expected, *_value_columns(card)]
        if name not in raw.columns
    ]
    if _is_wide(card) and not any(periods.parse(name, card.frequency) for name in raw.columns):
        faults.append(
            Fault(
                f"'{release.file}', heading row",
                "a column is missing",
                f"a column for each {card.frequency}",
                "none",
                "Mend 'frequency' of the card.",
            )
        )
    known = {*expected, *release.ignore, *card.area_columns.values(), *_value_columns(card)}
    for name in raw.columns:
        if name not in known and not (_is_wide(card) and periods.parse(name, card.frequency)):
            faults.append(
                Fault(
                    f"'{release.file}', heading row",
                    "a column that the card does not know",
                    "only declared columns",
                    f"'{name}'",
                    "Declare or ignore it.",
                )
            )
    return faults


def _columns(card: SourceCard, release: Release) -> dict[str, str]:
    """Our word → the file's heading; a list of areas says it once for all its releases."""
    return release.columns or ({"area": card.area_columns["code"]} if card.area_columns else {})


def _is_wide(card: SourceCard) -> bool:
    return card.table.get("layout") == "wide"


def _value_columns(card: SourceCard) -> list[str]:
    return [] if _is_wide(card) else [variable["column"] for variable in card.variables.values()]


def _melt(raw: pd.DataFrame, card: SourceCard, release: Release) -> pd.DataFrame:
    """One row per cell: the published spellings, the text of the cell, and where it stands in the file."""
    ours = pd.DataFrame({key: raw[heading] for key, heading in _columns(card, release).items()})
    ours["row"] = range(2, len(raw) + 2)
    if _is_wide(card):
        headings = [name for name in raw.columns if periods.parse(name, card.frequency)]
        parts = [ours.assign(period_text=name, text=raw[name], column=name, variable=next(iter(card.variables))) for name in headings]
    else:
        when = ours["period"] if "period" in ours else card.table.get("period", "")
        parts = [
            ours.assign(period_text=when, text=raw[variable["column"]], column=variable["column"], variable=code)
            for code, variable in card.variables.items()
        ]
    return pd.concat(parts, ignore_index=True)


def _numbers(cells: pd.DataFrame, card: SourceCard, release: Release) -> tuple[pd.Series, list[Fault]]:
    text = cells["text"].str.strip()
    values = pd.to_numeric(text, errors="coerce")
    whole = cells["variable"].map({code: variable.get("whole", True) for code, variable in card.variables.items()})
    faults = []
    for wrong, what, expected in (
        (values.isna() & (text != ""), "a cell is no number", "a number"),
        (values < 0, "a count is negative", "zero or more"),
        (values.notna() & whole & (values % 1 != 0), "a count is not whole", "a whole number"),
    ):
        faults += [
            Fault(f"'{release.file}', row {row.row}, column {row.column}", what, expected, f"'{row.text}'", "Ask the publisher; never mend the file.")
            for row in cells[wrong].itertuples()
        ]
    return values, faults


def _coded(cells: pd.DataFrame, card: SourceCard, release: Release, place: Place) -> tuple[pd.DataFrame, list[Fault]]:
    """Published spellings become codes; a spelling that neither card nor place knows is a fault."""
    faults: list[Fault] = []

    def codes(column: str, lookup, what: str, todo: str) -> pd.Series:
        found = {text: lookup(text) for text in cells[column].unique()}
        for text in [text for text, code in found.items() if code is None]:
            rows = cells.loc[cells[column] == text, "row"].drop_duplicates()
            faults.append(
                Fault(f"'{release.file}', row {rows.iloc[0]} ({len(rows)} rows)", what, "a name the card or place knows", f"'{text}'", todo)
            )
        return cells[column].map(found)

    named = cells.copy()
    named["period"] = codes("period_text", lambda text: periods.parse(text, card.frequency), "not a period", "Mend the card's frequency.")
    if "area" in cells:
        named["area"] = codes(
            "area", lambda text: card.area_codes.get(text) or place.code_of(text), "unknown area", "Add it to [area_codes] or to the place's aliases."
        )
    else:
        named["area"] = card.table.get("area", place.code)
    if "category" in cells:
        spellings = release.categories or {node.name[SPOKEN_IN_CODE]: code for code, node in card.tree.nodes.items()}
        named["category"] = codes("category", spellings.get, "unknown category", "Add it to [releases.categories] and categories.csv.")
    else:
        named["category"] = ""
    return named, faults
