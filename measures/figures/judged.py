"""How is each change judged: with its two figures linked over releases, and at both ends of what may still come in?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from measures.figures.change_verdict import Grounds, judged_change, verdict_of_change
from measures.figures.fresh import still_moving
from measures.figures.linked import APART, RATIO, Links
from measures.inference.fluctuation import Fluctuation
from measures.lines.line import finals
from measures.lines.scope import Scope
from measures.lines.year_before import Pair

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


def grounds_of(scope: Scope, noise: Fluctuation, days: np.ndarray) -> Grounds:
    """By what the figures of a scope are judged, one area behind the other; ``days`` as in ``Grounds``."""
    card = scope.card
    return Grounds(
        view=scope.query.view,
        per=card.rate.get("per", 1),
        tested=card.judges(scope.query.view),
        factor=noise.factor.ravel(),
        df=noise.df.ravel(),
        days=days,
        chance=card.limits == "chance",
    )


def judged(grounds: Grounds, pair: Pair, links: Links, scope: Scope) -> Columns:
    """The columns of ``verdict_of_change`` of the figures of ``pair``, and those that tell of releases and late
    records.

    ``crosses``: the two are of releases that nothing links; ``link``: what the figure before is multiplied by beside
    the figure now; ``link_how``, ``link_months``, ``link_more``, ``link_release`` as in ``Links``; ``late``: the
    verdict of a provisional figure, the same at both ends of the usual revision.
    """
    moving = still_moving(scope.query, scope.shelf, scope.shown).reshape(2, -1)
    late = (pair.why == "provisional") & (moving != 0).any(axis=0) & finals(pair.before.statuses, pair.before.reasons)
    apart = {
        name: np.where(np.isfinite(own := getattr(links, name).ravel()), own, getattr(pair, name))
        for name in ("apart", "apart_before")
    }
    link = (links.before / links.now).ravel()
    grounds = replace(grounds, link=link, spread=links.spread.ravel(), **apart)
    columns = verdict_of_change(grounds, pair.now, pair.before, np.where(late, "", pair.why))
    _refuse(columns, _too_far(columns, links, grounds), "releases")
    _at_both_ends(columns, grounds, pair, moving)
    return columns | _of_links(links, link) | {"late": late & (columns["why"] == "")}


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


def _too_far(columns: Columns, links: Links, grounds: Grounds) -> np.ndarray:
    """Is the ratio that links two releases larger than half the width of the limits? Then it would decide the
    verdict."""
    with np.errstate(invalid="ignore", divide="ignore"):
        half = (np.log1p(columns["change_high"]) - np.log1p(columns["change_low"])) / 2
        return (links.how.ravel() == RATIO) & (columns["why"] == "") & (np.abs(np.log(grounds.link)) > half)


def _at_both_ends(columns: Columns, grounds: Grounds, pair: Pair, moving: np.ndarray) -> None:
    """A verdict stands only where it is the same at both ends of the usual revision."""
    rows = np.flatnonzero((moving != 0).any(axis=0) & (columns["why"] == ""))
    if not len(rows):
        return
    now, before = (line.mapped(lambda values: values[rows]) for line in (pair.now, pair.before))
    shape = len(columns["why"])
    differs = np.zeros(shape, dtype=bool)
    parts = {name: np.broadcast_to(getattr(grounds, name), shape)[rows] for name in _OF_EACH}
    for end in moving[:, rows]:
        revised = replace(grounds, **parts | {"link": parts["link"] / (1 + end)})
        verdict, *_ = judged_change(revised, now, before, np.full(len(rows), "", object))
        differs[rows] |= verdict != columns["verdict"][rows]
    _refuse(columns, differs, "late")


def _refuse(columns: Columns, where: np.ndarray, why: str) -> None:
    for name in ("change_low", "change_high", "p"):
        columns[name][where] = np.nan
    columns["why"][where], columns["verdict"][where] = why, "cannot_say"
