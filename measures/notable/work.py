"""What stands out in one release, worked out from the figures as they were at that release."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from loaders import periods
from measures.lines.area_lines import pairs_of
from measures.lines.query import Query
from measures.lines.scope import Scope
from measures.notable.editions import categories_of
from measures.notable.figures import final_and_newest, judged_side_by_side
from measures.notable.found import Notable
from measures.notable.since import apart, compared, extremes, new_breaks, turned
from measures.store.shelf import Shelf


def worked_out(query: Query, shelf: Shelf, release: str, before: tuple[Notable, Shelf] | None) -> Notable | None:
    """What stands out in a release. ``query``: place, measure and view; ``shelf``: as of the release; ``before``: what
    stood out in the release before, and its shelf. None where the place has no final figure. Raises SourceError.
    """
    query = _of_all_areas(query, shelf)
    scope = Scope(query, shelf)
    period, newest = final_and_newest(replace(query, areas=query.areas[:1]), shelf)
    if not period:
        return None
    categories = categories_of(scope.source, scope.safe.categories)
    table = judged_side_by_side(query, categories, (period, newest), shelf)
    rows = table[table["period"] == period]
    lines = {code: _values(replace(query, category=code), shelf) for code in categories}
    earlier = before[0] if before else None
    looked = tuple(compared(query, lines, scope.safe.periods, before)) if before else ()
    since = earlier.newest if earlier else periods.shift(newest, -scope.width)
    return Notable(
        query.measure,
        query.view,
        release,
        earlier.release if earlier else "",
        period,
        newest,
        earlier.period if earlier else "",
        tuple(turned(rows, earlier)),
        tuple(entry for entry in looked if entry.beyond),
        tuple(extremes(rows, lines, scope)),
        tuple(apart(scope, categories, since)),
        new_breaks(scope.source, since, newest),
        len(looked),
        table,
    )


def _of_all_areas(query: Query, shelf: Shelf) -> Query:
    """The query for the place and all its areas that the table has, of the total."""
    place, card = shelf.places[query.place], shelf.measures[query.measure]
    table = shelf.table(card.dataset)
    areas = [area.code for area in place.areas if table.has(area=area.code)]
    return replace(
        query, areas=(place.code, *areas), category=categories_of(shelf.cards[card.dataset], table.categories)[0]
    )


def _values(query: Query, shelf: Shelf) -> np.ndarray:
    """All figures of the areas, ``[area, period]``."""
    return pairs_of(Scope(query, shelf)).now.values
