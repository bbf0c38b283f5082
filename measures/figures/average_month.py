"""What is the average month of the last twelve? A twelfth of what twelve months add up to, with their verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from disclosure.remembered import MB, remembered, unchangeable
from loaders import periods
from measures.figures.compute import Measure, Query, compute
from measures.store.shelf import Shelf

MONTHS = 12
_SUMMED = {"count": "rolling", "rate": "rolling_rate"}  # view of a month → view of twelve
AVERAGES = {"count": "average_month", "rate": "average_month_rate"}  # … → what their mean is called


@remembered(8 * MB)
def average_month(query: Query, shelf: Shelf, work: Callable[[Query, Shelf], Measure] = compute) -> Measure | None:
    """The average month of the twelve that end with each month asked; None where its months are not added up.
    ``work``: ``figures_alone`` where nothing is said of their change.

    There is one only where all twelve are published and nothing cuts them: where twelve months have no sum they have
    no mean. Statuses, reasons, change, limits and verdict are those of the sum, which is set against the twelve months
    a year before; of a rate both are divided by the residents in the middle of their twelve months, and its numerators
    are those of all twelve.
    """
    card, summed = shelf.measures[query.measure], _SUMMED.get(query.view, "")
    monthly = periods.frequency_of(shelf.table(card.dataset, query.release).periods[0]) == "month"
    if not monthly or summed not in card.views:
        return None
    made = work(replace(query, view=summed), shelf)
    twelfths = {name: made.columns[name] / MONTHS for name in ("value", "before")}
    return replace(
        made, query=replace(query, view=AVERAGES[query.view]), columns=unchangeable({**made.columns, **twelfths})
    )
