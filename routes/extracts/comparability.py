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


def narrowed(measure: Measure, extract: ExtractRequest, shelf: Shelf) -> Measure:
    """The measure with the single periods that were asked for; all of it where none were."""
    if not extract.chosen:
        return measure
    periods = tuple(period for period in measure.periods if extract.takes(period))
    narrow = measure.only(np.isin(measure.columns["period"], periods), periods=periods)
    two = len(periods) == 2 and len(measure.query.areas) == 1 and measure.query.view not in POINTS
    return _set_side_by_side(narrow, shelf) if two else narrow


def _set_side_by_side(measure: Measure, shelf: Shelf) -> Measure:
    """Two periods of one area: the later figure is judged against the earlier, as on the page, where they may be
    compared.
    """
    query = measure.query
    sides = [
        Figure(query.measure, query.areas[0], query.category, query.view, "", period, query.release)
        for period in measure.periods
    ]
    later = between(*sides, query.place, shelf)
    if later is None:
        return measure
    table = pd.concat([measure.table.iloc[:1], later.table], ignore_index=True)
    return replace(measure, columns={name: table[name].to_numpy() for name in table})


def comparability(extract: ExtractRequest, category: str, shelf: Shelf) -> str:
    """'as_advised', or 'against_advice: ' with the aspects in which the figures are not comparable; '' where nobody
    insisted.
    """
    if not extract.anyway:
        return ""
    sides = [
        Figure(extract.measure, area, category, extract.view, extract.first, period, extract.release)
        for area in extract.areas
        for period in extract.chosen
    ]
    against = compare_all(tuple(sides), extract.place, shelf).against
    return f"against_advice: {', '.join(against)}" if against else "as_advised"
