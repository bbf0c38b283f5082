"""What is said, before it is said in any language: one figure, what it is compared with, and the verdict on the
change."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite, nan, sqrt

Words = dict[str, str]


@dataclass(frozen=True)
class Statement:
    """One figure of one area, with the same period a year before. Numbers and codes only; words come from the data, in
    all languages.

    ``wording``: the card's wording by language. ``category``: {} for a total. ``change`` with its limits ``low`` and
    ``high``: ratio now ÷ before − 1, or percentage points for a share; NaN where none may be said. ``counts``: what two
    rates were worked out from. ``reason``: why a figure is missing, in all languages. ``small``: a base under 30, which
    speaks in counts. ``usual``: the first and the last year of the ups and downs that the change was judged by.
    ``chance``: the limits that chance alone would give a change whose series is too short to judge it. ``by_day``: is
    the change worked out by the day? ``residents``: the year of the residents that both of two rates are divided by.
    ``years_old``: the year of the residents of this rate, and how many years older than the figure they are.
    ``linked``: on how many months two releases overlap by which the change is allowed for, and what the newer has more
    on them; ``within``: the date of the one release in which both figures were compared. ``late``: is the verdict the
    same whether late records come in or not? ``unallocated``: the share of the place's count that was allocated to no
    area, now and before; ``allocated``: the change with the area's proportional part of it. ``areas``: of a whole place
    how many of its areas (``area_word``) are higher and lower than before, and p of so many. ``notes``: what the card
    says of the very cell. ``named``: what is counted as the subject of a headline; the category or the title where the
    card says nothing.
    """

    area: Words
    wording: Words
    unit: Words
    title: Words
    view: str
    period: str
    now: float
    before_period: str = ""
    before: float = nan
    change: float = nan
    low: float = nan
    high: float = nan
    verdict: str = "cannot_say"
    why: str = "no_test"
    status: str = ""
    category: Words = field(default_factory=dict)
    per: int = 1
    small: bool = False
    crosses: bool = False
    counts: tuple[float, float] = (nan, nan)
    reason: Words = field(default_factory=dict)
    usual: tuple[str, str] = ("", "")
    chance: tuple[float, float] = (nan, nan)
    by_day: bool = False
    residents: str = ""
    years_old: tuple[str, int] = ("", 0)
    linked: tuple[int, float] = (0, nan)
    within: str = ""
    late: bool = False
    unallocated: tuple[float, float] = (nan, nan)
    allocated: float = nan
    areas: tuple[float, float, float] = (nan, nan, nan)
    area_word: Words = field(default_factory=dict)
    notes: tuple[Words, ...] = ()
    named: Words = field(default_factory=dict)

    @property
    def shares(self) -> bool:
        return self.view == "share"

    @property
    def tested(self) -> bool:
        return self.verdict != "cannot_say"

    def in_hundredths(self, change: float) -> float:
        """A change or limit as per cent or percentage points: −0.069 → −6.9."""
        return change if self.shares else change * 100

    def reach(self, low: float, high: float) -> float:
        """How large a change would have been clear, up or down alike: half the width of its limits, in per cent or
        points."""
        return (high - low) / 2 if self.shares else (sqrt((1 + high) / (1 + low)) - 1) * 100 if low > -1 else nan

    @property
    def in_percent(self) -> bool:
        """Is the change said as a share of the figure before (or in points), with its limits? Small bases speak in
        counts."""
        return not self.small and all(map(isfinite, (self.change, self.low, self.high)))


@dataclass(frozen=True)
class TrendFacts:
    """The trend of one area over blocks of equal length. ``per_year`` with its limits: the ratio a year, less one (of
    ``shares``: points a year).

    ``what``: what is counted, as the subject of a headline. ``span``: where more years are comparable than were tested,
    all of them: first, last, how many, the change, rises and falls.
    """

    area: Words
    what: Words
    view: str
    verdict: str
    why: str
    first: str
    last: str
    blocks: int
    per_year: float = nan
    low: float = nan
    high: float = nan
    shares: bool = False
    span: tuple[str, str, int, float, int, int] | None = None
