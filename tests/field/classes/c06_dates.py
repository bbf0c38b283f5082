"""Periods are read as they are printed, in every calendar; what cannot be read is named with its row and column."""

from __future__ import annotations

from datetime import date, timedelta

from tests.field.program import Program
from tests.field.rules import nth, periods_of, read, rules_of, says
from tests.field.writing import text_file, workbook

rule = rules_of(6)
AREAS = ("Northam", "Southam", "Eastham")


def wide(*heads: str, first: str = "Force") -> bytes:
    return text_file(
        [[first, *heads], *([area, *(600 + 100 * n + at for at in range(len(heads)))] for n, area in enumerate(AREAS))]
    )


def long(*periods, heads: tuple[str, ...] = ("Force", "Period", "Offences")) -> list[list]:
    """Every area in every period; a period may fill several columns."""
    parts = [one if isinstance(one, tuple) else (one,) for one in periods]
    return [
        list(heads),
        *([area, *one, 600 + 100 * n + at] for at, one in enumerate(parts) for n, area in enumerate(AREAS)),
    ]


def each_is(program: Program, tables: list[tuple[bytes, list[str]]]) -> None:
    """Every table is read with exactly these periods, in order; all that are not are named together."""
    wrong = []
    for at, (content, periods) in enumerate(tables):
        done = program.new(program.file(f"table{at}.csv", content), place=nth(at))
        found = program.figures(nth(at))
        given = {one.period: one.value for one in found if one.area == "Northam"}
        if done.code or given != {period: 600 + n for n, period in enumerate(periods)}:
            wrong.append(f"{periods[0]}: {given or done.said}")
    assert not wrong, "\n".join(wrong)


@rule
def years_named_by_the_day_on_which_they_end_began_a_year_before(program):
    rows = [
        ["Force", *(f"Year ending March {year}" for year in (2021, 2022, 2023))],
        ["Northam", 1412, 1420, 1441],
        ["Southam", 2398, 2377, 2410],
        ["Eastham", 620, 615, 641],
    ]
    found = read(program, program.file("years.csv", text_file(rows)))
    assert periods_of(found) == {"2020-FY04", "2021-FY04", "2022-FY04"}
    says(found, ("Northam", "2020-FY04", 1412), ("Eastham", "2022-FY04", 641))


@rule
def other_wordings_by_the_end_of_a_year_are_read(program):
    each_is(
        program,
        [
            (wide("Year to June 2021", "Year to June 2022"), ["2020-FY07", "2021-FY07"]),
            (wide("12 months ending September 2021", "12 months ending September 2022"), ["2020-FY10", "2021-FY10"]),
            (wide("Year ended 30 June 2021", "Year ended 30 June 2022"), ["2020-FY07", "2021-FY07"]),
            (wide("Year ending December 2021", "Year ending December 2022"), ["2021", "2022"]),
        ],
    )


@rule
def twelve_months_that_overlap_are_no_years_one_beside_another(program):
    heads = [
        f"Year ending {month} {year}" for year in (2021, 2022) for month in ("March", "June", "September", "December")
    ]
    done = program.new(program.file("rolling.csv", wide(*heads)))
    if done.code == 0:
        found = program.figures()
        assert len({one.period for one in found}) == 8
        whole = [one for one in found if one.period == "2021" and one.area == "Mill"]
        assert not whole or len(whole) == 1
    else:
        assert "Year ending" in done.said, done.said


@rule
def a_wording_without_a_year_is_refused(program):
    content = wide("2021", "2022")
    read(program, program.file("years.csv", content))
    (card,) = program.cards()
    card.write_text(
        card.read_text(encoding="utf-8").replace("[table]", '[table]\nperiod_format = "Year ending March"', 1),
        encoding="utf-8",
    )
    done = program.check("mill")
    assert done.code == 1
    assert [
        line for line in done.lines_with("period_format") if "year" in line.replace("Year ending March", "").casefold()
    ], done.said


@rule
def years_of_eras_are_read(program):
    each_is(
        program,
        [
            (wide("平成30年", "令和元年", "令和2年", first="市区"), ["2018", "2019", "2020"]),
            (wide("民國110年", "民國111年", "民國112年", first="行政區"), ["2021", "2022", "2023"]),
            (text_file(long("R4", "R5", "R6", heads=("市区", "年", "件数"))), ["2022", "2023", "2024"]),
            (text_file(long("111年", "112年", heads=("行政區", "年度", "件數"))), ["2022", "2023"]),
        ],
    )


@rule
def fiscal_and_school_years_are_read(program):
    each_is(
        program,
        [
            (wide("2021/22", "2022/23"), ["2021-FY04", "2022-FY04"]),
            (wide("FY2021-22", "FY2022-23"), ["2021-FY04", "2022-FY04"]),
            (text_file(long("令和4年度", "令和5年度", heads=("市区", "年度", "件数"))), ["2022-FY04", "2023-FY04"]),
            (wide("School year 2021/22", "School year 2022/23", first="School district"), ["2021-SY09", "2022-SY09"]),
            (
                text_file(long("Q3-2024/25", "Q4-2024/25", "Q1-2025/26", heads=("Force", "Quarter", "Offences"))),
                ["2024-Q4", "2025-Q1", "2025-Q2"],
            ),
        ],
    )


@rule
def iso_weeks_are_read_with_the_fifty_third(program):
    each_is(
        program,
        [
            (text_file(long("2020-W52", "2020-W53", "2021-W01")), ["2020-W52", "2020-W53", "2021-W01"]),
            (
                text_file(long((2020, 52), (2020, 53), (2021, 1), heads=("Force", "Year", "Week", "Calls"))),
                ["2020-W52", "2020-W53", "2021-W01"],
            ),
            (text_file(long("2020W52", "2020W53", "2021W01")), ["2020-W52", "2020-W53", "2021-W01"]),
            (text_file(long("Week 52 2020", "Week 53 2020", "Week 1 2021")), ["2020-W52", "2020-W53", "2021-W01"]),
        ],
    )


@rule
def codes_and_names_of_parts_of_a_year_are_read(program):
    each_is(
        program,
        [
            (wide("2023M11", "2023M12", "2024M01", first="region"), ["2023-11", "2023-12", "2024-01"]),
            (wide("2023K3", "2023K4", "2024K1", first="region"), ["2023-Q3", "2023-Q4", "2024-Q1"]),
            (text_file(long("H1 2024", "H2 2024")), ["2024-H1", "2024-H2"]),
            (
                text_file(long("1º trimestre 2023", "2º trimestre 2023", heads=("Comarca", "Trimestre", "Hechos"))),
                ["2023-Q1", "2023-Q2"],
            ),
            (
                text_file(long("2023年11月", "2023年12月", "2024年1月", heads=("区", "月份", "起数"))),
                ["2023-11", "2023-12", "2024-01"],
            ),
            (
                text_file(long("Nov-23", "Dec-23", "Jan-24", heads=("Force", "Month", "Offences"))),
                ["2023-11", "2023-12", "2024-01"],
            ),
            (
                text_file(long("janv. 2024", "févr. 2024", "mars 2024", heads=("Commune", "Mois", "Faits"))),
                ["2024-01", "2024-02", "2024-03"],
            ),
        ],
    )


@rule
def year_and_month_in_two_columns_are_one_period(program):
    each_is(
        program,
        [
            (
                text_file(long((2023, 11), (2023, 12), (2024, 1), heads=("Force", "Year", "Month", "Offences"))),
                ["2023-11", "2023-12", "2024-01"],
            ),
            (
                text_file(
                    long(
                        (2023, "November"),
                        (2023, "December"),
                        (2024, "January"),
                        heads=("Force", "Year", "Month", "Offences"),
                    )
                ),
                ["2023-11", "2023-12", "2024-01"],
            ),
            (
                text_file(long((2023, "marzo"), (2023, "abril"), heads=("Comarca", "Año", "Mes", "Hechos"))),
                ["2023-03", "2023-04"],
            ),
        ],
    )


@rule
def time_stamps_at_midnight_are_days_or_months_and_not_moments(program):
    each_is(
        program,
        [
            (
                text_file(
                    long(
                        "2023-11-01T00:00:00",
                        "2023-12-01T00:00:00",
                        "2024-01-01T00:00:00",
                        heads=("Force", "Month", "Offences"),
                    )
                ),
                ["2023-11", "2023-12", "2024-01"],
            ),
            (
                text_file(
                    long("2023-11-01 00:00:00.000", "2023-12-01 00:00:00.000", heads=("Force", "Month", "Offences"))
                ),
                ["2023-11", "2023-12"],
            ),
        ],
    )


@rule
def serial_numbers_of_spreadsheets_are_days_or_asked_about(program):
    days = [(date(2023, month, 1) - date(1899, 12, 30)) // timedelta(days=1) for month in (10, 11, 12)]
    done = program.new(program.file("serial.csv", text_file(long(*days, heads=("Force", "Month", "Offences")))))
    if done.code == 0:
        assert periods_of(program.figures()) == {"2023-10", "2023-11", "2023-12"}
    else:
        assert str(days[0]) in done.said, done.said


@rule
def a_span_of_several_years_is_never_one_of_them(program):
    done = program.new(program.file("spans.csv", wide("2015-2017", "2018-2020", "2021-2023")))
    if done.code == 0:
        assert not {"2015", "2017", "2018", "2021"} & periods_of(program.figures())
    else:
        assert "2015-2017" in done.said, done.said


@rule
def a_period_that_cannot_be_read_is_named_with_row_and_column(program):
    rows = long("2022", "2023", "Spring 2024", heads=("Force", "Year", "Offences"))
    for at, (name, content) in enumerate(
        {"seasons.csv": text_file(rows), "seasons.xlsx": workbook(("Data", rows))}.items()
    ):
        done = program.new(program.file(name, content), place=nth(at))
        assert done.code != 0, "it is drafted as if it could be read"
        assert "Spring 2024" in done.said, done.said
        assert "Year" in done.said
        assert "row 8" in done.said, done.said


@rule
def further_wordings_of_months_quarters_and_weeks_are_read(program):
    cases = {
        ("111年11月", "111年12月", "112年1月"): {"2022-11", "2022-12", "2023-01"},
        ("110年", "111年", "112年"): {"2021", "2022", "2023"},
        ("2022.3/4", "2022.4/4", "2023.1/4"): {"2022-Q3", "2022-Q4", "2023-Q1"},
        ("Jan to Mar 2023", "Apr to Jun 2023", "Jul to Sep 2023"): {"2023-Q1", "2023-Q2", "2023-Q3"},
        ("avr.-juin 2023", "juil.-sept. 2023"): {"2023-Q2", "2023-Q3"},
    }
    for at, (heads, periods) in enumerate(cases.items()):
        grid = [
            ["Area", *heads],
            *(
                [name, *(40 + 3 * n + row for n in range(len(heads)))]
                for row, name in enumerate(("Ebb", "Flow", "Gale"))
            ),
        ]
        assert periods_of(read(program, program.file(f"wording_{at}.csv", text_file(grid)), place=nth(at))) == periods


@rule
def the_first_or_last_days_of_years_are_years(program):
    for at, days in enumerate(
        (
            ("31.12.2020", "31.12.2021", "31.12.2022"),
            ("2020-01-01T00:00:00.000", "2021-01-01T00:00:00.000", "2022-01-01T00:00:00.000"),
        )
    ):
        grid = [
            ["Gemeinde", "Stichtag", "Bestand"],
            *([name, day, 300 + n] for name in ("Aue", "Bruch") for n, day in enumerate(days)),
        ]
        assert periods_of(read(program, program.file(f"stand_{at}.csv", text_file(grid)), place=nth(at))) == {
            "2020",
            "2021",
            "2022",
        }


@rule
def a_week_beside_its_year_and_a_compact_month_of_the_republic_are_read(program):
    weeks = [
        ["Kreis", "Jahr", "Woche", "Fälle"],
        *(
            [name, year, week, 20 + week]
            for name in ("Aue", "Bruch")
            for year, week in ((2020, 52), (2020, 53), (2021, 1))
        ),
    ]
    assert periods_of(read(program, program.file("kw.csv", text_file(weeks)), place=nth(0))) == {
        "2020-W52",
        "2020-W53",
        "2021-W01",
    }
    months = [
        ["行政區", "統計期", "件數"],
        *([name, month, 30 + n] for name in ("綠町區", "川北區") for n, month in enumerate(("11112", "11201"))),
    ]
    assert periods_of(read(program, program.file("month.csv", text_file(months)), place=nth(1))) == {
        "2022-12",
        "2023-01",
    }


@rule
def codes_of_areas_are_no_years_and_no_months(program):
    grid = [
        ["Region", "Tid", "Antal"],
        *([code, month, 40 + n] for code in ("0101", "0102", "0103") for n, month in enumerate(("2023M01", "2023M02"))),
    ]
    figures = read(program, program.file("px.csv", text_file(grid)), place=nth(0))
    assert periods_of(figures) == {"2023-01", "2023-02"}
    districts = [
        ["District", "Yr", "Calls"],
        *([district, year, 50 + district] for district in range(1, 6) for year in (2021, 2022)),
    ]
    assert periods_of(read(program, program.file("calls.csv", text_file(districts)), place=nth(1))) == {"2021", "2022"}


@rule
def days_of_weeks_and_spans_of_years_are_called_what_they_are(program):
    fridays = [date(2023, 1, 6) + timedelta(weeks=week) for week in range(6)]
    tables = {
        "week": text_file(
            long(*(day.strftime("%d/%m/%Y") for day in fridays), heads=("Region", "Week ending", "Deaths"))
        ),
        "woche": text_file(long(*(day.strftime("%d.%m.%Y") for day in fridays), heads=("Land", "Woche bis", "Fälle"))),
        "iso": text_file(long(*(f"{day:%Y-%m-%d}" for day in fridays), heads=("Region", "Week", "Calls"))),
        "2015-2017": wide("2015-2017", "2016-2018", "2017-2019", first="County"),
        "2010 to 2014": wide("2010 to 2014", "2015 to 2019", first="County"),
        "2016–18": text_file(long("2016–18", "2017–19", "2018–20", heads=("County", "Period", "Deaths"))),
    }
    for number, (name, content) in enumerate(tables.items()):
        done = program.new(program.file(f"table{number}.csv", content), place=nth(number))
        word = "week" if name in ("week", "woche", "iso") else "several years"
        lines = done.lines_with("answer first", word)
        assert done.code != 0 and lines, f"{name}: {done.said}"
        assert any(text in line for line in lines for text in ("06/01/2023", "06.01.2023", "2023-01-06", name)), lines
        assert not done.lines_with("no period was found"), f"{name}: {done.said}"


@rule
def the_year_of_a_title_is_the_period_of_a_table_that_says_none(program):
    body = [["District", "Theft", "Robbery"], ["Northam", 641, 117], ["Southam", 577, 101], ["Eastham", 388, 92]]
    titles = {
        "中華民國112年各區刑案統計": "2023",
        "Recorded crime by district, 2022": "2022",
        "令和5年 市区町村別認知件数": "2023",
        "2021年各区刑事案件统计": "2021",
        "Criminalité enregistrée en 2020": "2020",
    }
    for number, (title, period) in enumerate(titles.items()):
        place = nth(number)
        done = program.new(
            program.file(f"crime_{'abcdef'[number]}.xlsx", workbook(("1", [[title], *body]))), place=place
        )
        assert done.code == 0, f"{title}: {done.said}"
        assert periods_of(program.figures(place)) == {period}, title


@rule
def a_title_with_two_years_or_a_month_is_asked_about(program):
    body = [["District", "Theft", "Robbery"], ["Northam", 641, 117], ["Southam", 577, 101], ["Eastham", 388, 92]]
    for number, title in enumerate(("Crime in 2021 and 2022", "March 2023", "2023年3月统计", "As at 31.03.2023")):
        place = nth(number)
        done = program.new(
            program.file(f"crime_{'abcdef'[number]}.xlsx", workbook(("1", [[title], *body]))), place=place
        )
        assert done.code != 0 and done.lines_with("answer first", "period"), f"{title}: {done.said}"


@rule
def two_years_in_one_word_are_school_years_where_the_table_is_of_schools(program):
    tables = {
        "Académie": ["2020-SY09", "2021-SY09"],
        "School": ["2020-SY09", "2021-SY09"],
        "Schulbezirk": ["2020-SY09", "2021-SY09"],
        "Force": ["2020-FY04", "2021-FY04"],
    }
    for number, (first, periods) in enumerate(tables.items()):
        place = nth(number)
        content = wide("2020-2021", "2021-2022", first=first)
        done = program.new(program.file(f"table{number}.csv", content), place=place)
        assert done.code == 0 and periods_of(program.figures(place)) == {*periods}, f"{first}: {done.said}"
        assert done.lines_with("look:", "2020-2021", "first_month"), done.said
