"""Guesses what names the rows of a table: periods, areas with their codes, kinds with their groups, and totals."""

from __future__ import annotations

import numpy as np

from loaders.draft.dates.unnamed_period import days_of_weeks
from loaders.draft.tables.area_rows import area_of, name_areas_of, without_localities
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import PARTS, Heads
from loaders.draft.tables.row_kinds import name_kinds
from loaders.formats.answers.cube_labels import LABEL
from loaders.formats.text_table import Column
from loaders.gate.table_shape import decides, free_text, says_nothing
from loaders.period_wordings import period_wording
from loaders.privacy import headings
from loaders.tables.cell_values import CellReader

MOSTLY = 0.5
MOST_NAMED = 5
_STATUS_HEADINGS = ("status", "obsstatus", "flag", "obsflag", "flags")


def name_rows(guessed: Guess, heads: Heads, keys: list[Column], names: set[str]) -> None:
    """The columns that name the rows: a period, an area with its code, and whatever is left as kinds."""
    left = [column for column in keys if (column.distinct > 1 or _says_one_thing(column)) and not free_text(column)]
    left = [column for column in left if not _measures_something(column) and not says_nothing(column)]
    left = [column for column in left if not headings.speaks_of(column.heading, "attributes")]
    multipliers = [column.heading for column in keys if headings.is_multiplier(column.heading)]
    guessed.columns |= {"multiplier": multipliers[-1]} if multipliers else {}
    left = _statuses(guessed, left)
    if "period" not in heads.kinds:
        left = _without_twins(guessed, _period(guessed, left))
    area = None
    if "area" in heads.kinds:
        guessed.areas = dict.fromkeys(heads.texts["area"], "")
    else:
        area = area_of(left, names)
    if area:
        beside = [column for column in left if not _names_series(column, area, left)]
        left = without_localities(guessed, area, name_areas_of(guessed, area, beside, heads))
    _parts_of_years_in_rows(guessed, left, heads)
    if "category" in heads.kinds:
        guessed.kinds = dict.fromkeys(heads.texts["category"], "")
    elif left:
        left = sorted(left, key=lambda column: not column.heading.endswith(LABEL))  # kinds are called by their labels
        name_kinds(guessed, left, heads.figures)
    used = [
        column
        for headings_used in (*guessed.columns.values(), guessed.words.get("add_up", []))
        for column in ([headings_used] if isinstance(headings_used, str) else headings_used)
    ]
    guessed.ignore += [
        column.heading for column in keys if column.heading not in used and column.heading not in guessed.ignore
    ]
    guessed.ignore = [column for column in guessed.ignore if column or heads.unnamed]


def _measures_something(column: Column) -> bool:
    """Numbers with decimals, and sums of money, are figures that are left out, and never names of kinds."""
    numbers = column.numbers[~np.isnan(column.numbers)]
    return column.numeric and (bool((numbers % 1 != 0).any()) or headings.is_amount(column.heading))


def _names_series(column: Column, area: Column, left: list[Column]) -> bool:
    """Does a column give each combination of the area and the other columns a key of its own, as a vector's number?"""
    others = [other for other in left if other is not column and not decides(other, column)]
    others = [other for other in others if other is area or not headings.speaks_of(other.heading, "area")]
    coarser = [other for other in others if decides(column, other)]
    return (
        area in coarser
        and len(coarser) == len(others) > 1
        and column.distinct > max(other.distinct for other in others)
    )


def _without_twins(guessed: Guess, left: list[Column]) -> list[Column]:
    """The columns without those that only say the period in other words, such as its code."""
    named = guessed.columns.get("period")
    period = next((column for column in guessed.table.columns if column.heading == named), None)
    if period is None or period.distinct < 2:
        return left
    return [column for column in left if not (decides(column, period) and decides(period, column))]


def _parts_of_years_in_rows(guessed: Guess, left: list[Column], heads: Heads) -> None:
    """Months in rows under years in headings: no card can say that, so a person must lay the table out anew."""
    year = next(iter(heads.texts.get("period", ())), "")
    for column in left if heads.frequency == "year" else ():
        parts = [f"{year} {text.strip()}" for text in column.texts.to_pylist() if text.strip()]
        frequency, _, known = period_wording(parts)
        if frequency in PARTS and len(known) == len(parts):
            guessed.doubts.append(
                f"'{column.heading}' names parts of the years in the headings, and is drafted as kinds: "
                "put year and part into one column, or both into the headings."
            )


def _says_one_thing(column: Column) -> bool:
    """Does a column that says the same in every row name the one area or period of the table?"""
    text = next((cell.strip() for cell in column.texts.to_pylist() if cell.strip()), "")
    named = headings.speaks_of(column.heading, "area") or bool(period_wording([text])[0])
    return bool(text) and named and not headings.is_total(text)


def _statuses(guessed: Guess, left: list[Column]) -> list[Column]:
    """A column of statuses in letters that are known."""
    flags = [
        column for column in left if headings.has(column.heading, "status") or headings.has(column.heading, "flag")
    ]
    for column in flags[:1]:
        called_so = headings.squeezed(column.heading) in _STATUS_HEADINGS
        if called_so or all(CellReader({}).flag(text) is not None for text in column.texts.to_pylist()):
            guessed.columns["status"] = column.heading
    return [column for column in left if column.heading != guessed.columns.get("status")]


def _period(guessed: Guess, left: list[Column]) -> list[Column]:
    """One column of periods, or a year beside its month or quarter."""
    for candidate in sorted(left, key=lambda column: not headings.speaks_of(column.heading, "period")):
        texts = candidate.texts.to_pylist()
        named = headings.speaks_of(candidate.heading, "period")
        frequency, wording, known = period_wording(texts, named)
        if len(known) < candidate.distinct:
            continue
        for part in (
            other for other in left if other is not candidate and frequency == "year" and _within_a_year(other)
        ):
            both = list(
                dict.fromkeys(
                    f"{texts[a]} {part.texts[int(b)].as_py()}" for a, b in zip(candidate.codes, part.codes, strict=True)
                )
            )
            finer = period_wording(both, named and headings.speaks_of(part.heading, "period"))
            if finer[0] in ("month", "quarter", "half", "week") and len(finer[2]) == len(both):
                return _found_period(guessed, [candidate, part], finer, left)
        return _found_period(guessed, [candidate], (frequency, wording, known), left)
    return _nearly_periods(guessed, left)


def _nearly_periods(guessed: Guess, left: list[Column]) -> list[Column]:
    """A column that is called a period and mostly holds some: what is none is asked about, and named with its row."""
    for column in (column for column in left if headings.speaks_of(column.heading, "period")):
        texts = [text for text in column.texts.to_pylist() if text.strip()]
        frequency, wording, known = period_wording(texts, named=True)
        others = [text for text in texts if text not in known]
        if len(known) >= MOSTLY * len(texts) and others and not days_of_weeks(texts):
            listed = ", ".join(f"'{text.strip()}'" for text in others[:MOST_NAMED])
            guessed.doubts.append(f"'{column.heading}' holds what is no {frequency}: {listed}.")
            return _found_period(guessed, [column], (frequency, wording, known), left)
    return left


def _within_a_year(column: Column) -> bool:
    """Could a column say the part of a year? There are at most twelve of them, or 53 where the heading speaks of
    periods.
    """
    named = headings.speaks_of(column.heading, "period")
    if headings.speaks_of(column.heading, "area") or (column.numeric and not named):
        return False
    return column.distinct <= (53 if named else 12)


def _found_period(
    guessed: Guess, columns: list[Column], wording: tuple[str, list[str], list[str]], left: list[Column]
) -> list[Column]:
    guessed.frequency = wording[0]
    guessed.columns["period"] = columns[0].heading if len(columns) == 1 else [column.heading for column in columns]
    if "{month}/{day}/{year}" in wording[1] and not headings.has(columns[0].heading, "month"):
        guessed.doubts.append(f"'{columns[0].heading}' may be days or months: 02/01 is read as the first of February.")
    if wording[1]:
        guessed.words["period_format"] = wording[1][0] if len(wording[1]) == 1 else wording[1]
    return [column for column in left if column not in columns]
