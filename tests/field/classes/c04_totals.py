"""Totals and rows that are no areas are known by arithmetic and by name, in every shape and language."""

from __future__ import annotations

from tests.field.rules import areas_of, nth, read, remarked, rules_of, says, the, unallocated_of, unanswered
from tests.field.writing import text_file, workbook

rule = rules_of(4)
UNKNOWN = {  # language of the table → words for what is in no area
    "German": ("Gemeinde", "Jahr", "Fälle", "ohne Angabe"),
    "French": ("Commune", "Année", "Faits", "Non précisé"),
    "Spanish": ("Comarca", "Año", "Hechos", "No consta"),
    "Korean": ("구", "연도", "발생건수", "미상"),
    "Japanese": ("市区", "年", "認知件数", "不明"),
    "Taiwanese": ("區", "年度", "件數", "署所屬機關"),
    "Chinese": ("区", "年份", "起数", "不详"),
    "English": ("Borough", "Year", "Offences", "Not stated"),
    "Dutch": ("Wijk", "Jaar", "Misdrijven", "Onbekend"),
}


@rule
def unassigned_and_out_of_state_are_no_counties_and_the_state_is_their_sum(program):
    counts = {2021: (412, 98, 733, 49, 7, 1299), 2022: (422, 108, 743, 59, 7, 1339), 2023: (437, 123, 758, 74, 7, 1399)}
    names = ("Albany", "Platte", "Laramie", "Unassigned", "Out of state", "Wyoming")
    rows = [
        ["Region", "Year", "Cases"],
        *([name, year, one] for year, row in counts.items() for name, one in zip(names, row, strict=True)),
    ]
    found = read(program, program.file("regions.csv", text_file(rows)))
    assert areas_of(program) == {"Albany", "Platte", "Laramie"}
    assert unallocated_of(program) == {"Unassigned", "Out of state"}
    assert "Wyoming" not in {one.area for one in found}
    says(found, ("Mill", "2021", 1299), ("Mill", "2023", 1399), ("Laramie", "2022", 743))


@rule
def what_is_in_no_area_is_unallocated_in_the_words_of_many_languages(program):
    wrong = []
    for at, (language, (area, year, count, word)) in enumerate(UNKNOWN.items()):
        rows = [
            [area, year, count],
            *(
                [name, y, 40 + 11 * n + y % 10]
                for y in (2022, 2023)
                for n, name in enumerate(["Ava", "Bel", "Cor", word])
            ),
        ]
        done = program.new(program.file(f"table{at}.csv", text_file(rows)), place=nth(at))
        if (
            done.code
            or unallocated_of(program, nth(at)) != {word}
            or areas_of(program, nth(at)) != {"Ava", "Bel", "Cor"}
        ):
            wrong.append(language)
    assert not wrong, wrong


@rule
def the_sum_of_a_wide_table_is_found_under_a_name_of_its_own(program):
    rows = [
        ["Județ", "2021", "2022", "2023"],
        ["Arad", 120, 131, 127],
        ["Bihor", 88, 85, 91],
        ["Cluj", 240, 238, 251],
        ["Regiunea Nord-Vest", 448, 454, 469],
    ]
    found = read(program, program.file("judete.xlsx", workbook(("Date", rows))))
    assert areas_of(program) == {"Arad", "Bihor", "Cluj"}
    says(found, ("Mill", "2022", 454), ("Cluj", "2023", 251))


@rule
def the_sum_is_found_where_kinds_stand_in_columns_and_years_in_rows(program):
    rows = [["分局", "年份", "窃盗", "詐欺"]]
    for year in (2021, 2022, 2023):
        cells = [[31 + year % 10, 12], [44, 20 + year % 10], [27, 9], [5, 2]]
        rows += [
            [name, year, *cell]
            for name, cell in zip(("中山分局", "大安分局", "信義分局", "署所屬機關"), cells, strict=True)
        ]
        rows.append(["臺北市", year, *map(sum, zip(*cells, strict=True))])
    found = read(program, program.file("fenju.csv", text_file(rows)))
    assert areas_of(program) == {"中山分局", "大安分局", "信義分局"}
    assert unallocated_of(program) == {"署所屬機關"}
    says(found, ("大安分局", "2022", 22, "詐欺"), ("Mill", "2023", 34 + 44 + 27 + 5, "窃盗"))


@rule
def totals_of_groups_among_the_kinds_are_not_counted_twice(program):
    rows = [["Area", "Year", "Assault", "Robbery", "Violence", "Burglary", "Theft", "Property", "Everything"]]
    for year in (2021, 2022, 2023):
        for n, area in enumerate(["Ash", "Birch", "Cedar"]):
            a, b, c, d = 50 + n + year % 10, 11 + n, 23 + 2 * n, 140 + 7 * n + year % 10
            rows.append([area, year, a, b, a + b, c, d, c + d, a + b + c + d])
    found = read(program, program.file("kinds.csv", text_file(rows)))
    whole = [one for one in found if one.area == "Ash" and one.period == "2022"]
    values = [one.value for one in whole]
    assert max(values) == 52 + 11 + 23 + 142, f"a total counted again: {values}"
    lint = program.check("mill")
    assert not any("stand" in line for line in lint.lines_with("Everything", "variable"))


@rule
def a_place_that_is_twice_one_of_its_areas_is_never_built_without_a_remark(program):
    rows = [["Sector", "Year", "Calls"]]
    for year in (2020, 2021, 2022, 2023):
        cells = [210 + year % 10, 145, 98 + year % 7]
        rows += [[name, year, one] for name, one in zip(("Harbour", "Old Town", "Uplands"), cells, strict=True)]
        rows.append(["Greater Quay", year, sum(cells) + (year == 2021)])
    remarked(
        program,
        program.file("sectors.csv", text_file(rows)),
        about=("Greater Quay",),
        beside=("sum", "total", "twice", "half", "double"),
    )


@rule
def an_area_called_like_its_place_but_no_sum_stays_an_area(program):
    rows = [
        ["District", "Year", "Calls"],
        *(
            [name, year, 300 - 70 * n + year % 10]
            for year in (2021, 2022, 2023)
            for n, name in enumerate(["Mill", "Weir", "Lock"])
        ),
    ]
    done = program.new(program.file("districts.csv", text_file(rows)))
    if done.code == 0:
        assert areas_of(program) == {"Mill", "Weir", "Lock"}
        assert (
            the(
                [one for one in program.figures() if one.row["area_code"] != "mill"] or program.figures(),
                "Weir",
                "2022",
            ).value
            == 232
        )
    else:
        assert "Mill" in done.said


STATES = {"Arunabad": (736, 210, 330), "Bhagirpur": (660, 415, 402), "Chandrapat": (778, 600, 659)}
TERRITORIES = {"Dweepgram": (33, 12, 50), "Ela Islands": (75, 35, 87)}


def _sum(*groups: dict) -> list[int]:
    return [sum(values) for values in zip(*(row for group in groups for row in group.values()), strict=True)]


@rule
def totals_of_groups_and_of_all_are_left_out_and_none_is_blamed(program):
    grid = [
        ["State/UT", "2020", "2021", "2022"],
        *([name, *row] for name, row in STATES.items()),
        ["TOTAL STATE(S)", *_sum(STATES)],
        *([name, *row] for name, row in TERRITORIES.items()),
        ["TOTAL UT(S)", *_sum(TERRITORIES)],
        ["TOTAL (ALL INDIA)", *_sum(STATES, TERRITORIES)],
    ]
    figures = read(program, program.file("cases.csv", text_file(grid)))
    assert areas_of(program) == {*STATES, *TERRITORIES}
    says(figures, ("Mill", "2020", 2282), ("Ela Islands", "2022", 87))
    assert not program.check("mill").lines_with("is not the sum")


@rule
def regions_without_a_word_for_totals_are_named_by_check(program):
    grid = [
        ["UF", "2021", "2022", "2023"],
        ["Brasil", *_sum(STATES, TERRITORIES, {"Outra": (4000, 3000, 3500)})],
        ["Norte", *_sum(STATES)],
        *([name, *row] for name, row in STATES.items()),
        ["Sul", *_sum(TERRITORIES, {"Outra": (4000, 3000, 3500)})],
        *([name, *row] for name, row in TERRITORIES.items()),
        ["Outra", 4000, 3000, 3500],
    ]
    assert program.new(program.file("uf.csv", text_file(grid, delimiter=";"))).code != 0
    assert program.check("mill").lines_with("Norte", "sum"), "check PLACE forgets what `new` asked"


@rule
def the_top_of_regions_of_parts_is_left_out_and_the_regions_are_not_shown_before_an_answer(program):
    south = {**TERRITORIES, "Outra": (4000, 3000, 3500)}
    states, territories, whole = _sum(STATES), _sum(south), _sum(STATES, south)
    first, second = ([[name, *row] for name, row in group.items()] for group in (STATES, south))
    shapes = {
        "above": [["Pays", *whole], ["Nord", *states], *first, ["Sud", *territories], *second],
        "below": [*first, ["Nord", *states], *second, ["Sud", *territories], ["Pays", *whole]],
        "rest": [
            *first,
            *second,
            ["Continent", *whole],
            ["Non précisé", 11, 9, 12],
            ["Pays", *_plus(whole, (11, 9, 12))],
        ],
    }
    for number, (shape, body) in enumerate(shapes.items()):
        place, region = nth(number), "Continent" if shape == "rest" else "Nord"
        file = program.file(f"{shape}.csv", text_file([["Territoire", "2021", "2022", "2023"], *body], delimiter=";"))
        unanswered(program, file, about=(region, "sum"), place=place)
        assert "Pays" not in areas_of(program, place), shape


def _plus(first, second) -> list[int]:
    return [one + other for one, other in zip(first, second, strict=True)]


@rule
def a_top_over_regions_in_a_place_written_by_hand_is_named_by_check(program):
    south = {**TERRITORIES, "Outra": (4000, 3000, 3500)}
    whole = _sum(STATES, south)
    body = [["Nord", *_sum(STATES)], *([name, *row] for name, row in STATES.items())]
    body += [["Sud", *_sum(south)], *([name, *row] for name, row in south.items())]
    file = program.file("uf.csv", text_file([["UF", "2021", "2022", "2023"], ["Pays", *whole], *body]))
    program.new(file)
    card, place = program.cards()[0], program.root / "places" / "mill.toml"
    lines = card.read_text(encoding="utf-8").splitlines()
    card.write_text(
        "\n".join(line for line in lines if not line.startswith(("ignore_rows", "unanswered", "rows =", "total ="))),
        encoding="utf-8",
    )
    text = place.read_text(encoding="utf-8")
    top = '[[areas]]\ncode = "pays"\nname = { en = "Pays", zh = "Pays" }\n'
    place.write_text(text.replace("[[areas]]", f"{top}\n[[areas]]", 1), encoding="utf-8")
    assert program.check("mill").lines_with("Pays", "sum"), program.check("mill").said
