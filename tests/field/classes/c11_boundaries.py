"""Outlines of every kind make a right map or a clear sentence; none makes a crash."""

from __future__ import annotations

import json
import math

from tests.field.program import Program
from tests.field.rules import nth, rules_of
from tests.field.writing import geojson, square, text_file

rule = rules_of(11)
WARDS = {"E05013929": "Berrylands", "E05013930": "Canbury", "E05013931": "Norbiton", "E05013932": "Surbiton"}


def counts(names, years=(2021, 2022, 2023)) -> bytes:
    return text_file(
        [
            ["ward", "year", "offences"],
            *([name, year, 101 + 37 * n + year % 10] for year in years for n, name in enumerate(names)),
        ]
    )


def metres() -> bytes:
    """Four wards in eastings and northings of the British grid, without a word about it."""
    features = [
        {
            "type": "Feature",
            "properties": {"WD22CD": code, "WD22NM": name},
            "geometry": {"type": "Polygon", "coordinates": square(518000 + 1500 * n, 168000, 1500)},
        }
        for n, (code, name) in enumerate(WARDS.items())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def boxes(program: Program, place: str = "mill") -> list[list[float]]:
    """West, south, east and north of the outlines as the builds wrote them, the newest last."""
    files = sorted(program.root.glob(f"built/**/outlines-{place}.json"), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(json.loads(path.read_text(encoding="utf-8"))["content"])["bbox"] for path in files]


def drawn(program: Program, place: str = "mill") -> list[float]:
    """The box of the outlines after a build."""
    done = program.build()
    assert done.code == 0, done.said
    built = boxes(program, place)
    assert built, f"no outlines were built: {done.said}"
    return built[-1]


def near(found: list[float], expected: tuple[float, ...], within: float = 0.02) -> None:
    assert all(abs(one - other) < within for one, other in zip(found, expected, strict=True)), (found, expected)


def set_crs(program: Program, crs: str) -> None:
    (card,) = [path for path in program.cards() if 'kind = "boundaries"' in path.read_text(encoding="utf-8")]
    lines = [line for line in card.read_text(encoding="utf-8").split("\n") if not line.startswith("crs")]
    at = lines.index("[geometry]")
    card.write_text("\n".join([*lines[: at + 1], f'crs = "{crs}"', *lines[at + 1 :]]), encoding="utf-8")


def plain(said: str) -> None:
    """A sentence for a person, and no name of an error of the code."""
    assert "Error)" not in said, said
    assert "Traceback" not in said, said
    assert "records of individuals" not in said, said


def map_or_sentence(
    program: Program, outlines: bytes, names, *words: str, place: str = "mill", box: tuple[float, ...] = ()
) -> None:
    """Either everything is drawn in its place, or ``new``, ``check PLACE`` or the build has a line with one of the words."""
    done = program.new(
        program.file(f"{place}_outlines.geojson", outlines),
        program.file(f"{place}_counts.csv", counts(names)),
        place=place,
    )
    plain(done.said)
    if done.code == 0:
        lint, build = program.check(place), program.build()
        plain(lint.said + build.said)
        if build.code == 0 and box:
            near(drawn(program, place), box)
            return
        if not box or build.code:
            done = lint
    assert any(
        word in line.casefold()
        for line in done.said.splitlines()
        for word in words
        if not line.startswith(("drafted", "Now"))
    ), f"none of {words} is said:\n{done.said}"


@rule
def outlines_in_metres_are_drafted_with_a_word_and_crs_is_obeyed(program):
    wards = text_file(
        [
            ["code", "ward", "year", "offences"],
            *(
                [code, name, year, 101 + 37 * n + year % 10]
                for year in (2021, 2022, 2023)
                for n, (code, name) in enumerate(WARDS.items())
            ),
        ]
    )
    done = program.new(program.file("wards_outlines.geojson", metres()), program.file("wards.csv", wards))
    plain(done.said)
    assert program.cards(), done.said
    both = done.said + program.check("mill").said
    assert "degrees" in both, both
    assert "crs" in both, both
    set_crs(program, "EPSG:27700")
    assert not program.check("mill").lines_with("elsewhere")
    near(drawn(program), (-0.3052, 51.3975, -0.2184, 51.4123))


@rule
def check_tells_outlines_from_a_table(program):
    files = {
        "metres.geojson": metres(),
        "degrees.geojson": geojson({"Ash": square(10, 50, 0.1), "Birch": square(10.1, 50, 0.1)}),
    }
    for name, content in files.items():
        done = program.check(program.file(name, content))
        plain(done.said)
        assert "outline" in done.said or "boundar" in done.said, done.said
        if name.startswith("metres"):
            assert "degrees" in done.said and "crs" in done.said, done.said
        else:
            assert done.code != 1, done.said


@rule
def the_coordinate_system_that_a_file_names_is_obeyed(program):
    names = ("Ebene", "Feld", "Grund")
    shapes = {name: square(500_000 + 5_000 * n, 5_800_000, 5_000) for n, name in enumerate(names)}
    content = geojson(shapes, crs="urn:ogc:def:crs:EPSG::25832")
    assert program.new(program.file("outlines.geojson", content), program.file("counts.csv", counts(names))).code == 0
    near(drawn(program), (9.0, 52.347, 9.2205, 52.395))


@rule
def a_coordinate_system_in_the_card_is_obeyed_for_any_zone(program):
    systems = {
        "EPSG:5179": (953_000, 1_952_000, 126.967, 37.566),
        "EPSG:2154": (652_000, 6_862_000, 2.346, 48.857),
        "EPSG:3857": (1_489_000, 6_894_000, 13.376, 52.515),
    }
    for at, (crs, (x, y, east, north)) in enumerate(systems.items()):
        other = f"{crs.replace(':', '_').lower()}"
        names = ("Ay", "Bee", "Cee")
        features = geojson({name: square(x + 1000 * n, y, 1000) for n, name in enumerate(names)})
        place = nth(at)
        done = program.new(
            program.file(f"{other}.geojson", features), program.file(f"{other}_counts.csv", counts(names)), place=place
        )
        plain(done.said)
        cards = [path for path in program.cards(place) if 'kind = "boundaries"' in path.read_text(encoding="utf-8")]
        assert cards, done.said
        text = [line for line in cards[0].read_text(encoding="utf-8").split("\n") if not line.startswith("crs")]
        cards[0].write_text("\n".join(text).replace("[geometry]", f'[geometry]\ncrs = "{crs}"'), encoding="utf-8")
        west, south, *_ = drawn(program, place)
        assert math.dist((west, south), (east, north)) < 0.05, (crs, west, south)


@rule
def a_place_on_both_sides_of_the_180th_meridian_is_drawn_or_told_of(program):
    names = ("Vunilagi", "Rabi", "Qelelevu")
    shapes = {
        "Vunilagi": square(179.2, -17.0, 0.5),
        "Rabi": square(-179.9, -17.0, 0.5),
        "Qelelevu": square(-179.4, -17.0, 0.3),
    }
    done = program.new(program.file("outlines.geojson", geojson(shapes)), program.file("counts.csv", counts(names)))
    plain(done.said)
    lint, build = program.check("mill"), program.build()
    plain(lint.said + build.said)
    built = boxes(program)
    assert "180" in done.said + lint.said + build.said or (built and built[-1][2] - built[-1][0] < 10), (
        f"the map goes round the world: {built}"
    )


@rule
def rings_in_either_direction_draw_the_same_map(program):
    names = ("Ash", "Birch", "Cedar")
    shapes = {name: square(10 + 0.1 * n, 50, 0.1, clockwise=n % 2 == 0) for n, name in enumerate(names)}
    map_or_sentence(program, geojson(shapes), names, "ring", box=(10, 50, 10.3, 50.1))


@rule
def empty_missing_and_broken_geometries_are_named(program):
    names = ("Ash", "Birch", "Cedar")
    whole = {name: square(10 + 0.1 * n, 50, 0.1) for n, name in enumerate(names)}
    bow = [[[10.2, 50], [10.3, 50.1], [10.3, 50], [10.2, 50.1], [10.2, 50]]]
    spoilt = {
        "missing": {**whole, "Cedar": None},
        "empty": {**whole, "Cedar": []},
        "broken": {**whole, "Cedar": bow},
        "a_line": {**whole, "Cedar": [[[10.2, 50], [10.3, 50.1]]]},
    }
    for name, shapes in spoilt.items():
        map_or_sentence(
            program,
            geojson(shapes),
            names,
            "geometr",
            "empty",
            "broken",
            "no outline",
            "no boundary",
            place=name,
            box=(10, 50, 10.3, 50.1) if name == "broken" else (),
        )


@rule
def latitude_before_longitude_is_told_of(program):
    names = ("Ash", "Birch", "Cedar")
    shapes = {name: [[[y, x] for x, y in square(127 + 0.1 * n, 37, 0.1)[0]]] for n, name in enumerate(names)}
    map_or_sentence(program, geojson(shapes), names, "latitude", "longitude", "elsewhere", box=(127, 37, 127.3, 37.1))


@rule
def names_of_other_letters_find_their_outlines(program):
    names = ("Évry", "Århus", "中山區", "Ķekava")
    map_or_sentence(
        program,
        geojson({name: square(10 + 0.1 * n, 50, 0.1) for n, name in enumerate(names)}),
        names,
        "nothing",
        box=(10, 50, 10.4, 50.1),
    )


@rule
def outlines_of_two_years_are_told_apart(program):
    names = ("Ash", "Birch", "Cedar")
    first = program.file(
        "wards_2011.geojson",
        geojson({name: square(10 + 0.1 * n, 50, 0.1) for n, name in enumerate((*names, "Old Elm"))}),
    )
    second = program.file(
        "wards_2021.geojson", geojson({name: square(10 + 0.1 * n, 50, 0.1) for n, name in enumerate(names)})
    )
    done = program.new(first, second, program.file("counts.csv", counts(names)))
    plain(done.said)
    assert done.lines_with("2011", "2021") or (done.code == 0 and program.check("mill").lines_with("2011")), (
        "two files of outlines, and not a word of which is used"
    )


@rule
def an_area_whose_boundary_is_empty_stays_an_area(program):
    outlines = geojson({"Seewil": square(7.4, 46.9, 0.1), "Oberau": square(7.5, 46.9, 0.1), "Nidau": None})
    grid = [["Gemeinde", "2021", "2022"], ["Seewil", 31, 33], ["Oberau", 44, 41], ["Nidau", 9, 12]]
    program.new(program.file("counts.csv", text_file(grid)), program.file("outlines.geojson", outlines))
    place = program.place()
    assert {area["name"]["en"] for area in place["areas"]} == {"Seewil", "Oberau", "Nidau"}
    assert not place.get("unallocated")
