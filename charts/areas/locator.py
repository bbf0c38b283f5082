"""Where an area lies in its place: a small image of all outlines with the one filled; it needs no script."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from charts import theme
from charts.areas.shapes import HEIGHT, WIDTH, shapes_of


def locator(topology: str, area: str, title: str) -> str:
    """An image of the areas of a place. ``topology``: their boundaries as TopoJSON; '' where the area has none."""
    shapes = shapes_of(topology) if topology else {}
    if area not in shapes:
        return ""
    around = "".join(f'<path d="{shape.path}"/>' for code, shape in shapes.items() if code != area)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{theme.sheet(('panel', 'context', 'accent', 'paper'))}"
        f'<g fill="{theme.PANEL}" stroke="{theme.CONTEXT}" stroke-width="0.8">{around}</g>'
        f'<path d="{shapes[area].path}" fill="{theme.ACCENT}" stroke="{theme.PAPER}"/></svg>'
    )
    return f'<img alt="{escape(title, quote=True)}" width="260" height="180" src="data:image/svg+xml,{quote(svg)}">'
