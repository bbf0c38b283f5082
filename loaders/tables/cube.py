"""Cubes: JSON-stat 1 and 2 (PxWeb, Eurostat, Ireland's CSO) and SDMX-JSON 1 and 2, as long tables.

One row = one cell that the file holds, in the order of the file; one column for each dimension, with the publisher's codes, then
``value`` and ``status`` (JSON-stat) or ``OBS_VALUE`` and the attributes of the observation (SDMX).
"""

from __future__ import annotations

from decimal import Decimal

from loaders.tables.sheet import Sheet, Unreadable, sheet_of


def json_stat(read: dict, words: dict) -> list[Sheet]:
    """One sheet for each dataset of a JSON-stat answer."""
    if read.get("class") == "collection":
        found = [one for one in read.get("link", {}).get("item", []) if one.get("class") == "dataset" and "value" in one]
    else:
        found = [read] if "value" in read else [one for one in read.values() if isinstance(one, dict) and "value" in one]
    if not found:
        raise Unreadable("the answer holds no data set")
    return [_stat_sheet(one, words.get("decimal", ".")) for one in found]


def _stat_sheet(data: dict, point: str) -> Sheet:
    axes = data.get("id") or data["dimension"]["id"]
    sizes = data.get("size") or data["dimension"]["size"]
    codes = [_codes(data["dimension"][axis]["category"]) for axis in axes]
    if [len(one) for one in codes] != list(sizes):
        raise Unreadable("the sizes of the cube do not fit its dimensions")
    cells = 1
    for size in sizes:
        cells *= size
    value, status = _by_number(data["value"], cells), _by_number(data.get("status") or {}, cells)
    rows = [[*axes, "value", "status"]]
    for number in sorted({*value, *status}):
        rows.append([*_place(number, codes), number_text(value.get(number), point), str(status.get(number) or "")])
    return sheet_of(rows, {"format": "JSON-stat"}, headed=True, name=str(data.get("extension", {}).get("id", "")))


def _codes(category: dict) -> list[str]:
    index = category.get("index", category.get("label", {}))
    return [str(one) for one in (sorted(index, key=index.get) if isinstance(index, dict) and "index" in category else list(index))]


def _by_number(held, cells: int) -> dict[int, object]:
    """Values or statuses by the number of their cell, whether they are written as a list, by number, or as one for all."""
    if isinstance(held, str):
        return dict.fromkeys(range(cells), held) if cells <= 1_000_000 else {}
    found = dict(enumerate(held)) if isinstance(held, list) else {int(number): one for number, one in held.items()}
    if (isinstance(held, list) and len(held) not in (0, cells)) or any(not 0 <= number < cells for number in found):
        raise Unreadable("the cube has another number of values than of cells")
    return found


def _place(number: int, codes: list[list[str]]) -> list[str]:
    found = []
    for axis in reversed(codes):
        number, at = divmod(number, len(axis))
        found.append(axis[at])
    return found[::-1]


def sdmx_json(read: dict, words: dict) -> list[Sheet]:
    """One sheet for each data set of an SDMX-JSON message."""
    body = read.get("data", read)
    structures = body.get("structures") or [body["structure"]]
    made = []
    for data in body["dataSets"]:
        structure = structures[data.get("structure", 0)]
        rows = [_sdmx_heads(structure), *_sdmx_rows(data, structure, words.get("decimal", "."))]
        made.append(sheet_of(rows, {"format": "SDMX-JSON"}, headed=True))
    return made


def _sdmx_heads(structure: dict) -> list[str]:
    axes = structure["dimensions"]
    names = [one["id"] for level in ("dataSet", "series", "observation") for one in axes.get(level, [])]
    return [*names, "OBS_VALUE", *(one["id"] for one in structure.get("attributes", {}).get("observation", []))]


def _sdmx_rows(data: dict, structure: dict, point: str):
    axes, said = structure["dimensions"], structure.get("attributes", {}).get("observation", [])
    fixed = [one["values"][0]["id"] for one in axes.get("dataSet", [])]
    series = data.get("series") or {"": {"observations": data.get("observations", {})}}
    for key, one in series.items():
        before = [*fixed, *_at(key, axes.get("series", []))]
        for place, cell in one.get("observations", {}).items():
            marks = [*cell[1:], *[None] * (len(said) - len(cell) + 1)]
            notes = [_noted(number, attribute) for number, attribute in zip(marks, said, strict=False)]
            yield [*before, *_at(place, axes["observation"]), number_text(cell[0], point), *notes]


def _at(key: str, axes: list[dict]) -> list[str]:
    places = key.split(":") if key else []
    if len(places) != len(axes):
        raise Unreadable("a key of the message does not fit its dimensions")
    return [str(axis["values"][int(place)]["id"]) for place, axis in zip(places, axes, strict=True)]


def _noted(number, attribute: dict) -> str:
    if not isinstance(number, int):
        return "" if number is None else str(number)
    one = attribute["values"][number]
    return str(one.get("id") or one.get("value") or one.get("name") or "") if isinstance(one, dict) else str(one or "")


def number_text(value, point: str) -> str:
    """A number as its publisher would show it; nothing where there is none."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f").replace(".", point)
    return "" if value is None else str(value)
