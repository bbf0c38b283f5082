"""How a statement is to be read: against what base, how exactly, and whether all that it needs is there."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from language import LANGUAGES
from loaders.cards.code_lists import read_rows
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault

MEASURES = ("count", "stock", "money", "share", "rate", "index", "daily", "difference", "words")
BOUNDS = ("", "at_least", "at_most", "about")
RELATIONS = ("part_of", "adds_up_to", "daily_of", "difference_of", "numerator", "denominator")


@dataclass(frozen=True)
class ClaimReading:
    """What the words around a figure say about it: 'over', 'nearly', 'about'.

    A base or a sign that stands outside its column. ``unit``: what is counted, as ``labels.csv`` spells it, where the
    unit of the file says less (a bare measure word).
    """

    bound: str = ""
    compared_with: str = ""
    multiplier: float = 1
    unit: str = ""


def read_readings(card: SourceCard) -> dict[str, ClaimReading]:
    """The readings that differ from the plain one, by claim."""
    return {
        row["claim_id"]: ClaimReading(
            row["bound"], row["compared_with"], float(row["multiplier"] or 1), row.get("unit", "")
        )
        for row in read_rows(card.folder / "readings.csv")
    }


def read_beside(card: SourceCard) -> list[dict[str, str]]:
    """Figures that one publication states beside a claim: a change, a daily average, the level before.

    One row = one figure.
    """
    return read_rows(card.folder / "stated_beside.csv")


def claim_faults(frame: pd.DataFrame, card: SourceCard, labelled: set[tuple[str, str]]):
    """Every claim needs an indicator, a base when it is a change, a gloss when it has a quote, a publisher and a
    date."""
    meant = {(row["indicator_zh"], row["indicator_en"]) for row in read_rows(card.folder / "indicator_map.csv")}
    known = set(card.readings.get("bases", {}))
    for number, row in enumerate(frame.to_dict("records"), 2):
        where = f"'{card.latest.file}', row {number} ({row['claim_id']})"
        pair = (row["indicator_zh"], row["indicator_en"])
        if pair not in meant:
            yield Fault(
                where,
                "a wording without an indicator",
                "a row in indicator_map.csv",
                f"'{' / '.join(pair)}'",
                "Add it to indicator_map.csv.",
            )
        if row["kind"] == "percent_change" and row["compared_with"] not in known:
            base = f"'{row['compared_with']}'"
            todo = "Add it there; 'not_stated' is a base too."
            yield Fault(where, "a change without a known base", "a spelling in [readings.bases]", base, todo)
        if row["quote"] and not _in_every_language(card) and (card.columns["quote"], row["quote"]) not in labelled:
            yield Fault(
                where,
                "a quote without a gloss",
                "a row in labels.csv",
                f"'{row['quote']}'",
                "Say in every other language what it says.",
            )
        for key in ("publisher", "published"):
            if not row[key].strip():
                yield Fault(where, f"no {key}", "a text", "nothing", f"Add {card.columns[key]}.")
    yield from _list_faults(frame, card)
    for name, reading in read_readings(card).items():
        if reading.unit and (card.columns["unit"], reading.unit) not in labelled:
            todo = "Add it in every language."
            yield Fault(f"'readings.csv', {name}", "a unit without labels", "a row in labels.csv", reading.unit, todo)


def _in_every_language(card: SourceCard) -> bool:
    return set(LANGUAGES) <= {card.readings.get("quote_language", "")}


def _list_faults(frame: pd.DataFrame, card: SourceCard):
    """Do the small tables beside the claims name only what exists?"""
    ids, bases = set(frame["claim_id"]), card.readings.get("bases", {})
    for name in ("readings.csv", "stated_beside.csv"):
        for number, row in enumerate(read_rows(card.folder / name), 2):
            where = f"'{name}', row {number}"
            if row["claim_id"] not in ids:
                yield Fault(where, "no such claim", "a claim_id of the file", row["claim_id"], "Fix the id.")
            if row["bound"] not in BOUNDS:
                yield Fault(
                    where, "'bound' is unknown", " | ".join(BOUNDS), row["bound"], "Choose one or leave it empty."
                )
            if row["compared_with"] and row["compared_with"] not in bases:
                yield Fault(
                    where, "an unknown base", "a spelling in [readings.bases]", row["compared_with"], "Add it there."
                )
    yield from _indicator_faults(card)


def _indicator_faults(card: SourceCard):
    rows = read_rows(card.folder / "indicators.csv")
    codes = {row["code"] for row in rows}
    for row in rows:
        where = f"'indicators.csv', {row['code']}"
        if row["measures"] not in MEASURES:
            todo = "Say what kind of quantity it is."
            yield Fault(where, "'measures' is unknown", " | ".join(MEASURES), row["measures"], todo)
        for key in RELATIONS:
            if row.get(key) and row[key] not in codes:
                yield Fault(where, f"'{key}' is no indicator", "a code of indicators.csv", row[key], "Fix the code.")
