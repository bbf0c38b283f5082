"""Where is it higher or lower? A choropleth of rates, proportional symbols for counts, and tiles of one size each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from charts import theme
from charts.areas.map_specs import choropleth_spec, symbol_spec, tile_spec, tiles_of
from charts.beside.funnel import outside_words
from charts.descriptions import changes_on_year, judged_words, value_words, verdict_counts
from charts.picture import Picture
from language import Translator, period_name, reason_words, status_words
from language.differing import differs_words
from loaders import Place
from measures.about.statements import names_in
from measures.figures.units import unit_words
from measures.lines.columns import frame_of
from measures.maps.funnel import CLASSES
from measures.maps.map import Mapped

LONG = 8  # letters of a name that stands in two lines of a tile
FEWEST = 6  # areas with a figure that are worth a key of classes


def pictures(
    made: Mapped, rows: pd.DataFrame, names: dict[str, str], geometry: str, short: dict[str, str], say: Translator
) -> tuple[Picture | None, Picture | None, str]:
    """The map and the tile map of the same figures, with the same colours, classes and words.

    ``rows``: those of ``map_rows``. ``geometry``: relative address of the boundaries ('' = there are none, and no map).
    Rates fill the areas; counts are circles whose area is the count. A place without boundaries or areas has None
    there;
    the words are given in any case.
    """
    words = describe_map(made, names, say)
    counted = made.measure.counted
    spec = (symbol_spec if counted else choropleth_spec)(say.code, geometry)
    tiles = _tiled(_with_sizes(rows) if counted else rows, made.measure.place, short, say)
    drawn = rows if counted else rows.drop(columns="v")
    mapped_picture = Picture(spec, {"rows": drawn}, words) if geometry else None
    return mapped_picture, (Picture(*tiles, words) if tiles else None), words


def _with_sizes(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of counts: how large the square of a figure is, on a tile of no colour."""
    figures = (rows["letter"] == "").to_numpy()
    return rows.assign(
        size=np.nan_to_num(np.where(figures, rows["v"], 0.0)),
        fill=np.where(figures, theme.PANEL, rows["fill"]),
        ink=np.where(figures, theme.INK, rows["ink"]),
    )


def _tiled(
    rows: pd.DataFrame, place: Place, short: dict[str, str], say: Translator
) -> tuple[dict, dict[str, pd.DataFrame]] | None:
    """Spec and rows of the tile map; None for a place without areas."""
    spots = tiles_of(place)
    if not spots:
        return None
    inside = [number for number, code in enumerate(rows["id"]) if code in spots]
    columns = {name: column.to_numpy()[inside] for name, column in rows.items() if name != "v"}
    codes, signs = columns["id"], {sign for sign in theme.DIFFERS_SIGNS if sign}
    columns |= {
        # a tile has room for its figure too
        "letter": [
            f"{what} {letter}" if letter in signs else letter
            for what, letter in zip(columns["what"], columns["letter"], strict=True)
        ],
        "row": [spots[code][0] for code in codes],
        "col": [spots[code][1] for code in codes],
        "short": [_two_lines(short[code]) for code in codes],
    }
    return tile_spec(say.code, max(row for row, _ in spots.values()) + 1), {"rows": frame_of(columns)}


def _two_lines(name: str) -> str:
    """A long name broken at the space nearest to its middle."""
    spaces = [number for number, letter in enumerate(name) if letter == " "]
    if len(name) < LONG or not spaces:
        return name
    middle = min(spaces, key=lambda number: abs(number - len(name) / 2))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


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
            "line": [theme.INK if area == chosen else theme.PAPER for area in table["area"]],
            "wide": [3.0 if area == chosen else 0.75 for area in table["area"]],
        }
    )


def few(made: Mapped) -> bool:
    """Are there so few figures that each is written on the map, and classes would say nothing?"""
    return 0 < int(np.isfinite(made.columns["value"]).sum()) < FEWEST


def _apart(made: Mapped) -> list[str]:
    """The areas that the funnel of the map puts beyond its limits."""
    return list(made.columns["area"][np.isin(made.columns["class_"], (0, 1, 3, 4))]) if made.funnel else []


def _change_words(made: Mapped, say: Translator) -> list[str]:
    """The change of each area on a year before, and its verdict."""
    table = made.columns
    judged = [judged_words(*pair, say) for pair in zip(table["verdict"], table["why"], strict=True)]
    changes = changes_on_year(table, made.measure.query.view, say)
    return [" · ".join(part for part in pair if part) for pair in zip(changes, judged, strict=True)]


def no_figure_kind(value: float, status: str, reason: str) -> str:
    """Which kind of no figure, or a true zero, an area shows; '' for a figure that has a class."""
    if status == "c":
        return "withheld"
    if status == "z":
        return "no_such_area" if "no_such_area" in reason else "not_applicable"
    if status == "x" or not np.isfinite(value):
        return "not_yet_published" if "not_yet_published" in reason else "not_published"
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


def describe_map(made: Mapped, names: dict[str, str], say: Translator) -> str:
    """Between which figures the areas lie, the middle one, and how many areas have none; no area is named first or
    last."""
    values = made.columns["value"]
    known = values[np.isfinite(values)]
    head = say(
        "Map. {title}, {unit}, {period}.",
        title=say.pick(made.measure.card.title),
        unit=unit_words(made.measure, say),
        period=period_name(made.period, say, made.measure.query.view),
    )
    if not len(known):
        return say.sentences([head, say("No area has a figure.")])
    if made.funnel:
        return say.sentences([head, *outside_words(made.funnel, names, say)])
    low, middle, high = np.quantile(known, (0, 0.5, 1))
    body = say(
        ("From {low} to {high}, the middle one of {count} areas {middle}; areas without a figure: {missing}."),
        low=value_words(made.measure, low, say),
        high=value_words(made.measure, high, say),
        middle=value_words(made.measure, middle, say),
        count=len(known),
        missing=len(values) - len(known),
    )
    return say.sentences([head, body, verdict_counts(made.measure, say)])
