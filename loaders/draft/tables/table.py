"""Guesses what each column of a table is: the headings, the rows, and what is counted, put together."""

from __future__ import annotations

import re
from collections.abc import Collection

from loaders.draft.dates.dated_labels import dated_doubts
from loaders.draft.dates.pauses import pauses
from loaders.draft.dates.unnamed_period import name_period_of_all, question_of_two_years
from loaders.draft.tables.figures import heads_at, is_figure, name_figures
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import Heads, guess_header
from loaders.draft.tables.kinds_across import name_columns_as_kinds
from loaders.draft.tables.legend import ends_early, explained, notes_of, part_doubts
from loaders.draft.tables.notation import marks, marks_in_doubt, number_signs, status_marks
from loaders.draft.tables.row_keys import name_rows
from loaders.draft.tables.sums import turned
from loaders.formats.numbers import notation_of
from loaders.formats.text_table import Column, TextTable
from loaders.privacy import headings
from loaders.tables.table_area import JOIN

LONGEST_TITLE = 120


def guess(table: TextTable, names: set[str] = frozenset(), only: Collection[int] = ()) -> Guess:
    """``names``: what areas are called in outlines or lists at hand; ``only``: positions of the only figures to
    take."""
    heads = guess_header(table, names)
    guessed = Guess(table, dict((table.found or {}).get("words", {})), frequency=heads.frequency)
    signs = number_signs(text for position in heads.figures for text in table.columns[position].texts.to_pylist())
    if heads.long:
        heads.figures = [position for position in heads.figures if is_figure(table.columns[position], signs)]
        heads.ignore += [table.columns[position].heading for position in heads.figures if only and position not in only]
        heads.figures = [position for position in heads.figures if not only or position in only]
    keys = [
        column
        for position, column in enumerate(table.columns)
        if position not in heads.figures and not set(heads_at(table, position)) & set(heads.ignore)
    ]
    texts = [text for position in heads.figures for text in table.columns[position].texts.to_pylist()]
    guessed.title = _title(guessed)
    _leave_out_sums(guessed, heads)
    _layout(guessed, heads)
    name_rows(guessed, heads, keys, names)
    rest = [] if only else name_columns_as_kinds(guessed, heads)
    name_figures(guessed, heads, signs)
    if "period" not in (*guessed.columns, *heads.kinds):
        name_period_of_all(guessed)
    question_of_two_years(guessed, heads)
    guessed.frequency, _, first_month = guessed.frequency.partition("-")
    guessed.first_month = int(first_month or 0)
    guessed.doubts += _doubts(guessed, heads, keys)
    guessed.words |= signs
    guessed.pauses = pauses(guessed, heads)
    _name_marks(guessed, texts)
    stacked = [text for texts in table.heads or () for text in texts]
    guessed.notes = notes_of([*table.above, *stacked, *guessed.areas], table.above)
    guessed.beside = guess(table, names, rest) if rest else None
    return guessed


def _name_marks(guessed: Guess, texts: list[str]) -> None:
    """What the marks in the cells, and in a column of statuses, mean; ``texts``: of the cells of figures."""
    table, legend = guessed.table, explained(guessed.table.above)
    meanings = marks(texts, guessed.words, legend, "flags" in (table.found or {}))
    guessed.doubts += marks_in_doubt(meanings, legend)
    for column in table.columns:
        if column.heading == guessed.columns.get("status"):
            meanings |= status_marks(column.texts.to_pylist(), legend)
    if meanings:
        guessed.words["marks"] = meanings


def _doubts(guessed: Guess, heads: Heads, keys: list[Column]) -> list[str]:
    """Numbers with two readings, and labels that a spreadsheet may have made dates of."""
    dates = [
        dated_doubts(f"'{column.heading}'", column.texts.to_pylist())
        for column in keys
        if column.heading not in _period_headings(guessed)
    ]
    within = [
        text for column in keys if column.heading in _period_headings(guessed) for text in column.texts.to_pylist()
    ]
    periods = [*(text for position in heads.figures for text in heads_at(guessed.table, position)), *within]
    across = [*heads.texts.get("variable", ()), *heads.texts.get("category", ())]
    guessed.remarks += _parts_left_out(heads)
    return [
        *_two_readings(guessed.table, heads),
        *(doubt for doubts in dates for doubt in doubts),
        *dated_doubts("headings", across),
        *(part_doubts(periods, guessed.table.above) if guessed.frequency not in ("month", "week") else []),
    ]


def _parts_left_out(heads: Heads) -> list[str]:
    """A remark for each column that is not read because its heading names a part of a period beside whole ones."""
    return [
        f"look: the column '{text}' is left out, as it is no whole {heads.frequency.partition('-')[0]}"
        for text in heads.ignore
        if heads.frequency and re.search(r"(?:19|20)\d\d", text) and ends_early(text)
    ]


def _leave_out_sums(guessed: Guess, heads: Heads) -> None:
    """Areas in the headings that are sums of others, and are not called so."""
    if "area" not in heads.kinds or heads.ignore:
        return
    table, row = guessed.table, heads.kinds.index("area")
    texts = [heads_at(table, position)[row] for position in heads.figures]
    beside = [
        JOIN.join(text for number, text in enumerate(heads_at(table, position)) if number != row)
        for position in heads.figures
    ]
    cube = turned(texts, beside, [table.columns[position] for position in heads.figures])
    totals = cube.totals(heads.texts["area"])
    tops, doubts = cube.nested_totals([text for text in heads.texts["area"] if text not in totals])
    guessed.doubts += doubts
    totals += tops
    heads.ignore += totals
    heads.texts["area"] = [text for text in heads.texts["area"] if text not in totals]


def _title(guessed: Guess) -> str:
    """The first text above the headings, where it is short enough for a title."""
    above = guessed.table.above if guessed.words.get("skip_rows") else ()
    text = " ".join(next((text for text in above if text.strip()), "").split())
    return text if len(text) <= LONGEST_TITLE else ""


def _period_headings(guessed: Guess) -> list[str]:
    named = guessed.columns.get("period", [])
    return [named] if isinstance(named, str) else named


def _layout(guessed: Guess, heads: Heads) -> None:
    stacked = len(heads.kinds) > 1
    guessed.words = {
        "layout": "wide" if heads.kinds == ["period"] else "long" if heads.long and not stacked else "crossed",
        **guessed.words,
    }
    if guessed.words["layout"] == "crossed":
        guessed.words["heads"] = heads.kinds
    if heads.wording:
        guessed.words["period_format"] = heads.wording[0] if len(heads.wording) == 1 else heads.wording
    if heads.ignore:
        guessed.words["ignore"] = list(heads.ignore)


def _two_readings(table: TextTable, heads: Heads) -> list[str]:
    """A question for each column whose numbers are two: 2.155 is two thousand or about two, and no cell of the table
    decides.

    A comma is asked about where commas may be decimal signs: in a file with semicolons, or under a rate.
    """
    doubts = []
    for column in (table.columns[position] for position in heads.figures):
        notation, either = notation_of(column.proofs, (other.proofs for other in table.columns))
        if not either or (notation.thousands and not _commas_may_be_decimals(table, column)):
            continue
        text = next(
            text for text in map(str.strip, column.texts.to_pylist()) if re.fullmatch(r"\d{1,3}[.,]\d{3}", text)
        )
        whole, sign = re.sub(r"[.,]", "", text), "," if "," in text else "."
        doubts.append(
            f"'{column.heading}' holds what can be two numbers: '{text}' is {whole}, or {whole[:-3]} and decimals. "
            f'Say thousands = "{sign}" or decimal = "{sign}" in [table].'
        )
    return doubts


def _commas_may_be_decimals(table: TextTable, column: Column) -> bool:
    return (table.found or {}).get("delimiter") == ";" or headings.speaks_of(column.heading, "rates")
