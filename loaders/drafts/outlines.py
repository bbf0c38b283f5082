"""The card of boundaries, and where each area lies in the tile map."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from pathlib import Path

from loaders.draft import quoted
from loaders.drafts.areas import Named
from loaders.errors import Fault, SourceError

SUFFIXES = (".geojson", ".topojson", ".gpkg", ".zip", ".topo.json")


@dataclass
class Outlines:
    """``field``: what names the outlines; ``points``: latitude and longitude of a point in each, by that name."""

    field: str
    points: dict[str, tuple[float, float]] = field(default_factory=dict)


def is_outlines(file: Path) -> bool:
    return file.name.casefold().endswith(SUFFIXES)


def read_names(file: Path) -> dict[str, list[str]]:
    """Field → what it says of each outline, for fields that say something else of each."""
    frame = _read(file)
    said = {str(name): frame[name].astype(str).tolist() for name in frame.columns if name != frame.geometry.name}
    return {name: texts for name, texts in said.items() if len(set(texts)) == len(texts)}


def outlines_of(file: Path, areas: list[Named]) -> Outlines:
    """The outlines by the field that has most names of areas. Raises SourceError when no field tells them apart."""
    names = read_names(file)
    if not names:
        todo = "Look for a file in which each area has a name or code of its own."
        raise SourceError(file.name, [Fault(file.name, "no field tells the outlines apart", "a name or code for each", "none", todo)])
    spelt = {spelling for one in areas for spelling in one.spellings()}
    best = max(names, key=lambda name: len(spelt & set(names[name])))
    points = _read(file).geometry.representative_point()
    return Outlines(best, dict(zip(names[best], ((point.y, point.x) for point in points), strict=True)))


def _read(file: Path):
    import geopandas

    try:
        return geopandas.read_file(file)
    except Exception as error:  # the library's own words may hold a cell
        fault = Fault(file.name, "cannot be read as boundaries", "a layer of areas", type(error).__name__, "Ask for another format.")
        raise SourceError(file.name, [fault]) from None


def pairs(found: Outlines, areas: list[Named]) -> dict[str, str]:
    """Text of an area → the name of its outline."""
    return {one.text: name for one in areas for name in found.points if name in one.spellings()}


def card(file: Path, dataset: str, place: str, found: Outlines, areas: list[Named]) -> str:
    known = pairs(found, areas)
    others = ['others = "ignore"  # guess: outlines of areas that no table has'] if known and len(found.points) > len(known) else []
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return "\n".join([
        f"name = {quoted(dataset)}", 'kind = "boundaries"', f"place = {quoted(place)}", 'disclosure = "as_published"', 'accessed = ""',
        *(f'{key} = {{ en = "", zh = "" }}' for key in ("title", "description", "publisher", "coverage", "next_update")),
        'licenses = [ { name = "", title = { en = "", zh = "" }, url = "" } ]',
        "", "[geometry]", f"id = {quoted(found.field)}  # guess: the field with the most names of areas", *others,
        *([] if known else _in_order(found, areas)),
        "", "[[releases]]", 'id = ""', 'published = ""', f"file = {quoted(file.name)}", f'sha256 = "{digest}"', "",
    ])  # fmt: skip


def _in_order(found: Outlines, areas: list[Named]) -> list[str]:
    """Pairs for a person to confirm: no guess may put one area's figures into the outline of another."""
    listed = zip(sorted(found.points), areas, strict=False)
    return [
        "", "# The outlines are not called as the areas are. Each stands beside an area here, both in order: compare the pairs with a list",
        '# of the codes, mend what is wrong, and take "#: " off these lines.',
        "#: [area_codes]", *(f"#: {quoted(name)} = {quoted(one.code)}  # {one.text}" for name, one in listed),
    ]  # fmt: skip


def tiles(points: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Each area takes the free tile nearest to where it lies (latitude, longitude), north at the top."""
    if not points:
        return {}
    side = math.ceil(math.sqrt(len(points))) + 1
    free = [(row, column) for row in range(side) for column in range(side)]
    placed: dict[str, tuple[int, int]] = {}
    tall, wide = ([one[axis] for one in points.values()] for axis in (0, 1))
    for text, (north, east) in sorted(points.items(), key=lambda item: (-item[1][0], item[1][1])):
        row = (max(tall) - north) / (max(tall) - min(tall) or 1) * (side - 1)
        column = (east - min(wide)) / (max(wide) - min(wide) or 1) * (side - 1)
        placed[text] = min(free, key=lambda tile: (tile[0] - row) ** 2 + (tile[1] - column) ** 2)
        free.remove(placed[text])
    return placed
