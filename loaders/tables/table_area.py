"""Which rows of a sheet are headings, which are the table, and which are only beside it? The card's ``[table]`` says
it.

``skip_rows`` rows of the file come first; ``head_rows`` rows of headings stand one over another (1 unless said); the
table ends at the
row whose first text begins with ``ends_at`` (with ``ends_at = ""`` at the first blank row). ``fill_down`` names columns
whose joined
cells say a text once for several rows, ``fill_across`` numbers heading rows that say one once for several columns.
``ignore_rows`` and ``where`` leave rows out by their labels: totals, and the slices of a cube that are not asked for.
``whole_rows`` names those of the whole place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loaders.errors import Fault
from loaders.formats.sheet import Sheet
from loaders.formats.text_table import Column, TextTable
from loaders.heading_text import heading_text

JOIN = " / "


@dataclass(eq=False)
class Cut:
    """A published table as its card cuts it. ``rows``: the numbers of its rows in the file; ``heads``: each column's
    heading texts.
    """

    table: TextTable
    rows: np.ndarray
    heads: list[tuple[str, ...]]
    where: str
    faults: list[Fault] = field(default_factory=list)

    @property
    def columns(self) -> list[Column]:
        return self.table.columns


def cut(sheet: Sheet, words: dict, file: str) -> Cut:
    """The table of a sheet. What stands around it is kept as texts, for the gate to look at."""
    where = f"'{file}'" + (f", sheet '{words['sheet']}'" if words.get("sheet") else "")
    start = int(np.searchsorted(sheet.rows, words.get("skip_rows", 0), side="right"))
    body = min(start + words.get("head_rows", 1), len(sheet.rows))
    heads = _heads(sheet, start, body, words)
    stop = _stop(sheet, body, words)
    inside = np.arange(body, stop)
    columns = [one.only(inside, _joined(heads[at])) for at, one in enumerate(sheet.columns)]
    used = [at for at, one in enumerate(columns) if any(heads[at]) or one.distinct]
    faults = _uneven(sheet, inside, len(sheet.columns), where)
    columns = [
        _filled(columns[at]) if columns[at].heading in words.get("fill_down", ()) else columns[at] for at in used
    ]
    kept, more = _kept(columns, words, where)
    beside = _beside(sheet, [*range(start), *range(stop, len(sheet.rows))]) if start or stop < len(sheet.rows) else []
    left_out = [] if kept.all() else [text for one in columns for text in one.only(~kept, "").texts.to_pylist()]
    columns = columns if kept.all() else [one.only(kept, one.heading) for one in columns]
    table = TextTable(
        file, columns, int(kept.sum()), tuple([*beside, *left_out]), sheet.found, [heads[at] for at in used]
    )
    return Cut(table, sheet.rows[inside][kept], table.heads, where, [*faults, *more])


def _heads(sheet: Sheet, start: int, body: int, words: dict) -> list[tuple[str, ...]]:
    """For each column its heading texts from the top down; a joined cell says its text in every column that it
    covers.
    """
    rows = [[heading_text(text) for text in sheet.texts(row)] for row in range(start, body)]
    for number, row in enumerate(range(start, body)):
        for top, bottom, left, right in sheet.merged:
            if top <= sheet.rows[row] <= bottom and top > words.get("skip_rows", 0):
                first = rows[max(int(np.searchsorted(sheet.rows, top)) - start, 0)][left]
                rows[number][left : right + 1] = [first] * (right + 1 - left)
        if number + 1 in words.get("fill_across", ()):
            for column in range(1, len(rows[number])):
                rows[number][column] = rows[number][column] or rows[number][column - 1]
    return list(zip(*rows, strict=True)) if rows else [() for _ in sheet.columns]


def _joined(texts: tuple[str, ...]) -> str:
    """One heading for a column: its different texts from the top down."""
    return JOIN.join(dict.fromkeys(text for text in texts if text))


def _stop(sheet: Sheet, body: int, words: dict) -> int:
    ends = words.get("ends_at")
    if ends is None:
        return len(sheet.rows)
    if ends == "":
        gaps = np.flatnonzero(np.diff(sheet.rows[max(body - 1, 0) :]) > 1)
        return body + int(gaps[gaps > 0][0]) if (gaps > 0).any() else len(sheet.rows)
    starting = [
        np.asarray([text.strip().startswith(ends) for text in column.texts.to_pylist()], dtype=bool)[column.codes]
        for column in sheet.columns
    ]
    blank = [column.blank[column.codes] for column in sheet.columns]
    ending, before = np.zeros(len(sheet.rows), dtype=bool), np.ones(len(sheet.rows), dtype=bool)
    for begins, empty in zip(starting, blank, strict=True):
        ending |= before & begins
        before &= empty
    after = np.flatnonzero(ending[body:])
    return body + int(after[0]) if len(after) else len(sheet.rows)


def _uneven(sheet: Sheet, inside: np.ndarray, width: int, where: str) -> list[Fault]:
    """In a text file a row with too few cells was cut off, and one with too many was torn apart."""
    if sheet.found.get("format") != "CSV" or not len(inside):
        return []
    wanted = int(sheet.widths[max(inside[0] - 1, 0)])
    wrong = inside[sheet.widths[inside] != wanted]
    todo = "Restore the published file, or say with 'skip_rows' and 'ends_at' where the table stands."
    return [
        Fault(
            f"{where}, row {sheet.rows[row]}",
            _TORN[sheet.widths[row] > wanted],
            f"{wanted} cells",
            str(sheet.widths[row]),
            todo,
        )
        for row in wrong[:20]
    ]


_TORN = {True: "rows have more cells than there are headings", False: "a row has fewer cells than there are headings"}


def _filled(column: Column) -> Column:
    """A blank cell takes the text above it."""
    blank = column.blank[column.codes]
    last = np.maximum.accumulate(np.where(blank, 0, np.arange(len(blank))))
    return column.only(last, column.heading)


def _kept(columns: list[Column], words: dict, where: str) -> tuple[np.ndarray, list[Fault]]:
    """Which rows stay; a label that no row has is a fault, for then the card speaks of another table."""
    stays = np.ones(len(columns[0].codes) if columns else 0, dtype=bool)
    faults = []
    for key, keep in (("ignore_rows", False), ("where", True), ("whole_rows", None)):
        for heading, labels in words.get(key, {}).items():
            column = next((one for one in columns if one.heading == heading), None)
            wanted = {labels} if isinstance(labels, str) else set(labels)
            texts = [text.strip() for text in column.texts.to_pylist()] if column else []
            for label in sorted(wanted - set(texts)):
                faults.append(
                    Fault(
                        f"{where}, column {heading}",
                        f"'{key}' names what is not there",
                        f"'{label}'",
                        "no such row",
                        "Mend [table].",
                    )
                )
            if column and keep is not None:
                stays &= np.array([(text in wanted) == keep for text in texts], dtype=bool)[column.codes]
    return stays, faults


def _beside(sheet: Sheet, rows: list[int]) -> list[str]:
    positions = np.array(rows)
    return [text for column in sheet.columns for text in column.only(positions, "").texts.to_pylist()]
