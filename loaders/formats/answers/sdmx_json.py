"""SDMX-JSON 1 (as drafted, with ``header``, and as adopted, with ``data``) and 2, as long tables.

One row = one observation, in the order of the message; one column for each dimension, measure and attribute that has a
value, with the
publisher's codes. An attribute of the whole data set, of a series or of a group of dimensions stands beside each of its
observations.
SDMX-CSV needs no reader of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.formats.answers.cube_labels import labelled, labels_of
from loaders.formats.numbers import number_text
from loaders.formats.sheet import Sheet, Unreadable, sheet_of

_LEVELS = ("dataSet", "series", "observation")
_VALUE = [{"id": "OBS_VALUE"}]


def sdmx_json(read: dict, words: dict) -> list[Sheet]:
    """One sheet for each data set of a message; several of one structure are one table."""
    body = read["data"] if "dataSets" in (read.get("data") or {}) else read
    structures = body.get("structures") or [body["structure"]]
    tables: dict[int, list[dict]] = {}
    for data in body["dataSets"]:
        tables.setdefault(data.get("structure", 0), []).append(data)
    return [_sheet(structures[number], messages, words) for number, messages in tables.items()]


def _sheet(structure: dict, messages: list[dict], words: dict) -> Sheet:
    dimensions = [axis for level in _LEVELS for axis in structure["dimensions"].get(level) or []]
    labels = {axis["id"]: labels_of(_names(axis)) for axis in dimensions if words.get("labels")}
    rows = labelled(_rows(structure, messages, words.get("decimal", ".")), labels)
    return sheet_of(rows, {"format": "SDMX-JSON", "labels": any(labels.values())}, headed=True)


def _names(axis: dict) -> dict[str, str]:
    """Code → its name, in English where there are several."""
    return {_text(value): _name(value) for value in axis["values"] if isinstance(value, dict)}


def _name(value: dict) -> str:
    names = value.get("names") or {}
    return names.get("en") or value.get("name") or next(iter(names.values()), "")


def _rows(structure: dict, messages: list[dict], point: str) -> Iterator[list[str]]:
    axes = {level: structure["dimensions"].get(level) or [] for level in _LEVELS}
    measures = (structure.get("measures") or {}).get("observation") or _VALUE
    notes = _attributes(structure)
    heads = (
        [part["id"] for level in _LEVELS for part in axes[level]]
        + [part["id"] for part in measures]
        + [part["id"] for _, _, part in notes]
    )
    yield heads
    for data in messages:
        if str(data.get("action", "")).casefold() == "delete":
            raise Unreadable("the message takes observations away: ask for all of them")
        fixed = [_text(part["values"][0]) for part in axes["dataSet"]]
        for key, series in _series(data, axes):
            before = [*fixed, *_at(key, axes["series"])]
            for place, cell in (series.get("observations") or {}).items():
                where = [*before, *_at(place, axes["observation"])]
                numbers = [number_text(part, point) for part in [*cell, *[None] * len(measures)][: len(measures)]]
                held = {
                    "dataSet": data.get("attributes"),
                    "series": series.get("attributes"),
                    "observation": cell[len(measures) :],
                }
                yield [*where, *numbers, *_noted(notes, held, data, dict(zip(heads, where, strict=False)), axes)]


def _series(data: dict, axes: dict):
    flat = {"": {"observations": data.get("observations")}}
    return (data["series"] if axes["series"] and "series" in data else flat).items()


def _attributes(structure: dict) -> list[tuple[str, int, dict]]:
    """Attributes with their level and their number in it; one that can have no value says nothing and is left out."""
    declared = structure.get("attributes") or {}
    levels = ("dataSet", "dimensionGroup", "series", "observation")
    return [
        (level, number, attribute)
        for level in levels
        for number, attribute in enumerate(declared.get(level) or [])
        if attribute.get("values", True) or "default" in attribute
    ]


def _noted(
    notes: list[tuple[str, int, dict]], held: dict, data: dict, where: dict[str, str], axes: dict
) -> Iterator[str]:
    """What the attributes say of one observation."""
    for level, number, attribute in notes:
        if level == "dimensionGroup":
            yield _of_group(attribute, number, data, where, axes)
        else:
            values = held[level] or []
            yield _said(values[number] if number < len(values) else None, attribute)


def _of_group(attribute: dict, number: int, data: dict, where: dict[str, str], axes: dict) -> str:
    """An attribute of a group of dimensions: its keys (``:0::``) have a place for each dimension, empty where it does
    not matter.
    """
    every = [axis for level in _LEVELS for axis in axes[level]]
    every = sorted(every, key=lambda axis: axis.get("keyPosition", len(every)))
    for key, values in (data.get("dimensionGroupAttributes") or {}).items():
        places = key.split(":")
        if len(places) != len(every):
            raise Unreadable("a key of the message does not fit its dimensions")
        fits = all(
            not place or _text(axis["values"][int(place)]) == where[axis["id"]]
            for place, axis in zip(places, every, strict=True)
        )
        if fits and number < len(values) and values[number] is not None:
            return _said(values[number], attribute)
    return _said(None, attribute)


def _at(key: str, axes: list[dict]) -> list[str]:
    places = key.split(":") if key else []
    if len(places) != len(axes) or any(not place.isdecimal() for place in places):
        raise Unreadable("a key of the message does not fit its dimensions")
    return [_text(axis["values"][int(place)]) for place, axis in zip(places, axes, strict=True)]


def _said(number, attribute: dict) -> str:
    """The value that an attribute's number stands for; its default, where it has one and no number is given."""
    if isinstance(number, bool) or not isinstance(number, int):
        number = attribute.get("default") if number is None else number
        return "" if number is None else number_text(number)
    return _text(attribute["values"][number]) if attribute.get("values") and number >= 0 else number_text(number)


def _text(value) -> str:
    """A value by its code, or by what it says where it has none."""
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    return next((str(value[key]) for key in ("id", "value", "name") if value.get(key) is not None), "")
