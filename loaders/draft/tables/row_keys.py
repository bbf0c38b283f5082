"""Guesses what names the rows of a table: periods, areas with their codes, kinds with their groups, and totals."""

from __future__ import annotations

import numpy as np

from loaders.draft.places.areas import shared
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import PARTS, Heads
from loaders.draft.tables.row_kinds import name_kinds
from loaders.draft.tables.sums import cube_of
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
        area = _area(left, names)
    if area:
        beside = [column for column in left if not _names_series(column, area, left)]
        left = _without_localities(guessed, area, _area_column(guessed, area, beside, heads))
    _parts_of_years_in_rows(guessed, left, heads)
    if "category" in heads.kinds:
        guessed.kinds = dict.fromkeys(heads.texts["category"], "")
    elif left:
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
    coarser = [other for other in others if decides(column, other)]
    return area in coarser and len(coarser) == len(others) > 1 and column.distinct > max(one.distinct for one in others)


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
    text = next((one.strip() for one in column.texts.to_pylist() if one.strip()), "")
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
    for one in sorted(left, key=lambda column: not headings.speaks_of(column.heading, "period")):
        texts = one.texts.to_pylist()
        named = headings.speaks_of(one.heading, "period")
        frequency, wording, known = period_wording(texts, named)
        if len(known) < one.distinct:
            continue
        for part in (other for other in left if other is not one and frequency == "year" and _within_a_year(other)):
            both = list(
                dict.fromkeys(
                    f"{texts[a]} {part.texts[int(b)].as_py()}" for a, b in zip(one.codes, part.codes, strict=True)
                )
            )
            finer = period_wording(both, named and headings.speaks_of(part.heading, "period"))
            if finer[0] in ("month", "quarter", "half", "week") and len(finer[2]) == len(both):
                return _found_period(guessed, [one, part], finer, left)
        return _found_period(guessed, [one], (frequency, wording, known), left)
    return _nearly_periods(guessed, left)


def _nearly_periods(guessed: Guess, left: list[Column]) -> list[Column]:
    """A column that is called a period and mostly holds some: what is none is asked about, and named with its row."""
    for column in (column for column in left if headings.speaks_of(column.heading, "period")):
        texts = [text for text in column.texts.to_pylist() if text.strip()]
        frequency, wording, known = period_wording(texts, named=True)
        others = [text for text in texts if text not in known]
        if len(known) >= MOSTLY * len(texts) and others:
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


def _area(left: list[Column], names: set[str]) -> Column | None:
    """The column of areas: by the names that outlines or lists have, by its heading, or the first."""
    known = {id(column): shared(set(column.texts.to_pylist()), names) for column in left}
    best = max(left, key=lambda column: known[id(column)], default=None)
    if best is not None and known[id(best)] >= MOSTLY:
        return best
    groups = [
        column
        for column in left
        if any(other is not column and other.distinct > column.distinct and decides(other, column) for other in left)
    ]
    free = [] if groups else [column for column in left if not headings.speaks_of(column.heading, "category")]
    return next((column for column in left if headings.speaks_of(column.heading, "area")), free[0] if free else None)


def _area_column(guessed: Guess, area: Column, left: list[Column], heads: Heads) -> list[Column]:
    """The areas in the order of the file without the city's own rows.

    A column that says the same in other words is its code.
    """
    twins = [
        column
        for column in left
        if column is not area and column.distinct == area.distinct and decides(column, area) and decides(area, column)
    ]
    finer = _codes_of_one_name(area, left)
    if finer is not None:
        return _area_column(guessed, finer, [column for column in left if column is not area], heads)
    code = next(
        (column for column in (area, *twins) if headings.speaks_of(column.heading, "code") or _like_codes(column)), None
    )
    name = next((column for column in (area, *twins) if column is not code and not column.numeric), area)
    key = code if code is not None and code is not name else name
    order = sorted(np.unique(name.codes, return_index=True)[1])
    by_name = {
        name.texts[int(name.codes[row])].as_py().strip(): key.texts[int(key.codes[row])].as_py().strip()
        for row in order
    }
    texts = [text for text in by_name if text]
    beside = [column for column in left if column is not area and column not in twins]
    cube = cube_of(guessed, name, beside, heads.figures)
    titles = [text for text in _without_figures(guessed, name, heads) if text in by_name]
    totals = cube.totals([text for text in texts if text not in titles])
    left_out = [*totals, *(text for text in titles if text not in totals)]
    guessed.remarks += [
        f"look: '{text}' is called like a total and is not the sum of the others: it is drafted as an area"
        for text in cube.called_totals([text for text in texts if text not in left_out])
    ]
    guessed.doubts += [
        (
            f"'{text}' is the sum of the rows from '{first}' to '{last}': leave it out with 'ignore_rows', or leave "
            "those out."
        )
        for text, first, last in cube.subtotals([text for text in texts if text not in left_out])
    ]
    guessed.incomplete, guessed.rivals = cube.incomplete(), cube.rivals()
    guessed.areas = {text: by_name[text] if key is not name else "" for text in texts if text not in left_out}
    guessed.columns["area"] = key.heading
    if left_out:
        guessed.words["ignore_rows"] = {key.heading: [by_name[text] for text in left_out]}
    return beside


def _without_localities(guessed: Guess, area: Column, left: list[Column]) -> list[Column]:
    """The columns that do not name parts of an area: rows of localities are added up to their district."""
    finer = [column for column in left if column.distinct > area.distinct and decides(column, area)]
    named = [column for column in finer if any(headings.speaks_of(column.heading, one) for one in ("area", "code"))]
    parts = [column for column in finer if any(decides(column, name) for name in named)]
    if parts:
        named = guessed.words["add_up"] = [column.heading for column in parts]
        guessed.remarks.append(
            f"look: rows of {', '.join(map(repr, named))} are added up to '{area.heading}'; if those are the areas to be "
            f"shown, name one of them as 'area' in 'columns', and leave out '{area.heading}'"
        )
    return [column for column in left if column not in parts]


def _codes_of_one_name(area: Column, left: list[Column]) -> Column | None:
    """The codes that tell areas of one name apart: each stands for one name, and a name for few of them."""
    codes = (column for column in left if column is not area and headings.speaks_of(column.heading, "code"))
    return next(
        (column for column in codes if area.distinct < column.distinct < 2 * area.distinct and decides(column, area)),
        None,
    )


def _without_figures(guessed: Guess, name: Column, heads: Heads) -> list[str]:
    """Texts that only stand over the rows below them: titles within the table."""
    if not heads.figures:
        return []
    columns = [guessed.table.columns[position] for position in heads.figures]
    empty = np.column_stack([column.blank[column.codes] for column in columns]).all(axis=1)
    filled = set(name.codes[~empty].tolist())
    return [name.texts[int(code)].as_py().strip() for code in dict.fromkeys(name.codes.tolist()) if code not in filled]


def _like_codes(column: Column) -> bool:
    texts = column.texts.to_pylist()
    return (
        all(any(map(str.isdigit, text)) and text.isascii() for text in texts)
        and len({len(text) for text in texts}) == 1
    )
