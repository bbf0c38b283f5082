"""What publishers may rightly print is taken: corrections below zero, changes, rates alone, pauses, census years, zeros."""

from __future__ import annotations

from tests.field.rules import areas_of, read, rules_of, says, the
from tests.field.writing import text_file, workbook

rule = rules_of(10)
AREAS = ("Ash", "Birch", "Cedar", "Dogwood")


@rule
def a_count_below_zero_is_taken_as_a_correction_and_marked(program):
    for at, kind in enumerate(("Arson", "恐吓")):
        heads = ["Area", "Month", kind] if not at else ["区", "月份", kind]
        rows = [
            heads,
            *(
                [area, f"2023-{month:02d}", -2 if (area, month) == ("Birch", 4) else n + month % 4]
                for month in range(1, 13)
                for n, area in enumerate(AREAS)
            ),
        ]
        place = ("mill", "weir")[at]
        found = read(program, program.file(f"kinds{at}.csv", text_file(rows)), place=place)
        one = the(found, "Birch", "2023-04")
        assert (one.value, one.status) == (-2, "r"), (one.value, one.status)


@rule
def a_column_of_changes_may_be_negative_and_is_never_added_up(program):
    rows = [
        ["Commune", "Année", "Faits", "Évolution"],
        *([area, year, 140 + 9 * n + year % 10, n - 2] for year in (2021, 2022, 2023) for n, area in enumerate(AREAS)),
    ]
    found = read(program, program.file("communes.csv", text_file(rows)))
    says(found, ("Ash", "2022", -2, "Évolution"), ("Dogwood", "2023", 1, "Évolution"), ("Birch", "2021", 150, "Faits"))
    whole = [one for one in found if one.area == "Mill" and "Évolution" in one.thing]
    assert all(one.value is None for one in whole), "changes were added up"
    assert program.build().code == 0


@rule
def a_table_of_rates_alone_is_an_aggregate(program):
    tables = {
        "rates.csv": text_file(
            [
                ["Area", "Year", "Offences per 1,000 residents"],
                *([a, y, f"{61.25 + 3.5 * n + y % 7:.2f}"] for y in (2021, 2022, 2023) for n, a in enumerate(AREAS)),
            ]
        ),
        "taux.csv": text_file(
            [
                ["Commune", "2022", "2023"],
                *([a, f"{6 + n},{25 + n}", f"{7 + n},{31 + n}"] for n, a in enumerate(AREAS)),
            ],
            delimiter=";",
        ),
        "lv.xlsx": workbook(
            ("发案率", [["区", "2022年", "2023年"], *([a, 12.5 + n, 13.25 + n] for n, a in enumerate(AREAS))])
        ),
    }
    for name, content in tables.items():
        file = program.file(name, content)
        assert program.check(file).code != 1, f"{name}: {program.check(file).said}"
        found = read(program, file, place=name.partition(".")[0])
        assert all(one.value is None for one in found if one.row["area_code"] == name.partition(".")[0]), (
            f"{name}: rates were added up"
        )


@rule
def rates_that_all_differ_are_no_key_of_records(program):
    rows = [["County", "Year", "Offences", "Rate per 100,000", "Percent change"]]
    rows += [
        [
            f"County {chr(65 + n)}",
            year,
            900 + 31 * n + year % 10,
            f"{2000 + 17.13 * n + (year % 100) * 3.71:.2f}",
            f"{(n * 7 + year) % 23 - 11 + 0.1 * n:.2f}",
        ]
        for year in range(2009, 2024)
        for n in range(20)
    ]
    file = program.file("counties.csv", text_file(rows))
    assert program.check(file).code == 0, program.check(file).said
    says(read(program, file), ("County C", "2015", 967, "Offences"))


@rule
def a_pause_of_all_areas_is_taken_and_nothing_is_compared_with_it(program):
    rows = [
        ["Area", "Year", "Incidents"],
        *(
            [a, y, 300 + 20 * n + y % 9]
            for y in (2016, 2017, 2018, 2019, 2021, 2022, 2023)
            for n, a in enumerate(AREAS)
        ),
    ]
    found = read(program, program.file("survey.csv", text_file(rows)))
    says(found, ("Ash", "2019", 303), ("Ash", "2021", 305))
    assert not [
        one for one in found if one.period == "2020" and (one.value is not None or one.status not in ("x", ""))
    ], "the pause is no zero and not 'no such area'"
    assert not program.check("mill").lines_with("fix:", "is missing")


@rule
def residents_of_census_years_are_taken(program):
    rows = [
        ["地区", "年份", "常住人口"],
        *(
            [a, y, 412_300 + 51_000 * n + 900 * (y % 100)]
            for y in (2000, 2010, 2020)
            for n, a in enumerate(("东区", "西区", "南区"))
        ),
    ]
    found = read(program, program.file("pucha.csv", text_file(rows)))
    says(found, ("西区", "2010", 412_300 + 51_000 + 9_000), ("南区", "2020", 412_300 + 102_000 + 18_000))


@rule
def records_of_zero_are_figures(program):
    rows = [
        ["Ward", "Year", "Homicides", "Arson"],
        *([a, y, 0, 0 if n < 3 else 4] for y in (2021, 2022, 2023) for n, a in enumerate(AREAS)),
    ]
    file = program.file("zeros.csv", text_file(rows))
    assert program.check(file).code != 1
    says(
        read(program, file),
        ("Ash", "2021", 0, "Homicides"),
        ("Cedar", "2023", 0, "Arson"),
        ("Dogwood", "2022", 4, "Arson"),
    )
    assert areas_of(program) == set(AREAS)


@rule
def changes_beside_two_years_and_rates_in_other_languages_ask_nothing(program):
    grid = [
        ["Kanton", "2022", "2023", "Veränderung", "Veränderung in %"],
        ["Seewil", 310, 298, -12, "-3,9"],
        ["Oberau", 120, 131, 11, "9,2"],
        ["Nidau", 88, 88, 0, "0,0"],
    ]
    says(
        read(program, program.file("kanton.csv", text_file(grid, delimiter=";")), place="mill_a"),
        ("Oberau", "2023", 131),
    )
    quotes = [
        ["Land", "Jahr", "Fälle", "Aufklärungsquote in %"],
        *(
            [land, year, 300 + 11 * n + year % 10, f"4{n},{year % 10}"]
            for n, land in enumerate(("Nordmark", "Ostheim", "Südgau"))
            for year in (2021, 2022, 2023)
        ),
    ]
    file = program.file("pks.csv", text_file(quotes, delimiter=";"))
    assert program.check(file).code == 0, "check asks"
    says(read(program, file, place="mill_b"), ("Ostheim", "2022", 313, "Fälle"))
