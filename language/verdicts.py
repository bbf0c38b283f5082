"""Is the change real? The word, the arrow and the reason of a verdict; every page, chart, table and file takes them
from here."""

from __future__ import annotations

from functools import lru_cache

from language.translator import Translator

VERDICTS = ("rise", "fall", "no_clear_change", "cannot_say")
# an arrow stands for the tested change, never for the last step; the map's three words have none of their own
ARROWS = {
    "rise": "▲",
    "fall": "▼",
    "no_clear_change": "●",
    "cannot_say": "–",
    "higher": "▲",
    "lower": "▼",
    "within": "●",
}


@lru_cache(maxsize=64)
def verdict_word(key: str, say: Translator) -> str:
    """The word of a verdict alone: 'rise' / 上升."""
    return {
        "rise": say("rise"),
        "fall": say("fall"),
        "no_clear_change": say("no clear change"),
        "cannot_say": say("cannot say"),
        "higher": say("higher"),
        "lower": say("lower"),
        "within": say("within the usual range"),
    }[key]


def verdict_words(key: str, say: Translator) -> str:
    """The arrow with its word, for cards, tables and tool tips: '▲ rise'. Neither stands alone."""
    return f"{ARROWS[key]} {verdict_word(key, say)}"


def verdict_class(key: str) -> str:
    """The class of the style sheet: ink for a tested change, muted for none; never red or green."""
    return "clear" if key in ("rise", "fall", "higher", "lower") else "unclear"


@lru_cache(maxsize=128)
def why_words(why: str, say: Translator) -> str:
    """Why no verdict is given, as a clause without its full stop; '' for no reason."""
    return {
        "": "",
        "provisional": say("the newest figures are provisional and will still change"),
        "late": say("late records could still turn the answer, so it cannot be said yet"),
        "releases": say("the two figures are of releases that differ too much"),
        "counting": say("the way of counting changed in these years"),
        "withheld": say("a figure is withheld to protect people"),
        "no_figure_before": say("there is no figure for a year earlier"),
        "window_break": say("what is counted changed in between"),
        "no_population": say("there is no population figure near enough"),
        "zero_denominator": say("there is no figure above zero to compare with"),
        "unallocated": say("it depends on the counts that were allocated to no area"),
        "not_applicable": say("no such category or area existed then"),
        "too_few_periods": say("there are fewer than five comparable periods of equal length"),
        "too_short": say("the series is too short to know its usual ups and downs"),
        "population_basis": say("the populations of the two years stand on different bases"),
        "no_figure": say("there is no figure"),
        "none": say("there were none in either period"),
        "estimated": say("a figure is estimated"),
        "unreliable": say("a figure is of low reliability"),
        "no_test": say("no test is made of figures of this kind"),
    }[why]
