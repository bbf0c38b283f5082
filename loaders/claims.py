"""What was stated in prose, by whom, when, and over which period? Claims and registers, in both languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import pandas as pd

from language import LANGUAGES
from loaders.beside import refuse_private
from loaders.cards import SourceCard
from loaders.columns import of_frame
from loaders.errors import Fault, SourceError
from loaders.files import byte_faults, parse_table
from loaders.gate import let_in


@dataclass(frozen=True)
class Indicator:
    """One thing that statements speak of; different things have different codes even where the press uses one word."""

    code: str
    topic: str
    name: dict[str, str]
    definition: dict[str, str]


def read_statements(card: SourceCard) -> pd.DataFrame:
    """Claims or register rows: one row = one statement (or system), the card's own columns as text.

    Every column that has labels is joined by ``<column>_en`` and ``<column>_zh``. Raises SourceError with every fault.
    """
    frame = parse_table(card, card.latest)
    faults = byte_faults(card, card.latest)
    let_in(of_frame(frame, card.latest.file), card, card.latest, faults=faults)
    faults += _faults(frame, card)
    if faults:
        raise SourceError(f"{card.id}/{card.latest.file}", faults)
    frame = frame.rename(columns={heading: word for word, heading in card.columns.items()})
    labels = _labels(card)
    for word, heading in card.columns.items():
        known = {text: words for (column, text), words in labels.items() if column == heading}
        if known:
            for language in LANGUAGES:
                frame[f"{word}_{language}"] = [known[text][language] if text in known else text for text in frame[word]]
    return frame


def read_indicators(card: SourceCard) -> tuple[dict[str, Indicator], dict[tuple[str, str], str]]:
    """The controlled list of indicators, and which published wording (Chinese, English) means which of them."""
    listed = {
        row["code"]: Indicator(row["code"], row["topic"], _words(row, "name"), _words(row, "definition"))
        for row in _rows(card.folder / "indicators.csv")
    }
    return listed, {(row["indicator_zh"], row["indicator_en"]): row["code"] for row in _rows(card.folder / "indicator_map.csv")}


def _words(row: dict[str, str], key: str) -> dict[str, str]:
    return {code: row[f"{key}_{code}"] for code in LANGUAGES}


def _rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    refuse_private(rows, f"{path.parent.parent.name}/{path.parent.name}/{path.name}")
    return rows


def _labels(card: SourceCard) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["column"], row["text"]): {code: row[code] for code in LANGUAGES} for row in _rows(card.folder / "labels.csv")}


def _faults(frame: pd.DataFrame, card: SourceCard):
    file = card.latest.file
    for heading in sorted(set(card.columns.values()) ^ set(frame.columns)):
        yield Fault(f"'{file}', heading row", "headings and [columns] do not fit", "each heading once in [columns]", heading, "Mend [columns].")
    known = _labels(card)
    for heading in {column for column, _ in known} & set(frame.columns):
        for number, text in enumerate(frame[heading], 2):
            if text and (heading, text) not in known and not _plain(text):
                yield Fault(
                    f"'{file}', row {number}, column {heading}",
                    "a text without labels",
                    "a row in labels.csv",
                    f"'{text}'",
                    "Add it in both languages.",
                )


def _plain(text: str) -> bool:
    """Numbers, dates and codes need no label."""
    return all(character in "0123456789-.:/%×" for character in text)
