"""Writes what engines answered as one table of counts in our codes: the file that gate, protection and attack see."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from loaders import periods
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault
from loaders.warehouse.known_words import Words
from loaders.warehouse.question import AREA, CATEGORY, COUNT, PERIOD, period_of

if TYPE_CHECKING:
    from loaders.warehouse.answers import Asking

_OF = {AREA: "areas", CATEGORY: "categories"}


def unknown_faults(asking: Asking, files: list[Path]) -> list[Fault]:
    """A fault for each column whose values the card does not know all: how many rows and how many values, and the
    question that shows them to whoever may see them. The values themselves are not asked for."""
    keys = [key for key in _OF if key in asking.card.warehouse]
    counts = {key: sum(_of_unknown(pq.read_table(path), key) for path in files) for key in keys}
    return [_unknown_fault(asking, key, count) for key, count in counts.items() if count]


def _of_unknown(table: pa.Table, key: str) -> int:
    return pc.sum(table.filter(pc.is_null(table[key]))[COUNT]).as_py() or 0 if table.num_rows else 0


def _unknown_fault(asking: Asking, key: str, count: int) -> Fault:
    card, plan, engine, question = asking.card, asking.plan, asking.engine, asking.question
    values = [value for batch in engine.answer(question.distinct(key, plan.first, plan.last)) for value in batch[0]]
    known, home = len({*getattr(question.words, _OF[key]).values()}), "[warehouse.categories]"
    return Fault(
        f"{card.id}, column {card.warehouse[key]}",
        "values that nobody knows",
        f"the {known:,} {_OF[key]} of the card and its place",
        f"{count:,} counted under others; the column has {values[0].as_py():,} values",
        f"If it is no column of {_OF[key]}, name another. Else give them a code in "
        f"{'[area_codes]' if key == AREA else home} ('' for none). They were not asked for; this shows them:\n"
        f"{engine.sql(question.unknown(key, plan.first, plan.last))}",
    )


def counts_table(files: list[Path], words: Words, card: SourceCard) -> pa.Table:
    """One row = one area, category and period of which there is a record, in codes and sorted; the counts stand under
    the heading of the card's variable. A period between others without any record has one row of 0."""
    known = {AREA: words.areas, CATEGORY: words.categories}
    tables = [in_codes(pq.read_table(path), known, card) for path in files]
    keys = [key for key in (AREA, CATEGORY, PERIOD) if key in tables[0].column_names]
    table = pa.concat_tables(tables).combine_chunks()
    table = table.group_by(keys).aggregate([(COUNT, "sum")]).rename_columns([*keys, COUNT])
    table = pa.concat_tables([table, *_empty_periods(table)]).sort_by([(key, "ascending") for key in keys])
    heading = next(iter(card.variables.values()))["column"]
    return table.select([*keys, COUNT]).rename_columns([*keys, heading])


def in_codes(table: pa.Table, known: dict[str, dict[str, str]], card: SourceCard) -> pa.Table:
    """An answer with codes in the place of the engine's spellings; several rows may have one key then."""
    columns = {}
    for key in (key for key in known if key in table.column_names):
        spellings = sorted(known[key])
        numbers = pc.index_in(table[key], value_set=pa.array(spellings, pa.string()))
        columns[key] = pa.array([known[key][text] for text in spellings], pa.string()).take(numbers.combine_chunks())
    numbers = pc.unique(table[PERIOD])
    names = pa.array([period_of(number, card.frequency) for number in numbers.to_pylist()], pa.string())
    columns[PERIOD] = names.take(pc.index_in(table[PERIOD], value_set=numbers).combine_chunks())
    return pa.table({**columns, COUNT: pc.cast(table[COUNT], pa.int64())})


def _empty_periods(table: pa.Table) -> list[pa.Table]:
    present = sorted(pc.unique(table[PERIOD]).to_pylist())
    empty = sorted({*periods.span(present[0], present[-1])} - {*present})
    first = {name: table[name][0].as_py() for name in table.column_names}
    return [pa.Table.from_pylist([{**first, PERIOD: period, COUNT: 0}], table.schema) for period in empty]


def write_counts(table: pa.Table, path: Path) -> None:
    """Write the table as its name says: the same counts give the same bytes. Raises OSError."""
    if path.suffix == ".parquet":
        pq.write_table(table, path, compression="zstd", write_page_checksum=True)
    else:
        pyarrow.csv.write_csv(table, path)


@dataclass(frozen=True)
class Counted:
    """What is known of a file of counts that was written: ``span``, its first and last period; ``columns``, our word →
    the heading; the ``categories`` that it has, in our codes."""

    rows: int
    total: int
    span: tuple[str, str]
    columns: dict[str, str]
    categories: list[str] | None


def counted(table: pa.Table) -> Counted:
    """The same of a table that is in memory."""
    columns = {key: key for key in (AREA, CATEGORY, PERIOD) if key in table.column_names}
    spans = pc.unique(table[PERIOD]).to_pylist()
    categories = sorted(pc.unique(table[CATEGORY]).to_pylist()) if CATEGORY in columns else None
    total = pc.sum(table.column(table.num_columns - 1)).as_py()
    return Counted(table.num_rows, total, (min(spans), max(spans)), columns, categories)
