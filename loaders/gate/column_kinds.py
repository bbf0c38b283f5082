"""What a single column holds by its heading and its cells: counts, rates, changes, or names of things and of
persons."""

from __future__ import annotations

import re

import numpy as np

from loaders.formats.text_table import Column, TextTable
from loaders.gate.table_shape import decides, says_nothing
from loaders.privacy import headings as lexicon

SELDOM = 0.1  # of the figures: more below zero are changes, and no corrections of counts
MOSTLY_NUMBERS, MOST_TEXTS = 0.8, 3  # of a column of counts in which something else stands
_ZEROS_BEFORE = re.compile(r"0\d+$")


def is_count(column: Column) -> bool:
    """Could the column be how many, or a rate? Codes, years, ages, coordinates and sums of money are not."""
    heading = column.heading
    if not column.numeric or lexicon.is_amount(heading) or lexicon.axis(heading):
        return False
    if lexicon.speaks_of(heading, "attributes") or says_nothing(column):
        return False
    if lexicon.counts(heading) or lexicon.speaks_of(heading, "rates"):
        return not lexicon.refused(heading) or lexicon.counts_things(heading) or counts_offences(column)
    if (
        any(lexicon.speaks_of(heading, group) for group in ("period", "code", "note"))
        or (lexicon.refused(heading) and not counts_offences(column))
        or lexicon.asks_age_or_sex(heading)
    ):
        return False
    return looks_counted(column) or (lexicon.speaks_of(heading, "residents") and _from_zero(column))


def is_figure(column: Column) -> bool:
    """Is a numeric column a rate, a share or a change, by its heading or by its decimals? No key is one."""
    return lexicon.speaks_of(column.heading, "rates") or (
        has_fractions(column) and speaks_of_nothing_else(column.heading)
    )


def looks_counted(column: Column) -> bool:
    """Whole numbers from zero up that are neither years nor codes of one length."""
    numbers = column.numbers[~np.isnan(column.numbers)]
    corrected = share_below_zero(column) < SELDOM  # a publisher takes back earlier counts
    whole = bool((numbers % 1 == 0).all() and corrected)
    years = bool(((numbers >= 1900) & (numbers <= 2100)).all())
    lengths = {len(str(int(number))) for number in numbers[:2000]} if whole else set()
    grouped = bool(column.proofs)  # no code has a sign between its thousands
    code = (len(lengths) == 1 and max(lengths) >= 5 and not grouped) or any(
        map(_ZEROS_BEFORE.match, column.texts.slice(0, 2000).to_pylist())
    )
    return whole and not years and not code


def mostly_numbers(column: Column) -> bool:
    """Are at least four of five filled cells numbers, and the others few different texts?"""
    number = ~np.isnan(column.numbers)
    filled = int(column.used[~column.blank].sum())
    texts = int((~number & ~column.blank).sum())
    return filled > 0 and texts <= MOST_TEXTS and int(column.used[number].sum()) >= MOSTLY_NUMBERS * filled


def whole_with_changes(column: Column) -> bool:
    """Whole numbers on both sides of zero, as changes are, under a heading that speaks of no coordinate and no
    money.
    """
    numbers = column.numbers[~np.isnan(column.numbers)]
    signed = bool((numbers % 1 == 0).all() and (numbers < 0).any() and (numbers > 0).any())
    return signed and not lexicon.axis(column.heading) and not lexicon.is_amount(column.heading)


def share_below_zero(column: Column) -> float:
    """Of the figures of a column the share that is below zero."""
    return float(column.used[column.numbers < 0].sum()) / max(float(column.used[~np.isnan(column.numbers)].sum()), 1.0)


def counts_offences(column: Column) -> bool:
    """Is a heading that holds a private word the name of an offence, such as "Street robbery", over plain counts?"""
    return lexicon.names_offence(column.heading) and column.numeric and looks_counted(column)


def names_no_person(column: Column) -> bool:
    """Is a heading with a private word over counts of such things or of offences, or over the rows' numbers?"""
    counted = column.numeric and lexicon.counts_things(column.heading)
    return counted or counts_offences(column) or says_nothing(column)


def names_a_thing(column: Column, table: TextTable) -> bool:
    """Is an "id" the same in every row, or the code of what another column names in several rows each?"""
    if not lexicon.is_weak_identity(column.heading):
        return False
    named = (
        other
        for other in table.columns
        if other is not column and other.distinct == column.distinct and not lexicon.refused(other.heading)
    )
    several = 2 * column.distinct <= table.rows
    return column.distinct <= 1 or (
        several and any(decides(column, other) and decides(other, column) for other in named)
    )


def has_fractions(column: Column) -> bool:
    numbers = column.numbers[~np.isnan(column.numbers)]
    return bool((numbers % 1 != 0).any())


def speaks_of_nothing_else(heading: str) -> bool:
    other = ("period", "code", "note", "attributes")
    spoken = any(lexicon.speaks_of(heading, group) for group in other) or lexicon.is_amount(heading)
    return not spoken and not lexicon.refused(heading)


def _from_zero(column: Column) -> bool:
    """Whole numbers from zero up, codes of one length among them."""
    numbers = column.numbers[~np.isnan(column.numbers)]
    return bool(len(numbers) and (numbers % 1 == 0).all() and (numbers >= 0).all())
