"""What is noted beside a register: the statements that speak of an entry, and the statistics that would show its
effect.

Three small tables stand beside the file: ``entries.csv`` (one row an entry), ``statistics.csv`` (the statistics that
entries name, each with the indicators that give it) and ``places.csv`` (which spellings of the register and of the
statements are one place).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from language import words_of
from loaders.cards.code_lists import refuse_private
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError

INDIVIDUAL = ("yes", "partly", "unclear", "no")
KNOWN_BY = ("named", "reading", "no_reason", "not_stated")
Words = dict[str, str]


@dataclass(frozen=True)
class Statistic:
    """One statistic that would show an effect, and the indicators of the statements that give it (none: no indicator
    does)."""

    code: str
    name: Words
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One row of the register. ``year`` of the first announcement ('' = not stated).

    ``individual``: does it handle data on individuals? ``known_by``: the announcement names them, our reading, no
    reason recorded, or not stated. ``spoken_of``: the systems of the statements that mean this entry.
    """

    code: str
    year: str
    individual: str
    known_by: str
    statistics: tuple[str, ...]
    spoken_of: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """``entries`` by the published name; ``places``: spelling → (code, region); ``regions``: code → name."""

    entries: dict[str, Entry]
    statistics: dict[str, Statistic]
    places: dict[str, tuple[str, str]]
    regions: dict[str, Words]


def read_register(card: SourceCard, table: pd.DataFrame, indicators: set[str], systems: set[str]) -> Register:
    """What stands beside the register ``table``. Raises SourceError with every fault.

    ``indicators`` and ``systems``: those that the linked statements have; an entry may name no others.
    """
    faults: list[Fault] = []
    listed, statistics, places = (
        _rows(card.folder / name, faults) for name in ("entries.csv", "statistics.csv", "places.csv")
    )
    if not faults:
        faults += [
            *_entry_faults(listed, table, {row["code"] for row in statistics}, systems),
            *_unknown(statistics, "statistics.csv", "indicators", " ", indicators),
            *_missing(set(table["place"]), {row["place"] for row in places}, "places.csv", "place"),
        ]
    if faults:
        raise SourceError(f"{card.id} (beside {card.latest.file})", faults)
    return Register(
        {row["system_zh"]: _entry(row) for row in listed},
        {
            row["code"]: Statistic(row["code"], words_of(row, "name"), tuple(row["indicators"].split()))
            for row in statistics
        },
        {row["place"]: (row["code"], row["region"]) for row in places},
        {row["region"]: words_of(row, "region") for row in places},
    )


def _rows(path: Path, faults: list[Fault]) -> list[dict[str, str]]:
    if not path.exists():
        todo = "See CONTRIBUTING, A register."
        faults.append(Fault(f"'{path.name}'", "the table is missing", "a table beside the register", "nothing", todo))
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    refuse_private(rows, f"{path.parent.parent.name}/{path.parent.name}/{path.name}")
    return rows


def _entry(row: dict[str, str]) -> Entry:
    spoken_of = tuple(dict.fromkeys([row["system_zh"], *filter(None, row["claims_systems"].split(";"))]))
    return Entry(
        row["code"], row["year"], row["individual"], row["known_by"], tuple(row["statistics"].split()), spoken_of
    )


def _entry_faults(
    listed: list[dict[str, str]], table: pd.DataFrame, statistics: set[str], systems: set[str]
) -> Iterator[Fault]:
    announced = dict(zip(table["system_zh"], table["announced"], strict=True))
    yield from _missing(set(announced), {row["system_zh"] for row in listed}, "entries.csv", "system_zh")
    yield from _missing({row["system_zh"] for row in listed}, set(announced), "the register", "system_zh")
    yield from _unknown(listed, "entries.csv", "statistics", " ", statistics)
    yield from _unknown(listed, "entries.csv", "claims_systems", ";", systems)
    seen: set[str] = set()
    for number, row in enumerate(listed, 2):
        where = f"'entries.csv', row {number}"
        if row["code"] in seen or not re.fullmatch(r"[a-z0-9_]+", row["code"]):
            yield Fault(
                where,
                "'code' is no code of its own",
                "lower-case letters, digits and _, once",
                row["code"],
                "Choose another; never change one.",
            )
        seen.add(row["code"])
        for name, known in (("individual", INDIVIDUAL), ("known_by", KNOWN_BY)):
            if row[name] not in known:
                yield Fault(
                    where, f"'{name}' is unknown", " | ".join(known), row[name] or "nothing", "Choose one of them."
                )
        if row["year"] and row["year"] not in announced.get(row["system_zh"], row["year"]):
            yield Fault(
                where,
                "'year' does not stand in the announcement's date",
                announced[row["system_zh"]],
                row["year"],
                "Take it from there.",
            )


def _missing(needed: set[str], present: set[str], table: str, column: str) -> Iterator[Fault]:
    for text in sorted(needed - present):
        yield Fault(table, f"'{column}' lacks a row", f"a row for '{text}'", "none", "Add it.")


def _unknown(rows: list[dict[str, str]], table: str, column: str, mark: str, known: set[str]) -> Iterator[Fault]:
    for number, row in enumerate(rows, 2):
        for text in filter(None, row[column].split(mark)):
            if text not in known:
                yield Fault(
                    f"'{table}', row {number}",
                    f"'{column}' names what is not listed",
                    "a listed one",
                    f"'{text}'",
                    "Fix the spelling.",
                )
