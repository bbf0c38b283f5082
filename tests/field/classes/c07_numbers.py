"""Numbers are read as they are printed anywhere in the world; where a text can be two numbers, it is asked which."""

from __future__ import annotations

import re

from tests.field.program import Program
from tests.field.rules import asked, nth, read, rules_of, says, unanswered
from tests.field.writing import text_file

rule = rules_of(7)
NAMES = ("Aldern", "Brook", "Cove")
COUNTS = ((1_212_155, 1987), (20701, 1204), (31204, 2237))


def styled(sign: str, encoding: str = "utf-8", delimiter: str = ";", digits: str = "") -> bytes:
    """Three areas in two years; ``sign`` between thousands, in other ``digits``."""
    write = str.maketrans("0123456789", digits or "0123456789")
    rows = [["Area", "Year", "Calls", "Visits"]]
    for year in (2022, 2023):
        rows += [
            [name, year, *(f"{one + year - 2022:,}".replace(",", sign).translate(write) for one in pair)]
            for name, pair in zip(NAMES, COUNTS, strict=True)
        ]
    return text_file(rows, encoding, delimiter)


def each_read(program: Program, tables: dict[str, bytes]) -> None:
    wrong = []
    for at, (name, content) in enumerate(tables.items()):
        done = program.new(program.file(f"table{at}.csv", content), place=nth(at))
        found = {
            (one.area, one.period, thing): one.value for one in program.figures(nth(at)) for thing in one.thing if thing
        }
        expected = {
            (area, str(year), thing): pair[n] + year - 2022
            for area, pair in zip(NAMES, COUNTS, strict=True)
            for year in (2022, 2023)
            for n, thing in enumerate(("Calls", "Visits"))
        }
        if done.code or any(found.get(key) != value for key, value in expected.items()):
            wrong.append(f"{name}: {found if not done.code else done.said}")
    assert not wrong, "\n".join(wrong)


def one_column(
    *cells: str,
    head: str = "Offences",
    area: str = "Area",
    year: str = "Year",
    delimiter: str = ";",
    encoding: str = "utf-8",
) -> bytes:
    """One text for each area and year, in turn."""
    keys = [(name, at) for at in (2022, 2023) for name in NAMES]
    return text_file(
        [[area, year, head], *([*key, cell] for key, cell in zip(keys, cells, strict=True))], encoding, delimiter
    )


@rule
def points_commas_and_changes_of_half_of_europe_are_read(program):
    rows = [["Bundesland", "Jahr", "Anzahl", "Differenz zum Vorjahr", "Fälle je 100.000"]]
    for name, *cells in (
        ("Baden-Württemberg", "2.155", "+546", "19,47", "2.701", "+546", "24,41"),
        ("Thüringen", "987", "-12", "46,53", "975", "-12", "45,97"),
        ("Hessen", "1.204", "+33", "19,12", "1.237", "+33", "19,64"),
    ):
        rows += [[name, 2022, *cells[:3]], [name, 2023, *cells[3:]]]
    file = program.file("laender.csv", text_file(rows, "cp1252", ";"))
    assert program.check(file).code == 0
    found = read(program, file)
    says(
        found,
        ("Baden-Württemberg", "2022", 2155, "Anzahl"),
        ("Thüringen", "2023", 975, "Anzahl"),
        ("Hessen", "2023", 1237, "Anzahl"),
    )
    says(
        found,
        ("Hessen", "2022", 19.12, "Fälle je 100.000"),
        ("Thüringen", "2022", -12, "Differenz zum Vorjahr"),
        ("Hessen", "2023", 33, "Differenz zum Vorjahr"),
    )


@rule
def every_sign_between_thousands_is_read(program):
    signs = {
        "comma": ",",
        "point": ".",
        "space": " ",
        "no-break space": "\u00a0",
        "narrow no-break space": "\u202f",
        "thin space": "\u2009",
        "straight apostrophe": "'",
        "curly apostrophe": "’",
    }
    each_read(program, {name: styled(sign) for name, sign in signs.items()})


@rule
def full_width_digits_are_digits(program):
    each_read(
        program,
        {
            "full width": styled(",", digits="０１２３４５６７８９"),
            "full width with its comma": styled("，", digits="０１２３４５６７８９"),
        },
    )


@rule
def minus_signs_of_every_kind_and_brackets_are_negative_and_plus_is_positive(program):
    for at, (minus, after) in enumerate((("-", ""), ("−", ""), ("–", ""), ("(", ")"), ("－", ""))):
        rows = [["Area", "Year", "Calls", "Change on year before"]]
        rows += [
            [name, year, 400 + 50 * n + year % 10, f"{minus}{12 + n}{after}" if n else "+31"]
            for year in (2022, 2023)
            for n, name in enumerate(NAMES)
        ]
        found = read(program, program.file(f"changes{at}.csv", text_file(rows)), place=nth(at))
        says(
            found,
            ("Brook", "2022", -13, "Change on year before"),
            ("Aldern", "2023", 31, "Change on year before"),
            ("Cove", "2023", 503, "Calls"),
        )


@rule
def percent_is_read_as_it_is_written(program):
    texts = {
        "12,5 %": ("12,5 %", "9,1 %", "22,0 %", "11,9 %", "8,4 %", "20,7 %"),
        "12.5%": ("12.5%", "9.1%", "22.0%", "11.9%", "8.4%", "20.7%"),
    }
    for at, cells in enumerate(texts.values()):
        found = read(program, program.file(f"shares{at}.csv", one_column(*cells, head="Cleared")), place=nth(at))
        says(found, ("Aldern", "2022", 12.5), ("Cove", "2023", 20.7))
    found = read(
        program,
        program.file(
            "shares.csv", one_column("0.125", "0.091", "0.22", "0.119", "0.084", "0.207", head="Cleared share")
        ),
        place="parts",
    )
    one = next(one for one in found if (one.area, one.period) == ("Aldern", "2022"))
    assert one.value in (0.125, 12.5)


@rule
def exponents_are_numbers(program):
    found = read(
        program,
        program.file(
            "exponents.csv", one_column("1.204E+03", "9.87E+02", "2.701E+03", "1.237E+03", "9.75E+02", "2.8E+03")
        ),
    )
    says(found, ("Aldern", "2022", 1204), ("Brook", "2022", 987), ("Cove", "2023", 2800))


@rule
def ten_thousands_and_hundred_millions_are_multiplied_out(program):
    cells = ("2.18万", "0.63万", "1.5亿", "2.25万", "6521", "1.6亿")
    found = read(program, program.file("wan.csv", one_column(*cells, head="起数", area="区", year="年份")))
    says(
        found,
        ("Aldern", "2022", 21800),
        ("Brook", "2022", 6300),
        ("Cove", "2022", 150_000_000),
        ("Brook", "2023", 6521),
    )


@rule
def a_unit_of_ten_thousand_above_the_table_is_obeyed_or_asked_about(program):
    content = "单位：万起\r\n区,2022,2023\r\n东区,2.18,2.25\r\n西区,0.63,0.61\r\n南区,1.44,1.52\r\n"
    done = program.new(program.file("danwei.csv", content))
    if done.code == 0:
        says(program.figures(), ("东区", "2022", 21800), ("西区", "2023", 6100))
    else:
        assert "万" in done.said, done.said


@rule
def groups_of_two_as_in_india_are_read(program):
    found = read(
        program,
        program.file(
            "lakh.csv",
            one_column(
                "12,34,567", "1,05,210", "98,765", "13,01,122", "1,11,408", "99,120", delimiter=";", area="District"
            ),
        ),
    )
    says(found, ("Aldern", "2022", 1234567), ("Brook", "2022", 105210), ("Cove", "2023", 99120))


@rule
def what_can_be_two_numbers_is_asked(program):
    asked(
        program,
        program.file("two.csv", one_column("2.155", "1.987", "3.204", "2.701", "1.204", "3.237")),
        about=("2.155", "2155"),
    )


@rule
def a_comma_that_can_be_two_things_is_asked_too(program):
    asked(
        program,
        program.file(
            "two.csv",
            one_column(
                "2,155", "1,987", "3,204", "2,701", "1,204", "3,237", head="Fälle je 1000", area="Gemeinde", year="Jahr"
            ),
        ),
        about=("2,155", "2155"),
    )


@rule
def where_one_cell_decides_the_others_follow_without_a_question(program):
    found = read(
        program,
        program.file(
            "one.csv",
            one_column(
                "2.155", "987", "13.204.001", "2.701", "1.204", "13.237.655", area="Gemeinde", year="Jahr", head="Fälle"
            ),
        ),
    )
    says(found, ("Aldern", "2022", 2155), ("Cove", "2022", 13204001), ("Brook", "2023", 1204))


@rule
def what_can_be_two_numbers_is_asked_again_and_not_shown_before_an_answer(program):
    cells = ("2.155", "1.987", "3.204", "2.701", "1.204", "3.237")
    unanswered(program, program.file("two.csv", one_column(*cells)), about=("2.155", "2155"))
    path = program.cards()[0]
    text = re.sub(r"(?m)^unanswered = .*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("[table]", '[table]\nthousands = "."\ndecimal = ","', 1), encoding="utf-8")
    assert program.build().code == 0, program.check("mill").said + path.read_text()
    assert 2155 in {figure.value for figure in program.figures()}
