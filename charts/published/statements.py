"""What was stated, over which stretch of time? Changes are drawn as changes and levels as levels, each over its own
period.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from charts import theme, time_axis
from charts.picture import Picture
from charts.published.statement_spec import segment_spec
from charts.published.statement_words import figure_words, statement_span_words
from language import Translator
from loaders.periods import span
from measures.claims.claim import Base
from measures.claims.collection import LEVELS, Statements


def stated_changes(
    made: Statements, names: dict[str, str], say: Translator, bases: Mapping[str, Base]
) -> Picture | None:
    """Stated percentage changes: a bar from the first to the last day it speaks of, at the height of the change.

    ``bases``: by statement, the days it is compared with; they are drawn pale beside the bar, at its height and joined
    to it.
    """
    table = made.table[(made.table["kind"] == "percent_change") & _drawable(made.table)]
    return _picture(table, made, names, say, say("Stated changes, each over the period that it speaks of."), bases)


def levels(made: Statements, names: dict[str, str], say: Translator, unit: str) -> Picture | None:
    """Stated levels of one unit (published numbers, rates, shares and targets), each over its own period."""
    table = made.table[made.table["kind"].isin(LEVELS) & (made.table["unit"] == unit) & _drawable(made.table)]
    return _picture(table, made, names, say, say("Stated figures, each over the period that it speaks of."))


def _drawable(table: pd.DataFrame) -> pd.Series:
    return np.isfinite(table["number"]) & (table["end"] != "")


def _picture(
    table: pd.DataFrame,
    made: Statements,
    names: dict[str, str],
    say: Translator,
    head: str,
    bases: Mapping[str, Base] | None = None,
) -> Picture | None:
    if table.empty:
        return None
    year_before = [
        spelt for spelt, base in made.card.readings.get("bases", {}).items() if base == "same_period_last_year"
    ]
    rows = statement_rows(table, names, year_before, say, bases or {})
    told = [_told(row, say) for row in rows.itertuples()]
    words = say.sentences(
        [say("{clauses}.", clauses=say.pick(made.indicator.name)), head, say("{clauses}.", clauses=say.clauses(told))]
    )
    spoken = [say.clauses([one, who]) for one, who in zip(told, rows["who"], strict=True)]
    days = [day for day in rows[["start", "end", "first", "last"]].to_numpy().ravel() if day]
    naming, ticked = time_axis.ticks(span(min(days)[:7], max(days)[:7]), say)
    return Picture({**segment_spec(say.code, naming), "params": ticked}, {"rows": rows.assign(told=spoken)}, words)


def _told(row, say: Translator) -> str:
    """One statement in the description: who, when, what, and against what."""
    if row.base:
        return say(
            "{who}, {when}: {what}, compared with {base}", who=row.area, when=row.when, what=row.what, base=row.base
        )
    return say("{who}, {when}: {what}", who=row.area, when=row.when, what=row.what)


def statement_rows(
    table: pd.DataFrame, names: dict[str, str], year_before: list[str], say: Translator, bases: Mapping[str, Base]
) -> pd.DataFrame:
    """One row = one statement: its two days, the days of its base ('' where unknown), its number, and what to say of
    it.

    ``year_before``: the published spellings of a base that is the same period a year before (the card lists them).
    """
    starts = [start or end for start, end in zip(table["start"], table["end"], strict=True)]
    kinds = [
        theme.MUTED if kind == "target" else theme.ACCENT if not base or base in year_before else theme.SECOND
        for kind, base in zip(table["kind"], table["compared_with"], strict=True)
    ]
    return pd.DataFrame(
        {
            "start": starts,
            "end": table["end"].to_list(),
            "v": table["number"].to_list(),
            "y": _label_heights(table),
            "c": kinds,
            "first": [base.start if (base := bases.get(one)) else "" for one in table["claim_id"]],
            "last": [base.end if (base := bases.get(one)) else "" for one in table["claim_id"]],
            "area": [
                names.get(code) or own for code, own in zip(table["area"], table[f"place_{say.code}"], strict=True)
            ],
            "when": [
                statement_span_words(a, b, say) for a, b in zip(table["period_start"], table["period_end"], strict=True)
            ],
            "what": [
                figure_words(value, unit, kind, say, bound)
                for value, unit, kind, bound in zip(
                    table["number"], table[f"unit_{say.code}"], table["kind"], table["bound"], strict=True
                )
            ],
            "base": table[f"compared_with_{say.code}"].to_list(),
            "who": table[f"publisher_{say.code}"].to_list(),
        }
    )


def _label_heights(table: pd.DataFrame) -> list[float]:
    """Where each figure's words stand: at its value, moved up when another that ends in the same year would cover
    it.
    """
    step = (max(table["number"].max(), 0) - min(table["number"].min(), 0)) / 320 * 17
    taken: dict[int, list[float]] = {}
    heights = dict.fromkeys(range(len(table)), 0.0)
    order = sorted(range(len(table)), key=lambda at: table["number"].iloc[at])
    for at in order:
        year, value = int(table["end"].iloc[at][:4]), float(table["number"].iloc[at])
        near = [height for one in (year - 1, year, year + 1) for height in taken.get(one, [])]
        while any(abs(value - height) < step * 0.95 for height in near):
            value += step / 4
        taken.setdefault(year, []).append(value)
        heights[at] = value
    return [heights[at] for at in range(len(table))]
