"""Where is it higher or lower? A choropleth of rates, proportional symbols for counts, and tiles of one size each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts import theme
from charts.areas.map_specs import choropleth_spec, symbol_spec, tile_spec, tiles_of
from charts.beside.funnel import outside_words
from charts.descriptions import value_words, verdict_counts
from charts.picture import Picture
from language import Translator, period_name
from loaders import Place
from measures.figures.units import unit_words
from measures.lines.columns import frame_of
from measures.maps.map import Mapped

LONG = 8  # letters of a name that stands in two lines of a tile


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
    down, across = (max(spot) + 1 for spot in zip(*spots.values(), strict=True))
    return tile_spec(say.code, down, across), {"rows": frame_of(columns)}


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
