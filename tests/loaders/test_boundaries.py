"""The same boundaries in every format and coordinate system come out as the same areas in the same place."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import topojson
from shapely import transform
from shapely.geometry import LinearRing, LineString, MultiPolygon, Polygon, box

from charts.areas.map_specs import choropleth_spec
from loaders import Release, SourceCard, SourceError
from loaders.formats.geometry import holds_boundaries, outlines
from loaders.places.borders import topojson_of
from loaders.places.boundaries import read_boundaries
from measures.store.boundaries import BEYOND_180
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


def features(folder, shapes: dict) -> str:
    """A GeoJSON file that names no coordinate system; its name."""
    written = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": None if shape is None else shape.__geo_interface__,
        }
        for name, shape in shapes.items()
    ]
    (folder / "lines.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": written}), encoding="utf-8"
    )
    return "lines.geojson"


def moved(change) -> dict:
    """The three areas, each of their points as ``change`` gives it."""
    return {
        name: transform(shape, change)
        for name, shape in zip(AREAS.values(), FRAME.geometry[:3].to_numpy(), strict=True)
    }


@pytest.mark.parametrize("crs", [5179, 3857, 32652])
def test_geojson_in_metres_says_that_it_is_not_in_degrees_and_obeys_the_card(crs, tmp_path):
    shapes = FRAME.geometry[:3].to_crs(crs)
    file = features(tmp_path, dict(zip(AREAS.values(), shapes, strict=True)))
    with pytest.raises(SourceError, match=r"not in degrees.*crs = \"EPSG") as raised:
        read_boundaries(card(tmp_path, file), PLACE)
    assert len(raised.value.faults) == 1, "once, not once for each area"
    read = read_boundaries(card(tmp_path, file, crs=f"EPSG:{crs}"), PLACE)
    assert read.total_bounds.round(4).tolist() == [127.0, 37.0, 127.3, 37.1]


@pytest.mark.parametrize("words", [{}, {"box": [10, 20, 11, 21]}])
def test_latitude_before_longitude_is_named_and_can_be_swapped(words, tmp_path):
    """Over 90 degrees of longitude the file shows it; under them the card's box does."""
    east = (-116.9, -16.9) if words else (0, 0)
    file = features(tmp_path, moved(lambda points: (points + np.array(east))[:, ::-1]))
    with pytest.raises(SourceError, match=r"latitude before longitude.*swap_axes"):
        read_boundaries(card(tmp_path, file, **words), PLACE)
    read = read_boundaries(card(tmp_path, file, swap_axes=True, **words), PLACE)
    assert read.total_bounds.round(4).tolist() == ([10.1, 20.1, 10.4, 20.2] if words else [127.0, 37.0, 127.3, 37.1])


def test_a_place_beyond_the_180th_meridian_stays_in_one_piece(tmp_path):
    """One area lies west of it, one on both sides in two halves, one east of it."""
    halves = MultiPolygon([box(179.9, -17, 180, -16.9), box(-180, -17, -179.9, -16.9)])
    shapes = [box(179.8, -17, 179.9, -16.9), halves, box(-179.9, -17, -179.8, -16.9)]
    read = read_boundaries(card(tmp_path, features(tmp_path, dict(zip(AREAS.values(), shapes, strict=True)))), PLACE)
    assert read.total_bounds.round(4).tolist() == [179.8, -17.0, 180.2, -16.9]
    assert read.geometry.iloc[1].geom_type == "Polygon", "the halves are one area"
    whole_world = [box(-179, 0, -10, 10), box(-5, 0, 5, 10), box(20, 0, 179, 10)]
    file = features(tmp_path, dict(zip(AREAS.values(), whole_world, strict=True)))
    assert read_boundaries(card(tmp_path, file), PLACE).total_bounds.tolist() == [-179, 0, 179, 10]


@pytest.mark.parametrize("ccw", [True, False])
def test_outer_rings_run_clockwise_whichever_way_they_were_published(ccw, tmp_path):
    shapes = [box(127 + number / 10, 37, 127.1 + number / 10, 37.1, ccw=ccw) for number in range(3)]
    read = read_boundaries(card(tmp_path, features(tmp_path, dict(zip(AREAS.values(), shapes, strict=True)))), PLACE)
    assert not any(shape.exterior.is_ccw for shape in read.geometry)


@pytest.mark.parametrize("around_first", [True, False])
def test_a_map_draws_an_area_that_lies_within_another_as_itself_and_not_as_the_rest_of_the_globe(around_first):
    """The border of the two is written once, so that one of them must be read backwards."""
    within = box(127.02, 37.02, 127.08, 37.08)
    around = box(127, 37, 127.1, 37.1).difference(within)
    shapes = {"around": around, "within": within} if around_first else {"within": within, "around": around}
    frame = geopandas.GeoDataFrame(geometry=list(shapes.values()), index=list(shapes), crs=4326)
    drawn = json.loads(topojson_of(frame, frame.total_bounds))
    arcs = [np.cumsum(arc, axis=0).tolist() for arc in drawn["arcs"]]
    rings = {}
    for feature in drawn["objects"]["areas"]["geometries"]:
        read = [
            [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
            for ring in feature["arcs"]
        ]
        rings[feature["id"]] = [LinearRing(ring).is_ccw for ring in read]
    assert rings == {"around": [False, True], "within": [False]}


@pytest.mark.parametrize(
    ("shape", "what"),
    [
        (None, "a boundary has no geometry"),
        (Polygon(), "a boundary is empty"),
        (LineString([(127.2, 37), (127.3, 37.1)]), "a boundary is no area"),
        (Polygon([(127.2, 37), (127.3, 37.1), (127.2, 37)]), "a boundary is broken"),
    ],
)
def test_a_boundary_that_draws_nothing_is_named_with_its_lack(shape, what, tmp_path):
    shapes = {name: FRAME.geometry[number] for number, name in enumerate(AREAS.values())}
    file = features(tmp_path, {**shapes, [*AREAS.values()][2]: shape})
    with pytest.raises(SourceError, match=f"{what}.*'{[*AREAS.values()][2]}'") as raised:
        read_boundaries(card(tmp_path, file), PLACE)
    assert len(raised.value.faults) == 1


def test_geojson_without_any_geometry_says_so(tmp_path):
    listed = [{"type": "Feature", "properties": {"name": name}} for name in AREAS.values()]
    (tmp_path / "bare.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": listed}))
    with pytest.raises(SourceError, match=r"no boundaries|no geometry"):
        read_boundaries(card(tmp_path, "bare.geojson"), PLACE)


@pytest.mark.parametrize("encoding", ["euc-kr", "gb18030", "cp1251"])
def test_the_card_says_in_which_encoding_the_names_of_a_shapefile_are(encoding, tmp_path):
    names = {"euc-kr": "강남구", "gb18030": "东区", "cp1251": "Север"}
    spelt = [names[encoding], *FRAME["name"][1:]]
    FRAME.assign(name=spelt).to_file(tmp_path / "lines.shp", encoding=encoding)
    with zipfile.ZipFile(tmp_path / "lines.zip", "w") as archive:
        for part in tmp_path.glob("lines.*"):
            if part.suffix not in (".zip", ".cpg"):
                archive.write(part, part.name)
    said = card(tmp_path, "lines.zip", encoding=encoding).model_copy(
        update={"area_codes": {names[encoding]: next(iter(AREAS))}}
    )
    assert list(read_boundaries(said, PLACE).index) == list(AREAS)


def test_a_map_beyond_the_180th_meridian_is_cut_on_the_other_side_of_the_globe():
    plain, turned = (choropleth_spec("en", f"boundaries/a.topo.json{end}") for end in ("", BEYOND_180))
    assert turned["projection"] == {**plain["projection"], "rotate": [-180, 0, 0]}
    assert "rotate" not in plain["projection"]


class OlderName(zipfile.ZipInfo):
    """A member whose name is written in the encoding of the machine that packed it, which the archive does not say."""

    def __init__(self, name: str, encoding: str):
        super().__init__(name)
        self.encoding = encoding

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp949", "서울 경계"),
        ("cp949", "뷁"),
        ("gb18030", "上海市边界"),
        ("gb18030", "㐀镇"),
        ("shift_jis", "区域ソ"),
        ("shift_jis", "東京表示"),
    ],
)
def test_an_archive_whose_members_are_named_in_an_older_encoding_is_read(tmp_path, encoding, name):
    written(tmp_path, "shapefile", 4326)
    with zipfile.ZipFile(tmp_path / "lines.zip") as plain, zipfile.ZipFile(tmp_path / "older.zip", "w") as older:
        for part in plain.namelist():
            older.writestr(OlderName(f"{name}/{name}{Path(part).suffix}", encoding), plain.read(part))
    assert holds_boundaries(tmp_path / "older.zip")
    expected, found = (outlines(tmp_path / file) for file in ("lines.zip", "older.zip"))
    assert found.drop(columns="geometry").equals(expected.drop(columns="geometry"))
    assert found.geometry.geom_equals(expected.geometry).all()
