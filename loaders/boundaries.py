"""Where do the areas lie? Published boundaries become one small TopoJSON, drawn by the area's code."""

from __future__ import annotations

import hashlib
import json

from loaders.cards import SourceCard
from loaders.columns import of_frame
from loaders.errors import Fault, SourceError
from loaders.gate import let_in
from loaders.places import Place


def read_boundaries(card: SourceCard, place: Place):
    """A GeoDataFrame in WGS 84: one row = one area, index = the area's code. Raises SourceError with every fault."""
    import geopandas  # a third of a second to import: only the build pays it

    path = card.folder / card.latest.file
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != card.latest.sha256:
        raise SourceError(
            card.id, [Fault(card.id, f"'{card.latest.file}' is not the file that was recorded", card.latest.sha256, found, "Add a release.")]
        )
    frame = geopandas.read_file(path, layer=card.geometry["object"])
    let_in(of_frame(frame.drop(columns=frame.geometry.name), card.latest.file), card, card.latest)
    frame = (frame if frame.crs else frame.set_crs(4326)).to_crs(4326)
    frame.index = [place.code_of(name) for name in frame[card.geometry["id"]]]
    faults = [
        Fault(f"'{card.latest.file}'", "a boundary of no known area", "an area of the place", f"'{name}'", "Add an alias to the place.")
        for code, name in zip(frame.index, frame[card.geometry["id"]], strict=True)
        if code is None
    ]
    faults += [
        Fault(f"'{card.latest.file}'", "an area has no boundary", area.code, "none", "Find its boundary or say why there is none.")
        for area in place.areas
        if area.code not in frame.index
    ]
    if faults:
        raise SourceError(card.id, faults)
    frame["geometry"] = frame.geometry.make_valid()
    return frame[["geometry"]].sort_index()


def topojson_of(frame) -> str:
    """The boundaries as TopoJSON (object ``areas``, feature id = area code): shared borders stay shared.

    Each area's properties hold ``lon`` and ``lat`` of a point inside it, where a letter or a circle may stand.
    """
    import topojson

    points = frame.geometry.representative_point()
    placed = frame.assign(lon=points.x.round(4), lat=points.y.round(4))
    made = topojson.Topology(placed, object_name="areas", prequantize=1e5, prevent_oversimplify=True).to_dict()
    for feature in made["objects"]["areas"]["geometries"]:
        feature.pop("bbox", None)
    return json.dumps(made, separators=(",", ":"))


def neighbours(frame) -> list[tuple[str, str]]:
    """Pairs of areas that share a border longer than a point."""
    pairs = []
    for one in range(len(frame)):
        for other in range(one + 1, len(frame)):
            shared = frame.geometry.iloc[one].intersection(frame.geometry.iloc[other])
            if shared.length > 0:
                pairs.append((frame.index[one], frame.index[other]))
    return pairs
