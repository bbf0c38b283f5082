"""A table of counts as the gate looks at it, where its rows are too many to be held: every text that it has, and how
often each count stands in it.

Nothing else of a table whose keys are all listed by card and place has a say in any rule. Whether one key decides
another is not told; that none does is the strictest answer, for then the most combinations have no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pyarrow as pa

from loaders.formats.text_table import TextTable, column


def counted_table(name: str, keys: Mapping[str, Sequence[str]], heading: str, uses: Mapping[int, int]) -> TextTable:
    """``keys``: heading → the different codes of a column; ``uses``: count → in how many rows it stands."""
    columns = []
    for position, (key, codes) in enumerate(keys.items()):
        crossed = [cell[position] for cell in product((0, 1), repeat=len(keys))]  # so that no key decides another
        numbers = np.r_[crossed, range(2, _longest(keys))] % max(len(codes), 1)
        texts = pa.DictionaryArray.from_arrays(numbers.astype(np.int32), pa.array(codes, pa.string()))
        columns.append(column(key, position, pa.chunked_array([texts])))
    texts = pa.chunked_array([pa.array([str(count) for count in uses], pa.string())])
    counts = column(heading, len(keys), texts)
    counts.__dict__["used"] = np.fromiter(uses.values(), dtype=np.int64, count=len(uses))
    found, heads = {"format": "Parquet"}, [(part,) for part in (*keys, heading)]
    return TextTable(name, [*columns, counts], sum(uses.values()), found=found, heads=heads)


def _longest(keys: Mapping[str, Sequence[str]]) -> int:
    return max(len(codes) for codes in keys.values())
