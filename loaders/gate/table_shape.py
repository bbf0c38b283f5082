"""Which columns of a table name a cell, which count, and how full is the table? From its card, or guessed without one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from loaders.cards.source_card import Release, SourceCard
from loaders.formats.text_table import Column, TextTable
from loaders.period_wordings import like_a_period
from loaders.privacy import headings as lexicon
from loaders.tables.column_roles import AXES, header_rows, roles_of, words_of

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december"
_PERIOD = re.compile(
    rf"(?:19|20)\d\d(?:[-/. ]?(?:0?[1-9]|1[0-2])|-?q[1-4]|[-/](?:19|20)?\d\d)?|(?:19|20)\d\d年(?:度|\d{{1,2}}月|第?[一二三四1-4]季度|[上下]半年)?|"
    rf"\d{{1,2}}月|第?[一二三四1-4]季度|(?:{_MONTH})[-/ ]?(?:(?:19|20)?\d\d)?|q[1-4][-/ ]?(?:19|20)?\d*|(?:19|20)\d\d[-/ ]?(?:{_MONTH})|"
    r"(?:19|20)\d\d(?:-?(?:h[12]|w\d\d|[fs]y\d\d|ytd-?\d\d)|\. ?\d{1,2}| [1-4]/4|年1[-—–至]\d{1,2}月)|[fs]y ?(?:19|20)\d\d(?:[-/–]\d{2,4})?"
)
_DAY = re.compile(r"(?:19|20)\d\d[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d")


def period_like(text: str) -> bool:
    """Could this be a year, a quarter or a month, in any wording that is known?"""
    return bool(_PERIOD.fullmatch(lexicon.plain(text).strip().casefold())) or like_a_period(text)


def _grain(column: Column) -> str:
    """``period`` (month and coarser), ``day`` or '' by the values of the column."""
    texts = [text.strip().removesuffix(" 00:00:00") for text in column.texts.slice(0, 3000).to_pylist() if text.strip()]
    if texts and all(map(period_like, texts)):
        return "period"
    return "day" if texts and all(map(_DAY.fullmatch, texts)) else ""


@dataclass(eq=False)
class Shape:
    """The roles of the columns. ``sure``: a card or a heading says what is counted."""

    table: TextTable
    keys: list[Column] = field(default_factory=list)
    counts: list[Column] = field(default_factory=list)
    coordinates: list[Column] = field(default_factory=list)
    beside: list[Column] = field(default_factory=list)
    wide: bool = False
    sure: bool = True
    declared: frozenset[str] | None = None
    known: frozenset[int] = frozenset()

    @cached_property
    def cells(self) -> int:
        """Rows after the period columns of a wide table have been laid under one another."""
        return self.table.rows * (len(self.counts) if self.wide else 1)

    @cached_property
    def grains(self) -> dict[int, str]:
        return {column.position: _grain(column) for column in (*self.keys, *self.beside)}

    @cached_property
    def varying(self) -> list[Column]:
        return [column for column in self.keys if column.distinct > 1]

    @cached_property
    def independent(self) -> list[Column]:
        """Key columns that no other one decides: of type and group, one is left. What differs in every row decides nothing."""
        left = list(self.varying)
        for column in sorted(self.varying, key=lambda one: one.distinct):
            if any(
                other is not column and other.distinct < self.table.rows and decides(other, column) for other in left
            ):
                left.remove(column)
        return left

    @cached_property
    def filled(self) -> float:
        """The share of all combinations of the key columns that have a row."""
        combinations = float(np.prod([float(max(column.distinct, 1)) for column in self.independent]))
        return self.table.rows / max(combinations, 1.0)

    @cached_property
    def ones(self) -> tuple[float, float]:
        """The share of 1 among the positive counts, and among all counts."""
        ones = positive = every = 0
        for column in self.counts:
            ones += int(column.used[column.numbers == 1].sum())
            positive += int(column.used[column.numbers > 0].sum())
            every += int(column.used[~np.isnan(column.numbers)].sum())
        return ones / max(positive, 1), ones / max(every, 1)

    def repeated(self) -> bool:
        """Do two rows have the same key? Free text is no part of a key."""
        keys = [column for column in self.keys if not free_text(column)]
        return bool(keys) and self.table.rows > 1 and repeats(keys)


def decides(one: Column, other: Column) -> bool:
    """Does each value of ``one`` stand with a single value of ``other``?"""
    first = np.zeros(len(one.texts), dtype=other.codes.dtype)
    first[one.codes] = other.codes
    return bool((first[one.codes] == other.codes).all())


def repeats(columns: list[Column]) -> bool:
    """Does a combination of values stand in two rows?"""
    if any(len(column.texts) == len(column.codes) for column in columns):
        return False
    joint = columns[0].codes.astype(np.int64)
    for column in columns[1:]:
        _, joint = np.unique(joint * len(column.texts) + column.codes, return_inverse=True)
    return len(np.unique(joint)) < len(joint)


def free_text(column: Column) -> bool:
    lengths = [len(text) for text in column.texts.slice(0, 500).to_pylist()]
    return lexicon.speaks_of(column.heading, "note") or (bool(lengths) and float(np.mean(lengths)) > 40)


def declared(table: TextTable, card: SourceCard, release: Release, known: frozenset[int]) -> Shape:
    """The roles that a card declares for one of its releases. ``known``: columns whose every value the card or place lists."""
    headings = [column.heading for column in table.columns]
    roles = roles_of(table.heads or [(heading,) for heading in headings], headings, card, release)
    keys = {at for word, columns in roles.keys.items() if word in AXES for at in columns}
    shape = Shape(table, wide=header_rows(words_of(card, release)) != ["variable"], known=known)
    for at, column in enumerate(table.columns):
        (shape.counts if at in roles.values else shape.keys if at in keys else shape.beside).append(column)
        if lexicon.axis(column.heading) and column in shape.beside:
            shape.coordinates.append(column)
    shape.declared = frozenset(headings) - {headings[at] for at in roles.unknown}
    return shape


def guessed(table: TextTable) -> Shape:
    """The roles as headings and values suggest them, for a table without a card."""
    shape = Shape(table)
    heads = table.heads or [(column.heading,) for column in table.columns]
    months = [
        column
        for column, texts in zip(table.columns, heads, strict=True)
        if any(map(period_like, texts)) and column.numeric
    ]
    shape.wide = bool(months)
    for column in table.columns:
        if column in months or (not months and is_count(column)):
            shape.counts.append(column)
        elif lexicon.axis(column.heading) and (column.numeric or lexicon.axis(column.heading) == "both"):
            shape.coordinates.append(column)
        else:
            shape.keys.append(column)
    named = [
        column
        for column in shape.counts
        if lexicon.counts(column.heading) or lexicon.speaks_of(column.heading, "rates")
    ]
    if named and not shape.wide:
        shape.keys += [column for column in shape.counts if column not in named and _is_attribute(column)]
        shape.counts = [column for column in shape.counts if column not in shape.keys]
    shape.sure = shape.wide or bool(named)
    return shape


def _is_attribute(column: Column) -> bool:
    """A small whole number beside a named count, such as an hour, names a cell rather than counting."""
    return (
        column.distinct <= 60
        and bool((np.nan_to_num(column.numbers) < 100).all())
        and lexicon.speaks_of(column.heading, "category")
    )


def is_count(column: Column) -> bool:
    """Could the column be how many, or a rate? Codes, years, ages, coordinates and sums of money are not."""
    heading = column.heading
    if not column.numeric or lexicon.speaks_of(heading, "money") or lexicon.axis(heading):
        return False
    if lexicon.counts(heading) or lexicon.speaks_of(heading, "rates"):
        return not lexicon.refused(heading) or lexicon.counts_things(heading)
    if (
        any(lexicon.speaks_of(heading, group) for group in ("period", "code", "note"))
        or lexicon.refused(heading)
        or lexicon.asks_age_or_sex(heading)
    ):
        return False
    numbers = column.numbers[~np.isnan(column.numbers)]
    whole = bool((numbers % 1 == 0).all() and (numbers >= 0).all())
    years = bool(((numbers >= 1900) & (numbers <= 2100)).all())
    lengths = {len(str(int(number))) for number in numbers[:2000]} if whole else set()
    code = len(lengths) == 1 and max(lengths) >= 5
    return whole and not years and not code
