"""Columns become a table as they are: texts plain, numbers of their type, in the order given."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from measures.lines.columns import frame_of

TEXTS = st.lists(st.text(max_size=5), min_size=1, max_size=20)


@given(TEXTS)
def test_a_table_holds_what_pandas_would_make_of_its_columns(texts):
    numbers, marks = [float(len(text)) for text in texts], [text > "m" for text in texts]
    columns = {"text": texts, "number": numbers, "mark": marks, "array": np.array(texts, dtype=object)}
    pd.testing.assert_frame_equal(frame_of(columns), pd.DataFrame(columns), check_dtype=False)
    assert [frame_of(columns)[name].dtype for name in columns] == [object, float, bool, object]


def test_columns_without_a_value_are_an_empty_table():
    table = frame_of({"text": [], "number": np.array([], dtype=float)})
    assert len(table) == 0 and list(table.columns) == ["text", "number"]
