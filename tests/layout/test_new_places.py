"""Places as a newcomer drafts them read well: financial and school years, one year only, no boundaries, no residents."""

from __future__ import annotations

import pytest

from tests.field.program import Program, program_in

YEARS = {
    "fiscal": ["2020/21", "2021/22", "2022/23"],
    "school": ["School year 2020/21", "School year 2021/22", "School year 2022/23"],
    "single": ["2022"],
}
NAMED = {
    "fiscal": ("financial year 2020 to 2021", "2020至2021财政年度"),
    "school": ("academic year 2020 to 2021", "2020至2021学年"),
}
COUNCILS = ("Aber", "Barn", "Clun", "Dorn")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, Program]:
    """A built data folder for each kind of year."""
    programs = {}
    for kind, years in YEARS.items():
        program = program_in(tmp_path_factory.mktemp(kind), tmp_path_factory.getbasetemp() / "template" / "data")
        rows = [f"{name},{year},{400 + 17 * n + m}" for n, name in enumerate(COUNCILS) for m, year in enumerate(years)]
        heading = "Area,Year,Calls" if kind == "single" else "Council,Financial year,Calls"
        done = program.new(program.file("calls.csv", "\n".join([heading, *rows, ""])))
        assert done.code == 0, done.said
        assert program.build().code == 0
        programs[kind] = program
    return programs


def read(program: Program, page: str, **state: str) -> tuple[str, str]:
    """A page of the new place in English and Chinese."""
    return tuple(program.document(page, lang=code, place="mill", **state) for code in ("en", "zh"))


@pytest.mark.parametrize("kind", NAMED)
def test_years_that_begin_within_a_year_are_compared(built, kind):
    for text in read(built[kind], "compare", by="periods", area="aber"):
        assert '<td class="n">402</td>' in text and '<td class="n">401</td>' in text
    for text in read(built[kind], "compare", area="barn"):
        assert '<td class="n">419</td>' in text


@pytest.mark.parametrize("kind", NAMED)
def test_the_choice_of_a_span_calls_a_year_by_its_whole_name(built, kind):
    for text, name in zip(read(built[kind], "trends"), NAMED[kind], strict=True):
        options = [part.split("<")[0] for part in text.split("<option")]
        assert sum(option.endswith(f">{name}") for option in options) == 2
        assert not [option for option in options if option.endswith((">2020", ">2022"))]


def test_a_line_of_one_year_says_that_there_is_one_year_only(built):
    for single, several, words in zip(
        read(built["single"], "trends"),
        read(built["fiscal"], "trends"),
        ("One period only: 2022.", "仅有一期数据：2022年。"),
        strict=True,
    ):
        assert words in single
        assert words.split(":")[0].split("：")[0] not in several


def test_tiles_of_a_place_without_boundaries_are_said_to_be_no_map(built):
    words = ("The tiles stand in the order of the list", "各格按名单顺序排列")
    for text, sentence in zip(read(built["single"], "map"), words, strict=True):
        assert sentence in text
        assert all(name in text for name in COUNCILS)


def test_a_district_without_a_rate_is_not_announced_beside_the_whole(built):
    for text, words, untrue in zip(
        read(built["fiscal"], "district", area="aber"),
        ("Calls: Aber, financial year 2020 to 2021", "Calls：Aber，2020至2021财政年度"),
        ("Calls: Aber, Mill", "Calls：Aber，Mill"),
        strict=True,
    ):
        assert words in text and untrue not in text
