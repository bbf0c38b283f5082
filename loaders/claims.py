"""What was stated in prose, by whom, when, and over which period? Claims and registers, in both languages."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass

import pandas as pd

from loaders.cards import SourceCard
from loaders.errors import Fault, SourceError


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
    path = card.folder / card.latest.file
    data = path.read_bytes() if path.exists() else b""
    raw = _rows(path) if data else []
    faults = list(_faults(raw, data, card))
    if faults:
        raise SourceError(f"{card.id}/{card.latest.file}", faults)
    frame = pd.DataFrame(raw).rename(columns={heading: word for word, heading in card.columns.items()})
    labels = _labels(card)
    for word, heading in card.columns.items():
        known = {text: words for (column, text), words in labels.items() if column == heading}
        if known:
            for language in ("en", "zh"):
                frame[f"{word}_{language}"] = [known[text][language] if text in known else text for text in frame[word]]
    return frame


def read_indicators(card: SourceCard) -> tuple[dict[str, Indicator], dict[tuple[str, str], str]]:
    """The controlled list of indicators, and which published wording (Chinese, English) means which of them."""
    listed = {
        row["code"]: Indicator(row["code"], row["topic"], {"en": row["name_en"], "zh": row["name_zh"]}, {"en": row["definition_en"], "zh": row["definition_zh"]})
        for row in _rows(card.folder / "indicators.csv")
    }
    return listed, {(row["indicator_zh"], row["indicator_en"]): row["code"] for row in _rows(card.folder / "indicator_map.csv")}


def _rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _labels(card: SourceCard) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["column"], row["text"]): {"en": row["en"], "zh": row["zh"]} for row in _rows(card.folder / "labels.csv")}


def _faults(rows: list[dict], data: bytes, card: SourceCard):
    release = card.latest
    found = hashlib.sha256(data).hexdigest()
    if found != release.sha256:
        yield Fault(f"{card.id}: '{release.file}'", "is not the file that was recorded", f"sha256 {release.sha256}", found, "Record it as a new release, or restore it.")
    headings = set(rows[0]) if rows else set()
    for heading in sorted(set(card.columns.values()) ^ headings):
        yield Fault(f"'{release.file}', heading row", "headings and [columns] do not fit", "each heading once in [columns]", heading, "Mend [columns].")
    labelled = {column for column, _ in _labels(card)}
    known = _labels(card)
    for number, row in enumerate(rows, 2):
        for heading in labelled & headings:
            text = row[heading]
            if text and (heading, text) not in known and not _plain(text):
                yield Fault(f"'{release.file}', row {number}, column {heading}", "a text without labels", "a row in labels.csv", f"'{text}'", "Add it in both languages.")


def _plain(text: str) -> bool:
    """Numbers, dates and codes need no label."""
    return all(character in "0123456789-.:/%×" for character in text)
