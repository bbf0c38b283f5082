"""What was found for a place or an area, in one line: never more than its verdicts say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from language.findings.facts import SeveralFacts
from language.findings.page import several_finding
from layout.frame.reader import Reader
from layout.glance.told import Change

CLEAR = ("fall", "rise")


def finding(where: Mapping[str, str], changes: Sequence[Change], reader: Reader) -> str:
    """'London: theft and burglary fell, weapons offences rose'; that none changed clearly otherwise.

    A total speaks where none of its parts changed clearly. ``where``: the area's name in all languages.
    """
    say = reader.say
    if not changes:
        return say("{area}: public safety figures", area=say.pick(where))
    sides = ([one for one in changes if not one.total], [one for one in changes if one.total])
    told = next((some for some in sides if any(one.facts.verdict in CLEAR for one in some)), changes)
    return several_finding(SeveralFacts(dict(where), tuple(one.facts for one in told)), say).headline
