"""How an area looks by its figure: fill, letter and ink of a class, or of the kind of no figure."""

from __future__ import annotations

import numpy as np

from charts import theme
from language import Translator
from language.differing import differs_words
from measures.maps.funnel import CLASSES
from measures.maps.map import Mapped

FEWEST = 6  # areas with a figure that are worth a key of classes


def few(made: Mapped) -> bool:
    """Are there so few figures that each is written on the map, and classes would say nothing?"""
    return 0 < int(np.isfinite(made.columns["value"]).sum()) < FEWEST


def no_figure_kind(value: float, status: str, reason: str) -> str:
    """Which kind of no figure, or a true zero, an area shows; '' for a figure that has a class."""
    if status == "c":
        return "withheld"
    if status == "z":
        return "no_such_area" if "no_such_area" in reason else "not_applicable"
    if status == "x" or not np.isfinite(value):
        return next((kind for kind in ("not_yet_published", "not_covered") if kind in reason), "not_published")
    return "zero" if value == 0 else ""


def class_dress(class_: int, *, differing: bool = False) -> tuple[str, str, str]:
    """Fill, letter and ink of a class; the dark classes are written on in white. Lower and higher carry their sign
    too.
    """
    if differing:
        return (
            theme.DIFFERS[class_],
            theme.DIFFERS_SIGNS[class_],
            theme.LIGHTEST_INK if class_ in (0, 4) else theme.DARKEST_INK,
        )
    return theme.SEQUENTIAL[max(class_, 0)], "", theme.ON_HIGH if class_ >= 3 else theme.ON_LOW


def kinds_of(made: Mapped) -> list[str]:
    """The kind of every row of a map's table. Compared with each other, a zero has its class like any figure, or none
    may be said.
    """
    table = made.columns
    kinds = [
        no_figure_kind(value, status, reason)
        for value, status, reason in zip(table["value"], table["status"], table["reason"], strict=True)
    ]
    if made.funnel is None:
        return kinds
    return [
        ("" if class_ >= 0 else "cannot_say") if kind in ("", "zero") else kind
        for kind, class_ in zip(kinds, table["class_"], strict=True)
    ]


def compared_words(made: Mapped, say: Translator) -> list[str]:
    """How every area compares with the rest, in words; empty words on a map that does not compare."""
    classes = made.columns["class_"] if made.funnel else [-1] * len(made.columns["area"])
    return [differs_words(CLASSES[class_] if class_ >= 0 else "", say) for class_ in classes]
