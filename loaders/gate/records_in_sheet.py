"""Tells whether a sheet, or the text of outlines, that no card describes holds records of persons or events."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from loaders.formats.sheet import Sheet
from loaders.formats.text_table import Column, TextTable
from loaders.gate.column_kinds import names_no_person
from loaders.gate.guessed_roles import guessed
from loaders.gate.record_rules import events
from loaders.privacy import headings, values
from loaders.privacy.rules import ORDER, RULES, RuleMatch

HEAD = 20  # rows among which the heading row of a sheet is looked for
LONGEST_HEADING = 60
_FIELD, _TEXT = re.compile(r'"([^"\\]{1,60})"\s*:'), re.compile(r'"([^"\\]*)"')
OF_TEXTS = ("identity", "plate", "phone", "email")  # a part's own keys and times of saving are no persons'
_OF_AREAS = ("heading_name", "heading_identity", "heading_coordinates")


def in_outlines(text: str) -> tuple[RuleMatch, ...]:
    """The rules that the fields of outlines and their texts meet; a name or an id of an area is none of them."""
    fields = dict.fromkeys(_FIELD.findall(text))
    private = ((headings.refused(field), field) for field in fields)
    matches = [match_of(rule, field) for rule, field in private if rule and rule not in _OF_AREAS]
    return ordered([*matches, *(match_of(f"value_{rule}", "") for rule in private_rules(_TEXT.findall(text)))])


def records_in(sheet: Sheet) -> tuple[RuleMatch, ...]:
    """The rules by which a sheet that nobody reads holds records of persons or events."""
    table = _table(sheet)
    matches = [
        match_of(f"value_{rule}", "") for rule in values.rules_met(pa.array(table.above, pa.string()), prose=True)
    ]
    for column in table.columns:
        matches += [match_of(f"value_{rule}", column.heading) for rule in values.rules_met(column.texts)]
    filled = [column for column in table.columns if column.distinct]
    if len(filled) > 1 or (filled and _holds_keys(filled[0])):
        matches += map(_private_heading, filter(_is_private, table.columns))
        matches += [match_of(rule, column.heading if column else "") for rule, column in events(guessed(table))]
    return ordered(matches)


def _holds_keys(column: Column) -> bool:
    """Does most of a column that stands alone hold figures, as numbers of cases do and notes do not?"""
    texts = column.texts.to_pylist()
    return 2 * sum(any(map(str.isdigit, text)) and len(text) <= LONGEST_HEADING // 2 for text in texts) > len(texts)


def _is_private(column: Column) -> bool:
    return (
        len(column.heading) <= LONGEST_HEADING
        and bool(headings.refused(column.heading))
        and not names_no_person(column)
    )


def _private_heading(column: Column) -> RuleMatch:
    return match_of(headings.refused(column.heading), column.heading)


def _table(sheet: Sheet) -> TextTable:
    """A sheet as a table: the first of the fullest rows at its top has the headings."""
    top = [sheet.texts(row) for row in range(min(HEAD, len(sheet.rows)))]
    filled = [sum(text.strip() != "" for text in row) for row in top]
    head = filled.index(max(filled))
    body = np.arange(head + 1, len(sheet.rows))
    columns = [column.only(body, top[head][column.position]) for column in sheet.columns]
    above = tuple(text for row in top[: head + 1] for text in row)
    return TextTable(sheet.name, columns, len(body), above)


def match_of(rule: str, text: str) -> RuleMatch:
    """A match that names a heading or a member, unless the name may itself be a value."""
    safe = text and len(text) <= 2 * LONGEST_HEADING and not values.rules_met(pa.array([text])) - {"timestamp", "hash"}
    return RuleMatch(RULES[rule], f"'{text}'" if safe else "a part of it")


def ordered(matches: list[RuleMatch]) -> tuple[RuleMatch, ...]:
    return tuple(sorted(dict.fromkeys(matches), key=lambda match: ORDER.index(match.rule.name)))


def private_rules(texts: list[str]) -> set[str]:
    """The rules of private values that texts beside a table meet."""
    return values.rules_met(pa.array(list(dict.fromkeys(texts)), pa.string()), prose=True) & set(OF_TEXTS)
