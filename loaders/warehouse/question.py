"""Composes what an engine is asked: counts by area, period and category, added up in the engine.

Names and values reach the SQL through Ibis alone, never as text of ours. Whatever a column holds, only the words that
card and place know leave the engine: every other value is added up under none.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.cards.warehouse_schema import COLUMNS
from loaders.warehouse.known_words import Words

if TYPE_CHECKING:
    import ibis.expr.types as ir

PERIOD, AREA, CATEGORY, COUNT = "period", "area", "category", "cases"
ROWS, UNDATED, UNFIT = "asked_rows", "undated", "unfit"


class Question:
    """What may be asked of one table for one card; ``table`` is an unbound or a real table of Ibis."""

    def __init__(self, table: ir.Table, card: SourceCard, words: Words):
        asked = card.warehouse
        table = table.select(*columns_named(asked))
        for column, values in asked.get("where", {}).items():
            table = table.filter(table[column].isin(values))
        self.words, self._table, self._asked, self._frequency = words, table, asked, card.frequency
        self._time = table[asked["time"]]

    def survey(self, first: str, last: str) -> ir.Table:
        """A row for each period from ``first`` to ``last``, and one (period NULL) for all rows outside of them: the
        rows, what is counted, the rows without a time and those whose count is none."""
        import ibis

        key = ibis.ifelse(self._within(first, last), self._period(self._table), ibis.null("int64"))
        asked = self._table.group_by(**{PERIOD: key})
        return asked.agg(
            **{
                ROWS: self._table.count(),
                COUNT: self._counted(self._table),
                UNDATED: self._table.count(where=self._time.isnull()),
                UNFIT: self._unfit(),
            }
        )

    def counts(self, first: str, last: str, most: int) -> ir.Table:
        """A row for each period, area and category of which there is a record, at most ``most`` rows; an area or
        category that is not known is NULL."""
        words = {AREA: self.words.areas, CATEGORY: self.words.categories}
        keys = [key for key in words if key in self._asked]
        rows = self._table.filter(self._within(first, last))
        columns = {key: rows[self._asked[key]] for key in keys}
        groups = rows.group_by(**{PERIOD: self._period(rows)}, **columns).agg(**{COUNT: self._counted(rows)})
        known = {key: _if_known(_text(groups[key]), words[key]) for key in keys}
        added = groups.group_by(**{PERIOD: groups[PERIOD]}, **known).agg(**{COUNT: groups[COUNT].sum().cast("int64")})
        return added.limit(most)

    def unknown(self, key: str, first: str, last: str, most: int = 20) -> ir.Table:
        """What the card does not know of the column of areas or categories, the most frequent first: for a person to
        ask the engine; we do not."""
        import ibis

        words = self.words.areas if key == "area" else self.words.categories
        rows = self._table.filter(self._within(first, last))
        rows = rows.filter(_text(rows[self._asked[key]]).notin(sorted(words)))
        counted = rows.group_by(**{key: rows[self._asked[key]]}).agg(**{COUNT: rows.count()})
        return counted.order_by(ibis.desc(COUNT)).limit(most)

    def distinct(self, key: str, first: str, last: str) -> ir.Table:
        """One row: how many values the column of areas or categories has."""
        rows = self._table.filter(self._within(first, last))
        return rows.agg(**{COUNT: rows[self._asked[key]].nunique()})

    def _counted(self, rows: ir.Table) -> Any:
        return rows[self._asked["sum"]].sum().cast("int64") if "sum" in self._asked else rows.count()

    def _unfit(self) -> Any:
        import ibis

        if "sum" not in self._asked:
            return ibis.literal(0, "int64")
        counts = self._table[self._asked["sum"]]
        return self._table.count(where=counts.isnull() | (counts < 0))

    def _within(self, first: str, last: str) -> Any:
        import ibis

        begin, end = periods.dates(first)[0], periods.dates(last)[1] + timedelta(days=1)
        if self._time.type().is_integer():
            return (self._time >= begin.year) & (self._time < end.year)
        return (self._time >= ibis.date(begin)) & (self._time < ibis.date(end))

    def _period(self, rows: ir.Table) -> Any:
        """The period as one whole number, such as 202403, 20241 (a quarter or half) or 2024; of a week the day of its
        Monday, as 20240129."""
        import ibis

        base, _, month = self._frequency.partition("-")
        time = rows[self._asked["time"]]
        if time.type().is_integer():
            return time.cast("int64")
        if base == "week":
            day = time.cast("date").truncate("W")
            return (day.year() * 10_000 + day.month() * 100 + day.day()).cast("int64")
        year = time.year()
        parts = {
            "year": lambda: year,
            "half": lambda: year * 10 + ibis.ifelse(time.month() > 6, 2, 1),
            "quarter": lambda: year * 10 + time.quarter(),
            "month": lambda: year * 100 + time.month(),
        }
        split = parts.get(base, lambda: year - ibis.ifelse(time.month() < int(month or 1), 1, 0))
        return split().cast("int64")


def _text(column: Any) -> Any:
    """The word of a group; '' where it has none."""
    return column.cast("string").fill_null("")


def _if_known(column: Any, words: dict[str, str]) -> Any:
    import ibis

    return ibis.ifelse(column.isin(sorted(words)), column, ibis.null("string"))


def columns_named(asked: dict) -> list[str]:
    """The columns that ``[warehouse]`` names, each once: nothing else of the table is read."""
    named = [asked[key] for key in COLUMNS if key in asked]
    return list(dict.fromkeys([*named, *asked.get("where", {})]))


def period_of(key: int, frequency: str) -> str:
    """The period that an engine's number stands for: 202403 is ``2024-03``."""
    base, _, month = frequency.partition("-")
    if base == "week":
        year, week, _ = date(key // 10_000, key // 100 % 100, key % 100).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if base == "month":
        return f"{key // 100:04d}-{key % 100:02d}"
    if base in ("quarter", "half"):
        return f"{key // 10:04d}-{'Q' if base == 'quarter' else 'H'}{key % 10}"
    joint = {"fiscal_year": "-FY", "school_year": "-SY"}.get(base)
    return f"{key:04d}{joint}{month}" if joint else f"{key:04d}"
