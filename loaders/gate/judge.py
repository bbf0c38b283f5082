"""Judges whether a table is an aggregate or holds records of individuals, before anything else is done with its cells.

The rules, their order and their words are in ``privacy/rules.py``; the headings in ``lexicon.toml``; the values in
``values.py``. Nothing here says, logs or keeps a value: a finding has a rule and the name of a column, and a heading
that may itself be a value is called by its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from loaders.cards.source_card import Release, SourceCard
from loaders.formats.geometry import holds_points
from loaders.formats.numbers import without_notes
from loaders.formats.text_table import Column, TextTable
from loaders.gate.column_kinds import names_a_thing, names_no_person
from loaders.gate.guessed_roles import guessed
from loaders.gate.record_rules import names, questions, records
from loaders.gate.table_shape import Shape, declared, says_nothing
from loaders.privacy import headings as lexicon
from loaders.privacy import values
from loaders.privacy.rules import ORDER, QUESTIONS, RULES, RuleMatch
from loaders.tables.column_roles import columns_of, spellings_of, words_of

PROSE = ("claims", "register", "areas", "boundaries")
FEW_TEXTS = 10_000  # distinct texts of a column that are looked at together with those of others
_NOT_ABOUT_PEOPLE = {"unreadable", "undeclared_column", "no_heading_row", "no_count"}


@dataclass(frozen=True)
class GateVerdict:
    """What a table is taken for, and every rule that it meets, in the order of the gate."""

    findings: tuple[RuleMatch, ...]

    @property
    def decision(self) -> str:
        """``accept``, ``refuse`` or ``ask``."""
        decisions = {finding.rule.decision for finding in self.findings}
        return next((word for word in ("refuse", "ask") if word in decisions), "accept")

    @property
    def about_people(self) -> bool:
        """Is it taken for records of individuals, rather than for a file that is only not in order?"""
        return any(
            finding.rule.decision == "refuse" and finding.rule.name not in _NOT_ABOUT_PEOPLE
            for finding in self.findings
        )


def judge_outlines(path: Path) -> GateVerdict:
    """The gate's verdict on the shapes of a file of boundaries: points are positions of persons or events."""
    return GateVerdict((RuleMatch(RULES["positions"]),) if holds_points(path) else ())


def judge_table(
    table: TextTable, card: SourceCard | None = None, release: Release | None = None, place=None
) -> GateVerdict:
    """Put a table through every rule. Without a card the roles of its columns are guessed."""
    if card and card.kind in PROSE:
        return _verdict([*_values(table, None, True), *names(table)], card)
    shape = declared(table, card, release, _known(table, card, release, place)) if card else guessed(table)
    return _verdict([*_headings(shape), *_values(table, shape, False), *records(shape), *questions(shape)], card)


def _verdict(matches: list[tuple[str, Column | None]], card: SourceCard | None) -> GateVerdict:
    answered = set(card.gate_answers) & set(QUESTIONS) if card else set()
    named = {(rule, column.position if column else -1): column for rule, column in matches if rule not in answered}
    ordered = sorted(named.items(), key=lambda item: (ORDER.index(item[0][0]), item[0][1]))
    headless = any(rule == "no_heading_row" for rule, _ in named)
    declared_names = _declared_names(card)
    return GateVerdict(
        tuple(RuleMatch(RULES[rule], _label(column, headless, declared_names)) for (rule, _), column in ordered)
    )


def _declared_names(card: SourceCard | None) -> set[str]:
    if card is None:
        return set()
    mine = {*card.area_columns.values(), *card.columns.values()}
    roles = (columns_of(card, release) for release in card.releases)
    named = (heading for columns in roles for headings in columns.values() for heading in headings)
    ignored = ({*release.ignore, *words_of(card, release).get("ignore", ())} for release in card.releases)
    return mine.union(named, *ignored)


def _label(column: Column | None, headless: bool, safe: set[str]) -> str:
    """How a column is called: by its heading, or by its number where the heading may be a value."""
    if column is None:
        return ""
    plain = column.heading.strip()
    doubtful = (
        headless
        or not plain
        or len(plain) > 60
        or values.rules_met(pa.array([plain]))
        or any(character.isdigit() for character in plain)
    )
    return f"'{plain}'" if plain in safe or not doubtful else f"column {column.position + 1}"


def _known(table: TextTable, card: SourceCard, release: Release, place) -> frozenset[int]:
    """Columns of areas and categories whose every value the card or the place lists; of names beside their codes
    too."""
    ours = columns_of(card, release)
    labels = (*card.area_labels.values(), *(node.name for node in card.tree.nodes.values()))
    names = {text for label in labels for text in label.values()}
    spellings = spellings_of(card, release)
    lists = dict.fromkeys([*release.ignore, *words_of(card, release).get("ignore", ())], names.__contains__)
    lists |= dict.fromkeys(
        ours.get("area", ()), lambda text: text in card.area_codes or (place is not None and place.code_of(text))
    )
    lists |= dict.fromkeys(ours.get("category", ()), lambda text: text in spellings)
    return frozenset(
        column.position
        for column in table.columns
        if column.heading in lists and all(map(lists[column.heading], column.texts.to_pylist()))
    )


def _headings(shape: Shape) -> Iterator[tuple[str, Column | None]]:
    """Rule 1 and the lexicon; a heading that the card declares is exempt, one that only counts such things too."""
    table = shape.table
    for column in table.columns:
        if shape.declared is not None and column.heading not in shape.declared:
            yield "undeclared_column", column
    if shape.declared is None and any(_is_data(column) for column in table.columns if not says_nothing(column)):
        yield "no_heading_row", None
    for column in table.columns:
        refused = lexicon.refused(column.heading)
        exempt = (shape.declared is not None and column.heading in shape.declared) or names_no_person(column)
        exempt = exempt or names_a_thing(column, table)
        if refused and not exempt:
            yield refused, column


def _is_data(column: Column) -> bool:
    """Is the heading one of the column's own values, a number that is no year, or a value that is refused?"""
    heading = without_notes(column.heading.strip())
    number = heading.replace(".", "", 1).isdigit() and not (
        heading.isdigit() and 1900 <= int(heading[:4]) <= 2100 and len(heading) in (4, 6)
    )
    return bool(heading) and (
        number or pc.index(column.texts, heading).as_py() >= 0 or bool(values.rules_met(pa.array([heading])))
    )


def _values(table: TextTable, shape: Shape | None, prose: bool) -> Iterator[tuple[str, Column | None]]:
    above = pa.array([*table.above, *(column.heading for column in table.columns)], pa.string())
    for rule in values.rules_met(above, prose):
        yield f"value_{rule}", None
    few = [column.texts for column in table.columns if len(column.texts) <= FEW_TEXTS]
    is_clean = not few or not values.rules_met(pa.concat_arrays(few), prose)  # all in one go: hardly any meets a rule
    for column in table.columns:
        if is_clean and len(column.texts) <= FEW_TEXTS:
            continue
        for rule in values.rules_met(column.texts, prose):
            counts = shape is not None and column in shape.counts
            yield (
                (
                    "large_numbers"
                    if rule == "phone" and counts and not values.mostly_phones(column)
                    else f"value_{rule}"
                ),
                column,
            )
