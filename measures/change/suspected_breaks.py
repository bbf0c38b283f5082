"""Where does a series jump although nobody declared a break? For maintainers to look into; readers are not shown it.

PELT: Killick, Fearnhead and Eckley (2012), "Optimal Detection of Changepoints With a Linear Computational Cost", JASA
107(500), by ruptures; cost: squared distance from the mean of the segment (l2), which is that of its linear kernel.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure.parquet_table import IN_MEMORY
from loaders import SourceCard, periods
from measures.lines.seasonal import ADJUSTED, SeriesCodes, adjusted
from measures.store.shelf import Shelf

SHORTEST_SEGMENT = 6  # months between two jumps, and on either side of one whose size is given
NEAR = 2  # months: a jump so close to a declared break, or to an end, is known or cannot be told
# times log(n) times the variance from month to month; neighbouring months are alike, so 2 would find every slope
STRICTNESS = 20.0
FEWEST = 20  # events a month on one side at least: a jump from four to nine tells a maintainer nothing
COLUMNS = ("variable", "area", "category", "period", "before", "after", "change")


def suspected_breaks(shelf: Shelf, dataset: str) -> pd.DataFrame:
    """One row = one suspected break, the largest first: the first month after it, median of the six adjusted months
    before and after.

    Looked for in the totals and groups of the place and of every area; of a table that stays on the disk, in those of
    the place and in
    the total of every area.
    """
    card, place = shelf.cards[dataset], shelf.places[shelf.cards[dataset].place]
    safe = shelf.table(dataset)
    areas = [area for area in (place.code, *(member.code for member in place.areas)) if safe.has(area=area)]
    categories = [code for code, node in card.tree.nodes.items() if node.level in ("all", "group")] or list(
        safe.categories
    )
    variables = sorted(
        {
            measure.variable
            for measure in shelf.measures.values()
            if measure.dataset == dataset and ADJUSTED in measure.views
        }
    )
    lines = [
        (category, area)
        for category in categories
        for area in areas
        if safe.size <= IN_MEMORY or category == categories[0] or area == place.code
    ]
    rows = [
        row
        for variable in variables
        for category, area in lines
        for row in _in_line(shelf, card, variable, category, area)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    size = (frame["after"] / frame["before"]).map(np.log).abs()
    return frame.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _in_line(shelf: Shelf, card: SourceCard, variable: str, category: str, area: str):
    line = adjusted(shelf, SeriesCodes(card.name, variable, category, area))
    final = np.isfinite(line.values) & (line.statuses != "p") & (line.values > 0)
    values, when = line.values[final], np.array(shelf.table(card.name).periods, dtype=object)[final]
    declared = [periods.ordinal(cut.at) for cut in card.breaks if cut.touches(area, category)]
    for number in jumps(np.log(values)):
        month = periods.ordinal(when[number])
        near = [
            abs(month - other) <= NEAR for other in (*declared, periods.ordinal(when[0]), periods.ordinal(when[-1]))
        ]
        if not any(near):
            before, after = (
                np.median(values[number - SHORTEST_SEGMENT : number]),
                np.median(values[number : number + SHORTEST_SEGMENT]),
            )
            if max(before, after) >= FEWEST:
                yield (
                    variable,
                    area,
                    category,
                    when[number],
                    round(before, 1),
                    round(after, 1),
                    round(after / before - 1, 3),
                )


def jumps(level: np.ndarray) -> list[int]:
    """The numbers of the values at which a series takes another level."""
    if len(level) < 2 * SHORTEST_SEGMENT:
        return []
    steps = np.diff(level)
    variance = (
        1.4826 * np.median(np.abs(steps - np.median(steps)))
    ) ** 2 / 2  # robust: the jumps themselves do not count
    return segment_ends(level, STRICTNESS * np.log(len(level)) * max(variance, 1e-12))[:-1]


def segment_ends(values: np.ndarray, penalty: float) -> list[int]:
    """Where each segment of constant mean ends, the last included: the annual flow of the Nile gives 28 and 100."""
    import ruptures

    return [
        int(end) for end in ruptures.KernelCPD("linear", min_size=SHORTEST_SEGMENT).fit(values).predict(pen=penalty)
    ]


def summary(frame: pd.DataFrame, dataset: str, most: int = 10) -> str:
    """A few lines for whoever runs the build: the largest suspected breaks."""
    lines = [
        (
            f"{dataset}: {len(frame)} jumps that no break of the card explains (all of them in "
            f"{dataset}/suspected_breaks.csv of the build)"
        )
    ]
    for row in frame.head(most).itertuples():
        lines.append(
            f"  {row.period}  {row.area}  {row.category or 'all'}: {row.before:g} to {row.after:g} a month "
            f"({row.change:+.0%})"
        )
    return "\n".join(lines)
