"""The cells that two releases give differently, as rows of a file:
/data/<place>/<dataset>/revisions.<csv|parquet|json>
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from language import LANGUAGES, SPOKEN_IN_CODE, reason_words, translator
from loaders import periods
from measures.change.revisions import revisions
from measures.store.shelf import Shelf
from routes.extracts.metadata import codes_of
from routes.extracts.request import ExtractRequest


def revised(asked: ExtractRequest, shelf: Shelf) -> pa.Table:
    """One row = one cell held by two releases whose value changed: both values, difference, ratio and the later one's
    status.
    """
    frame = _chosen(revisions(shelf, asked.dataset), asked)
    card = shelf.cards[asked.dataset]
    names, nodes = shelf.area_names(asked.place, asked.dataset), card.tree.nodes
    days = {period: periods.dates(period) for period in frame["period"].unique()}
    return pa.table(
        {
            "place": _texts(frame["period"], lambda _: asked.place),
            "area_code": _texts(frame["area"]),
            **{f"area_{code}": _texts(frame["area"], lambda area, code=code: names[area][code]) for code in LANGUAGES},
            "category_code": _texts(frame["category"]),
            **{
                f"category_{code}": _texts(
                    frame["category"], lambda one, code=code: nodes[one].name[code] if one in nodes else ""
                )
                for code in LANGUAGES
            },
            "period": _texts(frame["period"]),
            "period_start": _texts(frame["period"], lambda period: days[period][0].isoformat()),
            "period_end": _texts(frame["period"], lambda period: days[period][1].isoformat()),
            "variable": _texts(frame["variable"]),
            **{
                name: _texts(frame[name]) if "release" in name else _numbers(frame[name])
                for name in ("first_release", "first", "later_release", "later")
            },
            **{name: _numbers(frame[name]) for name in ("difference", "ratio")},
            **{
                f"unit_{code}": _texts(frame["variable"], lambda one, code=code: card.variables[one]["unit"][code])
                for code in LANGUAGES
            },
            "status": _texts(frame["status"]),
            "reason_code": _texts(frame["reason"], lambda key: codes_of([key])[0]),
            **{
                f"reason_{code}": _texts(
                    frame["reason"], lambda key, code=code: reason_words(key, translator(code), card.breaks, card.cells)
                )
                for code in LANGUAGES
            },
            "release": _texts(frame["later_release"]),
            **{
                f"note_{code}": _texts(
                    frame["category"], lambda one, code=code: nodes[one].note[code] if one in nodes else ""
                )
                for code in LANGUAGES
            },
            "publisher": _texts(frame["period"], lambda _: card.publisher[SPOKEN_IN_CODE]),
            "licence": _texts(frame["period"], lambda _: card.licenses[0]["name"]),
        }
    )


def _chosen(frame: pd.DataFrame, asked: ExtractRequest) -> pd.DataFrame:
    keep = np.ones(len(frame), dtype=bool)
    for column, codes in (("area", asked.areas), ("category", asked.categories)):
        keep &= frame[column].isin(codes).to_numpy() | (not codes)
    keep &= (frame["period"] >= asked.first).to_numpy()
    keep &= (frame["period"] <= asked.last).to_numpy() | (not asked.last)
    return frame[keep]


def _texts(column: pd.Series, worded=str) -> pa.Array:
    codes, known = pd.factorize(column)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array([worded(one) for one in known], pa.string())
    )


def _numbers(column: pd.Series) -> pa.Array:
    return pa.array(column.to_numpy(float), pa.float64(), from_pandas=True)
