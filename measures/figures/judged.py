"""How is each change judged: with its two figures linked over releases, and at both ends of what may still come in?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from measures.figures.change_verdict import Grounds, verdict_of_change
from measures.figures.fresh import still_moving
from measures.figures.line import Line
from measures.figures.linked import APART, RATIO, Links, links_of

Columns = dict[str, np.ndarray]
_OF_EACH = (
    "factor",
    "df",
    "days",
    "apart",
    "apart_before",
    "link",
    "spread",
)  # of the grounds, a value for each figure


def judged(grounds: Grounds, now: Line, before: Line, why: np.ndarray, asked: tuple) -> Columns:
    """The columns of ``verdict_of_change`` and those that tell of releases and late records; ``asked``: query, shelf and
    the periods shown.

    ``crosses``: the two are of releases that nothing links; ``link``: what the figure before is multiplied by beside
    the figure now; ``link_how``, ``link_months``, ``link_more``, ``link_release`` as in ``Links``; ``late``: the verdict
    of a provisional figure, the same at both ends of the usual revision.
    """
    query, shelf, shown = asked
    links = links_of(query, shelf, shown)
    moving = still_moving(query, shelf, shown).reshape(2, -1)
    late = (why == "provisional") & (moving != 0).any(axis=0)
    why = np.where(late, "", why)
    link = (links.before / links.now).ravel()
    apart = {
        name: np.where(np.isfinite(own := getattr(links, name).ravel()), own, getattr(grounds, name))
        for name in ("apart", "apart_before")
    }
    grounds = replace(grounds, link=link, spread=links.spread.ravel(), **apart)
    found = verdict_of_change(grounds, now, before, why)
    _refuse(found, _too_far(found, links, grounds), "releases")
    _at_both_ends(found, grounds, now, before, moving)
    return found | _of_links(links, link) | {"late": late & (found["why"] == "")}


def _of_links(links: Links, link: np.ndarray) -> Columns:
    return {
        "crosses": (links.how == APART).ravel(),
        "link": link,
        "link_spread": links.spread.ravel(),
        "link_how": links.how.ravel(),
        "link_months": links.months.ravel(),
        "link_more": links.more.ravel(),
        "link_release": links.release.ravel(),
    }


def _too_far(found: Columns, links: Links, grounds: Grounds) -> np.ndarray:
    """Is the ratio that links two releases larger than half the width of the limits? Then it would decide the verdict."""
    with np.errstate(invalid="ignore", divide="ignore"):
        half = (np.log1p(found["change_high"]) - np.log1p(found["change_low"])) / 2
        return (links.how.ravel() == RATIO) & (found["why"] == "") & (np.abs(np.log(grounds.link)) > half)


def _at_both_ends(found: Columns, grounds: Grounds, now: Line, before: Line, moving: np.ndarray) -> None:
    """A verdict stands only where it is the same at both ends of the usual revision."""
    rows = np.flatnonzero((moving != 0).any(axis=0) & (found["why"] == ""))
    if not len(rows):
        return
    lines = [line.mapped(lambda one: one[rows]) for line in (now, before)]
    other = np.zeros(len(found["why"]), dtype=bool)
    for end in moving[:, rows]:
        shape = len(found["why"])
        parts = {name: np.broadcast_to(getattr(grounds, name), shape)[rows] for name in _OF_EACH}
        there = replace(grounds, **parts | {"link": parts["link"] / (1 + end)})
        verdict = verdict_of_change(there, *lines, np.full(len(rows), "", object))["verdict"]
        other[rows] |= verdict != found["verdict"][rows]
    _refuse(found, other, "late")


def _refuse(found: Columns, where: np.ndarray, why: str) -> None:
    for name in ("change_low", "change_high", "p"):
        found[name][where] = np.nan
    found["why"][where], found["verdict"][where] = why, "cannot_say"
