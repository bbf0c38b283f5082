"""What does a status mean, and why does this cell carry it? In the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from language.translator import SPOKEN_IN_CODE, Translator


@lru_cache(maxsize=256)
def status_words(status: str, say: Translator) -> str:
    """The standard word for a status code, as in the legend of a table."""
    return {
        "": say("not provisional"),
        "p": say("provisional"),
        "r": say("revised"),
        "e": say("estimated"),
        "b": say("first value after a break"),
        "c": say("withheld to protect people"),
        "x": say("not available"),
        "z": say("not applicable"),
        "u": say("low reliability"),
        "k": say("low, rounds to zero but is not"),
    }[status]


Names = Callable[[str, str], Mapping[str, str]]  # axis ('area' or 'category') and code → its name in every language


def reason_words(
    key: str,
    say: Translator,
    breaks: Sequence = (),
    cells: Sequence[dict] = (),
    names: Names = lambda axis, code: {SPOKEN_IN_CODE: code},
) -> str:
    """A reason key ('unallocated 0.191|break 3') as sentences.

    ``breaks`` and ``cells`` are those of the dataset's card; ``names`` says what its areas and categories are called.
    """
    return say.clauses([_clause(part, say, breaks, cells, names) for part in key.split("|") if part])


def _clause(key: str, say: Translator, breaks: Sequence, cells: Sequence[dict], names: Names) -> str:
    word, _, rest = key.partition(" ")
    if word == "incomplete":
        return _incomplete(rest, say, names)
    if word == "break":
        return say.pick(breaks[int(rest)].reason)
    if word == "cell":
        return say.pick(cells[int(rest)]["reason"])
    if word == "unallocated":
        return say(
            "{share}% of the place's count in this period was not allocated to any area",
            share=f"{float(rest) * 100:.1f}",
        )
    if word == "also":
        return say("also: {status}", status=status_words(rest, say))
    if word == "population":
        return say("residents of {year} used", year=rest)
    return {
        "provisional": say("expected to change with late records"),
        "revised": say("changed since an earlier release"),
        "no_such_category": say("no such category then"),
        "no_such_area": say("no such area then"),
        "not_covered": say("not covered by this dataset"),
        "as_marked": say("marked so by the publisher"),
        "definition_differs": say("the definition differs"),
        "withheld": say("hidden to protect people"),
        "not_published": say("not published"),
        "unfinished": say("the period was not over when these figures were published"),
        "stated_total": say("the publisher's own total: some of its parts are not published"),
        "paused": say("nobody was counted in this period"),
        "not_added_up": say("the publisher's own rates and changes are not added up"),
        "correction": say("below zero: the publisher took back earlier counts"),
        "not_yet_published": say("not yet published"),
        "adjusted": say("seasonally adjusted by this site: an estimate, not a published figure"),
        "season_short": say("fewer than 36 comparable months in a row: no seasonal adjustment"),
        "season_few": say("fewer than five a month on average: no seasonal adjustment"),
        "season_none": say("no season found: not adjusted"),
        "window_break": say("the twelve months span a change of definition"),
        "window_short": say("fewer than twelve comparable months"),
        "index_break": say("after a change of definition: not comparable with the start"),
        "zero_base": say("the start of the index is zero"),
        "zero_denominator": say("nothing to divide by"),
        "no_population": say("no population figure near enough"),
        "too_few_areas": say("too few areas have a figure"),
        "no_figure_before": say("no figure for a year earlier"),
    }[word]


def _incomplete(rest: str, say: Translator, names: Names) -> str:
    """Which areas or categories a sum lacks: 'area 2 camden hackney'."""
    axis, count, *codes = rest.split(" ")
    named, more = [say.pick(names(axis, unquote(code))) for code in codes], int(count) - len(codes)
    if not named and count == "1":
        return say("incomplete: one of its parts is not published")
    if not named:
        return say("incomplete: {count} of its parts are not published", count=count)
    if more:
        return say("incomplete: {names} and {count} more are not published", names=say.joined(named), count=more)
    return say("incomplete: not published for {names}", names=say.joined(named))
