"""Pieces of Vega-Lite from which the templates of charts are put together; a test holds each against its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
    return {**spec, "layer": list(said_once(kept)), **more}


def said_once(layers: Iterable[dict]) -> Iterator[dict]:
    """The layers with every axis and scale in the first of them that has it: the others share it."""
    known: list[tuple[str, object]] = []
    for one in layers:
        channels = {}
        for channel, encoding in one.get("encoding", {}).items():
            shared = [
                (name, encoding[name])
                for name in ("axis", "scale")
                if isinstance(encoding, dict) and encoding.get(name)
            ]
            repeated = {name for name, value in shared if channel in "xy" and (channel + name, value) in known}
            known += [(channel + name, value) for name, value in shared]
            channels[channel] = (
                {name: value for name, value in encoding.items() if name not in repeated} if repeated else encoding
            )
        yield {**one, "encoding": channels} if channels else one
