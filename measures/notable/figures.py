"""The changes that are looked at: every category of every area at two periods, judged side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from measures.figures.compute import judged_table
from measures.figures.discoveries import directions, sign_p
from measures.lines.line import is_final
from measures.lines.query import Query
from measures.notable.beside_whole import beside_whole
from measures.notable.discovered import discovered
from measures.store.shelf import Shelf


def final_and_newest(query: Query, shelf: Shelf) -> tuple[str, str]:
    """The latest final period of the place itself, and the latest with a figure; '' where there is none."""
    own = judged_table(query, shelf)
    known = own[np.isfinite(own["value"])]
    final = known[is_final(known)]
    return (final["period"].iloc[-1] if len(final) else ""), (known["period"].iloc[-1] if len(known) else "")


def judged_side_by_side(query: Query, categories: tuple[str, ...], when: tuple[str, str], shelf: Shelf) -> pd.DataFrame:
    """The rows of ``Notable.table``. ``query``: the place first, then its areas."""
    first, last = when
    asked = [
        judged_table(Query(query.place, query.measure, query.areas, code, query.view, first, last), shelf)
        for code in categories
    ]
    tables = [table.assign(category=code) for code, table in zip(categories, asked, strict=True)]
    whole = pd.concat(tables, ignore_index=True)
    parts = [_at(whole[whole["period"] == period], query.areas[0]) for period in dict.fromkeys(when)]
    return pd.concat(parts, ignore_index=True)


def _at(rows: pd.DataFrame, place: str) -> pd.DataFrame:
    """The rows of one period, with what is said of them side by side."""
    inside = (rows["area"] != place).to_numpy()
    clear = rows["verdict"].isin(("rise", "fall")).to_numpy()
    p = rows["p"].to_numpy()
    stands = np.zeros(len(rows), dtype=bool)
    for some in (inside, ~inside):
        stands[some] = clear[some] & discovered(p[some])
    rows = rows.assign(stands=stands, areas_higher=np.nan, areas_lower=np.nan, areas_p=np.nan)
    rows = pd.concat([_in_category(group, place) for _, group in rows.groupby("category", sort=False)])
    return rows.assign(differs=discovered(rows["beside_p"].to_numpy()))


def _in_category(rows: pd.DataFrame, place: str) -> pd.DataFrame:
    """The rows of one category and period: which way the areas go, and which of them goes otherwise than all."""
    whole, areas = rows[rows["area"] == place], rows[rows["area"] != place]
    way = directions(areas)
    higher, lower = np.array([(way > 0).sum()]), np.array([(way < 0).sum()])
    tested = (areas["why"] == "") & ~areas["small"]
    before, change, low, high, df = (
        areas[name].where(tested).to_numpy()
        for name in ("before", "change", "change_low", "change_high", "fluctuation_df")
    )
    found = beside_whole(before, change, (low, high), df)
    areas = areas.assign(beside=found.difference, beside_p=found.p, together=found.together)
    p = sign_p(higher, lower)
    known = np.isfinite(p) & (whole["why"] != "no_test").to_numpy()
    counted = {"areas_higher": higher, "areas_lower": lower, "areas_p": p}
    whole = whole.assign(**{name: np.where(known, value, np.nan) for name, value in counted.items()})
    return pd.concat([whole.assign(beside=np.nan, beside_p=np.nan, together=found.together), areas])
