"""Statements in prose: what was stated, by whom, when, and over which period, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from language import LANGUAGES, REQUIRED, chain, words_of
from loaders.cards.code_lists import read_rows
from loaders.cards.source_card import SourceCard
from loaders.claims.readings import claim_faults, read_readings
from loaders.errors import Fault, SourceError
from loaders.formats.text_table import of_frame
from loaders.gate.admission import let_in
from loaders.tables.published_file import byte_faults, parse_table

_RELATIONS = (
    "measures",
    "part_of",
    "adds_up_to",
    "daily_of",
    "difference_of",
    "family",
    "scope",
    "numerator",
    "denominator",
)

_WORDS = ("place", "unit", "kind", "compared_with", "quote", "publisher", "reliability", "note")


@dataclass(frozen=True)
class Indicator:
    """One thing that statements speak of; different things have different codes even where the press uses one word.

    ``measures``: what kind of quantity (one of ``readings.MEASURES``). ``part_of``: the indicator whose cases include
    all of these. ``adds_up_to``: the indicator that this one and every other with the same entry make up.
    ``difference_of``: the one whose change in number this is. ``family`` and ``scope``: those that the press calls by
    one word, and what each covers. ``numerator`` and ``denominator``: the two counts that a share is made of.
    """

    code: str
    topic: str
    name: dict[str, str]
    definition: dict[str, str]
    measures: str = "count"
    part_of: str = ""
    adds_up_to: str = ""
    daily_of: str = ""
    difference_of: str = ""
    family: str = ""
    scope: str = ""
    numerator: str = ""
    denominator: str = ""


def read_statements(card: SourceCard) -> pd.DataFrame:
    """Claims or register rows: one row = one statement (or system), the card's own columns as text.

    Every column of words, and every other that has labels, is joined by one for each language: ``<column>_en``,
    ``<column>_zh`` … Raises SourceError with every fault.
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
        if known or word in _WORDS:
            for language in LANGUAGES:
                frame[f"{word}_{language}"] = [known[text][language] if text in known else text for text in frame[word]]
    return _with_own_names(_with_counted_things(frame, card, labels), card)


def _with_counted_things(frame: pd.DataFrame, card: SourceCard, labels: dict) -> pd.DataFrame:
    """Units in words as the readings of statements give them: 'calls' where the file has a bare measure word."""
    units = {claim: reading.unit for claim, reading in read_readings(card).items() if reading.unit}
    for language in LANGUAGES if units else ():
        column = f"unit_{language}"
        frame[column] = [
            labels[card.columns["unit"], units[claim]][language] if claim in units else text
            for claim, text in zip(frame["claim_id"], frame[column], strict=True)
        ]
    return frame


def _with_own_names(frame: pd.DataFrame, card: SourceCard) -> pd.DataFrame:
    """What stands in a column for each language (``system_en``, ``system_zh``) also under one name,
    ``system_own_<code>``: as labelled in that language where it has no column."""
    first = f"_{REQUIRED[0]}"
    for stem in (word.removesuffix(first) for word in card.columns if word.endswith(first)):
        for code in LANGUAGES:
            near = next(f"{stem}_{near}" for near in (code, *chain(code)) if f"{stem}_{near}" in card.columns)
            frame[f"{stem}_own_{code}"] = frame[f"{near}_{code}" if f"{near}_{code}" in frame else near]
    return frame


def read_indicators(card: SourceCard) -> tuple[dict[str, Indicator], dict[tuple[str, str], str]]:
    """The controlled list of indicators, and which published wording (Chinese, English) means which of them."""
    listed = {
        row["code"]: Indicator(
            row["code"],
            row["topic"],
            words_of(row, "name"),
            words_of(row, "definition"),
            *(row.get(key, "") for key in _RELATIONS),
        )
        for row in read_rows(card.folder / "indicators.csv")
    }
    return listed, {
        (row["indicator_zh"], row["indicator_en"]): row["code"] for row in read_rows(card.folder / "indicator_map.csv")
    }


def _labels(card: SourceCard) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["column"], row["text"]): words_of(row) for row in read_rows(card.folder / "labels.csv")}


def _faults(frame: pd.DataFrame, card: SourceCard):
    file = card.latest.file
    for heading in sorted(set(card.columns.values()) ^ set(frame.columns)):
        yield Fault(
            f"'{file}', heading row",
            "headings and [columns] do not fit",
            "each heading once in [columns]",
            heading,
            "Fix [columns].",
        )
    known = _labels(card)
    if card.kind == "claims" and set(card.columns.values()) <= set(frame.columns):
        yield from claim_faults(
            frame.rename(columns={heading: word for word, heading in card.columns.items()}), card, set(known)
        )
    for heading in {column for column, _ in known} & set(frame.columns):
        for number, text in enumerate(frame[heading], 2):
            if text and (heading, text) not in known and not _plain(text):
                yield Fault(
                    f"'{file}', row {number}, column {heading}",
                    "a text without labels",
                    "a row in labels.csv",
                    f"'{text}'",
                    "Add it in every language.",
                )


def _plain(text: str) -> bool:
    """Numbers, dates and codes need no label."""
    return all(character in "0123456789-.:/%×" for character in text)
