"""Tells what each given file is: a table of counts, a list of areas, or outlines; none of them holds records."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from loaders.draft.places import boundaries as drawn
from loaders.draft.places.areas import MOSTLY, shared, texts_of
from loaders.draft.tables.guess import Guess, twice_headed
from loaders.draft.tables.table import guess
from loaders.draft.tables.uncarded import read_tables
from loaders.errors import Fault, SourceError
from loaders.formats.sheet import Unreadable
from loaders.formats.signatures import ARCHIVE, TEXT, kind_of
from loaders.formats.text.encoding import Undecided
from loaders.formats.text_table import TextTable
from loaders.gate.admission import faults_of
from loaders.gate.behind_table import behind_table
from loaders.gate.guessed_roles import guessed as guessed_roles
from loaders.gate.judge import GateVerdict, judge_outlines, judge_table
from loaders.gate.table_shape import decides
from loaders.privacy import headings
from loaders.privacy.rules import RuleMatch

MOST_TWICE = 3  # areas that are named as standing in several rows


@dataclass
class CountedFile:
    """A table of counts: its guess and the gate's verdict; ``dataset``: the name of what is drafted of it."""

    file: Path
    dataset: str
    guessed: Guess
    verdict: GateVerdict


@dataclass
class GivenFiles:
    """The files by what they are."""

    counted: list[CountedFile] = field(default_factory=list)
    lists: list[TextTable] = field(default_factory=list)
    outlines: dict[Path, str] = field(default_factory=dict)  # with the encoding of their names where no file says it


def sorted_files(datasets: dict[Path, str], encoding: str) -> GivenFiles:
    """What is each file? ``datasets``: the name of each file's dataset. Raises SourceError when the gate refuses
    one."""
    for file in datasets:
        if faults := faults_of(behind_table(file), file.name):
            raise SourceError(file.name, faults)
    outlines = [file for file in datasets if drawn.is_outlines(file)]
    for file in outlines:
        _refuse_points(file)
    tables = {file: fullest(_tables(file, encoding)) for file in datasets if file not in outlines}
    cells = {text for table in tables.values() for column in table.columns for text in column.texts.to_pylist()}
    given = GivenFiles(outlines={file: encoding or drawn.encoding_of(file, cells) for file in outlines})
    names = {
        text
        for file, spelt in given.outlines.items()
        for texts in drawn.read_names(file, spelt).values()
        for text in texts
    }
    known = {file: guess(table, names) for file, table in tables.items()}
    areas = names | {text for guessed in known.values() if guessed.variables for text in guessed.areas}
    lists = [file for file, guessed in known.items() if not guessed.variables and _lists(tables[file], areas)]
    given.lists = [tables[file] for file in lists]
    names |= {text for table in given.lists for text in texts_of(table)}
    for file, table in tables.items():
        verdict = _let_in(file, table, names, counts=file not in lists)
        if file not in lists:
            guessed = guess(table, names)
            if faults := twice_headed(file.name, guessed):
                raise SourceError(file.name, faults)
            given.counted.append(CountedFile(file, datasets[file], guessed, verdict))
            if guessed.beside:
                given.counted.append(CountedFile(file, f"{datasets[file]}_beside", guessed.beside, verdict))
    return given


def _refuse_points(file: Path) -> None:
    """Boundaries are areas. Raises SourceError where a file holds points."""
    faults = [
        Fault(f"'{file.name}'", finding.say("en"), "areas", f"rule {finding.rule.name}", f"{finding.say('zh')}。")
        for finding in judge_outlines(file).findings
    ]
    if faults:
        raise SourceError(file.name, faults)


def _tables(file: Path, encoding: str) -> list[TextTable]:
    """The tables of a file as they look. Raises SourceError when it is none, or when its encoding must be asked
    about.
    """
    try:
        return read_tables(file, encoding if kind_of(file) in (TEXT, ARCHIVE) else "")
    except Undecided as error:
        raise SourceError(file.name, [_question(file, error)]) from None
    except Unreadable as error:
        fault = Fault(
            f"'{file.name}'",
            "cannot be read as a table",
            "a published table",
            str(error),
            "Look at the file, or fetch it again.",
        )
        raise SourceError(file.name, [fault]) from None


def _question(file: Path, doubt: Undecided) -> Fault:
    """Which encoding is it? The cells are shown only where the gate takes none of the readings for records of
    individuals.
    """
    verdicts = [judge_table(fullest(read_tables(file, encoding))) for encoding in doubt.readings]
    reason = str(doubt) if any(verdict.about_people for verdict in verdicts) else doubt.with_cells()
    return Fault(f"'{file.name}'", "the encoding is not certain", "one reading", reason, "Choose by the names.")


def _lists(table: TextTable, areas: set[str]) -> bool:
    """Is this a list of the areas: is nearly all of a column names that tables or outlines have?"""
    return any(column.distinct and shared(set(column.texts.to_pylist()), areas) >= MOSTLY for column in table.columns)


def fullest(tables: list[TextTable]) -> TextTable:
    """Of the sheets of a workbook the one with most figures."""
    return max(tables, key=lambda table: sum(column.numeric for column in table.columns) * table.rows)


def _let_in(file: Path, table: TextTable, names: set[str], counts: bool) -> GateVerdict:
    """The gate's verdict; "name" may stand over what tables, outlines or lists know as areas, or beside their code,
    and a list counts nothing.

    Raises SourceError.
    """
    known = [
        column for column in table.columns if column.distinct and shared(set(column.texts.to_pylist()), names) >= MOSTLY
    ]
    declared = [
        column
        for column in table.columns
        if column in known or any(decides(other, column) and decides(column, other) for other in known)
    ]
    areas = {f"'{column.heading.strip()}'" for column in declared}
    findings = [
        finding
        for finding in judge_table(table).findings
        if not (finding.rule.name == "heading_name" and finding.column in areas)
    ]
    verdict = GateVerdict(tuple(finding for finding in findings if counts or finding.rule.name != "no_count"))
    if verdict.decision == "refuse":
        why = [
            Fault(
                f"'{file.name}'{_twice(table) if verdict.findings[0].rule.name == 'repeated_keys' else ''}",
                finding.say("en"),
                "an aggregate",
                f"rule {finding.rule.name}",
                f"{finding.say('zh')}。{_what_to_do(finding)}",
            )
            for finding in verdict.findings
        ]
        raise SourceError(file.name, why)
    return verdict


def _what_to_do(finding: RuleMatch) -> str:
    """What a maintainer can do about a refused heading; records are not to be kept."""
    if not finding.rule.name.startswith("heading_"):
        return ""
    return (
        " If it names what is counted, declare it in a card by hand: docs/data.md. "
        "If it is of persons, do not keep the file."
    )


def _twice(table: TextTable) -> str:
    """The areas that stand in several rows of a table with a column for each period, where most stand in one."""
    areas = [column for column in table.columns if headings.speaks_of(column.heading, "area") and not column.numeric]
    if not areas or not guessed_roles(table).wide or 2 * areas[0].distinct < table.rows:
        return ""
    twice = [text for text, rows in zip(areas[0].texts.to_pylist(), areas[0].used, strict=True) if rows > 1 and text]
    return f", column {areas[0].heading}, {', '.join(map(repr, twice[:MOST_TWICE]))}"
