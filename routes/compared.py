"""What does a file say of the figures that were set side by side, and of a reader who did so against advice?"""

from __future__ import annotations

from dataclasses import replace

from measures.comparable import Side, compare_all
from measures.compute import Measure
from measures.shelf import Shelf
from routes.asked import Asked


def narrowed(made: Measure, asked: Asked) -> Measure:
    """The measure with the single periods that were asked for; all of it where none were."""
    if not asked.chosen:
        return made
    kept = tuple(period for period in made.periods if asked.takes(period))
    return replace(made, table=made.table[made.table["period"].isin(kept)].reset_index(drop=True), periods=kept)


def comparability(asked: Asked, category: str, shelf: Shelf) -> str:
    """'as_advised', or 'against_advice: ' with the aspects in which the figures are not comparable; '' where nobody insisted."""
    if not asked.anyway:
        return ""
    sides = [Side(asked.measure, area, category, asked.view, asked.first, period, asked.release) for area in asked.areas for period in asked.chosen]
    against = compare_all(tuple(sides), asked.place, shelf).against
    return f"against_advice: {', '.join(against)}" if against else "as_advised"
