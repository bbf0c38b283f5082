"""What stands out in a release, as data: codes, periods and numbers; words come later, in any language."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from disclosure.remembered import Frame


@dataclass(frozen=True)
class Turned:
    """A verdict that is another one than in the release before: ``was`` at ``period``, ``verdict`` now."""

    category: str
    area: str
    period: str
    was: str
    verdict: str


@dataclass(frozen=True)
class Revised:
    """A figure of the release before, ``then``, and what it is in this one, ``now``; ``low`` and ``high``: between
    which parts of themselves nine in ten figures of its kind and age move."""

    category: str
    area: str
    period: str
    then: float
    now: float
    low: float
    high: float

    @property
    def beyond(self) -> bool:
        """Did it move further than nine in ten do? What was usually raised and was not is no revision."""
        moved = self.now / self.then - 1
        return not min(self.low, 0.0) <= moved <= max(self.high, 0.0)


@dataclass(frozen=True)
class Extreme:
    """The 'highest' or the 'lowest' figure since ``first``, the first of its comparable stretch; ``marks``: numbers of
    those breaks of the card inside it at which the recording alone changed."""

    category: str
    area: str
    kind: str
    first: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Apart:
    """Periods of which a large part was allocated to no area; ``largest``: the largest of those parts."""

    category: str
    periods: tuple[str, ...]
    largest: float


@dataclass(frozen=True)
class Notable:
    """What stands out in a release of a dataset, in one measure.

    ``period``: the latest final one, whose figures are judged; ``newest``: the latest of all, the same or a provisional
    one. ``before``: the release before, whose figures are looked at for what turned and what was revised ('' = none),
    and ``before_period``, its own final one.
    ``looked``: how many figures were looked at for revisions beyond the usual.
    ``table``: one row = one category, area and period (``period`` first, then ``newest``): ``category``, the columns
    of ``Measure.table``, where ``stands`` looks at all areas in all categories at once, and at all categories of the
    place; and ``beside``, the logarithm of the area's change ÷ that of all areas together, ``beside_p``, ``differs``
    (does it still stand among all of them?) and ``together``, the change of all areas together. ``breaks``: numbers of
    the card's that are new in these figures.
    """

    measure: str
    view: str
    release: str
    before: str
    period: str
    newest: str
    before_period: str
    turned: tuple[Turned, ...]
    revised: tuple[Revised, ...]
    extremes: tuple[Extreme, ...]
    apart: tuple[Apart, ...]
    breaks: tuple[int, ...]
    looked: int
    table: pd.DataFrame = Frame()

    def rows(self, period: str = "") -> pd.DataFrame:
        """The rows of one of its periods: the final one where none is named."""
        table = self.table
        return table[table["period"] == (period or self.period)]
