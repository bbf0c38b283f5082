"""A hidden cell is proven safe only against every sum that its publisher printed; one that is given away is named."""

from __future__ import annotations

import re
import tomllib

from tests.field.program import Done, Program
from tests.field.rules import nth, rules_of
from tests.field.writing import Grid, text_file

rule = rules_of(2)
GIVEN_AWAY = """Area,Year,Fraud,Robbery,Theft,Total
Northam,2022,<5,12,212,227
Southam,2022,8,15,198,221
Eastham,2022,6,<5,120,130
Westham,2022,7,9,77,93
Northam,2023,9,14,210,233
Southam,2023,8,13,190,211
Eastham,2023,6,7,121,134
Westham,2023,<5,9,70,83
"""


def attacked(program: Program, *files) -> str:
    """What the attack says of the files, once they are drafted and built."""
    done = program.new(*files)  # what withholds a cell is shown by nothing before it was built and attacked
    assert done.code == 0, done.said
    program.build()
    done = program.attack()
    program.done["attack"] = done
    return done.said


def given_away(program: Program, grid: Grid | str, *cells: tuple[str, str], name: str = "table.csv") -> None:
    """``check PLACE`` says that the publisher's own figures give these cells away, and the attack names them and ends with 1."""
    content = grid if isinstance(grid, str) else text_file(grid)
    said = attacked(program, program.file(name, content))
    done = program.done["attack"]
    assert done.code == 1, said
    lint = program.check("mill")
    codes = {one["name"]["en"].casefold(): one["code"] for one in program.place()["areas"]}
    for area, period in cells:
        attack, check = (_lines(one, {area, codes[area]}, period) for one in (done, lint))
        assert [line for line in attack if "proven safe" not in line], (
            f"the attack does not call {area}, {period} unsafe:\n{said}"
        )
        assert [line for line in check if "give" in line.casefold()], lint.said


def _lines(done: Done, names: set[str], period: str) -> list[str]:
    """The lines about an area, called by its name or its code, and a period."""
    return [line for name in names for line in done.lines_with(name, period)]


@rule
def a_total_beside_its_parts_gives_away_the_hidden_part(program):
    given_away(program, GIVEN_AWAY, ("northam", "2022"), ("eastham", "2022"), ("westham", "2023"))


@rule
def a_row_of_all_regions_gives_away_the_hidden_region(program):
    rows = [["Comarca", "Año", "Robos"]]
    for year, alta in ((2021, 44), (2022, "[c]"), (2023, 52)):
        rows += [["Alta", year, alta], ["Baja", year, 130 + year % 10], ["Costa", year, 88], ["Sierra", year, 61]]
        rows.append(["Todas las comarcas", year, {2021: 44, 2022: 3, 2023: 52}[year] + 130 + year % 10 + 88 + 61])
    given_away(program, rows, ("alta", "2022"))


@rule
def a_share_beside_its_base_gives_away_the_count(program):
    rows = [["District", "Year", "Knife offences", "All offences", "Knife offences as a share of all offences (%)"]]
    for n, name in enumerate(["Ash", "Birch", "Cedar", "Dogwood"]):
        for year in (2022, 2023):
            base = 200 + 40 * n + year % 10
            count = 3 if (name, year) == ("Ash", 2022) else 21 + n + year % 10
            rows.append([name, year, "[c]" if count == 3 else count, base, f"{100 * count / base:.2f}"])
    given_away(program, rows, ("ash", "2022"))


@rule
def a_rate_with_its_residents_gives_away_the_count(program):
    rows = [["地区", "年份", "命案数", "常住人口", "每十万人命案数"]]
    for n, name in enumerate(["东山区", "西河区", "南溪区", "北岭区"]):
        for year in (2022, 2023):
            people, count = 210_400 + 31_000 * n + year, 4 if (name, year) == ("南溪区", 2023) else 11 + n
            rows.append([name, year, "[c]" if count == 4 else count, people, f"{1e5 * count / people:.2f}"])
    given_away(program, rows, ("南溪区", "2023"))


@rule
def a_second_table_of_the_same_place_gives_away_what_the_first_hides(program):
    names = ["Orsk", "Polva", "Rapla", "Sindi"]
    first = [
        ["Vald", "Aasta", "Vargused"],
        *(
            [n, y, "[c]" if (n, y) == ("Polva", 2022) else 40 + 9 * at + y % 7]
            for at, n in enumerate(names)
            for y in (2021, 2022, 2023)
        ),
    ]
    second = [
        ["Vald", "Aasta", "Vargused"],
        *(
            [n, y, 3 if (n, y) == ("Polva", 2022) else 40 + 9 * at + y % 7]
            for at, n in enumerate(names)
            for y in (2021, 2022, 2023)
        ),
    ]
    said = attacked(
        program, program.file("vargused.csv", text_file(first)), program.file("vargused_uuesti.csv", text_file(second))
    )
    done = program.done["attack"]
    assert done.code == 1, said
    assert [line for line in done.lines_with("polva", "2022") if "proven safe" not in line], said


@rule
def where_no_relation_of_the_columns_is_known_a_cell_is_not_examined(program):
    rows = [["Ward", "Year", "Noise complaints", "Officers on duty", "Stations"]]
    rows += [
        [w, y, "[c]" if (w, y) == ("Fern", 2023) else 31 + 5 * n, 12 + n, 2]
        for n, w in enumerate(["Elm", "Fern", "Gorse"])
        for y in (2022, 2023)
    ]
    said = attacked(program, program.file("wards.csv", text_file(rows)))
    assert program.done["attack"].code == 0, said
    assert "proven safe" not in said.replace("0 hidden cells proven safe", ""), said
    assert "not examined" in said, said


@rule
def cells_that_every_printed_sum_leaves_open_are_proven_safe(program):
    """Two hidden cells in each row and each column of sums: nothing is given away, and no cell is called unsafe."""
    counts = {("Ash", "Theft"): 31, ("Ash", "Fraud"): 42, ("Birch", "Theft"): 28, ("Birch", "Fraud"): 45}
    rows = [["Area", "Year", "Theft", "Fraud", "Arson", "Total"]]
    for year in (2022, 2023):
        for n, area in enumerate(["Ash", "Birch", "Cedar"]):
            cells = [counts.get((area, kind), 50 + n) + year % 10 for kind in ("Theft", "Fraud")] + [70 + n]
            shown = [
                "[c]" if year == 2023 and (area, kind) in counts else cell
                for kind, cell in zip(("Theft", "Fraud", "Arson"), cells, strict=True)
            ]
            rows.append([area, year, *shown, sum(cells)])
    said = attacked(program, program.file("table.csv", text_file(rows)))
    assert program.done["attack"].code == 0, said
    assert len([line for line in program.done["attack"].lines_with("2023", "proven safe")]) >= 4, said


@rule
def nothing_of_a_table_that_gives_a_cell_away_is_shown_until_its_card_withholds_the_giver_too(program):
    attacked(program, program.file("table.csv", GIVEN_AWAY))
    assert program.figures() == [], "the withheld cell and what gives it away stand on one page"
    total = next(code for code, words in _variables(program).items() if words == "Total")
    (path,) = program.cards()
    cells = "".join(
        f'\n[[cells]]\nvariables = ["{total}"]\nareas = ["{area}"]\nperiods = ["{period}"]\nstatus = "c"\n'
        'reason = { en = "It gives a withheld figure away.", zh = "可据以推算不予公布的数字。" }\n'
        for area, period in (("northam", "2022"), ("eastham", "2022"), ("westham", "2023"))
    )
    path.write_text(path.read_text(encoding="utf-8") + cells, encoding="utf-8")
    program.build()
    done = program.attack()
    assert done.code == 0, done.said
    assert done.lines_with("northam", "2022", "proven safe"), done.said
    shown = program.figures()
    assert [one.status for one in shown if one.area == "Northam" and one.period == "2022"].count("c") == 2
    assert not program.check("mill").lines_with("give", "away")


def _variables(program: Program) -> dict[str, str]:
    """Code → label of the variables that were drafted."""
    (path,) = program.cards()
    card = tomllib.loads(path.read_text(encoding="utf-8"))
    return {code: one["label"]["en"] for code, one in card["variables"].items()}


@rule
def marks_of_brackets_and_letters_without_a_legend_are_asked_about_and_then_attacked(program):
    for number, mark in enumerate(("( )", "(–)", "X", "/ /")):
        place, rows = nth(number), [["Kanton", "Jahr", "Straftaten", "Einwohner", "Straftaten pro 1000 Einwohner"]]
        for name, count, people in (("Oberau", 384, 41_000), ("Nidfeld", 154, 20_000), ("Seewil", 312, 63_000)):
            for year in (2021, 2022, 2023):
                held = 4 if (name, year) == ("Nidfeld", 2022) else count + year % 10
                rows.append(
                    [name, year, mark if held == 4 else held, people + year, f"{1000 * held / (people + year):.3f}"]
                )
        done = program.new(program.file(f"kanton_{number}.csv", text_file(rows)), place=place)
        assert done.code != 0 and [line for line in done.lines_with("answer first", mark)], done.said
        assert program.check(place).lines_with(mark), "check PLACE forgets what `new` asked"
        path = program.cards(place)[0]
        text = re.sub(r"(?m)^unanswered = .*\n", "", path.read_text(encoding="utf-8"))
        path.write_text(re.sub(r"(?m)^marks = .*$", f'marks = {{ "{mark}" = "c" }}', text), encoding="utf-8")
        program.build()
        attack = program.attack()
        assert attack.code == 1 and attack.lines_with("nidfeld", "2022"), f"{mark}: {attack.said}"
