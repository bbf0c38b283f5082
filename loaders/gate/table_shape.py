"""Gives the columns of a table their roles (keys, counts, coordinates), from its card or guessed without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.cards.source_card import Release, SourceCard
from loaders.formats.numbers import usual_digits, without_notes
from loaders.formats.text_table import Column, TextTable
from loaders.period_wordings import like_a_period, sieve_of_periods
from loaders.privacy import headings as lexicon
from loaders.tables.column_roles import AXES, header_rows, roles_of, words_of

MANY_ROWS = 200  # from here on a key with mostly different values is refused, below it is asked about
LARGEST_KEY = 2**62  # of a whole number that says a combination of values
Matches = Iterator[tuple[str, Column | None]]  # names of rules that a table meets, each with its column
_MONTH = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|"
    "october|november|december"
)
_PERIOD = re.compile(
    r"(?:19|20)\d\d(?:[-/. ]?(?:0?[1-9]|1[0-2])|-?q[1-4]|[-/](?:19|20)?\d\d)?|"
    r"(?:19|20)\d\d年(?:度|\d{1,2}月|第?[一二三四1-4]季度|[上下]半年)?|"
    rf"\d{{1,2}}月|第?[一二三四1-4]季度|(?:{_MONTH})[-/ ]?(?:(?:19|20)?\d\d)?|"
    rf"q[1-4][-/ ]?(?:19|20)?\d*|(?:19|20)\d\d[-/ ]?(?:{_MONTH})|"
    r"(?:19|20)\d\d(?:-?(?:h[12]|w\d\d|[fs]y\d\d|ytd-?\d\d)|\. ?\d{1,2}| [1-4]/4|年1[-—–至]\d{1,2}月)|"
    r"[fs]y ?(?:19|20)\d\d(?:[-/–]\d{2,4})?"
)
_SIEVE = _PERIOD.pattern.replace(_MONTH, "[^0-9]+")  # for Arrow: a month in any letters
_DAY = re.compile(  # 25… are years of the Buddhist era, 13… and 14… Persian and Muslim ones
    r"(?:19|20|25|1[34])\d\d[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20|25|1[34])?\d\d"
)


def period_like(text: str) -> bool:
    """Could this be a year, a quarter or a month, in any wording that is known?"""
    text = usual_digits(text)
    return bool(_PERIOD.fullmatch(lexicon.plain(without_notes(text)).strip().casefold())) or like_a_period(text)


def may_be_periods(texts: pa.Array) -> np.ndarray:
    """For each text whether ``period_like`` is worth asking: it never says yes where this says no."""
    return np.asarray(pc.match_substring_regex(texts, sieve_of_periods(_SIEVE)))


def _grain(column: Column) -> str:
    """``period`` (month and coarser), ``day`` or '' by the values of the column."""
    filled = (usual_digits(text.strip()) for text in column.texts.slice(0, 3000).to_pylist() if text.strip())
    texts = [text.removesuffix(" 00:00:00") for text in filled]
    if texts and all(map(period_like, texts)):
        return "period"
    return "day" if texts and all(map(_DAY.fullmatch, texts)) else ""


_PLACES = re.compile(r"\d{1,4}(?:\.\d{1,4}){2,}")
_UNNAMED = re.compile(r"(unnamed:? ?\d+|index|)")


@dataclass(eq=False)
class Shape:
    """The roles of the columns. ``counts_named``: a card or a heading says what is counted."""

    table: TextTable
    keys: list[Column] = field(default_factory=list)
    counts: list[Column] = field(default_factory=list)
    coordinates: list[Column] = field(default_factory=list)
    beside: list[Column] = field(default_factory=list)
    wide: bool = False
    counts_named: bool = True
    declared: frozenset[str] | None = None
    known: frozenset[int] = frozenset()

    @cached_property
    def cells(self) -> int:
        """Rows after the period columns of a wide table have been laid under one another."""
        return self.table.rows * (len(self.counts) if self.wide else 1)

    @cached_property
    def grains(self) -> dict[int, str]:
        return {column.position: _grain(column) for column in (*self.keys, *self.beside)}

    def grain_of(self, column: Column) -> str:
        """``period``, ``day`` or '' by the values of any column, whatever its role."""
        return self.grains.get(column.position) or _grain(column)

    @cached_property
    def varying(self) -> list[Column]:
        return [column for column in self.keys if column.distinct > 1]

    @cached_property
    def independent(self) -> list[Column]:
        """Key columns that no other column decides: of type and group, one is left; a unique column decides nothing."""
        left = list(self.varying)
        for column in sorted(self.varying, key=lambda key: key.distinct):
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
        """Do two rows have the same key? Free text is no part of a key, unless the card lists every text of it."""
        keys = [column for column in self.keys if column.position in self.known or not free_text(column)]
        return bool(keys) and self.table.rows > 1 and repeats(keys)


def decides(column: Column, other: Column) -> bool:
    """Does each value of ``column`` stand with a single value of ``other``?"""
    first = np.zeros(len(column.texts), dtype=other.codes.dtype)
    first[column.codes] = other.codes
    return bool((first[column.codes] == other.codes).all())


def repeats(columns: list[Column]) -> bool:
    """Does a combination of values stand in two rows?"""
    if any(len(column.texts) == len(column.codes) for column in columns):
        return False
    joint, size = columns[0].codes.astype(np.int64), len(columns[0].texts)
    for column in columns[1:]:
        if size * len(column.texts) > LARGEST_KEY:
            _, joint = np.unique(joint, return_inverse=True)
            size = len(joint)
        joint, size = joint * len(column.texts) + column.codes, size * len(column.texts)
    joint.sort()
    return bool((joint[1:] == joint[:-1]).any())


def free_text(column: Column) -> bool:
    lengths = [len(text) for text in column.texts.slice(0, 500).to_pylist()]
    return lexicon.speaks_of(without_notes(column.heading), "note") or (bool(lengths) and float(np.mean(lengths)) > 40)


def says_nothing(column: Column) -> bool:
    """Is the column blank to its end, or does it only number the rows, as an index without a name does?"""
    heading = column.heading.strip()
    if not column.distinct:
        return not heading
    named = _UNNAMED.fullmatch(heading.casefold()) or lexicon.may_number_rows(heading)
    return bool(named) and numbers_the_rows(column)


def holds_coordinates(column: Column) -> bool:
    """Does a heading speak of coordinates, over other than the places of cells in a cube (1.4.2)?"""
    axis = lexicon.axis(column.heading)
    places = axis == "both" and all(map(_PLACES.fullmatch, column.texts.slice(0, 500).to_pylist()))
    return bool(axis) and not places and (column.numeric or axis == "both")


def numbers_the_rows(column: Column) -> bool:
    """Does each row have the number after that of the row above, from 0 or 1?"""
    if column.distinct != len(column.codes) or column.distinct < 2 or len(column.texts) != column.distinct:
        return False
    numbers = column.numbers[column.codes]
    return bool(numbers[0] in (0, 1) and (np.diff(numbers) == 1).all())


def declared(table: TextTable, card: SourceCard, release: Release, known: frozenset[int]) -> Shape:
    """The roles that a card declares for one of its releases.

    ``known``: positions of columns whose every value the card or place lists.
    """
    headings = [column.heading for column in table.columns]
    roles = roles_of(table.heads or [(heading,) for heading in headings], headings, card, release)
    keys = {position for word, positions in roles.keys.items() if word in AXES for position in positions}
    keys |= {headings.index(part) for part in words_of(card, release).get("add_up", ()) if part in headings}
    shape = Shape(table, wide=header_rows(words_of(card, release)) != ["variable"], known=known)
    for position, column in enumerate(table.columns):
        role = shape.counts if position in roles.values else shape.keys if position in keys else shape.beside
        if position in roles.values or not says_nothing(column):
            role.append(column)
        if column in shape.beside and (lexicon.axis(column.heading) not in ("", "both") or holds_coordinates(column)):
            shape.coordinates.append(column)
    shape.declared = frozenset(headings) - {headings[position] for position in roles.unknown}
    return shape
