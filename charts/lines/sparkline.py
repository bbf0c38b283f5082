"""A line as small as a row of a list: up to sixty periods, 300 × 56 pixels, drawn as SVG; from zero."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

import numpy as np

from charts import theme

WIDTH, HEIGHT, PERIODS = 300, 56, 60
LEFT, RIGHT, UP, DOWN = 4, 6, 6, 4  # pixels around the line


class Along(NamedTuple):
    """Positions along the values: ``cuts``, at which the line begins anew, and ``marks``, at which the recording
    changed."""

    cuts: Sequence[int] = ()
    marks: Sequence[int] = ()


def sparkline(values: np.ndarray, statuses: np.ndarray, title: str, along: Along | None = None) -> str:
    """An image of the last sixty values; '' where fewer than three are known.

    The line stops at gaps and cuts; a thin rule stands at a mark and at a cut; an open circle marks a provisional end.
    """
    along = along or Along()
    skipped = max(0, len(values) - PERIODS)
    values, statuses = np.asarray(values, float)[-PERIODS:], list(statuses)[-PERIODS:]
    known = np.isfinite(values)
    if known.sum() < 3:
        return ""
    top = values[known].max() or 1.0
    x = np.linspace(LEFT, WIDTH - RIGHT, len(values))
    y = HEIGHT - DOWN - np.nan_to_num(values) / top * (HEIGHT - UP - DOWN)
    last = int(np.flatnonzero(known)[-1])
    fill = theme.PAPER if statuses[last] == "p" else theme.ACCENT
    ruled = sorted({at - skipped for at in (*along.cuts, *along.marks) if 0 < at - skipped < len(values)})
    rules = "".join(
        f'<path d="M{x[at]:.1f} 0V{HEIGHT}" stroke="{theme.CONTEXT}" stroke-dasharray="2 3"/>' for at in ruled
    )
    path = _path(x, y, known, {at - skipped for at in along.cuts})
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{theme.sheet(('paper', 'accent', 'context', 'rule'))}"
        f'<path d="M0 {HEIGHT - DOWN}H{WIDTH}" stroke="{theme.RULE}"/>{rules}'
        f'<path d="{path}" fill="none" stroke="{theme.ACCENT}" stroke-width="1.75"/>'
        f'<circle cx="{x[last]:.1f}" cy="{y[last]:.1f}" r="3.5" fill="{fill}" stroke="{theme.ACCENT}" '
        f'stroke-width="1.75"/></svg>'
    )
    return (
        f'<img class="spark" width="{WIDTH}" height="{HEIGHT}" alt="{escape(title, quote=True)}" '
        f'src="data:image/svg+xml,{quote(svg)}">'
    )


def _path(x: np.ndarray, y: np.ndarray, known: np.ndarray, starts: set[int]) -> str:
    path, pen = [], "M"
    for number in range(len(x)):
        if known[number]:
            pen = "M" if number in starts else pen
            path.append(f"{pen}{x[number]:.1f} {y[number]:.1f}")
        pen = "L" if known[number] else "M"
    return " ".join(path)
