"""May two published statements be compared? They are known only by what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from language import LANGUAGES
from measures.claims.collection import statements
from measures.comparability.aspects import Difference
from measures.comparability.figure import Figure
from measures.store.shelf import Shelf


def compare_statements(figure: Figure, other: Figure, place: str, shelf: Shelf) -> Iterator[Difference]:
    """What stands in the way of comparing two statements; ``view`` is the kind of each, ``first`` and ``last`` its
    days."""
    rows = [_statement(side, place, shelf) for side in (figure, other)]
    for side, row in zip((figure, other), rows, strict=True):
        if row is None:
            yield Difference(
                "coverage", "decline", "no_figure", {"area": side.area, "period": side.last, "view": side.view}
            )
    if None in rows:
        return
    if figure.category != other.category:
        yield Difference("definition", "separate", "other_measure", {"measures": (figure.category, other.category)})
    if any(rows[0][key] != rows[1][key] for key in ("unit", "kind")):
        yield Difference("unit", "separate", "units_differ", {"views": (figure.view, other.view)})
    meant = shelf.cards[shelf.measures[figure.measure].dataset].readings.get("bases", {})
    bases = [_base(row["compared_with"], meant) for row in rows]
    if bases[0] != bases[1]:
        yield Difference(
            "base_period",
            "decline",
            "other_base",
            {"bases": tuple({code: row[f"compared_with_{code}"] for code in LANGUAGES} for row in rows)},
        )
    if len({(row["start"][5:], row["end"][5:], int(row["end"][:4]) - int(row["start"][:4])) for row in rows}) > 1:
        yield Difference("period_length", "decline", "other_months")
    if figure.area != other.area and {row["kind"] for row in rows} == {"count"}:
        yield Difference("geography", "say", "sizes_differ")


def _statement(side: Figure, place: str, shelf: Shelf) -> dict | None:
    """The first statement of the kind about the area and the days; None when nobody made one."""
    frame = statements(shelf, shelf.measures[side.measure].dataset, place, side.category).table
    own = frame[
        (frame["area"] == side.area)
        & (frame["kind"] == side.view)
        & (frame["start"] == side.first)
        & (frame["end"] == side.last)
    ]
    own = own[np.isfinite(own["number"])]
    return own.iloc[0].to_dict() if len(own) else None


def _base(spelt: str, meant: dict[str, str]) -> str:
    """What a statement is compared with: the card's reading where that names one base, else the words as they were
    stated."""
    base = meant.get(spelt, spelt)
    return spelt if base == "other_days" else base
