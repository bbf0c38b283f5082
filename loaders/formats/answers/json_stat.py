"""JSON-stat 1 and 2 (PxWeb, Eurostat, Ireland's CSO), as long tables.

One row = one cell that the file holds, in the order of the file; one column for each dimension, with the publisher's
codes, then
``value`` and ``status``.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from loaders.formats.answers.cube_labels import labelled, labels_of
from loaders.formats.numbers import number_text
from loaders.formats.sheet import Sheet, Unreadable, sheet_of


def json_stat(read: dict, words: dict) -> list[Sheet]:
    """One sheet for each dataset of a JSON-stat answer."""
    if read.get("class") == "collection":
        datasets = [
            dataset
            for dataset in read.get("link", {}).get("item", [])
            if dataset.get("class") == "dataset" and "value" in dataset
        ]
    else:
        datasets = (
            [read]
            if "value" in read
            else [dataset for dataset in read.values() if isinstance(dataset, dict) and "value" in dataset]
        )
    if not datasets:
        raise Unreadable("the answer holds no data set")
    return [_sheet(data, words) for data in datasets]


def _sheet(data: dict, words: dict) -> Sheet:
    axes = data.get("id") or data["dimension"]["id"]
    sizes = data.get("size") or data["dimension"]["size"]
    categories = {axis: data["dimension"][axis]["category"] for axis in axes}
    codes = [_codes(categories[axis]) for axis in axes]
    if [len(axis_codes) for axis_codes in codes] != list(sizes):
        raise Unreadable("the sizes of the cube do not fit its dimensions")
    name = str(data.get("extension", {}).get("id", ""))
    labels = {
        axis: labels_of({code: (categories[axis].get("label") or {}).get(code, "") for code in own})
        for axis, own in zip(axes, codes, strict=True)
        if words.get("labels")
    }
    properties = {"format": "JSON-stat", "labels": any(labels.values())}
    return sheet_of(
        labelled(_rows(data, axes, codes, words.get("decimal", ".")), labels), properties, headed=True, name=name
    )


def _rows(data: dict, axes: list[str], codes: list[list[str]], point: str) -> Iterator[list[str]]:
    value = _by_number(data["value"], codes)
    statuses = data.get("status") or {}
    status = (
        dict.fromkeys(value, statuses) if isinstance(statuses, str) else _by_number(statuses, codes)
    )  # one text: it holds for every cell
    yield [*axes, "value", "status"]
    for number in sorted({*value, *status}):
        yield [*_place(number, codes), number_text(value.get(number), point), str(status.get(number) or "")]


def _codes(category: dict) -> list[str]:
    index = category.get("index", category.get("label", {}))
    if isinstance(index, dict) and "index" in category:
        if sorted(index.values()) != list(range(len(index))):
            raise Unreadable("the codes of a dimension are not numbered one by one")
        index = sorted(index, key=index.get)
    codes = [str(code) for code in index]
    if len(set(codes)) < len(codes):
        raise Unreadable("a code stands twice in its dimension")
    return codes


def _by_number(held, codes: list[list[str]]) -> dict[int, object]:
    """Values or statuses by the number of their cell, whether they are written as a list or by number."""
    cells = prod(map(len, codes))
    by_number = (
        dict(enumerate(held)) if isinstance(held, list) else {int(number): entry for number, entry in held.items()}
    )
    twice = len(by_number) < len(held)  # "7" and "07" are one cell
    if (
        (isinstance(held, list) and len(held) not in (0, cells))
        or twice
        or any(not 0 <= number < cells for number in by_number)
    ):
        raise Unreadable("the cube has another number of values than of cells")
    return by_number


def _place(number: int, codes: list[list[str]]) -> list[str]:
    place = []
    for axis in reversed(codes):
        number, position = divmod(number, len(axis))
        place.append(axis[position])
    return place[::-1]
