"""Why was a statement judged so, and what would have to be published? One sentence for every key of a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from language.claims import base_words, day_span_words, figure
from language.numbers import decimal
from language.translator import Translator


def claim_reason(
    key: str, places: Mapping, say: Translator, others: Sequence[str] = (), events: Sequence[str] = ()
) -> str:
    """A reason as a sentence. ``others``: who published the other figures, with what they printed; ``events``: names of
    the events of the card."""
    publishers = say.joined(list(others))
    if key in _PLAIN:
        return _plain(key, publishers, say)
    if key in _NUMBERS:
        return _numbers(key, places, say)
    if key == "event":
        return _event(events[places["event"]], places["now"], places["before"], say)
    if key in ("chain_possible", "chain_turns", "not_same_scope_or_not_both"):
        return _chain(key, places, publishers, say)
    if key in ("base_chain_possible", "base_chain_impossible"):
        return _base_chain(key, places, publishers, say)
    if key == "base":
        return say(
            "Compared with {base}, not with the same period a year earlier.",
            base=base_words(places["kind"], places["start"], places["end"], say),
        )
    if key == "bound":
        return {
            "at_least": say("The words around the figure say that it is a lower bound."),
            "at_most": say("The words around the figure say “nearly”."),
            "about": say("The words around the figure say “about”."),
        }[places["bound"]]
    return _of_series(key, places, say)


def _event(name: str, now: bool, before: bool, say: Translator) -> str:
    """Which of the two compared periods holds it?"""
    if now and before:
        return say("Both the period and the comparison period include {event}.", event=name)
    return (
        say("The period includes {event}; the comparison period does not.", event=name)
        if now
        else say("The comparison period includes {event}; the period does not.", event=name)
    )


_PLAIN = (
    "table",
    "agrees_with",
    "differs_from",
    "cannot_all_be_true",
    "text_disagrees",
    "words_only",
    "target",
    "single_figure",
    "scope_not_stated",
    "period_not_stated",
    "no_whole_counts",
    "before_only_implied",
    "base_is_zero",
    "no_base",
)


def _plain(key: str, others: str, say: Translator) -> str:
    return {
        "table": say("Held against the published table “{others}”.", others=others),
        "agrees_with": say("The same figure was also published by: {others}.", others=others),
        "differs_from": say(
            "For the same thing and the same days, another figure was published by: {others}.", others=others
        ),
        "cannot_all_be_true": say("It cannot be true together with: {others}.", others=others),
        "text_disagrees": say("Other figures of the same text do not fit together."),
        "words_only": say("It is stated in words, or as something that is not counted; there is nothing to work out."),
        "target": say("It is a target, not a result."),
        "single_figure": say("No other published figure bears on it."),
        "scope_not_stated": say("The source does not say what exactly is counted."),
        "period_not_stated": say("The source does not say which days are meant."),
        "no_whole_counts": say(
            "No whole count before would give this change together with the published count: {others}.", others=others
        ),
        "before_only_implied": say(
            "The count before was not published; it can only be inferred from the change itself."
        ),
        "base_is_zero": say("The base is zero, so no percentage can be worked out."),
        "no_base": say(
            "No comparable figure of the base was published: the definition changed, or the series begins later."
        ),
    }[key]


_NUMBERS = ("days_differ", "whole_counts_exist", "small_base", "clear", "chance")


def _numbers(key: str, places: Mapping, say: Translator) -> str:
    figures = {name: figure(value, "", say) for name, value in places.items() if isinstance(value, int | float)}
    if key == "days_differ":
        return say("The two periods are not equally long: {now} and {before} days.", **figures)
    if key == "whole_counts_exist":
        return say(
            (
                "The counts behind the percentage are small; {pairs} pairs of whole counts would give it. They are not "
                "worked out here."
            ),
            **figures,
        )
    if key == "small_base":
        return say("The base is small: {before} before, {now} now. Counts say more than a percentage.", **figures)
    limits = {name: figure(round(places[name], 1), "%", say) for name in ("low", "high")}
    if key == "clear":
        return say(
            ("The change is larger than chance alone would explain (95% confidence interval {low} to {high})."),
            **limits,
        )
    return say(
        "The change could be due to chance (95% confidence interval {low} to {high}).",
        p=decimal(places["p"], say, 2),
        **limits,
    )


def _chain(key: str, places: Mapping, others: str, say: Translator) -> str:
    rest = figure(round(places["rest"], 1), "%", say)
    if key == "chain_possible":
        head = say(
            "Together with {others} it is possible: the rest of the period would have changed by about {rest}.",
            others=others,
            rest=rest,
        )
    else:
        head = say(
            "Together with {others} the rest of the period would have had to go the other way, by about {rest}.",
            others=others,
            rest=rest,
        )
    if key == "not_same_scope_or_not_both":
        return say.sentences([head, say("Either the two do not count the same thing, or they do not both hold.")])
    return head if places["same_scope"] else say.sentences([head, _scopes(say)])


def _base_chain(key: str, places: Mapping, others: str, say: Translator) -> str:
    if key == "base_chain_possible":
        head = say("It is possible together with the changes stated for its base: {others}.", others=others)
    else:
        head = say(
            (
                "If they counted the same thing, it could not be true together with the changes stated for its base: "
                "{others}."
            ),
            others=others,
        )
    return head if places["same_scope"] else say.sentences([head, _scopes(say)])


def _scopes(say: Translator) -> str:
    return say("The sources do not show that they count the same thing.")


def _of_series(key: str, places: Mapping, say: Translator) -> str:
    span = day_span_words(places["first"], places["last"], say) if "first" in places else ""
    if key in ("base_in_range", "base_outside_range"):
        figures = {name: figure(round(places[name]), "", say) for name in ("base", "low", "high", "years")}
        off = figure(round(abs(places["off"])), "%", say)
        inside = say(
            "In the {years} years before, the same period had {low} to {high}; the base, {base}, lies within that.",
            **figures,
        )
        outside = say(
            "In the {years} years before, the same period had {low} to {high}; the base, {base}, lies outside that.",
            **figures,
        )
        beneath = say("The base was itself {off} below the average of those years.", off=off)
        above = say("The base was itself {off} above the average of those years.", off=off)
        return say.sentences([inside if key == "base_in_range" else outside, beneath if places["off"] < 0 else above])
    return {
        "provisional": say("Figures of {span} are provisional.", span=span),
        "unallocated": say("A large part of the counts of {span} was not allocated to any area.", span=span),
        "withheld": say("Figures of {span} are withheld to protect people.", span=span),
        "not_in_series": say("The series has no figure for {span}.", span=span),
        "several_releases": say("The two periods draw on different releases of the series."),
    }[key]


def needed_words(key: str, places: Mapping, say: Translator) -> str:
    """What would have to be published to check a claim."""
    span = day_span_words(places.get("start", ""), places.get("end", ""), say)
    return {
        "count": say("the count of {span}", span=span),
        "count_now": say("the counts of the period itself"),
        "count_before": say("comparable counts of the base"),
        "part_and_whole": say("the number counted and the number it is a share of, for {span}", span=span),
        "count_and_population": say("the count and the population behind it, for {span}", span=span),
        "survey": say("the survey behind it: questions, answers and how many were asked"),
        "table": say("the table that the figure comes from, for {span}", span=span),
        "figure": say("a figure, with what is counted and which days"),
        "scope": say("what exactly is counted"),
        "result": say("the result, to compare with the target"),
    }[key]
