"""The card of boundaries, and where each area lies in the tile map."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from loaders.draft.areas import Named, shared
from loaders.draft.tile_map import tiles
from loaders.errors import Fault, SourceError
from loaders.privacy import headings
from loaders.toml_text import written

SUFFIXES = (".geojson", ".topojson", ".gpkg", ".zip")
DRAWN_WITHIN = 2000  # bytes at the start of a file that say what it is


@dataclass
class Outlines:
    """``field``: what names the outlines.

    ``points``: latitude and longitude of a point in each, by that name; ``touching``: pairs with a border.
    """

    field: str
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    touching: list[tuple[str, str]] = field(default_factory=list)


def is_outlines(file: Path) -> bool:
    """By its ending, or a JSON file that begins as boundaries do."""
    if file.suffix.casefold() == ".json":
        with file.open("rb") as opened:
            start = opened.read(DRAWN_WITHIN)
        return b'"FeatureCollection"' in start or b'"Topology"' in start
    return file.name.casefold().endswith(SUFFIXES)


def read_names(file: Path) -> dict[str, list[str]]:
    """Field → what it says of each outline, for fields that say something else of each."""
    frame = _read(file)
    texts_by_field = {
        str(name): frame[name].astype(str).tolist() for name in frame.columns if name != frame.geometry.name
    }
    return {name: texts for name, texts in texts_by_field.items() if len(set(texts)) == len(texts)}


def outlines_of(file: Path, areas: list[Named]) -> Outlines:
    """The outlines by the field that has most names of areas. Raises SourceError when no field tells them apart."""
    names = read_names(file)
    if not names:
        todo = "Look for a file in which each area has a name or code of its own."
        raise SourceError(
            file.name,
            [Fault(file.name, "no field tells the boundaries apart", "a name or code for each", "none", todo)],
        )
    spelt = {spelling for one in areas for spelling in one.spellings()}
    best = max(names, key=lambda name: shared(set(names[name]), spelt))
    shapes = _read(file).geometry
    points = ((point.y, point.x) for point in shapes.representative_point())
    one, other = shapes.sindex.query(shapes, predicate="intersects")
    touching = [(names[best][a], names[best][b]) for a, b in zip(one, other, strict=True) if a < b]
    return Outlines(best, dict(zip(names[best], points, strict=True)), touching)


def _read(file: Path):
    import geopandas

    try:
        return geopandas.read_file(file)
    except Exception as error:  # the library's own words may hold a cell
        fault = Fault(
            file.name,
            "cannot be read as boundaries",
            "a layer of areas",
            type(error).__name__,
            "Ask for another format.",
        )
        raise SourceError(file.name, [fault]) from None


def pairs(outlines: Outlines, areas: list[Named]) -> dict[str, str]:
    """Text of an area → the name of its outline.

    Where the two are spelt apart, the outline's spelling becomes an alias of the area.
    """
    plain = {headings.squeezed(name): name for name in outlines.points}
    known = {
        area.text: plain[text] for area in areas for text in map(headings.squeezed, area.spellings()) if text in plain
    }
    for area in areas:
        if area.text in known and known[area.text] not in area.spellings():
            area.aliases.append(known[area.text])
    return known


def card(file: Path, dataset: str, place: str, outlines: Outlines, areas: list[Named]) -> str:
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
            *others,
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


def layout(outlines: Outlines, areas: list[Named]) -> dict[str, tuple[int, int]]:
    """A tile for each area (by its text) that has an outline.

    Where none is known, as if the pairs in order were right: only the layout is at stake.
    """
    owner = {
        name: text
        for text, name in (
            pairs(outlines, areas) or dict(zip((first.text for first in areas), sorted(outlines.points), strict=False))
        ).items()
    }
    touching = [(owner[first], owner[other]) for first, other in outlines.touching if first in owner and other in owner]
    return tiles({text: outlines.points[name] for name, text in owner.items()}, touching)
