"""Boundaries broken on their way, or made to do harm: the right areas or an error in words, in ten seconds and a gibibyte, and no crash."""

from __future__ import annotations

import io
import json
import math
import os
import random
import resource
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import Point, Polygon

from tests.loaders.invented import AREAS
from tests.loaders.test_boundaries import FRAME, written
from tests.loaders.test_broken_formats import lying

PROJECT = Path(__file__).resolve().parents[2]
WHOLE = [round(one.area, 6) for one in FRAME.geometry[:3]]


def areas(shapes) -> bytes:
    return geopandas.GeoDataFrame({"name": list(AREAS.values())}, geometry=shapes, crs=4326).to_json().encode()


def star(points: int, at: int) -> Polygon:
    """An outline of many points, of about the same size as a square."""
    angles = [2 * math.pi * one / points for one in range(points)]
    return Polygon(
        [
            (127.05 + at / 10 + 0.04 * math.cos(a) * (1 + 0.1 * math.sin(9 * a)), 37.05 + 0.04 * math.sin(a))
            for a in angles
        ]
    )


def bow(at: int) -> Polygon:
    """A ring that crosses itself: two triangles that meet in a point."""
    west = 127 + at / 10
    return Polygon([(west, 37), (west + 0.1, 37.1), (west + 0.1, 37), (west, 37.1)])


def turned(shape: Polygon) -> Polygon:
    return Polygon([(y, x) for x, y in shape.exterior.coords])


def view(folder: Path) -> bytes:
    """A GeoPackage whose layer never ends."""
    data = folder / "view.gpkg"
    FRAME.to_file(data, layer="areas")
    base = sqlite3.connect(data)
    base.execute(
        "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, 'Brook' AS name FROM n"
    )
    base.execute("UPDATE gpkg_contents SET table_name = 'endless'")
    base.commit()
    base.close()
    return data.read_bytes()


def parts(folder: Path) -> dict[str, bytes]:
    archive = zipfile.ZipFile(folder / written(folder, "zip", 4326))
    return {name: archive.read(name) for name in archive.namelist()}


def packed(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


VRT = b"<OGRVRTDataSource><OGRVRTLayer name='v'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
ARCS = {
    "type": "Topology",
    "arcs": [[[127, 37], [127.1, 37.1], [127, 37.1], [127, 37]]],
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[at]], "properties": {"name": name}}
                for at, name in enumerate(AREAS.values())
            ],
        }
    },
}
RIGHT = {
    "a hundred thousand points.geojson": (
        lambda _: areas([star(34_000, at) for at in range(3)]),
        [round(star(34_000, at).area, 6) for at in range(3)],
    ),
    "rings that cross themselves.geojson": (lambda _: areas([bow(at) for at in range(3)]), [0.005] * 3),
}
REFUSED = {
    "latitude first.geojson": (
        lambda _: areas([turned(one) for one in FRAME.geometry[:3]]),
        "latitude before longitude",
    ),
    "metres.geojson": (lambda _: areas(FRAME.geometry[:3].to_crs(5179).to_numpy()), "not in degrees"),
    "beyond all numbers.geojson": (lambda _: areas(FRAME.geometry[:3]).replace(b"127.0", b"1e308"), "lies elsewhere"),
    "no numbers.geojson": (lambda _: areas(FRAME.geometry[:3]).replace(b"127.0", b"NaN"), "no numbers"),
    "points.geojson": (lambda _: areas([Point(127.05, 37.05)] * 3), "is no area"),
    "nothing drawn.geojson": (lambda _: areas([None] * 3), "has no geometry"),
    "no areas.geojson": (lambda _: b'{"type": "FeatureCollection", "features": []}', ""),
    "another file's address.geojson": (lambda _: VRT, "none of GeoJSON"),
    "nested without end.geojson": (
        lambda _: b'{"type": "FeatureCollection", "features": ' + b"[" * 2_000_000,
        "nested too deeply",
    ),
    "nested coordinates.geojson": (
        lambda _: areas(FRAME.geometry[:3]).replace(b"[[[", b"[" * 900, 1).replace(b"]]]", b"]" * 900, 1),
        "",
    ),
    "five million brackets.geojson": (
        lambda _: b'{"type": "FeatureCollection", "features": [' + b"[]," * 6_000_000 + b"[]]}",
        "5 million values",
    ),
    "a line that is not there.topojson": (lambda _: json.dumps(ARCS).encode(), ""),
    "a view.gpkg": (view, "is a view"),
    "no package.gpkg": (lambda _: b"SQLite format 3\0" + bytes(4000), "damaged or no GeoPackage"),
    "two sets of outlines.zip": (
        lambda folder: packed({**parts(folder), "again.shp": parts(folder)["lines.shp"]}),
        "2 Shapefiles",
    ),
    "a web page called outlines.zip": (
        lambda folder: packed({**parts(folder), "lines.shp": b"<html>moved</html>"}),
        "is damaged",
    ),
    "no table beside it.zip": (
        lambda folder: packed({name: one for name, one in parts(folder).items() if not name.endswith(".dbf")}),
        "",
    ),
    "a lie about its size.zip": (
        lambda folder: lying({**parts(folder), "lines.xml": b" " * 90_000_000}, "lines.xml"),
        "the archive is damaged",
    ),
}
CHILD = """
import hashlib, sys, time
from pathlib import Path
from loaders import SourceError
from loaders.places.boundaries import read_boundaries
from tests.loaders.invented import PLACE
from tests.loaders.test_boundaries import card
for name in sys.argv[1:]:
    began, path = time.process_time(), Path(name)
    try:
        found = read_boundaries(card(path.parent, path.name, box=[126.9, 36.9, 127.5, 37.2]), PLACE)
        said = "read " + " ".join(f"{one:.6f}" for one in found.geometry.area) + ("" if found.geometry.is_valid.all() else " not valid")
    except SourceError as error:
        said = "refused " + " ".join(str(error).split())
    print(path.name, f"{time.process_time() - began:.1f}", said, sep="|", flush=True)
"""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))


def mutated(folder: Path) -> dict[str, bytes]:
    """Each format cut short at four places, and with bytes turned over at random."""
    made = {}
    for kind in ("geojson", "topojson", "gpkg", "zip"):
        data = (folder / written(folder, kind, 4326)).read_bytes()
        made |= {f"cut {share}.{kind}": data[: int(len(data) * share)] for share in (0.05, 0.4, 0.8, 0.98)}
        made |= {f"turned {seed}.{kind}": _turned(folder, kind, data, random.Random(seed)) for seed in range(8)}
    return made


def _turned(folder: Path, kind: str, data: bytes, dice: random.Random) -> bytes:
    """Three bytes become others: letters in a text, and in an archive those of one of its parts, which is packed anew."""
    names = parts(folder) if kind == "zip" else {"": data}
    name = dice.choice([one for one in names if not one.endswith((".prj", ".cpg"))])
    other, alphabet = bytearray(names[name]), range(32, 127) if kind.endswith("json") else range(256)
    for _ in range(3):
        other[dice.randrange(len(other))] = dice.choice(alphabet)
    return packed({**names, name: bytes(other)}) if kind == "zip" else bytes(other)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, tuple[float, str]]:
    """What became of every file, one after another in one process with a gibibyte."""
    work, folder = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("boundaries")
    files = mutated(work) | {name: make(work) for name, (make, _) in {**RIGHT, **REFUSED}.items()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-W", "ignore", "-c", CHILD, *(str(folder / name) for name in files)]
    ended = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=_limited, timeout=200, cwd=PROJECT, env={**os.environ}
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return {
        name: (float(seconds), said)
        for name, seconds, said in (line.split("|", 2) for line in ended.stdout.splitlines())
    }


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_only_unusual_is_read_right(name, told):
    assert told[name][1].startswith("read "), told[name]
    assert [float(one) for one in told[name][1].split()[1:4]] == pytest.approx(RIGHT[name][1], abs=2e-6)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_right_is_refused_in_words(name, told):
    assert told[name][1].startswith("refused "), told[name]
    assert REFUSED[name][1] in told[name][1]


def test_what_was_cut_short_is_refused(told):
    """A GeoPackage that has lost only its last pages may still be whole: then it is read whole."""
    cut = {name: said for name, (_, said) in told.items() if name.startswith("cut ")}
    assert len(cut) == 16
    assert all(said.startswith("refused ") or said == _read_whole() for said in cut.values()), cut
    assert sum(said.startswith("refused ") for said in cut.values()) >= 15


def _read_whole() -> str:
    return "read " + " ".join(f"{one:.6f}" for one in WHOLE)


def test_bytes_turned_over_end_in_valid_areas_within_the_box_or_in_words(told):
    """These formats carry no check sums, but for the archive: a coordinate may be another one, and no program could tell."""
    turned_over = [said for name, (_, said) in told.items() if name.startswith("turned ")]
    assert len(turned_over) == 32
    assert all(said.startswith(("read ", "refused ")) and "not valid" not in said for said in turned_over)


def test_none_takes_more_than_ten_seconds_of_work(told):
    assert max(seconds for seconds, _ in told.values()) < 10
