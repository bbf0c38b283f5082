"""How does a checked statement read? Verdicts, reasons and the lines of the arithmetic, in neutral words: what was
published, what was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import isfinite
from typing import Protocol

from language.numbers import decimal, exact, months_between, written_date
from language.translator import Translator


def claim_verdict_words(verdict: str, say: Translator) -> str:
    """The verdict in plain words."""
    return {
        "reproduced": say("adds up"),
        "other_base": say("adds up only with a different comparison period"),
        "does_not_follow": say("does not follow from the published figures"),
        "contradicted": say("another source gives a different figure"),
        "cannot_be_checked": say("cannot be checked"),
    }[verdict]


def verdict_meaning(verdict: str, say: Translator) -> str:
    """What the verdict means, as one sentence."""
    return {
        "reproduced": say("The published numbers give this result, allowing for rounding."),
        "other_base": say("The published numbers give this result only with a different comparison period."),
        "does_not_follow": say("The published numbers give a different result, even allowing for rounding."),
        "contradicted": say("Both speak of the same thing and cannot both be right."),
        "cannot_be_checked": say("The numbers needed to check this were not published."),
    }[verdict]


def base_words(kind: str, start: str, end: str, say: Translator) -> str:
    """What a change is compared with."""
    named = {
        "same_period_last_year": say("the same period a year earlier"),
        "previous_period": say("the period before"),
        "other_days": say("other kinds of day"),
        "not_stated": say("a base that is not stated"),
        "ten_year_average": say("the average of the ten years before"),
    }.get(kind, "")
    if not start:
        return named or say("a base that is not stated")
    days = day_span_words(start, end, say)
    return say("{base} ({days})", base=named, days=days) if named else days


def day_span_words(start: str, end: str, say: Translator) -> str:
    """A stretch of days as short as it can be said: 2019, January to August 2019, 1 January 2018 to 5 June 2018."""
    if not start:
        return say("days not stated")
    if len(start) == len(end) == 7:
        return months_between(start, end, say)
    if len(start) < 10:
        return _from_to(written_date(start, say), written_date(end, say), say)
    after = str(date.fromisoformat(end) + timedelta(days=1))
    if start.endswith("-01-01") and after.endswith("-01-01"):
        return _from_to(written_date(start[:4], say), written_date(end[:4], say), say)
    if start.endswith("-01") and after.endswith("-01"):
        return months_between(start[:7], end[:7], say)
    return _from_to(written_date(start, say), written_date(end, say), say)


def _from_to(first: str, last: str, say: Translator) -> str:
    return first if first == last else say("{first} to {last}", first=first, last=last)


def figure(value: float, unit: str, say: Translator) -> str:
    """1,042, −5.27% or 363.6: with at most two decimals, and only those that are needed."""
    if not isfinite(value):
        return say("any number")
    near = round(value, 2)
    digits = next(n for n in (0, 1, 2) if round(near, n) == near)
    text = decimal(near, say, digits) if digits or unit == "%" else exact(near, say)
    return f"{text}%" if unit == "%" else text


class Step(Protocol):
    """A line of the arithmetic of a check, in numbers. ``low`` and ``high``: what printed rounding allows of the
    ``result``; ``stated``: the figure that was stated, NaN for none."""

    key: str
    numbers: Sequence[float]
    result: float
    low: float
    high: float
    stated: float
    unit: str


def step_words(step: Step, say: Translator) -> str:
    """One line of the arithmetic, with the range that printed rounding allows and the figure that was stated."""
    parts = [_line(step.key, step.numbers, step.result, step.unit, say)]
    kind = "%" if step.key in _PERCENT else ""
    if isfinite(step.low + step.high) and round(step.low, 2) < round(step.high, 2) and step.key != "part_of":
        low, high = (figure(limit, kind, say) for limit in (step.low, step.high))
        parts.append(say("The rounding of the printed figures allows {low} to {high}.", low=low, high=high))
    if isfinite(step.stated) and step.key != "part_of":
        parts.append(say("Stated: {figure}.", figure=figure(step.stated, kind, say)))
    return say.sentences(parts)


_PERCENT = (
    "share",
    "change",
    "change_other_base",
    "percent_change",
    "difference_over_before",
    "difference_over_implied",
    "remainder",
    "successive",
)


def _line(key: str, numbers: Sequence[float], result: float, unit: str, say: Translator) -> str:
    answer = figure(round(result) if key == "implied_before" else result, "%" if key in _PERCENT else "", say)
    if key == "successive":
        return say(
            "One change after another: {changes} make {result}.",
            changes=say.joined([figure(number, "%", say) for number in numbers]),
            result=answer,
        )
    if key == "whole_less_parts":
        parts = [figure(number, "", say) for number in numbers]
        return say("{sum} = {result}.", sum=" − ".join(parts), result=answer)
    if key == "remainder":
        part, long, weight = (figure(number, "%", say) for number in (*numbers[:2], round(numbers[2])))
        words = say(
            (
                "{part} in the first part and {whole} in all leave {result} for the rest, if the first part holds "
                "{weight} of the base."
            ),
            part=part,
            whole=long,
            result=answer,
            weight=weight,
        )
        return words
    if key == "implied_before":
        return say(
            "{now} after a change of {change} would come from about {result}.",
            now=figure(numbers[0], "", say),
            change=figure(numbers[1], "%", say),
            result=answer,
        )
    if key == "count":
        return say("The published series gives {result}.", result=answer)
    first, second = (figure(number, "", say) for number in numbers)
    sums = {
        "difference": say("{one} − {other} = {result}.", one=first, other=second, result=answer),
        "difference_over_before": say("{one} ÷ {other} = {result}.", one=first, other=second, result=answer),
        "difference_over_implied": say(
            "{one} after a change of {other} came from {before}: {result}.",
            one=first,
            other=second,
            before=_less(numbers, say),
            result=answer,
        ),
        "share": say("{one} of {other} is {result}.", one=first, other=second, result=answer),
        "days": say("{one} ÷ {other} a day = {result} days.", one=first, other=second, result=answer),
        "part_of": say("{one} is part of {other}.", one=first, other=second),
    }
    return sums.get(key) or say("{one} compared with {other}: {result}.", one=first, other=second, result=answer)


def _less(numbers: Sequence[float], say: Translator) -> str:
    return figure(numbers[0] - numbers[1], "", say) if len(numbers) == 2 else ""
