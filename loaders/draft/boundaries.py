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
    said = {str(name): frame[name].astype(str).tolist() for name in frame.columns if name != frame.geometry.name}
    return {name: texts for name, texts in said.items() if len(set(texts)) == len(texts)}


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


def pairs(found: Outlines, areas: list[Named]) -> dict[str, str]:
    """Text of an area → the name of its outline.

    Where the two are spelt apart, the outline's spelling becomes an alias of the area.
    """
    plain = {headings.squeezed(name): name for name in found.points}
    known = {
        one.text: plain[text] for one in areas for text in map(headings.squeezed, one.spellings()) if text in plain
    }
    for one in areas:
        if one.text in known and known[one.text] not in one.spellings():
            one.aliases.append(known[one.text])
    return known


def card(file: Path, dataset: str, place: str, found: Outlines, areas: list[Named]) -> str:
    known = pairs(found, areas)
    others = (
        ['others = "ignore"  # guess: boundaries of areas that no table has']
        if known and len(found.points) > len(known)
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
            f"id = {written(found.field)}  # guess: the field with the most names of areas",
            *others,
            *([] if known else _in_order(found, areas)),
            "",
            "[[releases]]",
            'id = ""',
            'published = ""',
            f"file = {written(file.name)}",
            f'sha256 = "{digest}"',
            "",
        ]
    )


def _in_order(found: Outlines, areas: list[Named]) -> list[str]:
    """Pairs for a person to confirm: no guess may put one area's figures into the outline of another."""
    listed = zip(sorted(found.points), areas, strict=False)
    return [
        "",
        "# The boundaries are not called as the areas are. Each stands beside an area here, both in order:",
        '# compare the pairs with a list of the codes, fix what is wrong, and take "#: " off these lines.',
        "#: [area_codes]",
        *(f"#: {written(name)} = {written(one.code)}  # {one.text}" for name, one in listed),
    ]


def layout(found: Outlines, areas: list[Named]) -> dict[str, tuple[int, int]]:
    """A tile for each area (by its text) that has an outline.

    Where none is known, as if the pairs in order were right: only the layout is at stake.
    """
    owner = {
        name: text
        for text, name in (
            pairs(found, areas) or dict(zip((one.text for one in areas), sorted(found.points), strict=False))
        ).items()
    }
    touching = [(owner[one], owner[other]) for one, other in found.touching if one in owner and other in owner]
    return tiles({text: found.points[name] for name, text in owner.items()}, touching)
