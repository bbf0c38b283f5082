"""Finds a newest period that looks like a part of one: in every area far below all before it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from loaders.cards.source_card import SourceCard
from loaders.cards.tables import is_counted
from loaders.errors import Fault
from loaders.observations.unfinished import REASON
from loaders.places.place import Place

LOW = 0.75  # of the lowest of the periods before
LOOKED_BACK = 12  # periods
FEWEST_BEFORE, FEWEST_AREAS, FEWEST_EVENTS = 5, 3, 100


def short_periods(card: SourceCard, frame: pd.DataFrame, place: Place) -> Iterator[Fault]:
    """A remark where the newest period may not be whole: no card can tell, so a person is asked."""
    for variable in (code for code in card.variables if is_counted(card.variables[code])):
        cells = frame[(frame["variable"] == variable) & (frame["area"] != place.code)]
        table = cells.groupby(["period", "area"], observed=True)["value"].sum(min_count=1).unstack("area").sort_index()
        before, last = table.iloc[-1 - LOOKED_BACK : -1], table.iloc[-1:].squeeze(axis=0)
        if len(before) < FEWEST_BEFORE or table.shape[1] < FEWEST_AREAS or before.sum(axis=1).min() < FEWEST_EVENTS:
            continue
        if (last < LOW * before.min()).all():
            share = last.sum() / before.sum(axis=1).median()
            yield Fault(
                f"{card.id}, {table.index[-1]}",
                "the newest period may not be whole",
                "figures like those before in some area",
                f"{share:.0%} of the usual, and every area below all of the {len(before)} before",
                "Ask the publisher; if it is a part, withhold it in [[cells]] with status x until the rest is out.",
            )


def unfinished_periods(card: SourceCard, frame: pd.DataFrame) -> Iterator[Fault]:
    """A remark for periods that were not over when they were published; they are shown without a figure."""
    early = sorted(frame.loc[frame["reason"] == REASON, "period"].unique())
    if early:
        todo = "If they are counted on one day, or are a forecast, say ahead = true in the release."
        what = "figures of a period that was not over when they were published"
        yield Fault(card.id, what, "periods that are over", f"{', '.join(early)}: shown as unfinished", todo)
