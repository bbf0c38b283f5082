"""The card of boundaries, and where each area lies in the tile map."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from loaders.draft.places.areas import Named, shared
from loaders.draft.places.tile_map import tiles
from loaders.errors import Fault, SourceError
from loaders.formats.geometry import names_encoding
from loaders.formats.geometry import outlines as layer_of
from loaders.formats.sheet import Unreadable
from loaders.formats.text.encoding import Undecided
from loaders.places.coordinates import LATITUDE_FIRST, axes_fault, misread_axes
from loaders.privacy import headings

SUFFIXES = (".geojson", ".topojson", ".gpkg", ".zip")
METRES_IN_A_DEGREE = 111_000  # of latitude
DRAWN_WITHIN = 2000  # bytes at the start of a file that say what it is


@dataclass
class Outlines:
    """``field``: what names the outlines; ``encoding``: of the names, where the file does not say it.

    ``points``: latitude and longitude of a point in each, by that name; ``touching``: pairs with a border;
    ``misread``: why the coordinates can be no longitude and latitude, or ''.
    """

    field: str
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    touching: list[tuple[str, str]] = field(default_factory=list)
    misread: str = ""
    encoding: str = ""
    undrawn: frozenset[str] = frozenset()  # names without a shape


def is_outlines(file: Path) -> bool:
    """By its ending, or a JSON file that begins as boundaries do."""
    if file.suffix.casefold() == ".json":
        with file.open("rb") as opened:
            start = opened.read(DRAWN_WITHIN)
        return b'"FeatureCollection"' in start or b'"Topology"' in start
    if file.suffix.casefold() == ".zip" and zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return any(name.casefold().endswith(".shp") for name in archive.namelist())
    return file.name.casefold().endswith(SUFFIXES)


def encoding_of(file: Path, cells: set[str]) -> str:
    """The encoding of the names, '' where the file says it; of several possible ones that in which most names stand in
    the tables' ``cells``.

    Raises SourceError when it must be asked about.
    """
    try:
        return names_encoding(file)
    except Undecided as doubt:
        fitting = {
            encoding: shared({name for texts in read_names(file, encoding).values() for name in texts}, cells)
            for encoding in doubt.readings
        }
        best = max(fitting, key=fitting.__getitem__)
        if fitting[best] and list(fitting.values()).count(fitting[best]) == 1:
            return best
        todo = "Choose by the names; in a card it stands as 'encoding' in [geometry]."
        fault = Fault(f"'{file.name}'", "the encoding is not certain", "one reading", doubt.with_cells(), todo)
        raise SourceError(file.name, [fault]) from None
    except Exception:  # whatever is wrong with the file is said where it is read
        return ""


def read_names(file: Path, encoding: str = "") -> dict[str, list[str]]:
    """Field → what it says of each outline, for fields that say something else of each."""
    frame = _read(file, encoding)
    texts_by_field = {
        str(name): frame[name].astype(str).tolist() for name in frame.columns if name != frame.geometry.name
    }
    return {name: texts for name, texts in texts_by_field.items() if len(set(texts)) == len(texts)}


def outlines_of(file: Path, areas: list[Named], encoding: str = "") -> Outlines:
    """The outlines by the field that has most names of areas. Raises SourceError when no field tells them apart."""
    names = read_names(file, encoding)
    if not names:
        todo = "Look for a file in which each area has a name or code of its own."
        raise SourceError(
            file.name,
            [Fault(file.name, "no field tells the boundaries apart", "a name or code for each", "none", todo)],
        )
    spelt = {spelling for area in areas for spelling in area.spellings()}
    best = max(names, key=lambda name: shared(set(names[name]), spelt))
    frame, labels = _read(file), np.array(names[best], dtype=object)
    drawn = (frame.geometry.notna() & ~frame.geometry.is_empty).to_numpy()
    undrawn = frozenset(map(str, labels[~drawn]))
    shapes, labels, misread = frame.geometry[drawn].make_valid(), labels[drawn], misread_axes(frame)
    points = map(tuple, _degrees_north_and_east(shapes, misread))
    first, second = shapes.sindex.query(shapes, predicate="intersects")
    touching = [(labels[a], labels[b]) for a, b in zip(first, second, strict=True) if a < b]
    return Outlines(best, dict(zip(labels, points, strict=True)), touching, misread, encoding, undrawn)


def _degrees_north_and_east(shapes, misread: str) -> np.ndarray:
    """A point in each boundary, near enough for a layout of tiles: latitude and longitude, or as many degrees apart."""
    points = np.array([(point.y, point.x) for point in shapes.representative_point()]).reshape(-1, 2)
    if misread == LATITUDE_FIRST:
        return points[:, ::-1]
    if misread or (shapes.crs is not None and not shapes.crs.is_geographic):
        return (points - points.mean(axis=0)) / METRES_IN_A_DEGREE
    return points


def misread_sentence(file: Path, misread: str) -> str:
    """What a person must do about coordinates that are no longitude and latitude."""
    return str(axes_fault(_read(file), file.name, misread))


def _read(file: Path, encoding: str = ""):
    try:
        frame = layer_of(file, encoding=encoding or None)
        reason = "" if "geometry" in frame.columns and frame.geometry.notna().any() else "a table without geometries"
    except Unreadable as error:
        reason = str(error)
    except Exception as error:  # the library's own words may hold a cell
        reason = type(error).__name__
    if reason:
        fault = Fault(
            file.name,
            "cannot be read as boundaries",
            "a layer of areas",
            reason,
            "Ask for another format.",
        )
        raise SourceError(file.name, [fault])
    return frame


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


def file_to_draw(files: dict[Path, Outlines], areas: list[Named]) -> Path | None:
    """The file whose boundaries fit the areas best; of two that fit as well the one of the later year."""
    spelt = {spelling for area in areas for spelling in area.spellings()}

    def fit(file: Path) -> tuple:
        names = set(files[file].points)
        return (shared(names, spelt), len(names & spelt), max(re.findall(r"(?:19|20)\d\d", file.stem), default=""))

    return max(reversed(files), key=fit, default=None)


def remarks(files: dict[Path, Outlines], used: Path | None) -> list[str]:
    """What a person is to look at: boundaries that are not drawn, and coordinates that are no longitude and
    latitude.
    """
    unused = [
        (
            f"look: {file.name}: not drawn, as the boundaries of {used.name} are; compare the years of both with the "
            "figures"
        )
        for file in files
        if file != used
    ]
    return unused + [
        f"look: {misread_sentence(file, outlines.misread)}" for file, outlines in files.items() if outlines.misread
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
