"""A line as small as a word, for the cards of the first page: up to 24 periods, 120 × 32 pixels, drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import numpy as np

from charts import theme

WIDTH, HEIGHT, PERIODS = 120, 32, 24


def sparkline(values: np.ndarray, statuses: np.ndarray, title: str, cuts: Sequence[int] = ()) -> str:
    """An image of the last 24 values, from zero; the line stops at gaps and at the positions in ``cuts``; an open
    circle marks a provisional end.
    """
    starts = {cut - max(0, len(values) - PERIODS) for cut in cuts}
    values, statuses = np.asarray(values, float)[-PERIODS:], list(statuses)[-PERIODS:]
    known = np.isfinite(values)
    if known.sum() < 3:
        return ""
    top = values[known].max() or 1.0
    x = np.linspace(3, WIDTH - 5, len(values))
    y = HEIGHT - 3 - np.nan_to_num(values) / top * (HEIGHT - 7)
    path, pen = [], "M"
    for at in range(len(values)):
        if known[at]:
            pen = "M" if at in starts else pen
            path.append(f"{pen}{x[at]:.1f} {y[at]:.1f}")
        pen = "L" if known[at] else "M"
    last = int(np.flatnonzero(known)[-1])
    fill = theme.PAPER if statuses[last] == "p" else theme.ACCENT
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{theme.sheet(('paper', 'accent'))}"
        f'<path d="{" ".join(path)}" fill="none" stroke="{theme.ACCENT}" stroke-width="1.5"/>'
        f'<circle cx="{x[last]:.1f}" cy="{y[last]:.1f}" r="2.5" fill="{fill}" stroke="{theme.ACCENT}" '
        f'stroke-width="1.5"/></svg>'
    )
    return (
        f'<img class="spark" width="{WIDTH}" height="{HEIGHT}" alt="{escape(title, quote=True)}" '
        f'src="data:image/svg+xml,{quote(svg)}">'
    )
