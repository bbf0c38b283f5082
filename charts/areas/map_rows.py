"""What a map draws of every area: one row each, with all that a tool tip says of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from charts import theme
from charts.areas.figure_dress import class_dress, compared_words, few, kinds_of
from charts.descriptions import changes_on_year, judged_words, value_words
from language import Translator, reason_words, status_words
from measures.about.statements import names_in
from measures.lines.columns import frame_of
from measures.maps.map import Mapped


def map_rows(
    made: Mapped, names: dict[str, str], chosen: str, say: Translator, *, whole: str = "", apart: Sequence[str] = ()
) -> pd.DataFrame:
    """One row = one area: its fill, its figure in words, and a letter where there is no figure or none recorded; what a
    tool tip says of it, and its ``label`` where it is named.

    ``chosen``: the area to outline and name. ``whole``: the place with its figure, for the tool tips; ``apart``: the
    areas that stand apart from the rest, which are named too. No area is named because its figure is the highest or the
    lowest.
    """
    named = {chosen, *apart, *_apart(made)}
    figures = few(made)
    table, card = made.columns, made.measure.sources[0]
    told = [value_words(made.measure, value, say) for value in table["value"]]
    dress = [
        theme.KINDS[kind] if kind else class_dress(class_, differing=made.funnel is not None)
        for kind, class_ in zip(kinds_of(made), table["class_"], strict=True)
    ]
    marks = [
        " · ".join(
            text
            for text in (
                words,
                status_words(status, say) if status else "",
                reason_words(reason, say, card.breaks, card.cells, names_in(card, made.measure.place)),
            )
            if text
        )
        for words, status, reason in zip(compared_words(made, say), table["status"], table["reason"], strict=True)
    ]
    return frame_of(
        {
            "id": table["area"],
            "name": [names[area] for area in table["area"]],
            "v": table["value"].round(4),
            "fill": [fill for fill, _, _ in dress],
            "ink": [ink for _, _, ink in dress],
            "what": told,
            "letter": [letter for _, letter, _ in dress],
            "mark": marks,
            "change": _change_words(made, say),
            "whole": [whole] * len(told),
            "label": [
                f"{names[area]} {words}" if figures and np.isfinite(value) else names[area] * (area in named)
                for area, value, words in zip(table["area"], table["value"], told, strict=True)
            ],
            "line": [
                theme.INK if area == chosen else theme.EDGE if fill == theme.PAPER else theme.PAPER
                for area, (fill, _, _) in zip(table["area"], dress, strict=True)
            ],
            "wide": [3.0 if area == chosen else 0.75 for area in table["area"]],
        }
    )


def _apart(made: Mapped) -> list[str]:
    """The areas that the funnel of the map puts beyond its limits."""
    return list(made.columns["area"][np.isin(made.columns["class_"], (0, 1, 3, 4))]) if made.funnel else []


def _change_words(made: Mapped, say: Translator) -> list[str]:
    """The change of each area on a year before, and its verdict."""
    table = made.columns
    judged = [judged_words(*pair, say) for pair in zip(table["verdict"], table["why"], strict=True)]
    changes = changes_on_year(table, made.measure.query.view, say)
    return [" · ".join(part for part in pair if part) for pair in zip(changes, judged, strict=True)]
