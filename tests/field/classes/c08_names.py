"""Names that are numbers are names, numbers that are attributes are obeyed, and columns that say nothing are nothing."""

from __future__ import annotations

from tests.field.rules import areas_of, nth, read, refused, rules_of, says
from tests.field.writing import json_stat, sdmx_json, text_file, workbook

rule = rules_of(8)
PRECINCTS = (
    1,
    5,
    6,
    7,
    9,
    10,
    13,
    14,
    17,
    18,
    19,
    20,
    22,
    23,
    24,
    25,
    26,
    28,
    30,
    32,
    33,
    34,
    40,
    41,
    42,
    101,
    102,
    120,
    121,
    122,
    123,
)


@rule
def precincts_that_are_called_by_numbers_are_areas(program):
    rows = [
        ["Precinct", "Year", "Robberies"],
        *([p, year, 11 + p * 37 % 89 + year % 10] for year in (2021, 2022, 2023) for p in PRECINCTS),
    ]
    file = program.file("precincts.csv", text_file(rows))
    assert program.check(file).code == 0
    found = read(program, file)
    assert areas_of(program) == {str(one) for one in PRECINCTS}
    says(found, ("5", "2022", 11 + 5 * 37 % 89 + 2))


@rule
def districts_that_are_called_by_numbers_are_areas_in_every_format(program):
    rows = [["Distretto", "2022", "2023"], *([n, 300 + 7 * n, 310 + 7 * n] for n in range(1, 9))]
    long = [
        ["Arrondissement", "Année", "Faits"],
        *([n, y, 90 + 4 * n + y % 10] for y in (2021, 2022) for n in range(1, 21)),
    ]
    for at, (name, content, areas) in enumerate(
        (
            ("a.xlsx", workbook(("Tav. 1", rows)), 8),
            ("b.csv", text_file(rows), 8),
            ("c.xlsx", workbook(("T", long)), 20),
        )
    ):
        read(program, program.file(name, content), place=nth(at))
        assert areas_of(program, nth(at)) == {str(n) for n in range(1, areas + 1)}


@rule
def zeros_before_a_code_are_kept(program):
    rows = [
        ["Kommunenummer", "2022", "2023"],
        *([code, 40 + n, 50 + n] for n, code in enumerate(("0101", "0104", "0301", "1102"))),
    ]
    found = read(program, program.file("kommuner.csv", text_file(rows)))
    assert areas_of(program) == {"0101", "0104", "0301", "1102"}
    says(found, ("0104", "2023", 51))


@rule
def codes_whose_zeros_were_lost_find_their_areas_in_a_list(program):
    names = {"01001": "Autry", "01003": "Bald Creek", "06005": "Calder", "12007": "Dry Fork"}
    listed = program.file("list.csv", text_file([["fips", "county"], *map(list, names.items())]))
    rows = [["fips", "2022", "2023"], *([int(code), 40 + n, 50 + n] for n, code in enumerate(names))]
    found = read(program, program.file("counts.csv", text_file(rows)), listed)
    assert areas_of(program) == set(names.values())
    says(found, ("Bald Creek", "2023", 51))


@rule
def a_code_and_a_name_in_one_cell_are_one_area(program):
    rows = [
        ["region", "2022", "2023"],
        *([one, 40 + n, 50 + n] for n, one in enumerate(("0114 Upplands Väsby", "0115 Vallentuna", "0117 Österåker"))),
    ]
    found = read(program, program.file("pxweb.csv", text_file(rows)))
    assert len(areas_of(program)) == 3
    assert all(
        any(name in area for area in areas_of(program)) for name in ("Upplands Väsby", "Vallentuna", "Österåker")
    )
    assert sorted(one.value for one in found if one.period == "2023" and one.area != "Mill") == [50, 51, 52]


@rule
def attributes_of_sdmx_are_obeyed_and_never_counted(program):
    rows = [
        [
            "DATAFLOW",
            "FREQ",
            "REF_AREA",
            "TIME_PERIOD",
            "OBS_VALUE",
            "UNIT_MEASURE",
            "UNIT_MULT",
            "DECIMALS",
            "OBS_STATUS",
        ]
    ]
    rows += [
        ["INV:CRIM(1.0)", "A", area, year, 12.5 + n + year % 10, "NR", 3, 1, "A"]
        for year in (2021, 2022, 2023)
        for n, area in enumerate(("AA", "BB", "CC"))
    ]
    found = read(program, program.file("sdmx.csv", text_file(rows)))
    says(found, ("AA", "2021", 13_500), ("CC", "2023", 17_500))
    assert len({one.thing for one in found}) == 1, {one.thing for one in found}


@rule
def the_unit_multiplier_of_sdmx_json_is_obeyed(program):
    content = sdmx_json(
        {"REF_AREA": ["AA", "BB"], "TIME_PERIOD": ["2022", "2023"]},
        [1.5, 1.6, 2.25, 2.5],
        {"UNIT_MULT": "6", "DECIMALS": "2"},
    )
    says(read(program, program.file("sdmx.json", content)), ("AA", "2022", 1_500_000), ("BB", "2023", 2_500_000))


@rule
def an_index_without_a_name_a_running_number_and_a_comma_at_the_end_are_nothing(program):
    body = [
        [area, year, 60 + 9 * n + year % 10]
        for year in (2021, 2022, 2023)
        for n, area in enumerate(("Ash", "Birch", "Cedar"))
    ]
    tables = {
        "index.csv": text_file([["", "Area", "Year", "Offences"], *([at, *row] for at, row in enumerate(body))]),
        "id.csv": text_file([["id", "Area", "Year", "Offences"], *([at + 1, *row] for at, row in enumerate(body))]),
        "end.csv": text_file([["Area", "Year", "Offences"], *body], last=","),
        "no.csv": text_file([["序号", "区", "年份", "起数"], *([at + 1, *row] for at, row in enumerate(body))]),
        "unnamed.csv": text_file(
            [["Unnamed: 0", "Area", "Year", "Offences"], *([at, *row] for at, row in enumerate(body))]
        ),
    }
    for name, content in tables.items():
        place = name.partition(".")[0]
        found = read(program, program.file(name, content), place=place)
        assert areas_of(program, place) == {"Ash", "Birch", "Cedar"}, name
        assert len({one.thing for one in found}) == 1, (name, {one.thing for one in found})
        says(found, ("Birch", "2022", 71))


@rule
def two_areas_of_one_name_are_told_apart_by_their_codes_or_asked_about(program):
    rows = [["Code", "Township", "Year", "Calls"]]
    rows += [
        [code, name, year, 30 + 8 * n + year % 10]
        for year in (2022, 2023)
        for n, (code, name) in enumerate(
            (("T01", "Springwater"), ("T02", "Elk Run"), ("T07", "Springwater"), ("T09", "Deer Lick"))
        )
    ]
    done = program.new(program.file("townships.csv", text_file(rows)))
    if done.code == 0:
        values = sorted(
            one.value for one in program.figures() if one.period == "2022" and one.row["area_code"] != "mill"
        )
        assert values == [32, 40, 48, 56]
        assert len(program.place()["areas"]) == 4
    else:
        assert "Springwater" in done.said, done.said


@rule
def two_areas_of_one_name_without_a_code_are_asked_about(program):
    rows = [["Township", "2022", "2023"], ["Springwater", 30, 31], ["Elk Run", 40, 41], ["Springwater", 50, 51]]
    done = program.new(program.file("townships.csv", text_file(rows)))
    assert done.code != 0, done.said
    assert "Springwater" in done.said, done.said


@rule
def kinds_that_hold_a_word_for_an_address_or_a_person_are_kinds(program):
    heads = (
        "Street robbery",
        "Home burglary",
        "Phone theft",
        "Vehicle plate theft",
        "Name-calling reports",
        "E-mail fraud",
    )
    rows = [
        ["Area", "Year", *heads],
        *(
            [area, year, *(30 + 7 * n + at + year % 10 for at in range(len(heads)))]
            for year in (2022, 2023)
            for n, area in enumerate(("Ash", "Birch", "Cedar"))
        ),
    ]
    file = program.file("kinds.csv", text_file(rows))
    assert program.check(file).code != 1, program.check(file).said
    says(read(program, file), ("Birch", "2023", 40, "Street robbery"), ("Ash", "2022", 34, "Phone theft"))


STATCAN = [
    "REF_DATE",
    "GEO",
    "DGUID",
    "Violations",
    "UOM",
    "UOM_ID",
    "SCALAR_ID",
    "VECTOR",
    "COORDINATE",
    "VALUE",
    "DECIMALS",
]


@rule
def vectors_coordinates_and_ids_of_a_cube_are_nothing(program):
    rows = [
        [
            year,
            place,
            f"2016A{n}",
            kind,
            "Number",
            "223",
            "0",
            f"v{10 * n + m}",
            f"{n}.{m}.1",
            100 * n + 10 * m + year % 10,
            "0",
        ]
        for year in (2021, 2022, 2023)
        for n, place in enumerate(("Northmark", "Prairie Lake", "Tidewater"), 1)
        for m, kind in enumerate(("Robbery", "Mischief"), 1)
    ]
    figures = read(program, program.file("cube.csv", text_file([STATCAN, *rows])))
    says(figures, ("Tidewater", "2022", 312, "Robbery"), ("Northmark", "2023", 123, "Mischief"))
    assert areas_of(program) == {"Northmark", "Prairie Lake", "Tidewater"}


@rule
def an_id_that_never_changes_and_codes_in_other_languages_are_nothing(program):
    head = ["STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MULT", "DECIMALS"]
    rows = [
        ["dataflow", "XX:DF(1.0)", "I", area, year, 7 * n + year % 10, 3, 0]
        for n, area in enumerate(("XA1", "XA2"), 1)
        for year in (2021, 2022)
    ]
    says(read(program, program.file("data.csv", text_file([head, *rows])), place=nth(0)), ("XA2", "2022", 16000))
    codes = [
        ["団体コード", "市町村名", "時間軸コード", "年次", "件数"],
        *(
            [code, name, f"{year}000000", f"{year}年", 40 + n]
            for n, (code, name) in enumerate([(1100, "緑町"), (13101, "浜手区")])
            for year in (2021, 2022)
        ),
    ]
    figures = read(program, program.file("codes.csv", text_file(codes)), place=nth(1))
    assert {figure.thing for figure in figures} == {("", "件数")}
    says(figures, ("緑町", "2022", 40))


@rule
def two_towns_of_one_name_in_two_regions_are_told_apart_by_their_code(program):
    grid = [
        ["コード", "都道府県", "市町村", "2021年", "2022年"],
        [13206, "東都", "府中市", 120, 118],
        [34208, "西国", "府中市", 44, 41],
        [13207, "東都", "昭町", 77, 80],
        [34209, "西国", "三原市", 65, 60],
    ]
    figures = read(program, program.file("towns.csv", text_file(grid)))
    assert sorted(figure.value for figure in figures if figure.period == "2021" and figure.area != "Mill") == [
        44,
        65,
        77,
        120,
    ]


@rule
def two_areas_of_one_name_are_called_by_it_and_by_what_they_lie_in(program):
    rows = [["コード", "都道府県", "市町村", "2021年", "2022年"]]
    rows += [["13206", "東都", "府中市", 120, 118], ["34208", "西国", "府中市", 44, 41]]
    rows += [["13207", "東都", "昭町", 77, 80], ["34209", "西国", "三原市", 65, 60]]
    read(program, program.file("fuchu.csv", text_file(rows)))
    assert areas_of(program) == {"府中市 (東都)", "府中市 (西国)", "昭町", "三原市"}, areas_of(program)
    english = [
        ["Code", "State", "County", "2021", "2022"],
        ["01001", "Arun", "Lake", 120, 118],
        ["02001", "Bhagir", "Lake", 44, 41],
    ]
    english += [["01003", "Arun", "Elm", 77, 80], ["02003", "Bhagir", "Fir", 65, 60]]
    read(program, program.file("lake.csv", text_file(english)), place="mill_two")
    assert areas_of(program, "mill_two") == {"Lake (Arun)", "Lake (Bhagir)", "Elm", "Fir"}, areas_of(
        program, "mill_two"
    )


@rule
def labels_of_cubes_name_areas_and_kinds(program):
    regions = {"0101": "Norrby", "0102": "Söderö", "0103": "Västvik"}
    kinds, months = {"A": "stöld", "B": "rån"}, {f"2023M0{month}": f"2023M0{month}" for month in (1, 2, 3)}
    values = [596, 124, 206, 133, None, 428, 79, 395, 124, 447, 266, 481, 724, 556, 179, 773, 538, 350]
    axes = {"Region": regions, "Brott": kinds, "Tid": months}
    found = read(program, program.file("px.json", json_stat(axes, values, {4: "..", 7: "p"})))
    assert areas_of(program) == {*regions.values()}
    says(
        found,
        ("Norrby", "2023-01", 596, "stöld"),
        ("Norrby", "2023-02", None, "rån"),
        ("Västvik", "2023-03", 350, "rån"),
    )
    states = {"A1": "Wattle", "A2": "Gum", "A3": "Banksia"}
    axes = {"FREQ": {"A": "Annual"}, "REF_AREA": states, "TIME_PERIOD": {str(year): str(year) for year in (2021, 2022)}}
    read(program, program.file("sdmx.json", sdmx_json(axes, [139, 698, 689, 702, 135, 743])), place="mill_two")
    assert areas_of(program, "mill_two") == {*states.values()}


@rule
def labels_of_cubes_are_judged_as_cells_are(program):
    people = {f"P{number:03d}": f"victim{number}@example.org" for number in range(1, 41)}
    axes = {"Region": people, "Tid": {"2022": "2022", "2023": "2023"}}
    refused(program, program.file("people.json", json_stat(axes, list(range(100, 180)))))
