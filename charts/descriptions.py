"""What does the chart show, for someone who cannot see it? The same numbers as the table, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from language import Translator, decimal, period_name
from language.numbers import digits_of, signed, signed_percent
from language.sentences.figure import brief
from language.verdicts import VERDICTS, verdict_word, verdict_words, why_words
from loaders.places.place import Place
from measures.about.false_alarms import false_alarms
from measures.about.statements import statement
from measures.figures.compute import Measure
from measures.figures.judged import Columns
from measures.figures.units import unit_words

MANY = 10  # verdicts side by side, from which on it is said how many are likely to be false


def value_words(measure: Measure, value: float, say: Translator) -> str:
    """A value of this measure with its decimals, without its unit."""
    return decimal(value, say, digits_of(measure.query.view, value)) if np.isfinite(value) else "—"


def describe_trend(measure: Measure, names: Mapping[str, str], say: Translator, average: Measure | None = None) -> str:
    """First and last value of every line, and the verdict on its latest final figure; with ``average`` the same of the
    average months."""
    parts, verdicts = [], []
    for area in measure.query.areas:
        called = {names[area]: measure}
        if average is not None:
            called[say("{area}, average of 12 months", area=names[area])] = average
        for name, line in called.items():
            parts.append(_first_and_last(line, area, name, say))
            if np.isfinite(line.columns["value"][line.rows(area)]).any():
                verdicts += verdict_of(line, area, name, say)
    head = say("Line chart. {title}, {unit}.", title=say.pick(measure.card.title), unit=unit_words(measure, say))
    judged = (
        say("Compared with the same period a year earlier: {verdicts}.", verdicts=say.clauses(verdicts))
        if verdicts
        else ""
    )
    return say.sentences([head, say("{clauses}.", clauses=say.clauses(parts)), judged])


def _first_and_last(measure: Measure, area: str, name: str, say: Translator) -> str:
    """The first and the last value of an area's line, as one clause."""
    values, when = (measure.columns[column][measure.rows(area)] for column in ("value", "period"))
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return say("{area}: no figure", area=name)
    first, last = known[0], known[-1]
    return say(
        "{area}: {before} in {first}, {now} in {last}",
        area=name,
        before=value_words(measure, values[first], say),
        now=value_words(measure, values[last], say),
        first=period_name(when[first], say, measure.query.view),
        last=period_name(when[last], say, measure.query.view),
    )


def verdict_of(measure: Measure, area: str, name: str, say: Translator) -> list[str]:
    """The verdict on an area's latest final figure as one clause; none where its figures are never tested."""
    one = statement(measure, area)
    if one is None or one.why == "no_test":
        return []
    return [
        say(
            "{area}, {period}: {verdict}",
            area=name,
            period=period_name(one.period, say, one.view),
            verdict=brief(one, say),
        )
    ]


def changes_on_year(table: Mapping[str, np.ndarray], view: str, say: Translator) -> list[str]:
    """The change of each figure on a year before, with its sign; '' where none may be said or the base is small."""
    return [
        ""
        if small or not np.isfinite(change)
        else say("{number} percentage points", number=signed(change, say))
        if view == "share"
        else signed_percent(change, say)
        for change, small in zip(table["change"], table["small"], strict=True)
    ]


@lru_cache(maxsize=256)
def judged_words(verdict: str, why: str, say: Translator) -> str:
    """The verdict on the change from a year before, as a tool tip says it: arrow, word and, where there is none, the
    reason.
    """
    if why == "no_test":
        return ""
    reason = (
        say("{verdict}: {reason}", verdict=verdict_words(verdict, say), reason=why_words(why, say))
        if why
        else verdict_words(verdict, say)
    )
    return say("On a year before: {verdict}", verdict=reason)


def verdict_counts(measure: Measure, say: Translator) -> str:
    """How many areas rose, fell or did neither against a year before, and how far that can be trusted; '' where none
    may be judged.
    """
    found = Counter(measure.columns["verdict"])
    if not sum(found[key] for key in VERDICTS if key != "cannot_say"):
        return ""
    listed = [
        say("{verdict}: {count}", verdict=verdict_word(key, say), count=found[key]) for key in VERDICTS if found[key]
    ]
    areas = say("Areas against the same period a year before: {list}.", list=say.joined(listed))
    return say.sentences([areas, *side_by_side(measure.columns, measure.query.view, say)])


def one_in_how_many(measures: Sequence[Measure], say: Translator) -> str:
    """How often figures like these would be called a rise or a fall without any change; '' where none is judged."""
    rates = false_alarms()
    kinds = (
        {
            rates.of(made.periods[-1], made.query.view)
            for made in measures
            if made.periods and made.card.judges(made.query.view)
        }
        if rates
        else set()
    )
    if not kinds:
        return ""
    return say(
        "Among figures without any real change about {rate} in 100 are called a rise or a fall (measured by "
        "simulation).",
        rate=decimal(max(kinds) * 100, say),
    )


def side_by_side(rows: Columns | pd.DataFrame, view: str, say: Translator) -> list[str]:
    """How many of the verdicts on these figures are likely to be false, and how many still stand when that is allowed
    for; [] where few stand together.
    """
    judged, rates = np.flatnonzero(rows["why"] == ""), false_alarms()
    if len(judged) < MANY or rates is None:
        return []
    verdicts, periods, stands = (np.asarray(rows[name])[judged] for name in ("verdict", "period", "stands"))
    clear, wrong = int(np.isin(verdicts, ("rise", "fall")).sum()), rates.of(periods[0], view) * len(judged)
    usual = say(
        (
            "Without any real change about {count} of {total} would be called a rise or a fall, often several at once "
            "(measured by simulation)."
        ),
        count=max(1, round(wrong)),
        total=len(judged),
    )
    return [usual, _standing(clear, int(stands.sum()), say)] if clear else [usual]


def _standing(clear: int, stands: int, say: Translator) -> str:
    """How many clear changes still stand when at most one in ten of those that do may be false."""
    if clear == 1 and stands:
        return say("The one called so here still stands when at most 1 in 10 of those on all areas may be false.")
    if clear == 1:
        return say("The one called so here does not stand when at most 1 in 10 of those on all areas may be false.")
    return say(
        "Of the {clear} called so here, {stands} still stand when at most 1 in 10 of those on all areas may be false.",
        clear=clear,
        stands=stands,
    )


def tile_order_words(place: Place, say: Translator) -> str:
    """That tiles stand in the order of a list and are no map; '' where the place lays them out."""
    if any(area.tile for area in place.areas):
        return ""
    return say("The tiles stand in the order of the list; they do not show where a district lies.")
