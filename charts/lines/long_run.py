"""How has a series gone since it began, and which stretch of it is shown? A strip beneath a chart, drawn as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

import numpy as np

from charts import theme
from charts.lines.trend_rows import colours_of, stretches_of
from measures.figures.compute import Measure

HEIGHT, UP, DOWN = 44, 4, 4  # pixels: of the strip, and above and below its lines
_FEWEST = 3  # figures of a line


def long_run_strip(whole: Measure, every: Sequence[str], shown: Sequence[str], title: str) -> str:
    """An image of every line of ``whole`` over ``every`` period from one to another, as wide as its place on the page;
    '' where no line has three figures. Each line stops at cuts and gaps, at a cut stands a thin rule, and the periods
    ``shown`` are shaded.
    """
    values = whole.columns["value"]
    known = np.isfinite(values)
    if not len(every) or known.sum() < _FEWEST:
        return ""
    top, last = float(values[known].max()) or 1.0, max(len(every) - 1, 1)
    names = ("ink", "panel", "accent", "second", "area3", "area4", "area5", "area6", "context", "edge")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" '
        f'viewBox="{whole.periods.index(every[0])} 0 {last} {HEIGHT}">'
        f"{theme.sheet(names)}{_shade(whole.periods, every, shown)}{''.join(_rules(whole))}"
        f"{''.join(_paths(whole, top))}</svg>"
    )
    return (
        f'<img class="long-run" alt="{escape(title, quote=True)}" src="data:image/svg+xml,{quote(svg, safe=_PLAIN)}">'
    )


_PLAIN = "/:;,=()-.' "  # what stands in an address of an image as it is


def _shade(periods: Sequence[str], every: Sequence[str], shown: Sequence[str]) -> str:
    """The stretch that the chart above shows, where it is not all."""
    if not shown or (shown[0], shown[-1]) == (every[0], every[-1]):
        return ""
    start, end = periods.index(shown[0]), periods.index(shown[-1])
    return (
        f'<path d="M{start} 0V{HEIGHT}H{end}V0Z" fill="{theme.PANEL}" stroke="{theme.EDGE}" '
        'vector-effect="non-scaling-stroke"/>'
    )


def _rules(whole: Measure) -> Iterator[str]:
    """A rule at every cut."""
    for at in sorted({cut.at for cut in whole.breaks if cut.effect == "cut"} & set(whole.periods)):
        yield (
            f'<path d="M{whole.periods.index(at)} 0V{HEIGHT}" stroke="{theme.CONTEXT}" stroke-dasharray="2 3" '
            'vector-effect="non-scaling-stroke"/>'
        )


def _paths(whole: Measure, top: float) -> Iterator[str]:
    """The line of every area, the place's in ink and above the others."""
    colours = colours_of(whole)
    for area in reversed(whole.query.areas):
        for stretch in _stretches(whole, area, top):
            yield (
                f'<path d="{stretch}" fill="none" stroke="{colours[area]}" stroke-width="1.5" stroke-linecap="round" '
                'vector-effect="non-scaling-stroke"/>'
            )


def _stretches(whole: Measure, area: str, top: float) -> Iterator[str]:
    """An unbroken stretch of a line each; one figure alone is a dot."""
    table = {name: values[whole.rows(area)] for name, values in whole.columns.items()}
    known = np.flatnonzero(np.isfinite(table["value"]))
    parts = stretches_of(whole, {name: values[known] for name, values in table.items()})
    height = HEIGHT - DOWN - table["value"][known] / top * (HEIGHT - UP - DOWN)
    for part in dict.fromkeys(parts):
        points = [f"{x} {y:.1f}" for x, y, own in zip(known, height, parts, strict=True) if own == part]
        yield f"M{'L'.join(points)}" + ("h0" if len(points) == 1 else "")
