"""A line as small as a word, for the cards of the first page: up to 24 periods, 120 × 32 pixels, drawn as SVG."""

from __future__ import annotations

import html

import numpy as np

from charts import theme

WIDTH, HEIGHT, PERIODS = 120, 32, 24


def sparkline(values: np.ndarray, statuses: np.ndarray, title: str) -> str:
    """An SVG of the last 24 values, from zero; the line stops at gaps; an open circle marks a provisional end."""
    values, statuses = np.asarray(values, float)[-PERIODS:], list(statuses)[-PERIODS:]
    known = np.isfinite(values)
    if not known.any():
        return ""
    top = values[known].max() or 1.0
    x = np.linspace(3, WIDTH - 5, len(values))
    y = HEIGHT - 3 - np.nan_to_num(values) / top * (HEIGHT - 7)
    path, pen = [], "M"
    for at in range(len(values)):
        if known[at]:
            path.append(f"{pen}{x[at]:.1f} {y[at]:.1f}")
        pen = "L" if known[at] else "M"
    last = int(np.flatnonzero(known)[-1])
    fill = theme.PAPER if statuses[last] == "p" else theme.ACCENT
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(title, quote=True)}">'
        f'<path d="{" ".join(path)}" fill="none" stroke="{theme.ACCENT}" stroke-width="1.5"/>'
        f'<circle cx="{x[last]:.1f}" cy="{y[last]:.1f}" r="2.5" fill="{fill}" stroke="{theme.ACCENT}" stroke-width="1.5"/></svg>'
    )
