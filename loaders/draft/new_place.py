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
from loaders.draft.areas import EVERYTHING, MOSTLY, Named, codes, name_areas, shared, texts_of
from loaders.draft.guess import Guess
from loaders.draft.place_file import Shown, measure, place_file
from loaders.draft.source_card import card_of, variable_codes
from loaders.draft.table import guess, unit_of
from loaders.draft.trial import Reading, reading, unusable
from loaders.draft.unallocated import is_unallocated
from loaders.draft.uncarded import read_tables
from loaders.errors import Fault, SourceError
from loaders.formats.sheet import Unreadable
from loaders.formats.text_table import TextTable
from loaders.gate.behind_table import behind_table
from loaders.gate.guessed_roles import guessed as guessed_roles
from loaders.gate.judge import GateVerdict, faults_of, judge_table
from loaders.gate.table_shape import decides
from loaders.lint.translations import TO_WRITE
from loaders.privacy import headings

CATEGORY_COLUMNS = (
    "code,parent,level,first,last,in_total,name_en,name_zh,definition_en,definition_zh,link,note_en,note_zh"
)
WORDS = f'en = "{TO_WRITE}", zh = "{TO_WRITE}"'
MOST_MEASURES = 6
MOST_TWICE = 3  # areas that are named as standing in several rows


@dataclass
class _Files:
    """The files by what they are: tables of counts with their guesses and verdicts, lists of areas, outlines."""

    counts: dict[Path, tuple[Guess, GateVerdict]] = field(default_factory=dict)
    lists: list[TextTable] = field(default_factory=list)
    outlines: list[Path] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def new_place(root: Path, name: str, files: list[Path]) -> Reading:
    """Write the drafts under ``root`` and read them back: the lines to print, and whether ``check`` and the build can
    read what was written.

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
    sorted_files = _sorted(files)
    hidden = [f"look: {file.name}: {part.say('en')}" for file in files for part in behind_table(file).hidden]
    written = _drafts(name, home, datasets, sorted_files, place)
    for path in (place, home, *written):
        if path.exists():
            raise FileExistsError(f"{path.name} is there already; nothing is written over")
    for file in (*sorted_files.counts, *sorted_files.outlines):
        folder = home / datasets[file]
        folder.mkdir(parents=True)
        shutil.copyfile(file, folder / file.name)
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_filled_in(text), encoding="utf-8")
    readings = [reading(place, home / datasets[file]) for file in sorted_files.counts]
    works = all(outcome.works for outcome in readings)
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


def _tables(file: Path) -> list[TextTable]:
    """The tables of a file as they look. Raises SourceError when it is none."""
    try:
        return read_tables(file)
    except Unreadable as error:
        fault = Fault(
            f"'{file.name}'",
            "cannot be read as a table",
            "a published table",
            str(error),
            "Look at the file, or fetch it again.",
        )
        raise SourceError(file.name, [fault]) from None


def _sorted(files: list[Path]) -> _Files:
    """What is each file? Raises SourceError when the gate refuses one."""
    for file in files:
        if faults := faults_of(behind_table(file), file.name):
            raise SourceError(file.name, faults)
    sorted_files = _Files(outlines=[file for file in files if drawn.is_outlines(file)])
    names = {text for file in sorted_files.outlines for texts in drawn.read_names(file).values() for text in texts}
    tables = {file: fullest(_tables(file)) for file in files if file not in sorted_files.outlines}
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
                finding.say("zh"),
            )
            for finding in verdict.findings
        ]
        raise SourceError(file.name, why)
    return verdict


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
    outlines = {file: drawn.outlines_of(file, areas) for file in files.outlines}
    for file in files.outlines:
        written[home / datasets[file] / "source.toml"] = drawn.card(file, datasets[file], name, outlines[file], areas)
    used = drawn.file_to_draw(outlines, areas)
    files.remarks += drawn.remarks(outlines, used)
    if used:
        tiles = drawn.layout(outlines[used], areas)
    apart = _beside_the_areas(areas, tiles, guesses)
    residents = {file: _residents(file, guessed) for file, (guessed, _) in files.counts.items()}
    base = next(
        ((datasets[file], code) for file, code in residents.items() if code and _alone(files.counts[file][0])), ("", "")
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
        measures = _measures(guessed, dataset, own, (dataset, own) if own and not base[0] else base)
        shown += measures
        files.remarks += filter(None, [*guessed.remarks, _not_shown(guessed, measures)])
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


def _residents(file: Path, guessed: Guess) -> str:
    """The code of the variable that counts residents, or ''."""
    variables = {} if guessed.kinds else variable_codes(guessed)
    named = [code for text, code in variables.items() if headings.speaks_of(text, "residents")]
    if not named and len(variables) == 1 and headings.speaks_of(file.stem, "residents"):
        named = list(variables.values())
    return next(iter(named), "")


def _measures(guessed: Guess, dataset: str, own: str, base: tuple[str, str]) -> list[Shown]:
    """A measure for each variable, the first few of them, each divided by the residents at hand.

    ``own``: the variable of the table that counts residents, or ''; ``base``: the dataset and variable of residents.
    """
    variables = [(text, code) for text, code in variable_codes(guessed).items() if code != own or _alone(guessed)]
    names = [dataset, *(f"{dataset}_{number}" for number in range(2, MOST_MEASURES + 1))]
    return [
        Shown(
            measure_name,
            dataset,
            code,
            unit_of(text)[0] or guessed.title or dataset.replace("_", " "),
            EVERYTHING if guessed.kinds else "",
            guessed.frequency,
            *(base if code != own and "kind" not in guessed.uncounted.get(text, {}) else ("", "")),
            tested="kind" not in guessed.uncounted.get(text, {}),
        )
        for measure_name, (text, code) in zip(names, variables, strict=False)
    ]


def _dataset_names(name: str, files: list[Path]) -> dict[Path, str]:
    """A name for the dataset of each file; files that differ in their years only keep them."""
    words = {file: _word(file.name.split(".")[0]) for file in files}
    alike = [file for file in files if list(words.values()).count(words[file]) > 1]
    words |= {file: re.sub(r"[^a-z0-9]+", "_", file.name.split(".")[0].casefold()).strip("_") for file in alike}
    return {file: f"{name}_{word}" for file, word in words.items()}


def _alone(guessed: Guess) -> bool:
    return len(guessed.variables) == 1


def _not_shown(guessed: Guess, shown: list[Shown]) -> str:
    """Which variables a draft reads and shows in no measure, or ''."""
    used = {card.variable for card in shown} | {card.base for card in shown if card.residents == card.dataset}
    others = ", ".join(f"'{text}'" for text, code in variable_codes(guessed).items() if code not in used)
    counted = f"{len(shown)} of {len(guessed.variables)} variables"
    return (
        f"measures: {counted} have one; a measure for each of the others is to be written: {others}" if others else ""
    )


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


def kinds_file(guessed: Guess) -> tuple[dict[str, str], str]:
    """Text of a category → its code, and ``categories.csv``: everything, groups where the table has them, every kind
    as published.
    """
    kinds = codes(list(guessed.kinds), "type_", {EVERYTHING})
    groups = codes([group for group in dict.fromkeys(guessed.kinds.values()) if group], "group_", {EVERYTHING})
    groups = {text: code if code not in kinds.values() else f"{code}_all" for text, code in groups.items()}
    rows = [f"all,,all,,,yes,All,{TO_WRITE},{TO_WRITE},{TO_WRITE},,,"]
    rows += [_row(code, "all", "group", text) for text, code in groups.items()]
    rows += [
        _row(code, groups.get(guessed.kinds[text], "all"), "type" if groups else "group", text)
        for text, code in kinds.items()
    ]
    return kinds, "\n".join([CATEGORY_COLUMNS, *rows]) + "\n"


def _row(code: str, parent: str, level: str, text: str) -> str:
    name = '"' + text.replace('"', '""') + '"'
    return f"{code},{parent},{level},,,yes,{name},{name},{TO_WRITE},{TO_WRITE},,,"


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
