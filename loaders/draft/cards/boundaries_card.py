"""Writes the card of boundaries as a draft."""

from __future__ import annotations

import hashlib
from pathlib import Path

from loaders.draft.places.areas import Named
from loaders.draft.places.boundaries import Outlines, pairs
from loaders.places.coordinates import LATITUDE_FIRST, NOT_IN_DEGREES
from loaders.toml_text import written


def boundaries_card(file: Path, dataset: str, place: str, outlines: Outlines, areas: list[Named]) -> str:
    """The boundaries by the field that names them; what nobody can know from the file is left empty."""
    known = pairs(outlines, areas)
    others = (
        ['others = "ignore"  # guess: boundaries of areas that no table has']
        if known and len(outlines.points) > len(known)
        else []
    )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return "\n".join(
        [
            f"name = {written(dataset)}",
            'kind = "boundaries"',
            f"place = {written(place)}",
            'disclosure = "as_published"',
            'accessed = ""',
            *(
                f'{key} = {{ en = "", zh = "" }}'
                for key in ("title", "description", "publisher", "coverage", "next_update")
            ),
            'licenses = [ { name = "", title = { en = "", zh = "" }, url = "" } ]',
            "",
            "[geometry]",
            f"id = {written(outlines.field)}  # guess: the field with the most names of areas",
            *([f"encoding = {written(outlines.encoding)}  # guess: of the names"] if outlines.encoding else []),
            *others,
            *_SYSTEM_LINES.get(outlines.misread, ()),
            *([] if known else _in_order(outlines, areas)),
            "",
            "[[releases]]",
            'id = ""',
            'published = ""',
            f"file = {written(file.name)}",
            f'sha256 = "{digest}"',
            "",
        ]
    )


_SYSTEM_LINES = {
    NOT_IN_DEGREES: (
        '# crs = "EPSG:…"  # the boundaries are not in degrees: ask the publisher for the coordinate system',
    ),
    LATITUDE_FIRST: ("swap_axes = true  # guess: the file gives latitude before longitude",),
}


def _in_order(outlines: Outlines, areas: list[Named]) -> list[str]:
    """Pairs for a person to confirm: no guess may put one area's figures into the outline of another."""
    listed = zip(sorted(outlines.points), areas, strict=False)
    return [
        "",
        "# The boundaries are not called as the areas are. Each stands beside an area here, both in order:",
        '# compare the pairs with a list of the codes, fix what is wrong, and take "#: " off these lines.',
        "#: [area_codes]",
        *(f"#: {written(name)} = {written(area.code)}  # {area.text}" for name, area in listed),
    ]
