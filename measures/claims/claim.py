"""What exactly does a published statement say: which quantity, over which days, against which, printed how exactly?"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import isfinite

from disclosure.remembered import MB, remembered
from loaders.claims.readings import ClaimReading, read_beside, read_readings
from loaders.claims.statements import Indicator
from measures.claims.collection import claims_table, indicators_and_wordings
from measures.claims.intervals import Range, allowed
from measures.store.readings import read_once
from measures.store.shelf import Shelf

LEVEL_KINDS = ("count", "level", "statement")
FLOWS = ("count", "money")  # quantities that add up over time


@dataclass(frozen=True)
class Base:
    """What a change is compared with: its kind, and first and last day where they are known."""

    kind: str = "none"
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Claim:
    """One figure as it was published.

    ``value``: in full units (86,430,000 for 8643 with multiplier 10,000; NaN for words). ``where``: the place as
    published, ``area`` its code ('' elsewhere). ``bound``: '' | at_least | at_most | about. ``beside``: the claim that
    this figure was stated beside. ``text``: which publication it stands in.
    """

    id: str
    indicator: str
    printed: str
    kind: str = "count"
    start: str = ""
    end: str = ""
    base: Base = field(default_factory=Base)
    unit: str = ""
    multiplier: float = 1
    bound: str = ""
    where: str = ""
    area: str = ""
    scope: str = ""
    measures: str = "count"
    quote: str = ""
    publisher: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    reliability: str = ""
    beside: str = ""

    @property
    def number(self) -> float:
        """The printed number; NaN where words are printed."""
        try:
            return float(self.printed)
        except ValueError:
            return float("nan")

    @property
    def value(self) -> float:
        return self.number * self.multiplier

    @property
    def range(self) -> Range:
        """The true values that the printed figure allows, read as rounded or as cut off."""
        counted = self.is_level or self.is_difference
        return allowed(
            self.printed,
            self.multiplier,
            self.bound,
            zeros=counted or self.is_daily,
            whole=counted and self.measures != "money",
        )

    @property
    def is_level(self) -> bool:
        """Is it a number of things (or a sum of money), and neither a change nor a share?"""
        return self.kind in LEVEL_KINDS and self.measures in ("count", "stock", "money") and isfinite(self.number)

    @property
    def is_share(self) -> bool:
        """Is it a share of things or people, as one figure?"""
        return self.kind in ("share", "level") and self.measures == "share" and isfinite(self.number)

    @property
    def is_change(self) -> bool:
        return self.kind == "percent_change" and isfinite(self.number)

    @property
    def is_difference(self) -> bool:
        return (self.kind == "difference" or self.measures == "difference") and isfinite(self.number)

    @property
    def is_daily(self) -> bool:
        return self.kind == "daily_average" and isfinite(self.number)

    @property
    def text(self) -> tuple[str, ...]:
        return (self.publisher, self.title, self.published, self.url)


@remembered(32 * MB)
@read_once("claims")
def claims_of(shelf: Shelf, dataset: str) -> tuple[Claim, ...]:
    """Every claim of a dataset, then every figure stated beside one. Raises SourceError when the dataset is faulty."""
    card = shelf.cards[dataset]
    indicators, _ = indicators_and_wordings(shelf, dataset)
    readings = read_readings(card)
    rows = claims_table(shelf, dataset).to_dict("records")
    claims = {
        row["claim_id"]: _claim(row, card.readings, indicators, readings.get(row["claim_id"], ClaimReading()))
        for row in rows
    }
    return (*claims.values(), *(_beside(row, claims[row["claim_id"]], card.readings) for row in read_beside(card)))


def _claim(row: dict, words: dict, indicators: dict[str, Indicator], reading: ClaimReading) -> Claim:
    indicator = indicators[row["indicator"]]
    multiplier = words.get("multipliers", {}).get(row["unit"], 1) * reading.multiplier
    return Claim(
        row["claim_id"],
        indicator.code,
        row["value"],
        row["kind"],
        row["start"],
        row["end"] or row["start"],
        base_of(reading.compared_with or row["compared_with"], words.get("bases", {}), row["start"], row["end"]),
        row["unit"],
        multiplier,
        reading.bound,
        row["place"],
        row["area"],
        indicator.scope,
        indicator.measures,
        row["quote"],
        row["publisher"],
        row["source_title"],
        row["published"],
        row["url"],
        row["reliability"],
    )


def _beside(row: dict[str, str], claim: Claim, words: dict) -> Claim:
    start, end = row["period_start"] or claim.start, row["period_end"] or claim.end
    base = base_of(row["compared_with"], words.get("bases", {}), start, end)
    plain = row["kind"] in ("percent_change", "daily_average")
    return replace(
        claim,
        id=f"{claim.id}/{row['kind']}",
        printed=row["value"],
        kind=row["kind"],
        start=start,
        end=end,
        base=base,
        bound=row["bound"],
        multiplier=1 if plain else claim.multiplier,
        beside=claim.id,
    )


def base_of(spelling: str, bases: dict[str, str], start: str, end: str) -> Base:
    """The base that a spelling means for a period: 2020-01-01 to 2020-06-30 against 2019 is the first half of 2019."""
    code = bases.get(spelling, "not_stated" if spelling else "none")
    if code in ("not_stated", "none", "other_days") or not start or not end:
        return Base("stated_period" if code.isdigit() else code)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if code == "previous_period":
        return Base(code, *(str(day) for day in _period_before(first, last)))
    years = 1 if code == "same_period_last_year" else first.year - int(code)
    return Base("stated_period" if code.isdigit() else code, str(_earlier(first, years)), str(_earlier(last, years)))


def _earlier(day: date, years: int) -> date:
    """The same day of an earlier year; the last of February stays the last of February."""
    last = monthrange(day.year - years, day.month)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - years, day.month, last if ends else min(day.day, last))


def _period_before(first: date, last: date) -> tuple[date, date]:
    """The period of equal length right before: whole months before whole months, else days before days."""
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        start = first.year * 12 + first.month - 1 - months
        return date(start // 12, start % 12 + 1, 1), first - timedelta(days=1)
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def days_of(start: str, end: str) -> int:
    """How many days a period has, both ends included."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
