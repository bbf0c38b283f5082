"""From a figure back to the published bytes: which figure is asked about, what it was worked out from, and in which
cells that stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from language import period_name, reason_words, status_words
from layout.frame.blocks import Blocks, Listing, choose, controls
from layout.frame.controls import (
    area_names,
    choose_category,
    choose_measure,
    choose_period,
    choose_release,
    choose_view,
)
from layout.frame.links import traceable
from layout.frame.reader import Reader
from layout.frame.tables import amount_cell, cell
from layout.trends.series import title_of
from loaders.cards.measure_card import MeasureCard
from measures.about.provenance import series_traced
from measures.about.statements import names_in
from measures.figures.compute import Measure, Query
from measures.figures.units import unit_words
from routes.extracts.provenance import traced


@dataclass(frozen=True)
class Origin:
    """One figure and where it comes from. ``told``: the answer of routes.extracts.provenance; ``made``: the figure as
    the pages show it.
    """

    query: Query
    made: Measure
    told: dict

    @property
    def parts(self) -> list[dict]:
        return self.told["parts"]

    @property
    def cells(self) -> list[tuple[dict, dict]]:
        """Every cell with the part that it belongs to."""
        return [(part, one) for part in self.parts for one in part["cells"]]


def ask_origin(reader: Reader) -> Blocks[Origin | None]:
    """Measure, category, area, view and period, and what is known of that figure; None where its dataset cannot be
    read.
    """
    card = yield from choose_measure(reader, traceable(reader))
    if not reader.shelf.working(card.name):
        return None
    query = yield from controls(_query(reader, card))
    return Origin(
        query, series_traced(query, reader.shelf), traced(reader.shelf, reader.shelf.cards[card.dataset], query)
    )


def _query(reader: Reader, card: MeasureCard) -> Blocks[Query]:
    category = yield from choose_category(reader, card, reader.say("Category"))
    release = yield from choose_release(reader, card.dataset)
    safe, names = reader.shelf.table(card.dataset, release), area_names(reader, card.dataset)
    options = {code: names[code] for code in safe.areas}
    yield (area := choose(reader, "area", reader.say("Area"), options, safe.areas[0]))
    view = yield from choose_view(reader, card)
    first = reader.ask("from", safe.periods, safe.periods[0]) if view == "index" else ""
    period = yield from choose_period(reader, [one for one in safe.periods if one >= first], view)
    return Query(reader.place.id, card.name, (area.value,), category, view, first, period, release)


def origin_title(found: Origin, reader: Reader) -> str:
    """'Recorded crime · Robbery: Camden, May 2024'."""
    query = found.query
    return title_of(
        found.made,
        reader,
        area_names(reader, found.made.card.dataset)[query.areas[0]],
        period_name(query.last, reader.say, query.view),
    )


def origin_figure(found: Origin, reader: Reader) -> str:
    """The figure as the pages show it, with its unit; or why there is none."""
    say, row, source = reader.say, found.told, found.made.sources[0]
    why = reason_words(row["reason"], say, source.breaks, source.cells, names_in(source, reader.place))
    words = "" if row["value"] is None else cell(found.made, row["value"], row["status"], say)
    said = (
        say("{value}, {unit}.", value=words, unit=unit_words(found.made, say)) if words else say("There is no figure.")
    )
    meaning = f"[{row['status']}] {say.clauses([status_words(row['status'], say), why])}" if row["status"] else ""
    return say.sentences([said, say("{clauses}.", clauses=meaning) if meaning else ""])


def arithmetic(found: Origin, reader: Reader) -> str:
    """The figure worked out before the reader's eyes: 12.3 = 3,321 ÷ 270,000 × 1,000; '' for a plain sum, and where
    cells are not told or do not suffice.
    """
    say, sums, told = reader.say, sums_of(found), found.told
    if told["value"] is None or not all(part["cells"] for part in found.parts) or found.query.view not in _SHOWN:
        return ""
    value = cell(found.made, told["value"], "", say)
    top, below, factor = (
        amount_cell(sums["numerator"], say),
        amount_cell(sums.get("denominator", np.nan), say),
        amount_cell(float(told["per"]), say),
    )
    if found.query.view == "index":
        count = next(len(part["periods"]) for part in found.parts if part["role"] == "base")
        return f"{value} = {top} ÷ ({amount_cell(sums['base'], say)} ÷ {count}) × 100"
    return f"{value} = {top} ÷ {below}" + (f" × {factor}" if told["per"] != 1 else "") if below else ""


_SHOWN = ("rate", "rolling_rate", "share", "density", "index")


def sums_of(found: Origin) -> dict[str, float]:
    """What the cells of each role add up to."""
    return {
        part["role"]: sum(one["counted"] if one["counted"] is not None else np.nan for one in part["cells"])
        for part in found.parts
    }


def origin_steps(found: Origin, reader: Reader) -> Listing:
    """What was done between the file and the figure, in order."""
    return Listing(tuple(reader.say.pick(step) for step in found.told["steps"]), numbered=True)
