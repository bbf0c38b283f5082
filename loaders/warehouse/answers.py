"""Asks part by part, and keeps each answer in a working folder outside of ``data/open`` until the release stands.

An answer is kept for a day: a pull that was broken off goes on where it stood. What was kept is believed only where its
sums by period are those that the engine tells now.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from loaders.cards.source_card import SourceCard
from loaders.data_folder import sync_to_disk
from loaders.errors import Fault, SourceError
from loaders.refresh.progress import show_progress
from loaders.warehouse.engine import Engine
from loaders.warehouse.plan import Part, Plan
from loaders.warehouse.question import COUNT, PERIOD, ROWS, UNDATED, UNFIT, Question, period_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

FOLDER = "pulling"
KEPT = 24 * 3600  # seconds
TIMES = 3  # how often the engine is asked anew where records change meanwhile


@dataclass
class Survey:
    """What the engine tells of all records: ``counts``, what is counted in each period (``2024-03``), and the numbers
    of rows that have no time, or one outside of the periods asked for."""

    counts: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    outside: int = 0


def folder_of(card: SourceCard) -> Path:
    """The working folder of a dataset, beside ``open``."""
    return card.folder.parents[2] / FOLDER / card.folder.parent.name / card.folder.name


def cleared(card: SourceCard) -> None:
    """Nothing is kept any more."""
    shutil.rmtree(folder_of(card), ignore_errors=True)


@dataclass(frozen=True)
class Asking:
    """Who is asked what: ``say`` is told each question in turn."""

    engine: Engine
    question: Question
    plan: Plan
    card: SourceCard
    say: Callable[[str], None]

    def survey(self) -> Survey:
        """The first question: how many there are by period. Raises SourceError where a column of counts holds none."""
        told, unfit = Survey(), 0
        asked = self.question.survey(self.plan.first, self.plan.last)
        for row in [row for batch in self.engine.answer(asked) for row in batch.to_pylist()]:
            if row[PERIOD] is None:
                told.undated += int(row[UNDATED])
                told.outside += int(row[ROWS]) - int(row[UNDATED])
            else:
                told.counts[period_of(int(row[PERIOD]), self.card.frequency)] = int(row[COUNT] or 0)
                unfit += int(row[UNFIT])
        if unfit:
            where = f"{self.card.id}, column {self.card.warehouse['sum']}"
            todo = "Leave those rows out by a view, or name another column."
            self._refuse(Fault(where, "counts that are none", "whole numbers from 0", f"{unfit} rows", todo))
        if not told.counts:
            span = f"some of {self.plan.first} to {self.plan.last}"
            self._refuse(Fault(self.card.id, "there are no records", span, "none", "Fix [warehouse]."))
        return told

    def answers(self) -> tuple[list[Path], Survey]:
        """A file for each part of the plan, with the columns of the question, and what the engine told of all records.

        Raises SourceError; what came before it is kept.
        """
        self._begin()
        for _ in range(TIMES):
            survey = self.survey()
            files = [self._part(number, part, survey) for number, part in enumerate(self.plan.parts, 1)]
            if None not in files:
                return [file for file in files if file], survey
        todo = "Run again, or ask for periods that are not written to any more ('to' in [warehouse])."
        what = "the records change while they are counted"
        raise SourceError(self.card.id, [Fault(self.card.id, what, "one answer", f"{TIMES} others", todo)])

    def _begin(self) -> None:
        folder = folder_of(self.card)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in folder.iterdir():
            if not _is_kept(path):
                path.unlink()

    def _part(self, number: int, part: Part, survey: Survey) -> Path | None:
        """The file of an answer whose sums are those of the survey; None where they are not."""
        asked = self.question.counts(part.first, part.last, part.most + 1)
        words = f"{self.engine.address} {self._first_sql} {part}"
        path = folder_of(self.card) / f"{hashlib.sha256(words.encode()).hexdigest()[:24]}.parquet"
        span = part.first if part.first == part.last else f"{part.first} to {part.last}"
        told = f"{self.card.name}: question {number} of {len(self.plan.parts)}, {span}"
        if _is_kept(path) and _fits(path, part, survey, self.card):
            self.say(f"{told}: kept from before")
            return path
        self.say(told)
        self._ask(asked, path, part)
        return path if _fits(path, part, survey, self.card) else None

    @cached_property
    def _first_sql(self) -> str:
        """The first question: the others differ from it in their periods alone, and thousands of words take seconds to
        be written."""
        part = self.plan.parts[0]
        return self.engine.sql(self.question.counts(part.first, part.last, part.most + 1))

    def _ask(self, asked: ir.Table, path: Path, part: Part) -> None:
        """Write an answer as it comes; one with more rows than it can have is refused."""
        written, rows, writer = path.with_suffix(".part"), 0, None
        try:
            for batch in self.engine.answer(asked):
                rows += batch.num_rows
                if rows > part.most:
                    todo = "Say fewer spellings of areas and categories, or fewer periods_at_once."
                    self._refuse(Fault(self.card.id, "too many rows come", f"at most {part.most:,}", "more", todo))
                writer = writer or pq.ParquetWriter(written, batch.schema, compression="zstd")
                writer.write_batch(batch)
            writer = writer or pq.ParquetWriter(written, pa.schema([(PERIOD, pa.int64()), (COUNT, pa.int64())]))
        finally:
            if writer:
                writer.close()
        sync_to_disk(written)
        os.replace(written, path)

    def _refuse(self, fault: Fault) -> None:
        raise SourceError(self.card.id, [fault])


def _is_kept(path: Path) -> bool:
    return path.exists() and 0 <= time.time() - path.stat().st_mtime < KEPT


def _fits(path: Path, part: Part, survey: Survey, card: SourceCard) -> bool:
    """Are the sums of an answer by period those that the engine tells now?"""
    try:
        table = pq.read_table(path, columns=[PERIOD, COUNT])
    except (OSError, pa.ArrowException):
        return False
    sums = table.group_by(PERIOD).aggregate([(COUNT, "sum")]).to_pylist()
    came = {period_of(row[PERIOD], card.frequency): row[f"{COUNT}_sum"] for row in sums}
    return came == {period: count for period, count in survey.counts.items() if part.first <= period <= part.last}


def progress(words: str) -> None:
    """One line that is written over itself at a terminal, a line for each question elsewhere; '' ends it."""
    show_progress(words)
    if words and not sys.stderr.isatty():
        print(words, file=sys.stderr, flush=True)
