"""Finds periods that are missing in a dataset, and figures that are too old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.places.place import Place

MOST_NAMED = 5
LOOKED_AT_MONTHS = 12


def gaps(card: SourceCard, frame: pd.DataFrame, place: Place) -> Iterator[Fault]:
    """Periods between two releases and in neither, and periods that a single area lacks although others have them."""
    known = sorted(frame["period"].unique())
    for missing in sorted(set(periods.every(known)) - {*known, *card.pauses})[:MOST_NAMED]:
        expected = f"every {card.frequency} from {known[0]} to {known[-1]}"
        yield Fault(card.id, "a period is missing", expected, f"no {missing}", "Add the release that has it.")
    if card.absent_rows == "zero":
        return
    for area, cells in frame.groupby("area"):
        own = set(cells["period"])
        lacking = [period for period in known if min(own) < period < max(own) and period not in own]
        if lacking:
            todo = (
                "Ask the publisher for the rows; "
                "a cell that is not published needs a row with a mark of [table] 'marks'."
            )
            lacking_rows = f"no row for {', '.join(lacking[:MOST_NAMED])}"
            yield Fault(
                f"{card.id}, area {area_with_name(place, str(area))}",
                "a period is missing between others",
                "a row for each period",
                lacking_rows,
                todo,
            )


def partly_there(card: SourceCard, frame: pd.DataFrame, place: Place) -> Iterator[Fault]:
    """Areas whose figures begin later or end earlier than those of others: the place is incomplete without them."""
    periods_there = sorted(frame["period"].unique())
    own = {area.code for area in place.areas}
    gone = {area for cell in card.cells if cell["status"] == "z" for area in cell.get("areas", ())}
    for area, cells in frame.groupby("area", observed=True):
        first, last = cells["period"].min(), cells["period"].max()
        if area in own - gone and (first > periods_there[0] or last < periods_there[-1]):
            todo = "Ask the publisher; where there was no such area then, say so in [[cells]] with status z."
            yield Fault(
                f"{card.id}, area {area_with_name(place, str(area))}",
                "has figures for a part of the time, so the place is incomplete in the rest",
                f"{periods_there[0]} to {periods_there[-1]}",
                f"{first} to {last}",
                todo,
            )


def area_with_name(place: Place, code: str) -> str:
    """The area's code with its name, as a maintainer reads it."""
    return next(
        (f"{code} ({area.name['en']})" for area in (*place.areas, *place.unallocated) if area.code == code), code
    )


def stale_faults(card: SourceCard, newest: str, today: date) -> Iterator[Fault]:
    """Is the newest figure (of a list or of statements: the newest release) older than the card says it may be?

    Does the card say it at all?
    """
    if card.ended:
        return
    old = _months_since(newest, today)
    if not card.stale_after_months and card.kind == "observations":
        todo = "Say how old the newest figure may be, or ended = true where nothing more will come."
        yield Fault(f"{card.id}/source.toml", "'stale_after_months' is missing", "a number of months", "nothing", todo)
    elif old > card.stale_after_months > 0:
        expected = f"figures that end within the last {card.stale_after_months} months"
        todo = "Look for a new release at the publisher's; if there will be none, say ended = true in the card."
        yield Fault(card.id, "past its next update", expected, f"none after {newest}, {old} months ago", todo)


def looked_at(card: SourceCard, today: date) -> Iterator[Fault]:
    """Was the publisher's page looked at within a year?"""
    if not card.ended and _months_since(card.accessed, today) > LOOKED_AT_MONTHS:
        todo = "Look again and bring 'accessed' up to date."
        yield Fault(
            card.id,
            "the publisher's page was last looked at long ago",
            f"within {LOOKED_AT_MONTHS} months",
            card.accessed,
            todo,
        )


def _months_since(date_text: str, today: date) -> int:
    """Whole months since the end of a period, or since a day, month or year that a card gives."""
    try:
        end = periods.dates(date_text[:7] if len(date_text) == 10 else date_text)[1]
    except ValueError:
        return 0
    return (today.year - end.year) * 12 + today.month - end.month
