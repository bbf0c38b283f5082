"""Lets a release in or says why not: the gate's verdict on its table and on what stands behind it, as faults."""

from __future__ import annotations

from loaders.cards.source_card import Release, SourceCard
from loaders.errors import Fault, SourceError
from loaders.formats.text_table import TextTable
from loaders.gate.behind_table import Behind, behind_table
from loaders.gate.judge import judge_table
from loaders.privacy.rules import RuleMatch
from loaders.tables.column_roles import words_of


def let_in(table: TextTable, card: SourceCard, release: Release, place=None, faults: list[Fault] | None = None) -> None:
    """Nothing when a published table may be read. Raises SourceError with ``faults`` and every rule that it meets.

    Repeated keys are left to the loader's own check, which knows the spellings of areas and categories and names
    each row.
    """
    findings = judge_table(table, card, release, place).findings
    findings = [finding for finding in findings if finding.rule.name != "repeated_keys"]
    rules = [*(_fault(finding, release) for finding in findings), *_faults_behind(card, release)]
    if rules:
        raise SourceError(f"{card.id}/{release.file}", [*(faults or []), *rules])


def _faults_behind(card: SourceCard, release: Release) -> list[Fault]:
    """What stands behind the table, by the file itself: nothing in the card has a say in it."""
    return faults_of(behind_table(card.folder / release.file, (sheet_of(card, release),)), release.file)


def sheet_of(card: SourceCard, release: Release) -> str | int:
    """The sheet that is read, by its name or by its number: the first where the card names none."""
    return words_of(card, release).get("sheet", 1)


def faults_of(behind: Behind, file: str) -> list[Fault]:
    """A fault for every rule that a part of a file meets."""
    return [
        Fault(
            f"'{file}', {part.where}",
            match.say("en"),
            "nothing but the published table",
            f"rule {match.rule.name}",
            f"{match.say('zh')}。Tell the publisher; do not keep the file.",
        )
        for part in behind.refused
        for match in part.matches
    ]


def _fault(finding: RuleMatch, release: Release) -> Fault:
    if finding.rule.name == "undeclared_column":
        where, what = f"'{release.file}', heading row", "a column that the card does not know"
        return Fault(
            where, what, "only declared columns", finding.column, f"Declare or ignore it. {finding.say('zh')}。"
        )
    answer = (
        f' If so, add "{finding.rule.name}" to gate_answers in source.toml.' if finding.rule.decision == "ask" else ""
    )
    return Fault(
        f"'{release.file}'",
        finding.say("en"),
        "an aggregate",
        f"rule {finding.rule.name}",
        f"{finding.say('zh')}。{answer}",
    )
