"""What does the gate look at? Columns of texts: each distinct text once, and for each row the number of its text.

So kept, a million rows fit into little memory, and whatever is asked of a text is asked once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.formats.numbers import (
    BEGINS_AS_NUMBER,
    MARK_ALONE,
    MARKS_BEFORE,
    MARKS_BEHIND,
    PLAIN,
    WRITTEN,
    Notation,
    notation_of,
    number,
    proofs,
    with_usual_digits,
)

FEW_TEXTS = 10_000  # distinct texts that are faster looked at one after another than by Arrow


def _has_digits_only(text: str) -> bool:
    """Is it a plain whole number, or nothing?"""
    return not text or (text.isascii() and text.isdecimal())


def coded(codes: Sequence[str | None], numbers: np.ndarray, ordered: bool = False) -> pd.Categorical:
    """A column of codes: for each cell the number of its code in ``codes``, which may hold one code several times; None
    is no code.

    Each code is kept once and a cell takes one or two bytes, so that tens of millions of cells fit into memory.
    """
    names = sorted({code for code in codes if code is not None})
    kind = np.min_scalar_type(-len(names) - 1)
    numbered = {code: number for number, code in enumerate(names)}
    renumbered = np.array([numbered.get(code, -1) for code in codes], dtype=kind)
    return pd.Categorical.from_codes(renumbered[numbers], categories=pd.Index(names, dtype=object), ordered=ordered)


@dataclass(eq=False)
class Column:
    """One column: ``texts`` the distinct texts, ``codes`` for each row the number of its text.

    ``signs``: how a card says that numbers are written; ``beside``: the columns of its table.
    """

    heading: str
    position: int
    texts: pa.Array
    codes: np.ndarray
    signs: Notation | None = None
    beside: Sequence[Column] = ()

    @cached_property
    def used(self) -> np.ndarray:
        """How many rows hold each of the distinct texts."""
        return np.bincount(self.codes, minlength=len(self.texts))

    @cached_property
    def blank(self) -> np.ndarray:
        return np.asarray(pc.equal(pc.utf8_trim_whitespace(self.texts), ""))

    def only(self, rows: np.ndarray, heading: str) -> Column:
        """The column of some of its rows; texts that only the others hold are gone."""
        codes = self.codes[rows]
        used = np.bincount(codes, minlength=len(self.texts)) > 0
        return Column(heading, self.position, self.texts.filter(pa.array(used)), (np.cumsum(used) - 1)[codes])

    @property
    def distinct(self) -> int:
        """How many different texts the rows hold; an empty cell is none."""
        return int((~self.blank).sum())

    @cached_property
    def proofs(self) -> frozenset[str]:
        """What the texts prove of the signs in their numbers (see ``loaders.formats.numbers``)."""
        return proofs(self.texts)

    @property
    def notation(self) -> Notation:
        """The signs of the numbers: the table's own where a card says them, else what the texts prove, or the columns
        beside them.
        """
        return self.signs or notation_of(self.proofs, (column.proofs for column in self.beside))[0]

    @cached_property
    def numbers(self) -> np.ndarray:
        """The distinct texts as numbers, without the marks at their ends; NaN where they are none."""
        if len(self.texts) <= FEW_TEXTS and all(map(_has_digits_only, texts := self.texts.to_pylist())):
            whole = np.array([float(text or "nan") for text in texts])
            return np.where(np.isfinite(whole), whole, np.nan)
        values = np.full(len(self.texts), np.nan)
        trimmed = with_usual_digits(pc.utf8_trim_whitespace(self.texts))
        likely = np.asarray(pc.match_substring_regex(trimmed, BEGINS_AS_NUMBER))
        values[likely] = self._read(trimmed.filter(pa.array(likely)))
        return values

    def _read(self, likely: pa.Array) -> np.ndarray:
        """The numbers of texts that begin as numbers do."""
        bare = pc.replace_substring_regex(likely, MARKS_BEHIND, r"\1")
        bare = pc.replace_substring_regex(bare, MARKS_BEFORE, r"\1")
        plain = np.asarray(pc.match_substring_regex(bare, PLAIN))
        pointed = plain & np.asarray(pc.match_substring(bare, "."))
        written = ~plain & np.asarray(pc.match_substring_regex(bare, WRITTEN))
        notation = self.notation if pointed.any() or written.any() else Notation()
        if notation.decimal != ".":  # 1.204 is no decimal then
            written, plain = written | pointed, plain & ~pointed
        values = np.full(len(bare), np.nan)
        values[plain] = pd.to_numeric(np.array(bare.filter(pa.array(plain)).to_pylist(), dtype=object), errors="coerce")
        values[written] = [number(text, notation) for text in bare.filter(pa.array(written)).to_pylist()]
        values[~np.isfinite(values)] = np.nan
        return values

    @cached_property
    def numeric(self) -> bool:
        """Are the cells numbers, apart from blanks and a few short marks such as ``-``, ``c``, ``<5`` or ``[low]``?"""
        number = ~np.isnan(self.numbers)
        filled = int(self.used[~self.blank].sum())
        if not filled or self.used[number].sum() < 0.5 * filled:
            return False
        plain = number | self.blank
        if not plain.all():
            plain |= np.asarray(pc.utf8_length(self.texts)) <= 3
            plain |= np.asarray(pc.match_substring_regex(self.texts, MARK_ALONE))
        return bool(plain.all())


@dataclass(eq=False)
class TextTable:
    """A table of texts. ``above``: what stands around it; ``found``: how the file was read (for the draft).

    ``heads``: for each column its heading texts, where several rows of headings stand one over another; ``signs``: of
    its numbers,
    where a card says them.
    """

    name: str
    columns: list[Column]
    rows: int
    above: tuple[str, ...] = ()
    found: dict | None = None
    heads: list[tuple[str, ...]] | None = None
    signs: Notation | None = None

    def __post_init__(self):
        for column in self.columns:
            column.signs, column.beside = self.signs, self.columns


def of_frame(frame: pd.DataFrame, name: str) -> TextTable:
    """The table of a frame of texts."""
    columns = []
    for position, heading in enumerate(frame.columns):
        texts = pa.chunked_array([pa.array(frame.iloc[:, position].astype(str), pa.string())])
        columns.append(column(str(heading), position, texts))
    return TextTable(name, columns, len(frame))


def column(heading: str, position: int, texts: pa.ChunkedArray) -> Column:
    """A column from its cells; a missing cell is an empty text."""
    parts = texts if pa.types.is_dictionary(texts.type) else pc.fill_null(texts, "").dictionary_encode()
    whole = parts.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], pa.string()).dictionary_encode()
    return Column(heading, position, whole.dictionary, whole.indices.to_numpy(zero_copy_only=False))
