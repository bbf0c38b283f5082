"""Which figures were published about a place in prose, and which of them speak of the same thing?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from disclosure.remembered import MB, Frame, remembered
from loaders import SourceCard
from loaders.claims.readings import read_readings
from loaders.claims.statements import Indicator, read_indicators
from measures.store.readings import read_once
from measures.store.shelf import Shelf

LEVELS = ("count", "level", "rate", "share", "target")


@dataclass(frozen=True)
class Statements:
    """Statements about one place and one indicator.

    ``table``: one row = one statement, oldest period first; ``number`` is its value (NaN for words), ``start`` and
    ``end`` the days of its period ('' when not stated), ``area`` the code of the area it speaks of, ``bound`` what the
    words around the figure say of it ('' | at_least | at_most | about).
    """

    indicator: Indicator
    table: pd.DataFrame = Frame()
    card: SourceCard


@remembered()
@read_once("claims")
def indicators_and_wordings(shelf: Shelf, dataset: str) -> tuple[dict[str, Indicator], dict[tuple[str, str], str]]:
    """Every indicator of the dataset, and which published wording means which of them; read and judged once for a
    shelf."""
    return read_indicators(shelf.cards[dataset])


@remembered(32 * MB)
@read_once("claims", "register")
def claims_table(shelf: Shelf, dataset: str) -> pd.DataFrame:
    """Every row of a claims or register dataset with codes and every language; one row = one statement or system.

    Raises SourceError when the dataset is faulty.
    """
    card = shelf.cards[dataset]
    frame = shelf.statements(dataset).copy()
    frame["licence"] = card.licenses[0]["name"]
    if card.kind == "claims":
        _, meaning = indicators_and_wordings(shelf, dataset)
        frame["indicator"] = [meaning[pair] for pair in zip(frame["indicator_zh"], frame["indicator_en"], strict=True)]
        frame["area"] = [card.place_codes.get(text, "") for text in frame["place"]]
        frame["number"] = pd.to_numeric(frame["value"], errors="coerce")
        frame["start"] = [_day(text, last=False) for text in frame["period_start"]]
        frame["end"] = [_day(text, last=True) for text in frame["period_end"]]
    return frame


def _day(text: str, *, last: bool) -> str:
    """A stated date as a day: 2018 begins on 1 January and ends on 31 December; '' when nothing usable is stated."""
    text = text.rstrip("?")
    parts = text.split("-")
    if not text or not all(part.isdigit() for part in parts):
        return ""
    filled = pd.Period(text, freq={1: "Y", 2: "M", 3: "D"}[len(parts)])
    return str((filled.end_time if last else filled.start_time).date())


@remembered()
def statements(shelf: Shelf, dataset: str, place: str, indicator: str, *, elsewhere: bool = False) -> Statements:
    """The statements about the place and its districts on one indicator; with ``elsewhere`` those about other places
    too.

    Raises SourceError when the dataset is faulty.
    """
    listed, _ = indicators_and_wordings(shelf, dataset)
    frame = claims_table(shelf, dataset)
    own = frame[((frame["area"] != "") | elsewhere) & (frame["indicator"] == indicator)]
    readings = read_readings(shelf.cards[dataset])
    bounds = [readings[claim].bound if claim in readings else "" for claim in own["claim_id"]]
    own = own.assign(bound=bounds)
    return Statements(
        listed[indicator], own.sort_values(["start", "end", "published"]).reset_index(drop=True), shelf.cards[dataset]
    )


@remembered()
def indicators_of(
    shelf: Shelf, dataset: str, topic: str = "", *, districts: bool = False, elsewhere: bool = False
) -> dict[str, Indicator]:
    """The indicators that speak of the place (with ``districts``: of at least one of its districts; with ``elsewhere``:
    or of any other place), by code."""
    card = shelf.cards[dataset]
    listed, _ = indicators_and_wordings(shelf, dataset)
    frame = claims_table(shelf, dataset)
    whole = shelf.places[card.place].code
    about = (
        frame[(frame["area"] != "") & (frame["area"] != whole)]
        if districts
        else frame[(frame["area"] != "") | elsewhere]
    )
    used = set(about["indicator"])
    return {code: indicator for code, indicator in listed.items() if code in used and topic in ("", indicator.topic)}
