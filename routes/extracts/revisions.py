"""The cells that two releases give differently, as rows of a file: /data/<place>/<dataset>/revisions.<csv|xlsx|…>"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa

from language import SPOKEN_IN_CODE, reason_words, translator
from loaders import periods
from measures.change.revisions import revisions
from measures.store.shelf import Shelf
from routes.extracts.arrow_columns import in_languages, numbers, same, texts
from routes.extracts.metadata import codes_of
from routes.extracts.request import ExtractRequest


def revised(extract: ExtractRequest, shelf: Shelf) -> pa.Table:
    """One row = one cell held by two releases whose value changed: both values, difference, ratio and the later one's
    status.
    """
    frame = _chosen(revisions(shelf, extract.dataset), extract)
    card, size = shelf.cards[extract.dataset], len(frame)
    names, nodes = shelf.area_names(extract.place, extract.dataset), card.tree.nodes
    days = {period: periods.dates(period) for period in frame["period"].unique()}

    def reason(key: str, code: str) -> str:
        return reason_words(key, translator(code), card.breaks, card.cells)

    def of_category(text: str, category: str, code: str) -> str:
        return getattr(nodes[category], text)[code] if category in nodes else ""

    return pa.table(
        {
            "place": same(extract.place, size),
            "area_code": texts(frame["area"]),
            **in_languages("area", frame["area"], lambda area, code: names[area][code]),
            "category_code": texts(frame["category"]),
            **in_languages("category", frame["category"], partial(of_category, "name")),
            "period": texts(frame["period"]),
            "period_start": texts(frame["period"], lambda period: days[period][0].isoformat()),
            "period_end": texts(frame["period"], lambda period: days[period][1].isoformat()),
            "variable": texts(frame["variable"]),
            **{
                name: texts(frame[name]) if "release" in name else numbers(frame[name])
                for name in ("first_release", "first", "later_release", "later", "difference", "ratio")
            },
            **in_languages("unit", frame["variable"], lambda variable, code: card.variables[variable]["unit"][code]),
            "status": texts(frame["status"]),
            "reason_code": texts(frame["reason"], lambda key: codes_of([key])[0]),
            **in_languages("reason", frame["reason"], reason),
            "release": texts(frame["later_release"]),
            **in_languages("note", frame["category"], partial(of_category, "note")),
            "publisher": same(card.publisher[SPOKEN_IN_CODE], size),
            "licence": same(card.licenses[0]["name"], size),
        }
    )


def _chosen(frame: pd.DataFrame, extract: ExtractRequest) -> pd.DataFrame:
    keep = np.ones(len(frame), dtype=bool)
    for column, codes in (("area", extract.areas), ("category", extract.categories)):
        keep &= frame[column].isin(codes).to_numpy() | (not codes)
    keep &= (frame["period"] >= extract.first).to_numpy()
    keep &= (frame["period"] <= extract.last).to_numpy() | (not extract.last)
    return frame[keep]
