"""Pieces of Vega-Lite from which the templates of charts are put together; a test holds each against its schema."""

from __future__ import annotations

from collections.abc import Mapping

from charts import theme

Encoding = Mapping[str, dict]


def layer(rows: str, mark: str, encoding: Encoding, where: str = "", **look) -> dict:
    """One layer over the rows of a name; silent to screen readers unless ``aria`` says otherwise. ``where``: which of
    the rows.
    """
    chosen = {"transform": [{"filter": where}]} if where else {}
    return {"data": {"name": rows}, **chosen, "mark": {"type": mark, "aria": False, **look}, "encoding": dict(encoding)}


def words(rows: str, encoding: Encoding, where: str = "", **look) -> dict:
    """A layer of small text."""
    return layer(rows, "text", encoding, where, **{"fontSize": theme.SMALL, "color": theme.INK, **look})


def exact(field: str, kind: str = "nominal") -> dict:
    """A channel that takes a colour, width or size from a field as it stands."""
    return {"field": field, "type": kind, "scale": None, "legend": None}


def text(field: str) -> dict:
    """The channel of words."""
    return {"field": field, "type": "nominal"}


def template(layers: list[dict], code: str, **more) -> dict:
    """A layered chart without its rows, as wide as its place on the page, in the house style."""
    return theme.styled({"width": "container", "layer": layers, **more}, code)


def filled(spec: dict, rows: Mapping[str, object], **more) -> dict:
    """The template for these rows: layers over rows that are not there are left out."""
    kept = [one for one in spec["layer"] if "name" not in one["data"] or one["data"]["name"] in rows]
    return {**spec, "layer": kept, **more}
