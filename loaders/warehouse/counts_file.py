"""Writes what engines answered as one table of counts in our codes: the file that gate, protection and attack see."""

from __future__ import annotations

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
from loaders.warehouse.question import AREA, CATEGORY, COUNT, PERIOD, Question, period_of

if TYPE_CHECKING:
    from loaders.warehouse.engine import Engine
    from loaders.warehouse.plan import Plan

_OF = {AREA: "areas", CATEGORY: "categories"}


def unknown_faults(engine: Engine, question: Question, plan: Plan, files: list[Path], card: SourceCard) -> list[Fault]:
    """A fault for each column whose values the card does not know all: how many rows and how many values, and the
    question that shows them to whoever may see them. The values themselves are not asked for."""
    tables = [pq.read_table(path) for path in files]
    faults = []
    for key in (key for key in (AREA, CATEGORY) if key in tables[0].column_names):
        count = sum(pc.sum(table.filter(pc.is_null(table[key]))[COUNT]).as_py() or 0 for table in tables)
        if count:
            answer = [row for batch in engine.answer(question.distinct(key, plan.first, plan.last)) for row in batch[0]]
            known = len({*getattr(question.words, _OF[key]).values()})
            found = f"{count:,} counted under others; the column has {answer[0].as_py():,} values"
            home = "[area_codes]" if key == AREA else "[warehouse.categories]"
            todo = (
                f"If it is no column of {_OF[key]}, name another. Else give them a code in {home} ('' for none). "
                f"They were not asked for; this shows them:\n{engine.sql(question.unknown(key, plan.first, plan.last))}"
            )
            expected = f"the {known:,} {_OF[key]} of the card and its place"
            faults.append(
                Fault(f"{card.id}, column {card.warehouse[key]}", "values that nobody knows", expected, found, todo)
            )
    return faults


def counts_table(files: list[Path], words: Words, card: SourceCard) -> pa.Table:
    """One row = one area, category and period of which there is a record, in codes and sorted; the counts stand under
    the heading of the card's variable. A period between others without any record has one row of 0."""
    known = {AREA: words.areas, CATEGORY: words.categories}
    tables = [_in_codes(pq.read_table(path), known, card) for path in files]
    keys = [key for key in (AREA, CATEGORY, PERIOD) if key in tables[0].column_names]
    table = pa.concat_tables(tables).combine_chunks()
    table = table.group_by(keys).aggregate([(COUNT, "sum")]).rename_columns([*keys, COUNT])
    table = pa.concat_tables([table, *_empty_periods(table)]).sort_by([(key, "ascending") for key in keys])
    heading = next(iter(card.variables.values()))["column"]
    return table.select([*keys, COUNT]).rename_columns([*keys, heading])


def _in_codes(table: pa.Table, known: dict[str, dict[str, str]], card: SourceCard) -> pa.Table:
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


def headings_of(table: pa.Table) -> dict[str, str]:
    """Our word → the heading in the file, for the release."""
    return {key: key for key in (AREA, CATEGORY, PERIOD) if key in table.column_names}
