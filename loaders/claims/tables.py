"""Which published table holds the figures that statements speak of: ``tables.csv`` beside a claims dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.cards.code_lists import read_rows
from loaders.cards.measure_card import MeasureCard
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.schema.faults import unknown

TABLES = "tables.csv"
HELD = ("", "changes")


@dataclass(frozen=True)
class ClaimTable:
    """Figures of an indicator about a place stand in the table of a measure.

    ``place``: as spelt in the statements ('' for every spelling in ``place_codes``, by its code); ``area``: the code in
    the table ('' for that of the place). ``figures``: '' for all, ``changes`` where the counts of the table are taken
    from these very statements, so that only changes can be held against it.
    """

    indicator: str
    place: str
    measure: str
    category: str
    area: str
    figures: str


def read_tables(card: SourceCard) -> list[ClaimTable]:
    """The tables that the statements are held against; none where there is no such list."""
    keys = ("indicator", "place", "measure", "category", "area", "figures")
    return [ClaimTable(*(row.get(key, "") for key in keys)) for row in read_rows(card.folder / TABLES)]


def table_faults(
    card: SourceCard, measures: Mapping[str, MeasureCard], cards: Mapping[str, SourceCard], broken: set[str]
) -> Iterator[Fault]:
    """What the list names and is not there; what is ``broken`` (files under the data folder) is not this list's
    fault."""
    indicators = [row.get("code", "") for row in read_rows(card.folder / "indicators.csv")]
    for number, row in enumerate(read_tables(card), 2):
        where = f"{card.id}/{TABLES}, row {number}"
        if row.indicator not in indicators:
            yield unknown(where, "'indicator' is no indicator", row.indicator, indicators)
        if row.figures not in HELD:
            yield Fault(where, "'figures' is unknown", " | ".join(HELD), row.figures, "Choose one or leave it empty.")
        if row.measure not in measures:
            if f"measures/{row.measure}.toml" in broken:
                continue
            yield unknown(where, "'measure' is no measure", row.measure, list(measures))
            continue
        source = cards.get(measures[row.measure].dataset)
        if source is not None and source.is_table and row.category not in (source.tree.nodes or ("",)):
            yield unknown(where, "'category' is no category of the table", row.category, list(source.tree.nodes))
        if not row.area and row.place and row.place not in card.place_codes:
            yield unknown(where, "'place' has no code", row.place, list(card.place_codes))
