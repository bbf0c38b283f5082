"""Columns of an extract as Arrow holds them: numbers, and texts as codes into the few that they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from language import LANGUAGES


def numbers(column: pd.Series) -> pa.Array:
    """A column of floats; no number is null."""
    return pa.array(column.to_numpy(float), pa.float64(), from_pandas=True)


def texts(column: pd.Series, worded: Callable[[str], str] = str) -> pa.DictionaryArray:
    """A column of texts; ``worded`` says each of the different ones."""
    codes, known = pd.factorize(column)
    return coded(codes, map(worded, known))


def in_languages(name: str, column: pd.Series, worded: Callable[[str, str], str]) -> dict[str, pa.DictionaryArray]:
    """A column for each language, ``<name>_<language>``; ``worded`` says a text of the column in a language."""
    return {f"{name}_{code}": texts(column, lambda key, code=code: worded(key, code)) for code in LANGUAGES}


def coded(positions: np.ndarray, words: Iterable[str]) -> pa.DictionaryArray:
    """Each row has the word at its position."""
    return pa.DictionaryArray.from_arrays(
        pa.array(np.asarray(positions, dtype=np.int32)), pa.array(list(words), pa.string())
    )


def same(text: str, size: int) -> pa.DictionaryArray:
    """One text in every row."""
    return coded(np.zeros(size, int), [text])
