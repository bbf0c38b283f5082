"""The same boundaries in every format and coordinate system come out as the same areas in the same place."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import geopandas
import pytest
import topojson
from shapely.geometry import box

from loaders import Release, SourceCard, SourceError
from loaders.places.boundaries import read_boundaries
from tests.loaders.invented import AREAS, PLACE

FRAME = geopandas.GeoDataFrame(
    {"name": [*AREAS.values(), "Elsewhere"]},
    geometry=[box(127 + at / 10, 37, 127.1 + at / 10, 37.1) for at in range(4)],
    crs=4326,
)


def card(folder, file: str, **geometry) -> SourceCard:
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    words = {"id": "name", "others": "ignore", **geometry}
    release = Release.model_construct(id="1", published="2023", file=file, sha256=digest)
    made = SourceCard.model_construct(
        name="lines", kind="boundaries", place="invented", releases=(release,), geometry=words
    )
    made._folder = folder
    return made


def written(folder, kind: str, crs, projection: bool = True) -> str:
    frame = FRAME.to_crs(crs)
    if kind == "geojson":
        frame.to_file(folder / "lines.geojson", driver="GeoJSON", RFC7946="NO")
        return "lines.geojson"
    if kind == "topojson":
        (folder / "lines.topojson").write_text(
            topojson.Topology(frame, object_name="areas", prequantize=False).to_json(), encoding="utf-8"
        )
        return "lines.topojson"
    if kind == "gpkg":
        frame.to_file(folder / "lines.gpkg", layer="areas")
        return "lines.gpkg"
    frame.to_file(folder / "lines.shp")
    with zipfile.ZipFile(folder / "lines.zip", "w") as archive:
        for part in folder.glob("lines.*"):
            if part.suffix != ".zip" and (projection or part.suffix != ".prj"):
                archive.write(part, part.name)
    return "lines.zip"


@pytest.mark.parametrize("crs", [4326, 5179, 3857])
@pytest.mark.parametrize("kind", ["geojson", "topojson", "gpkg", "zip"])
def test_every_format_and_coordinate_system_gives_the_same_areas(kind, crs, tmp_path):
    """TopoJSON cannot say its coordinate system: the card does, where it is not degrees."""
    said = {"crs": f"EPSG:{crs}"} if kind == "topojson" and crs != 4326 else {}
    found = read_boundaries(card(tmp_path, written(tmp_path, kind, crs), **said), PLACE)
    assert list(found.index) == list(AREAS)
    for at, code in enumerate(AREAS):
        assert found.geometry[code].symmetric_difference(FRAME.geometry[at]).area < 1e-6


def test_a_shapefile_that_does_not_say_its_coordinate_system_is_refused_unless_the_card_says_it(tmp_path):
    file = written(tmp_path, "zip", 5179, projection=False)
    with pytest.raises(SourceError, match="the coordinate system is not said"):
        read_boundaries(card(tmp_path, file), PLACE)
    found = read_boundaries(card(tmp_path, file, crs="EPSG:5179"), PLACE)
    assert found.total_bounds.round(3).tolist() == [127.0, 37.0, 127.3, 37.1]


@pytest.mark.parametrize("said", ["EPSG:99999999", "degrees"])
def test_a_coordinate_system_that_nobody_knows_is_named(said, tmp_path):
    with pytest.raises(SourceError, match="the coordinate system is not known"):
        read_boundaries(card(tmp_path, written(tmp_path, "zip", 5179, projection=False), crs=said), PLACE)


@pytest.mark.parametrize(
    ("crs", "geometry", "fits"),
    [
        (4326, {}, True),
        (4326, {"box": [126.9, 36.9, 127.5, 37.2]}, True),
        (4326, {"box": [126.9, 36.9, 127.2, 37.2]}, False),
        (5179, {"crs": "EPSG:4326"}, False),
    ],
)
def test_an_area_outside_the_globe_or_the_cards_box_is_named(crs, geometry, fits, tmp_path):
    one = card(tmp_path, written(tmp_path, "zip", crs, projection=False), **{"crs": f"EPSG:{crs}", **geometry})
    if fits:
        assert len(read_boundaries(one, PLACE)) == len(AREAS)
        return
    with pytest.raises(SourceError, match=r"a boundary lies elsewhere.*'Cold Field'"):
        read_boundaries(one, PLACE)


def test_an_area_that_is_not_the_places_is_named_unless_the_card_leaves_it_out(tmp_path):
    one = card(tmp_path, written(tmp_path, "gpkg", 4326))
    with pytest.raises(SourceError, match="Elsewhere"):
        read_boundaries(one.model_copy(update={"geometry": {"id": "name"}}), PLACE)


def test_a_missing_field_an_area_without_and_one_with_two_boundaries_are_named(tmp_path):
    with pytest.raises(SourceError, match="a field is missing"):
        read_boundaries(card(tmp_path, written(tmp_path, "gpkg", 4326), id="NAME_1"), PLACE)
    twice = json.loads(FRAME.to_json())
    twice["features"][1]["properties"]["name"] = "Alderney Hill"
    (tmp_path / "twice.geojson").write_text(json.dumps(twice), encoding="utf-8")
    with pytest.raises(SourceError) as found:
        read_boundaries(card(tmp_path, "twice.geojson"), PLACE)
    assert {fault.what for fault in found.value.faults} == {"an area has two boundaries", "an area has no boundary"}


@pytest.mark.parametrize("name", ["../../outside.shp", "/etc/outside.shp", "..\\outside.shp"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(name, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, b"x")
    (tmp_path / "lines.zip").write_bytes(out.getvalue())
    with pytest.raises(SourceError, match="leads out of its folder"):
        read_boundaries(card(tmp_path, "lines.zip"), PLACE)
