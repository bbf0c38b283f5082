"""What does a file say of the figures that were set side by side, and of a reader who did so against advice?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from measures.comparability.answer import Figure, compare_all
from measures.comparability.difference import between
from measures.comparability.figure import POINTS
from measures.figures.compute import Measure
from measures.store.shelf import Shelf
from routes.extracts.request import ExtractRequest


def narrowed(made: Measure, asked: ExtractRequest, shelf: Shelf) -> Measure:
    """The measure with the single periods that were asked for; all of it where none were."""
    if not asked.chosen:
        return made
    kept = tuple(period for period in made.periods if asked.takes(period))
    shown = made.only(np.isin(made.columns["period"], kept), periods=kept)
    two = len(kept) == 2 and len(made.query.areas) == 1 and made.query.view not in POINTS
    return _set_side_by_side(shown, shelf) if two else shown


def _set_side_by_side(shown: Measure, shelf: Shelf) -> Measure:
    """Two periods of one area: the later figure is judged against the earlier, as on the page, where they may be
    compared.
    """
    query = shown.query
    sides = [
        Figure(query.measure, query.areas[0], query.category, query.view, "", period, query.release)
        for period in shown.periods
    ]
    found = between(*sides, query.place, shelf)
    if found is None:
        return shown
    table = pd.concat([shown.table.iloc[:1], found.table], ignore_index=True)
    return replace(shown, columns={name: table[name].to_numpy() for name in table})


def comparability(asked: ExtractRequest, category: str, shelf: Shelf) -> str:
    """'as_advised', or 'against_advice: ' with the aspects in which the figures are not comparable; '' where nobody
    insisted.
    """
    if not asked.anyway:
        return ""
    sides = [
        Figure(asked.measure, area, category, asked.view, asked.first, period, asked.release)
        for area in asked.areas
        for period in asked.chosen
    ]
    against = compare_all(tuple(sides), asked.place, shelf).against
    return f"against_advice: {', '.join(against)}" if against else "as_advised"
