"""How has each area gone, beside the place? A small line for each, all on one scale, with its level in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from charts import theme
from charts.descriptions import value_words
from language import Translator, period_name
from language.verdicts import ARROWS, verdict_words
from loaders import periods
from measures.figures.compute import Measure
from measures.lines.line import is_final

WIDTH, HEIGHT, EDGE = 128, 48, 4
MOST = 60  # points of a small line; of more every second, third … is drawn, counted from the last


@dataclass(frozen=True)
class Multiple:
    """One area: the level of its last final figure in words, its verdict as a sign and in words, and its small line as
    the address of an image; ``told``: all of it in one sentence.
    """

    area: str
    name: str
    level: str
    sign: str
    told: str
    image: str


def multiples(measure: Measure, names: dict[str, str], say: Translator) -> list[Multiple]:
    """A small line for each area of a measure that has a line, by name.

    Each line is an index: the first final figure of its last comparable stretch is 100. One scale for all; the place's
    own line stands grey behind.
    """
    lines = {area: indexed(measure, area) for area in measure.query.areas}
    first = min(
        (int(np.flatnonzero(np.isfinite(line))[0]) for line in lines.values() if np.isfinite(line).any()), default=0
    )
    lines = {area: line[first:] for area, line in lines.items()}
    step = -(-max((len(line) for line in lines.values()), default=1) // MOST)
    lines = {area: line[::-1][::step][::-1] for area, line in lines.items()}
    ends = np.concatenate([line[np.isfinite(line)] for line in lines.values()] or [np.array([100.0])])
    scale = (min(ends.min(), 100.0), max(ends.max(), 100.0)) if len(ends) else (0.0, 100.0)
    place = lines.get(measure.place.code)
    inside = [area for area in lines if area != measure.place.code]
    return [
        _multiple(measure, area, names[area], small_lines([place, lines[area]], scale), say)
        for area in say.by_name(inside, names.get)
        if np.isfinite(lines[area]).sum() > 1
    ]


def indexed(measure: Measure, area: str) -> np.ndarray:
    """The figures of an area since its last cut, the first final one = 100; NaN before it and where none is known."""
    line = measure.line(area)
    cuts = [cut.at for cut in measure.breaks if cut.effect == "cut" and cut.touches(area, measure.query.category)]
    numbers = np.array([periods.ordinal(period) for period in line["period"]])
    since = max((periods.ordinal(cut) for cut in cuts), default=numbers[0])
    values = np.where(numbers >= since, line["value"].to_numpy(float), np.nan)
    final = np.flatnonzero(np.isfinite(values) & is_final(line).to_numpy() & (np.nan_to_num(values) > 0))
    if not len(final):
        return np.full(len(values), np.nan)
    values[: final[0]] = np.nan
    return values / values[final[0]] * 100


def _multiple(measure: Measure, area: str, name: str, image: str, say: Translator) -> Multiple:
    line = measure.line(area)
    known = line[np.isfinite(line["value"]) & is_final(line)]
    if known.empty:
        return Multiple(area, name, "", "", name, image)
    last = known.iloc[-1]
    level = value_words(measure, last["value"], say)
    verdict = verdict_words(last["verdict"], say) if last["why"] != "no_test" else ""
    told = say(
        "{area}: {value}, {period}",
        area=name,
        value=level,
        period=period_name(last["period"], say, measure.query.view),
    )
    return Multiple(
        area, name, level, ARROWS.get(last["verdict"], ""), say.clauses([told, verdict] if verdict else [told]), image
    )


def small_lines(lines: Sequence[np.ndarray | None], scale: tuple[float, float]) -> str:
    """The address of an image of the lines, the last one in front with a dot at its end; it follows the reader's choice
    of light or dark.
    """
    low, high = scale
    size = (HEIGHT - 2 * EDGE) / ((high - low) or 1.0)
    paths = "".join(
        f'<path stroke="var(--{kind})" d="{path}"/>'
        for kind, line in zip(("context", "ink"), lines, strict=True)
        if line is not None and (path := "".join(_path(line, low, size)))
    )
    front = np.flatnonzero(np.isfinite(lines[-1]))
    dot = ""
    if len(front):
        x, y = _point(int(front[-1]), lines[-1], low, size)
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="var(--ink)"/>'
    base = HEIGHT - EDGE - (100 - low) * size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke-width="1.5">'
        f"{theme.sheet(('context', 'ink', 'rule'))}"
        f'<path stroke="var(--rule)" stroke-width=".75" d="M0 {base:.1f}H{WIDTH}"/>{paths}{dot}</svg>'
    )
    return f"data:image/svg+xml,{quote(svg, safe=' =:/;,')}".replace(" ", "%20")


def _path(line: np.ndarray, low: float, size: float) -> Iterable[str]:
    """The drawing of a line; it stops where a figure is missing."""
    pen = "M"
    for number in range(len(line)):
        if not np.isfinite(line[number]):
            pen = "M"
            continue
        x, y = _point(number, line, low, size)
        yield f"{pen}{x:.1f} {y:.1f}"
        pen = "L"


def _point(number: int, line: np.ndarray, low: float, size: float) -> tuple[float, float]:
    x = EDGE + number * (WIDTH - 2 * EDGE) / max(len(line) - 1, 1)
    return x, HEIGHT - EDGE - (float(line[number]) - low) * size
