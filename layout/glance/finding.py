"""What was found for a place or an area, in one line: never more than its verdicts say."""

from __future__ import annotations

from collections.abc import Sequence

from language import Translator
from layout.frame.reader import Reader
from layout.glance.told import Change

MOST = 3  # names in a clause
CLEAR = ("fall", "rise")


def finding(where: str, changes: Sequence[Change], reader: Reader) -> str:
    """'London: theft and burglary fell; weapons offences rose': clear changes alone, and that there is none otherwise.

    A total speaks where none of its parts changed clearly.
    """
    say = reader.say
    parts, totals = [one for one in changes if not one.total], [one for one in changes if one.total]
    told = next((some for some in (parts, totals) if any(one.facts.verdict in CLEAR for one in some)), [])
    clauses = [
        _clause(verdict, [within(one.name(reader)) for one in told if one.facts.verdict == verdict], say)
        for verdict in CLEAR
    ]
    if any(clauses):
        return say("{area}: {words}", area=where, words=say.clauses([text for text in clauses if text]))
    judged = [one for one in changes if one.facts.tested]
    if len(judged) == 1:
        return say("{area}: no clear change in {what}", area=where, what=within(judged[0].name(reader)))
    if judged:
        return say("{area}: no clear change in any of {count} series", area=where, count=len(judged))
    if changes:
        return say("{area}: no change can be judged yet", area=where)
    return say("{area}: public safety figures", area=where)


def _clause(verdict: str, names: list[str], say: Translator) -> str:
    if not names:
        return ""
    more = len(names) - MOST
    listed = say("{names} and {count} more", names=say.joined(names[:MOST]), count=more) if more > 0 else ""
    words = listed or say.joined(names)
    return (
        say("{categories} fell", categories=words) if verdict == "fall" else say("{categories} rose", categories=words)
    )


def within(name: str) -> str:
    """A category's name as it stands within a sentence: without its capital, unless more letters are capital."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
