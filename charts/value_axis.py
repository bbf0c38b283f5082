"""An axis of values from zero: where its gridlines stand, and its unit in words beside the highest."""

from __future__ import annotations

import math

from charts import theme

# the parameters of a spec that hold them, and how many pixels above the highest gridline and beside the last period
# are left for words
LEVELS, TOP, UNIT, ABOVE, BESIDE = "levels", "top", "counted", "above", "beside"
LINE = 20  # pixels for the unit
MOST = 5  # steps from zero to the top
_STEPS = (1, 2, 2.5, 5, 10)


def levels_to(highest: float) -> list[float]:
    """Gridlines from zero to the first round number that is not below ``highest``: 0, 20, 40, 60, 80."""
    if not (math.isfinite(highest) and highest > 0):
        return [0.0, 1.0]
    size = 10.0 ** math.floor(math.log10(highest / MOST))
    step = next(size * part for part in _STEPS if size * part * MOST >= highest * (1 - 1e-9))
    return [round(step * number, 10) for number in range(math.ceil(highest / step * (1 - 1e-9)) + 1)]


def value_params(highest: float, unit: str, above: int = 0, beside: int = 0) -> list[dict]:
    """The parameters of a spec whose upward axis is ``upwards``. ``above``, ``beside``: pixels of words above the unit
    and at the ends of lines.
    """
    levels = levels_to(highest)
    values = {LEVELS: levels, TOP: levels[-1], UNIT: unit, ABOVE: LINE + above, BESIDE: beside}
    return [{"name": name, "value": value} for name, value in values.items()]


def upwards(field: str, code: str) -> dict:
    """The vertical encoding of a field of values; the numbers stand on their gridlines."""
    axis = {
        "values": {"expr": LEVELS},
        "labelExpr": theme.axis_number(code),
        "labelBaseline": "bottom",
        "domain": False,
        "ticks": False,
    }
    scale = {"zero": True, "nice": False, "domainMin": 0, "domainMax": {"expr": TOP}}
    scale["range"] = [{"expr": "height"}, {"expr": ABOVE}]
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def unit_layer() -> dict:
    """The unit, as the words that follow the number at the highest gridline: 80 offences per 1,000 residents."""
    mark = {
        "type": "text",
        "text": {"expr": UNIT},
        "limit": {"expr": "width"},
        "align": "left",
        "baseline": "bottom",
        "x": 0,
        "y": {"expr": ABOVE},
        "fontSize": theme.SMALL,
        "color": theme.MUTED,
        "aria": False,
    }
    return {"data": {"values": [{}]}, "mark": mark}
