"""Drafts a new place, its cards and first measures from published files: ``python -m loaders new PLACE FILE…``.

What was read is written down; what was guessed says "guess" on its line; what only a person can know is left empty,
and ``python -m loaders check PLACE`` names it. A list of areas (codes, names in several languages) names the areas
and is not kept.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from loaders.addresses import NAME_WORDS, is_name
from loaders.draft import boundaries as drawn
from loaders.draft.areas import MOSTLY, Named, name_areas, shared, texts_of
from loaders.draft.first_measures import counts_one_thing, measures_of, residents_of, without_measure
from loaders.draft.guess import Guess
from loaders.draft.kinds_file import kinds_file
from loaders.draft.place_file import Shown, measure, place_file
from loaders.draft.source_card import card_of
from loaders.draft.table import guess
from loaders.draft.trial import Reading, reading, unusable
from loaders.draft.unallocated import is_unallocated
from loaders.draft.uncarded import read_tables
from loaders.draft.untouched import remember, take_back
from loaders.errors import Fault, SourceError
from loaders.formats.encoding import Undecided
from loaders.formats.sheet import Unreadable
from loaders.formats.signatures import TEXT, kind_of
from loaders.formats.text_table import TextTable
from loaders.gate.behind_table import behind_table
from loaders.gate.guessed_roles import guessed as guessed_roles
from loaders.gate.judge import GateVerdict, faults_of, judge_outlines, judge_table
from loaders.gate.table_shape import decides
from loaders.lint.translations import TO_WRITE
from loaders.privacy import headings
from loaders.privacy.rules import RuleMatch

WORDS = f'en = "{TO_WRITE}", zh = "{TO_WRITE}"'
MOST_TWICE = 3  # areas that are named as standing in several rows


@dataclass
class _Files:
    """The files by what they are: tables of counts with their guesses and verdicts, lists of areas, outlines."""

    counts: dict[Path, tuple[Guess, GateVerdict]] = field(default_factory=dict)
    lists: list[TextTable] = field(default_factory=list)
    outlines: list[Path] = field(default_factory=list)
    encodings: dict[Path, str] = field(default_factory=dict)  # of the names in outlines, where the file does not say it
    remarks: list[str] = field(default_factory=list)


def new_place(root: Path, name: str, files: list[Path], again: bool = False, encoding: str = "") -> Reading:
    """Write the drafts under ``root`` and read them back: the lines to print, and whether ``check`` and the build can
    read what was written. ``again``: an untouched draft of the place is taken back first.

    Raises SourceError or FileExistsError before anything is written.
    """
    if not is_name(name):
        raise SourceError(name, [Fault("PLACE", "is no word for addresses", NAME_WORDS, name, "Choose another.")])
    home, place = root / "open" / f"{name}_publisher", root / "places" / f"{name}.toml"
    datasets = _dataset_names(name, files)
    for file, dataset in datasets.items():
        if not is_name(dataset):
            raise SourceError(
                name,
                [
                    Fault(
                        f"'{file.name}'",
                        "makes no name of a dataset",
                        NAME_WORDS,
                        dataset,
                        "Give the file a shorter name.",
                    )
                ],
            )
    if len(set(datasets.values())) < len(files):
        raise SourceError(
            name,
            [
                Fault(
                    "FILE",
                    "two files have one name",
                    "a name for each",
                    ", ".join(datasets.values()),
                    "Rename one of them.",
                )
            ],
        )
    sorted_files = _sorted(files, encoding)
    hidden = [f"look: {file.name}: {part.say('en')}" for file in files for part in behind_table(file).hidden]
    written = _drafts(name, home, datasets, sorted_files, place)
    if again:
        take_back(root, home)
    for path in (place, home, *written):
        if path.exists():
            todo = f"python -m loaders new --again {name} takes back a draft that nobody has changed"
            raise FileExistsError(f"{path.name} is there already; nothing is written over. {todo}.")
    for file in (*sorted_files.counts, *sorted_files.outlines):
        folder = home / datasets[file]
        folder.mkdir(parents=True)
        shutil.copyfile(file, folder / file.name)
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_filled_in(text), encoding="utf-8")
    readings = [reading(place, home / datasets[file]) for file in sorted_files.counts]
    works = all(outcome.works for outcome in readings)
    remember(root, home, list(written))
    doubts = [f"answer first: {doubt}" for guessed, _ in sorted_files.counts.values() for doubt in guessed.doubts]
    faults = unusable(root, list(written)) if works else []
    return Reading(
        [
            *(f"drafted: {path.relative_to(root)}" for path in written),
            *hidden,
            *(line for outcome in readings for line in outcome.lines),
            *faults,
            *doubts,
            *hidden,
            *sorted_files.remarks,
            f"Now: python -m loaders check {name}   (and rename the folder {home.name} after the publisher)",
        ],
        works and not faults and not doubts,
    )


def _tables(file: Path, encoding: str) -> list[TextTable]:
    """The tables of a file as they look. Raises SourceError when it is none, or when its encoding must be asked
    about.
    """
    try:
        return read_tables(file, encoding if kind_of(file) == TEXT else "")
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


def _sorted(files: list[Path], encoding: str) -> _Files:
    """What is each file? Raises SourceError when the gate refuses one."""
    for file in files:
        if faults := faults_of(behind_table(file), file.name):
            raise SourceError(file.name, faults)
    sorted_files = _Files(outlines=[file for file in files if drawn.is_outlines(file)])
    for file in sorted_files.outlines:
        _refuse_points(file)
    tables = {file: fullest(_tables(file, encoding)) for file in files if file not in sorted_files.outlines}
    cells = {text for table in tables.values() for column in table.columns for text in column.texts.to_pylist()}
    sorted_files.encodings = {file: encoding or drawn.encoding_of(file, cells) for file in sorted_files.outlines}
    names = {
        text
        for file, spelt in sorted_files.encodings.items()
        for texts in drawn.read_names(file, spelt).values()
        for text in texts
    }
    known = {file: guess(table, names) for file, table in tables.items()}
    areas = names | {text for guessed in known.values() if guessed.variables for text in guessed.areas}
    lists = [file for file, guessed in known.items() if not guessed.variables and _lists(tables[file], areas)]
    sorted_files.lists = [tables[file] for file in lists]
    names |= {text for table in sorted_files.lists for text in texts_of(table)}
    for file, table in tables.items():
        verdict = _let_in(file, table, names, counts=file not in lists)
        if file not in lists:
            sorted_files.counts[file] = (_told_apart(file, guess(table, names)), verdict)
    return sorted_files


def _refuse_points(file: Path) -> None:
    """Boundaries are areas. Raises SourceError where a file holds points."""
    faults = [
        Fault(f"'{file.name}'", found.say("en"), "areas", f"rule {found.rule.name}", f"{found.say('zh')}。")
        for found in judge_outlines(file).findings
    ]
    if faults:
        raise SourceError(file.name, faults)


def _told_apart(file: Path, guessed: Guess) -> Guess:
    """The guess, when each of its columns has a heading of its own. Raises SourceError."""
    left_out = {"", *guessed.ignore, *guessed.words.get("ignore", ())}
    columns: dict[str, list[int]] = {}
    for column in guessed.table.columns:
        columns.setdefault(column.heading.strip(), []).append(column.position + 1)
    todo = "Ask the publisher which holds; a heading in the file that says both apart is enough."
    faults = [
        Fault(f"'{file.name}'", "a heading stands twice", "each once", f"'{heading}' over columns {numbers}", todo)
        for heading, positions in columns.items()
        if len(positions) > 1 and heading not in left_out
        for numbers in [", ".join(map(str, positions))]
    ]
    if faults:
        raise SourceError(file.name, faults)
    return guessed


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


def _drafts(name: str, home: Path, datasets: dict[Path, str], files: _Files, place: Path) -> dict[Path, str]:
    """Every file to write, with its text."""
    written: dict[Path, str] = {}
    guesses = [guessed for guessed, _ in files.counts.values()]
    areas = name_areas(
        {text: code for guessed in guesses for text, code in guessed.areas.items()},
        files.lists,
        name,
        set().union(*(guessed.rivals for guessed in guesses)),
    )
    tiles: dict[str, tuple[int, int]] = {}
    outlines = {file: drawn.outlines_of(file, areas, files.encodings[file]) for file in files.outlines}
    for file in files.outlines:
        written[home / datasets[file] / "source.toml"] = drawn.card(file, datasets[file], name, outlines[file], areas)
    used = drawn.file_to_draw(outlines, areas)
    files.remarks += drawn.remarks(outlines, used)
    if used:
        tiles = drawn.layout(outlines[used], areas)
    apart = _beside_the_areas(areas, tiles, guesses)
    residents = {file: residents_of(file, guessed) for file, (guessed, _) in files.counts.items()}
    base = next(
        (
            (datasets[file], code)
            for file, code in residents.items()
            if code and counts_one_thing(files.counts[file][0])
        ),
        ("", ""),
    )
    shown: list[Shown] = []
    for file, (guessed, verdict) in files.counts.items():
        dataset = datasets[file]
        kinds, categories = kinds_file(guessed)
        guessed.apart = {
            code or text: area.code
            for area in apart
            for text, code in guessed.areas.items()
            if text in area.spellings()
        }
        written[home / dataset / "source.toml"] = card_of(file, guessed, verdict, dataset, name, kinds)
        if kinds:
            written[home / dataset / "categories.csv"] = categories
        own = residents[file]
        measures = measures_of(guessed, dataset, own, (dataset, own) if own and not base[0] else base)
        shown += measures
        files.remarks += filter(None, [*guessed.remarks, without_measure(guessed, measures)])
    written |= {place.parent.parent / "measures" / f"{card.name}.toml": measure(card) for card in shown}
    boundaries = datasets[used] if used else ""
    written[place] = place_file(
        name, [area for area in areas if area not in apart], apart, [card.name for card in shown], boundaries, tiles
    )
    return written


def _beside_the_areas(areas: list[Named], tiles: dict[str, tuple[int, int]], guesses: list[Guess]) -> list[Named]:
    """What is counted in none of the areas: by its name, or, where most areas have a boundary, because it has none.

    An area that began, ended or merged within a table lacks a boundary, too, and stays an area.
    """
    named = [area for area in areas if is_unallocated(area.text)]
    incomplete = set().union(*(guessed.incomplete for guessed in guesses))
    drawn_nowhere = [
        area for area in areas if area.text not in tiles and area not in named and not incomplete & area.spellings()
    ]
    apart = named + (drawn_nowhere if 2 * len(tiles) > len(areas) else [])
    return [area for area in areas if area in apart] if len(apart) < len(areas) else []


def _dataset_names(name: str, files: list[Path]) -> dict[Path, str]:
    """A name for the dataset of each file; files that differ in their years only keep them."""
    words = {file: _word(file.name.split(".")[0]) for file in files}
    alike = [file for file in files if list(words.values()).count(words[file]) > 1]
    words |= {file: re.sub(r"[^a-z0-9]+", "_", file.name.split(".")[0].casefold()).strip("_") for file in alike}
    return {file: f"{name}_{word}" for file, word in words.items()}


def _word(text: str) -> str:
    """A file's name as a word for addresses, without its years: the next release has others."""
    text = (
        re.sub(
            r"(?<![a-z0-9])(?:19|20)\d\d(?:[-_]?(?:q\d|h\d|\d\d(?!\d)))?(?![a-z0-9])",
            "",
            text.casefold().replace("_", " "),
        )
        or text
    )
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or hashlib.sha256(text.encode()).hexdigest()[:6]


def text_filled_in(text: str) -> str:
    """Texts that only a person can write stand as TO_WRITE, so that the draft can be looked at.

    A licence stays empty: without one nothing is shown.
    """
    today = date.today()
    text = text.replace('id = ""', f'id = "{today:%Y-%m}"  # guess').replace(
        'published = ""', f'published = "{today:%Y-%m}"  # guess\nabout = true'
    )
    text = text.replace('accessed = ""', f'accessed = "{today:%Y-%m}"').replace(
        'code = "", en = "", zh = ""', 'code = "count", en = "", zh = ""'
    )
    return "\n".join(
        line if line.startswith("licenses") else line.replace('en = "", zh = ""', WORDS) for line in text.split("\n")
    )
