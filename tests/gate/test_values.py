"""A planted identity number, plate, e-mail, telephone, hash or moment is found wherever it stands; ordinary figures are not taken for one."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loaders.formats.text_table import TextTable, column
from loaders.gate.judge import judge_table
from loaders.privacy.values import born_in_digits, identity_number, looks_like_addresses, looks_like_names, rules_met
from tests.gate import made

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
WORDS = st.text(st.sampled_from("abc xyz，。甲乙丙的了在（）"), max_size=20)
BIRTHS = st.dates(datetime.date(1900, 1, 1), datetime.date(2025, 12, 31))
IDENTITIES = st.builds(
    lambda area, born, order: made.identity_number(f"{area}{born:%Y%m%d}", order),
    st.integers(110101, 659004),
    BIRTHS,
    st.integers(0, 999),
)
PLATES = st.one_of(
    st.builds(
        "{}{}{}{:05d}".format,
        st.sampled_from("京沪粤苏浙川"),
        st.sampled_from("ABCDEFGH"),
        st.sampled_from(["", "·", " "]),
        st.integers(0, 99999),
    ),
    st.builds(
        "{}{}{}{}{:04d}".format,
        st.sampled_from("京沪粤苏"),
        st.sampled_from("ABC"),
        st.sampled_from("DF"),
        st.sampled_from(LETTERS[:20]),
        st.integers(0, 9999),
    ),
)
EMAILS = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,5})?@[a-z]{2,8}\.(com|org|cn)", fullmatch=True)
PLANTED = st.one_of(
    IDENTITIES.map(lambda text: ("identity", text)),
    PLATES.map(lambda text: ("plate", text)),
    EMAILS.map(lambda text: ("email", text)),
)


def found(*texts: str, prose: bool = False) -> set[str]:
    return rules_met(pa.array(texts, pa.string()), prose)


@given(PLANTED, WORDS, WORDS)
def test_what_is_planted_in_a_text_is_found(planted, before, after):
    rule, text = planted
    assert rule in found(f"{before} {text} {after}")
    assert rule in found(f"{before}，{text}（{after}")


@given(PLANTED, st.integers(0, 5), st.integers(0, 400), st.booleans())
def test_what_is_planted_anywhere_in_a_table_is_refused(planted, at, row, full_width):
    rule, text = planted
    if full_width:
        text = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    rows = [[*one, "", "x"] for one in made.long_table()]
    rows[0] = ["area", "type", "month", "offences", "p", "q"]
    rows[1 + row][at] = text
    cells = [pa.chunked_array([pa.array([one[n] for one in rows[1:]], pa.string())]) for n in range(6)]
    table = TextTable("t", [column(heading, n, cells[n]) for n, heading in enumerate(rows[0])], len(rows) - 1)
    verdict = judge_table(table)
    assert verdict.decision == "refuse"
    assert f"value_{rule}" in {finding.rule.name for finding in verdict.findings}
    assert all(text not in finding.say(language) for finding in verdict.findings for language in ("en", "zh"))


@given(IDENTITIES, st.sampled_from([" ", "-", "\u200b", "\n", "."]))
def test_an_identity_number_in_pieces_is_found(number, joint):
    assert "identity" in found(joint.join((number[:6], number[6:14], number[14:])))


@given(IDENTITIES, st.integers(0, 17), st.integers(1, 9))
def test_a_wrong_digit_is_no_identity_number(number, at, more):
    assume(number[at] != "X")
    wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
    assert not identity_number(wrong)


@given(
    st.lists(
        st.one_of(st.integers(0, 10**9), st.floats(0, 1e6, allow_nan=False).map(lambda one: round(one, 4))), min_size=1
    )
)
def test_ordinary_figures_are_nothing_private(figures):
    assert not found(*map(str, figures))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("identity", "110101900307001"),
        ("identity", "110101********0015"),
        ("identity", "AB 12 34 56 C"),
        ("identity", "078-05-1120"),
        ("plate", "AB12 CDE"),
        ("plate", "ab12cde"),
        ("plate", "粤Z1234港"),
        ("plate", "京A1234警"),
        ("plate", "WJ京12345"),
        ("plate", "沪 A 1 2 3 4 5"),
        ("phone", "13912345678"),
        ("phone", "+86 139 1234 5678"),
        ("phone", "139-1234-5678"),
        ("phone", "07700 900123"),
        ("phone", "+44 7700 900123"),
        ("phone", "1 3 9 1 2 3 4 5 6 7 8"),
        ("phone", "139****5678"),
        ("phone", "(212) 555-0123"),
        ("phone", "一三九一二三四五六七八"),
        ("phone", "+49 151 23456789"),
        ("phone", "١٣٩١٢٣٤٥٦٧٨"),
        ("phone", "1391\x012345678"),
        ("plate", "沪А12345"),
        ("email", "某人 (at) example.org"),
        ("email", "somebody [at] example.org"),
        ("email", "somebody{AT}example.org"),
        ("email", "ａ＠ｂ．ｃｏｍ"),
        ("hash", "d41d8cd98f00b204e9800998ecf8427e"),
        ("hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("hash", "123e4567-e89b-12d3-a456-426614174000"),
        ("hash", "00:1A:2B:3C:4D:5E"),
        ("hash", "9e107d9d372bb682"),
        ("timestamp", "2024-03-05 13:45"),
        ("timestamp", "2024-03-05T13:45:10Z"),
        ("timestamp", "05/03/2024 1:45 pm"),
        ("timestamp", "2024年3月5日13时45分"),
        ("timestamp", "2024年3月5日 下午1:45"),
        ("timestamp", "20240305134510"),
        ("timestamp", "5 Mar 2024, 13:45"),
    ],
)
def test_each_spelling_is_found(rule, text):
    assert rule in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-01-01 00:00:00",
        "2024-01-01T00:00:00Z",
        "2020-01-01..2020-06-30",
        "E09000001",
        "310101",
        "1,234,567",
        "-39.6",
        "0.139123456789",
        "24,870,895",
        "08:00-09:00",
        "2023/24",
        "BURGLARY - RESIDENTIAL",
        "A12 and A13",
        "per 100K",
        "110",
        "12345热线",
        "第七次全国人口普查 (2020)",
        "川味",
        "新增5起",
    ],
)
def test_what_an_aggregate_may_hold_is_not_taken_for_more(text):
    assert not found(text)


def test_keys_and_moments_inside_a_link_of_a_statement_are_part_of_the_link():
    link = "https://example.org/20200702/d41d8cd98f00b204e9800998ecf8427e.html"
    assert "hash" in found(link)
    assert not found(link, prose=True)
    assert "email" in found("https://example.org/ someone@example.org", prose=True)


def test_identity_numbers_that_a_workbook_rounded_are_found():
    rounded = [str(float(number)) for n in range(30) if "X" not in (number := made.identity_number(order=n))]
    assert born_in_digits(column("k", 0, pa.chunked_array([pa.array(rounded, pa.string())])))
    assert not born_in_digits(column("k", 0, pa.chunked_array([pa.array(["12", "7400000"], pa.string())])))


def test_names_and_doors_are_asked_about_and_districts_are_not():
    assert looks_like_names(pa.array([f"{one}某{two}" for one in "王李张刘" for two in "甲乙丙"]))
    assert not looks_like_names(
        pa.array(
            [
                "黄浦",
                "徐汇",
                "长宁",
                "静安",
                "普陀",
                "虹口",
                "杨浦",
                "闵行",
                "宝山",
                "嘉定",
                "浦东",
                "金山",
                "松江",
                "青浦",
                "奉贤",
                "崇明",
            ]
        )
    )
    assert looks_like_addresses(pa.array(["某路123弄45号602室"]))
    assert looks_like_addresses(pa.array(["ZZ1A 1ZZ", "EC1A 1BB"]))
    assert not looks_like_addresses(pa.array(["甲区", "E09000001", "Area A"]))
