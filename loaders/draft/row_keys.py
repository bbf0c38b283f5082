"""What names the rows of a table without a card: periods, areas with their codes, kinds with their groups, and which rows are totals?"""

from __future__ import annotations

import numpy as np

from loaders.draft.areas import shared
from loaders.draft.guess import Guess
from loaders.draft.headings import Heads
from loaders.draft.notation import number_signs
from loaders.formats.text_table import Column
from loaders.gate.table_shape import decides, free_text
from loaders.period_wordings import period_wording
from loaders.privacy import headings
from loaders.tables.cell_values import CellReader
from loaders.tables.table_area import JOIN

MOSTLY = 0.5


def name_rows(made: Guess, heads: Heads, keys: list[Column], names: set[str]) -> None:
    """The columns that name the rows: a period, an area with its code, and whatever is left as kinds."""
    left = [one for one in keys if (one.distinct > 1 or _says_one_thing(one)) and not free_text(one)]
    left = _statuses(made, left)
    if "period" not in heads.kinds:
        left = _period(made, left)
    area = None
    if "area" in heads.kinds:
        made.areas = dict.fromkeys(heads.texts["area"], "")
    else:
        area = _area(left, names)
    if area:
        left = _area_column(made, area, left, heads)
    if "category" in heads.kinds:
        made.kinds = dict.fromkeys(heads.texts["category"], "")
    elif left:
        _kinds(made, left)
    used = [one for said in made.columns.values() for one in ([said] if isinstance(said, str) else said)]
    made.ignore += [one.heading for one in keys if one.heading not in used and one.heading not in made.ignore]
    made.ignore = [one for one in made.ignore if one]


def _says_one_thing(column: Column) -> bool:
    """Does a column that says the same in every row name the one area or period of the table?"""
    text = next((one.strip() for one in column.texts.to_pylist() if one.strip()), "")
    named = headings.speaks_of(column.heading, "area") or bool(period_wording([text])[0])
    return bool(text) and named and not headings.is_total(text)


def _statuses(made: Guess, left: list[Column]) -> list[Column]:
    """A column of statuses in letters that are known."""
    found = [one for one in left if headings.has(one.heading, "status") or headings.has(one.heading, "flag")]
    for one in found[:1]:
        if all(CellReader({}).flag(text) is not None for text in one.texts.to_pylist()):
            made.columns["status"] = one.heading
    return [one for one in left if one.heading != made.columns.get("status")]


def _period(made: Guess, left: list[Column]) -> list[Column]:
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
                return _found_period(made, [one, part], finer, left)
        return _found_period(made, [one], (frequency, wording, known), left)
    return left


def _within_a_year(column: Column) -> bool:
    """Could a column say the part of a year? There are at most twelve of them, or 53 where the heading speaks of periods."""
    return column.distinct <= 12 or (column.distinct <= 53 and headings.speaks_of(column.heading, "period"))


def _found_period(
    made: Guess, columns: list[Column], wording: tuple[str, list[str], list[str]], left: list[Column]
) -> list[Column]:
    made.frequency = wording[0]
    made.columns["period"] = columns[0].heading if len(columns) == 1 else [one.heading for one in columns]
    if wording[1]:
        made.words["period_format"] = wording[1][0] if len(wording[1]) == 1 else wording[1]
    return [one for one in left if one not in columns]


def _area(left: list[Column], names: set[str]) -> Column | None:
    """The column of areas: by the names that outlines or lists have, by its heading, or the first."""
    known = {id(one): shared(set(one.texts.to_pylist()), names) for one in left}
    best = max(left, key=lambda one: known[id(one)], default=None)
    if best is not None and known[id(best)] >= MOSTLY:
        return best
    groups = [
        one
        for one in left
        if any(other is not one and other.distinct > one.distinct and decides(other, one) for other in left)
    ]
    free = [] if groups else [one for one in left if not headings.speaks_of(one.heading, "category")]
    return next((one for one in left if headings.speaks_of(one.heading, "area")), free[0] if free else None)


def _area_column(made: Guess, area: Column, left: list[Column], heads: Heads) -> list[Column]:
    """The areas in the order of the file without the city's own rows; a column that says the same in other words is its code."""
    twins = [
        one
        for one in left
        if one is not area and one.distinct == area.distinct and decides(one, area) and decides(area, one)
    ]
    code = next((one for one in (area, *twins) if headings.speaks_of(one.heading, "code") or _like_codes(one)), None)
    name = next((one for one in (area, *twins) if one is not code and not one.numeric), area)
    key = code if code is not None and code is not name else name
    order = sorted(np.unique(name.codes, return_index=True)[1])
    by_name = {
        name.texts[int(name.codes[at])].as_py().strip(): key.texts[int(key.codes[at])].as_py().strip() for at in order
    }
    texts = [text for text in by_name if text]
    left_out = [text for text in texts if headings.is_total(text)] or _sums_of_the_rest(made, name, texts, heads)
    left_out += [text for text in _without_figures(made, name, heads) if text in by_name and text not in left_out]
    made.areas = {text: by_name[text] if key is not name else "" for text in texts if text not in left_out}
    made.columns["area"] = key.heading
    if left_out:
        made.words["ignore_rows"] = {key.heading: [by_name[text] for text in left_out]}
    return [one for one in left if one is not area and one not in twins]


def _without_figures(made: Guess, name: Column, heads: Heads) -> list[str]:
    """Texts that only stand over the rows below them: titles within the table."""
    if not heads.figures:
        return []
    columns = [made.table.columns[at] for at in heads.figures]
    empty = np.column_stack([one.blank[one.codes] for one in columns]).all(axis=1)
    filled = set(name.codes[~empty].tolist())
    return [name.texts[int(code)].as_py().strip() for code in dict.fromkeys(name.codes.tolist()) if code not in filled]


def _like_codes(column: Column) -> bool:
    texts = column.texts.to_pylist()
    return all(any(map(str.isdigit, one)) and one.isascii() for one in texts) and len({len(one) for one in texts}) == 1


def _sums_of_the_rest(made: Guess, name: Column, texts: list[str], heads: Heads) -> list[str]:
    """The first or last area, where its figures are the sums of all others."""
    if len(texts) < 4 or not heads.figures or len(name.codes) != len(texts):
        return []
    cells = np.column_stack([_numbers(made.table.columns[at]) for at in heads.figures])
    for at in (0, len(cells) - 1):
        others = np.nansum(np.delete(cells, at, axis=0), axis=0)
        if np.mean(np.abs(others - np.nan_to_num(cells[at])) <= 0.5) > 0.9 and others.any():
            return [name.texts[int(name.codes[at])].as_py().strip()]
    return []


def _numbers(column: Column) -> np.ndarray:
    signs = number_signs(column.texts.to_pylist())
    return CellReader(signs).values(column.texts.to_pylist())[0][column.codes]


def _kinds(made: Guess, left: list[Column]) -> None:
    """The finest column of kinds, with the one above it as its group; columns that do not nest name a kind together."""
    left = [
        one
        for one in left
        if not any(
            other is not one and other.distinct == one.distinct and decides(other, one)
            for other in left[: left.index(one)]
        )
    ]
    finest = max(left, key=lambda one: (one.distinct, left.index(one)))
    groups = [one for one in left if one is not finest and decides(finest, one)]
    crossing = [one for one in left if one is not finest and one not in groups]
    columns = [*crossing, finest]
    made.columns["category"] = finest.heading if not crossing else [one.heading for one in columns]
    if groups and not crossing:
        group = max(groups, key=lambda one: one.distinct)
        made.columns["group"] = group.heading
        pairs = {(int(a), int(b)) for a, b in zip(finest.codes, group.codes, strict=True)}
        made.kinds = {finest.texts[a].as_py(): group.texts[b].as_py() for a, b in sorted(pairs)}
    else:
        rows = zip(*(np.array(one.texts.to_pylist(), dtype=object)[one.codes] for one in columns), strict=True)
        made.kinds = dict.fromkeys(
            JOIN.join(row) for row in dict.fromkeys(rows) if not any(map(headings.is_total, row))
        )
    for one in columns:
        totals = [text for text in one.texts.to_pylist() if headings.is_total(text)]
        if totals:
            made.words.setdefault("ignore_rows", {})[one.heading] = totals
    made.kinds = {text: group for text, group in made.kinds.items() if not headings.is_total(text)}
