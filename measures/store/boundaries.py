"""The boundaries of a place as they are drawn: as the build made them, or made now where nothing built fits."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING

from disclosure.builds import Build
from disclosure.remembered import MB, remembered
from loaders import Place, SourceCard
from measures.store import artifacts
from measures.store.new_build import NewBuild

if TYPE_CHECKING:
    from measures.store.shelf import Shelf

# at the end of the address of boundaries on both sides of the 180th meridian: maps are cut elsewhere
BEYOND_180 = "&beyond-180"
USUAL_SHAPE = 520 / 364  # width ÷ height of a map whose boundaries do not say


def drawn(build: Build, card: SourceCard, place: Place) -> str:
    """A place's boundaries as TopoJSON: built, or made now where nothing built fits. Raises SourceError."""
    return (artifacts.kept(build, card, _name(place)) if place.id == card.place else None) or _made(card, place)


def keep_boundaries(build: NewBuild, card: SourceCard, place: Place) -> None:
    """Write the boundaries of a place into a build. Raises SourceError."""
    artifacts.keep(build, card, _name(place), _made(card, place))


def file_name(shelf: Shelf, place: str) -> str:
    """The file name of a place's boundaries, with the hash of their bytes; '' when it has none that can be read."""
    text = _text(shelf, place)
    return f"{place}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.topo.json" if text else ""


def boundaries_text(shelf: Shelf, name: str) -> str | None:
    """The TopoJSON of a file name; None when no place has boundaries of that name."""
    place = name.rpartition("-")[0]
    return _text(shelf, place) if place in shelf.places and file_name(shelf, place) == name else None


@remembered(MB)
def extent(shelf: Shelf, place: str) -> tuple[float, ...]:
    """West, south, east and north of a place in degrees (WGS 84), where it lies, not where insets are drawn; ()
    when it has no boundaries."""
    return tuple(json.loads(_text(shelf, place) or "{}").get("extent", ()))


@remembered(MB)
def is_beyond_180(shelf: Shelf, place: str) -> bool:
    """Are its boundaries drawn on both sides of the 180th meridian?"""
    return json.loads(_text(shelf, place) or "{}").get("bbox", [0, 0, 0, 0])[2] > 180


@remembered(MB)
def shape(shelf: Shelf, place: str) -> float:
    """How much wider than high a place is drawn, in Mercator's projection."""
    return shape_of(_text(shelf, place))


def shape_of(topology: str) -> float:
    """Width ÷ height of boundaries (TopoJSON) in Mercator's projection."""
    west, south, east, north = json.loads(topology or "{}").get("bbox", (0, 0, 0, 0))
    down = _up(north) - _up(south)
    return math.radians(east - west) / down if down > 0 else USUAL_SHAPE


def _up(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _text(shelf: Shelf, place: str) -> str:
    dataset = shelf.places[place].boundaries
    return shelf.outlines(place) if dataset in shelf.cards and shelf.readable(dataset) else ""


def _made(card: SourceCard, place: Place) -> str:
    from loaders.places.borders import topojson_of
    from loaders.places.boundaries import read_boundaries  # geopandas: of no use where the build has run
    from loaders.places.insets import with_insets

    frame = read_boundaries(card, place)
    return topojson_of(with_insets(frame, card.geometry.get("insets", [])), frame.total_bounds)


def _name(place: Place) -> str:
    return f"outlines-{place.id}.json"
