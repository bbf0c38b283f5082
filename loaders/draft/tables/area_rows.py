"""Guesses which column of a table names its areas, which are totals of others, and which rows are parts of one."""

from __future__ import annotations

from collections import Counter

import numpy as np

from loaders.draft.places.areas import shared
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import Heads
from loaders.draft.tables.sums import cube_of
from loaders.formats.answers.cube_labels import LABEL
from loaders.formats.text_table import Column
from loaders.gate.table_shape import decides
from loaders.privacy import headings

MOSTLY = 0.5


def area_of(left: list[Column], names: set[str]) -> Column | None:
    """The column of areas: by the names that outlines or lists have, by its heading, or the first."""
    known = {id(column): shared(set(column.texts.to_pylist()), names) for column in left}
    best = max(left, key=lambda column: known[id(column)], default=None)
    if best is not None and known[id(best)] >= MOSTLY:
        return best
    spoken = [column for column in left if headings.speaks_of(column.heading, "area")]
    codes = [column for column in left if column not in spoken and headings.speaks_of(column.heading, "code")]
    if len(spoken) > 1 and any(all(decides(code, column) for column in spoken) for code in codes):
        return max(spoken, key=lambda column: column.distinct)
    groups = [
        column
        for column in left
        if any(other is not column and other.distinct > column.distinct and decides(other, column) for other in left)
    ]
    free = [] if groups else [column for column in left if not headings.speaks_of(column.heading, "category")]
    return next((column for column in left if headings.speaks_of(column.heading, "area")), free[0] if free else None)


def name_areas_of(guessed: Guess, area: Column, left: list[Column], heads: Heads) -> list[Column]:
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
        within = [column for column in left if headings.speaks_of(column.heading, "area") and decides(finer, column)]
        guessed.called = _called(finer, area, [column for column in within if column is not area])
        return name_areas_of(guessed, finer, [column for column in left if column not in (area, *within)], heads)
    labels = {column.heading for column in (area, *twins)}
    code = next(
        (
            column
            for column in (area, *twins)
            if f"{column.heading}{LABEL}" in labels or headings.speaks_of(column.heading, "code") or _like_codes(column)
        ),
        None,
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
    tops, doubts = cube.nested_totals([text for text in texts if text not in (*totals, *titles)])
    left_out = [*totals, *tops, *(text for text in titles if text not in totals)]
    guessed.doubts += doubts
    guessed.remarks += [
        f"look: '{text}' is called like a total and is not the sum of the others: it is drafted as an area"
        for text in cube.called_totals([text for text in texts if text not in left_out])
    ]
    guessed.incomplete, guessed.rivals = cube.incomplete(), cube.rivals()
    guessed.areas = {text: by_name[text] if key is not name else "" for text in texts if text not in left_out}
    guessed.columns["area"] = key.heading
    if left_out:
        guessed.words["ignore_rows"] = {key.heading: [by_name[text] for text in left_out]}
    return beside


def without_localities(guessed: Guess, area: Column, left: list[Column]) -> list[Column]:
    """The columns that do not name parts of an area: rows of localities are added up to their district."""
    finer = [column for column in left if column.distinct > area.distinct and decides(column, area)]
    named = [
        column for column in finer if any(headings.speaks_of(column.heading, subject) for subject in ("area", "code"))
    ]
    parts = [column for column in finer if any(decides(column, name) for name in named)]
    if parts:
        named = guessed.words["add_up"] = [column.heading for column in parts]
        guessed.remarks.append(
            f"look: rows of {', '.join(map(repr, named))} are added up to '{area.heading}'; if those are the areas "
            f"to be "
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


def _called(codes: Column, names: Column, within: list[Column]) -> dict[str, str]:
    """Code → the name of its area, with that of the area in which it lies where the name stands for several."""
    said = {
        codes.texts[int(codes.codes[row])].as_py().strip(): [
            column.texts[int(column.codes[row])].as_py().strip() for column in (names, *within[:1])
        ]
        for row in range(len(codes.codes))
    }
    times = Counter(name for name, *_ in said.values())
    called = {
        code: f"{name} ({', '.join(around)})" if times[name] > 1 and around else name
        for code, (name, *around) in said.items()
    }
    return called if len({*called.values()}) == len(called) else {}


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
