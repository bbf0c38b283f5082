"""An absent figure is no zero and not "no such area then"; a whole without one of its parts is incomplete, and says so."""

from __future__ import annotations

import re

from tests.field.program import Program
from tests.field.rules import nth, periods_of, read, rules_of, the
from tests.field.writing import text_file

rule = rules_of(3)
MONTHS = [f"{year}-{month:02d}" for year in (2018, 2019, 2020) for month in range(1, 13)]
SILENT = [f"2019-{month:02d}" for month in range(7, 13)]


def months_not_sent() -> bytes:
    """Three forces by month; one of them sends nothing for half a year."""
    rows = [["Force", "Month", "Offences"]]
    for force, base in (("Greatham", 3100), ("Longshire", 1400), ("Westley", 900)):
        for at, month in enumerate(MONTHS):
            if not (force == "Greatham" and month in SILENT):
                rows.append([force, month, base + (35 + 37 * (at % 12)) % 200 + 11 * (at // 12)])
    return text_file(rows)


def no_figure_of_the_whole(
    program: Program, period: str, lacking: str, place: str = "mill", whole: str = "Mill"
) -> None:
    """The place's figure is marked as incomplete and names who is lacking; no change, verdict or interval goes with it."""
    one = the([one for one in program.figures(place, area=place) if one.area == whole], whole, period)
    assert one.value is None or one.status, f"{period}: {one.value} without a mark"
    assert lacking in one.said, f"{period}: {one.said!r} does not name {lacking}"


def viewed(program: Program, view: str, place: str = "mill") -> dict[str, dict]:
    """What a chart of the whole place draws in this view: period → row."""
    (card,) = program.cards(place)
    made = program.extract(card.parent.name, place, measure=card.parent.name, view=view, area=place)
    assert made, f"no extract of the view {view}"
    return {row["period"]: row for row in made["rows"]}


def with_view(program: Program, view: str) -> None:
    for path in program.root.glob("measures/mill*.toml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace('views = ["count"', f'views = ["{view}", "count"'),
            encoding="utf-8",
        )


@rule
def months_that_one_force_did_not_send_are_not_published_and_the_whole_is_incomplete(program):
    found = read(program, program.file("forces.csv", months_not_sent()))
    for month in SILENT:
        one = the(found, "Greatham", month)
        assert (one.value, one.status) == (None, "x"), (month, one.status, one.said)
        assert "no such area" not in one.said
        no_figure_of_the_whole(program, month, "Greatham")
    assert (
        the(found, "Mill", "2019-06").value
        == 5493
        == sum(the(found, one, "2019-06").value for one in ("Greatham", "Longshire", "Westley"))
    )


@rule
def nothing_is_said_of_a_change_from_or_to_an_incomplete_whole(program):
    read(program, program.file("forces.csv", months_not_sent()))
    rows = viewed(program, "count")
    for period in ("2019-12", "2020-12"):
        assert rows[period]["change"] is None, f"{period}: {rows[period]['change']}"
        assert rows[period]["verdict_code"] in (None, "", "cannot_say"), rows[period]["verdict_code"]
    assert rows["2019-12"]["low"] is None


@rule
def no_rolling_sum_goes_across_months_that_are_lacking(program):
    read(program, program.file("forces.csv", months_not_sent()))
    with_view(program, "rolling")
    rows = viewed(program, "rolling")
    assert rows["2019-06"]["value"] is not None
    assert rows["2019-12"]["value"] is None
    assert rows["2020-11"]["value"] is None
    assert rows["2020-12"]["value"] is not None


@rule
def the_first_page_prints_no_change_against_an_incomplete_year(program):
    read(program, program.file("forces.csv", months_not_sent()))
    with_view(program, "rolling")
    app = program.page("home", lang="en", place="mill")
    said = " ".join(
        str(one.value)
        for kind in ("markdown", "caption", "metric", "info")
        for one in app.get(kind)
        if hasattr(one, "value")
    )
    said += str([str(getattr(one, "proto", "")) for one in app.main])
    assert "Mill" in said, "the page is empty"
    assert not re.search(r"\d% on ", said), re.findall(r".{20}\d% on .{30}", said)


@rule
def a_quarter_left_blank_in_a_wide_table_leaves_the_whole_incomplete(program):
    quarters = [f"2022 Q{n}" for n in range(1, 5)] + [f"2023 Q{n}" for n in range(1, 5)]
    rows = [
        ["Comarca", *quarters],
        *([name, *(130 + 20 * n + 3 * at for at in range(8))] for n, name in enumerate(["Alta", "Baixa", "Mitja"])),
    ]
    rows[2][4] = ""
    found = read(program, program.file("comarques.csv", text_file(rows)))
    one = the(found, "Baixa", "2022-Q4")
    assert (one.value, one.status) == (None, "x"), one
    no_figure_of_the_whole(program, "2022-Q4", "Baixa")
    rows = viewed(program, "count")
    assert rows["2022-Q4"]["change"] is None
    assert rows["2023-Q4"]["change"] is None


@rule
def an_area_that_stops_sending_at_the_end_leaves_the_last_years_incomplete(program):
    rows = [["区", "年份", "起数"]]
    rows += [
        [name, year, 120 + 15 * n + year % 10]
        for n, name in enumerate(["甲区", "乙区", "丙区"])
        for year in range(2016, 2024)
        if not (name == "乙区" and year > 2021)
    ]
    read(program, program.file("qu.csv", text_file(rows)))
    no_figure_of_the_whole(program, "2023", "乙区")
    assert viewed(program, "count")["2022"]["change"] is None


@rule
def a_kind_that_one_area_did_not_send_leaves_that_kind_and_the_sum_incomplete(program):
    rows = [["Kommune", "Lovbrudd", "År", "Antall"]]
    for n, area in enumerate(["Bø", "Eid", "Fet"]):
        for kind in ("Tyveri", "Vold"):
            rows += [
                [area, kind, year, 60 + 9 * n + year % 10 + len(kind)]
                for year in range(2018, 2024)
                if (area, kind, year) != ("Eid", "Vold", 2020)
            ]
    found = read(program, program.file("kommuner.csv", text_file(rows)))
    whole = [one for one in found if one.area == "Mill" and one.period == "2020"]
    for one in whole:
        if "Tyveri" not in one.thing:
            assert one.value is None or one.status, one.row
            assert "Eid" in one.said, one.said
    assert the(found, "Eid", "2020", "Tyveri").value == 60 + 9 + 0 + 6


@rule
def a_period_that_ends_before_its_time_is_not_taken_for_a_whole_one(program):
    for at, last in enumerate(("2024 (Jan-Sep)", "2024 to September", "2024 (9 months)")):
        rows = [
            ["Area", "2022", "2023", last],
            *([name, 400 + at, 410 + at, 290 + at] for at, name in enumerate(["Ash", "Birch", "Cedar"])),
        ]
        done = program.new(program.file(f"table{at}.csv", text_file(rows)), place=nth(at))
        if done.code == 0:
            assert "2024" not in periods_of(program.figures(nth(at))), f"{last} is taken for the whole of 2024"
        else:
            assert last in done.said, done.said


@rule
def months_under_a_year_of_an_era_are_no_kinds(program):
    grid = [
        ["区", "令和5年", "", "", ""],
        ["", "1月", "2月", "3月", "4月"],
        ["緑町区", 42, 40, 39, ""],
        ["川北区", 63, 60, 61, ""],
    ]
    figures = read(program, program.file("r5.csv", text_file(grid)))
    assert periods_of(figures) == {"2023-01", "2023-02", "2023-03"}
    assert the(figures, "緑町区", "2023-02").value == 40


@rule
def a_year_with_marks_only_is_no_pause(program):
    grid = [
        ["State", "2021", "2022", "2023"],
        ["Wattle", 1201, "^1310", 1402],
        ["Gum", 980, "np", 1001],
        ["Banksia", 412, 430, "*455"],
    ]
    figures = read(program, program.file("np.csv", text_file(grid)))
    assert the(figures, "Wattle", "2022").value == 1310
    assert the(figures, "Gum", "2022").status == "x"
    assert the(figures, "Banksia", "2022").value == 430
