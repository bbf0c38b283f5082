"""Where is it higher or lower? A choropleth of rates, proportional symbols for counts, and tiles of one size each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from charts import theme
from charts.areas.map_rows import map_rows
from charts.areas.map_specs import choropleth_spec, symbol_spec, tile_spec, tiles_of
from charts.beside.funnel import outside_words
from charts.descriptions import value_words, verdict_counts
from charts.picture import Picture
from language import Translator, period_name
from loaders import Place
from measures.figures.units import unit_words
from measures.maps.map import Mapped

LONG = 8  # letters of a name that stands in two lines of a tile


def pictures(
    made: Mapped,
    names: dict[str, str],
    geometry: str,
    chosen: str,
    short: dict[str, str],
    say: Translator,
    *,
    whole: str = "",
    apart: Sequence[str] = (),
) -> tuple[Picture | None, Picture | None, str]:
    """The map and the tile map of the same figures, with the same colours, classes and words.

    ``geometry``: relative address of the boundaries ('' = there are none, and no map). ``chosen``: the area to outline
    and name. ``whole``: the place with its figure, for the tool tips; ``apart``: the areas that stand apart from the
    rest, which are named too. No area is named because its figure is the highest or the lowest.
    Rates fill the areas; counts are circles whose area is the count. A place without boundaries or areas has None
    there;
    the words are given in any case.
    """
    rows = map_rows(made, names, chosen, say, whole=whole, apart=apart)
    words = describe_map(made, names, say)
    counted = made.measure.counted
    spec = (symbol_spec if counted else choropleth_spec)(say.code, geometry)
    tiled = rows
    if counted:
        figures = rows["letter"] == ""
        tiled = rows.assign(size=rows["v"].where(figures, 0.0).fillna(0.0))
        tiled = tiled.assign(
            fill=np.where(figures, theme.PANEL, tiled["fill"]), ink=np.where(figures, theme.INK, tiled["ink"])
        )
    tiles = _tiled(tiled.drop(columns="v"), made.measure.place, short, say)
    drawn = rows if counted else rows.drop(columns="v")
    mapped_picture = Picture(spec, {"rows": drawn}, words) if geometry else None
    return mapped_picture, (Picture(*tiles, words) if tiles else None), words


def _tiled(
    rows: pd.DataFrame, place: Place, short: dict[str, str], say: Translator
) -> tuple[dict, dict[str, pd.DataFrame]] | None:
    """Spec and rows of the tile map; None for a place without areas."""
    spots = tiles_of(place)
    if not spots:
        return None
    rows = rows[rows["id"].isin(spots)].copy()
    signs = rows["letter"].isin([sign for sign in theme.DIFFERS_SIGNS if sign])
    rows["letter"] = np.where(
        signs, rows["what"] + " " + rows["letter"].astype(str), rows["letter"]
    )  # a tile has room for its figure too
    rows["row"] = [spots[code][0] for code in rows["id"]]
    rows["col"] = [spots[code][1] for code in rows["id"]]
    rows["short"] = [_two_lines(short[code]) for code in rows["id"]]
    return tile_spec(say.code, max(row for row, _ in spots.values()) + 1), {"rows": rows}


def _two_lines(name: str) -> str:
    """A long name broken at the space nearest to its middle."""
    spaces = [number for number, letter in enumerate(name) if letter == " "]
    if len(name) < LONG or not spaces:
        return name
    middle = min(spaces, key=lambda number: abs(number - len(name) / 2))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def describe_map(made: Mapped, names: dict[str, str], say: Translator) -> str:
    """Between which figures the areas lie, the middle one, and how many areas have none; no area is named first or
    last."""
    table = made.table
    known = table[np.isfinite(table["value"])]
    head = say(
        "Map. {title}, {unit}, {period}.",
        title=say.pick(made.measure.card.title),
        unit=unit_words(made.measure, say),
        period=period_name(made.period, say, made.measure.query.view),
    )
    if known.empty:
        return say.sentences([head, say("No area has a figure.")])
    if made.funnel:
        return say.sentences([head, *outside_words(made.funnel, names, say)])
    low, middle, high = (known["value"].quantile(part) for part in (0, 0.5, 1))
    body = say(
        ("From {low} to {high}, the middle one of {count} areas {middle}; areas without a figure: {missing}."),
        low=value_words(made.measure, low, say),
        high=value_words(made.measure, high, say),
        middle=value_words(made.measure, middle, say),
        count=len(known),
        missing=len(table) - len(known),
    )
    return say.sentences([head, body, verdict_counts(made.measure, say)])
