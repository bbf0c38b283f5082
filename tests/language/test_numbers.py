"""Numbers and periods as each language writes them, and which language a reader gets."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from language import LANGUAGES, compact, decimal, negotiated, percent, period_name, signed_percent, translator, whole
from language.numbers import day, digits_for, signed_whole, written_date

EN, ZH = translator("en"), translator("zh")
BOTH = pytest.mark.parametrize("say", [EN, ZH], ids=["en", "zh"])
SIZES = {"万": 1e4, "亿": 1e8, " million": 1e6}


def read_back(text: str) -> float:
    """The number that a text says, in either language."""
    for word, size in SIZES.items():
        if text.endswith(word):
            return float(text.removesuffix(word).replace(",", "")) * size
    return float(text.replace(",", ""))


def test_7120000_is_712_wan():
    assert compact(7_120_000, ZH) == "712万"
    assert compact(7_120_000, EN) == "7.12 million"


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_234, "1,234", "1234"),
        (9_999, "9,999", "9999"),
        (65_802, "65,800", "6.58万"),
        (1_000_000, "1 million", "100万"),
        (123_456_789, "123 million", "1.23亿"),
    ],
)
def test_a_large_number_is_said_in_three_figures(number, en, zh):
    assert (compact(number, EN), compact(number, ZH)) == (en, zh)


@given(st.integers(0, 10**11))
def test_both_languages_say_the_same_number(number):
    english, chinese = read_back(compact(number, EN)), read_back(compact(number, ZH))
    assert english == pytest.approx(chinese)
    assert english == pytest.approx(number, rel=0.005)


@BOTH
@pytest.mark.parametrize("write", [whole, decimal, percent, compact, signed_percent, signed_whole])
@pytest.mark.parametrize("value", [0.0, -0.0, -0.0004, 0.0004])
def test_what_rounds_to_zero_has_no_sign(value, write, say):
    text = write(value, say)
    assert not re.search(r"[-−+]", text), text
    assert "0" in text


@BOTH
def test_a_change_has_the_sign_of_its_number(say):
    assert signed_percent(-0.022, say) == "−2.2%"
    assert signed_percent(0.123, say) == "+12.3%"
    assert signed_whole(12, say) == "+12"
    assert signed_whole(-1_234, say) == {"en": "−1,234", "zh": "−1234"}[say.code]


@BOTH
def test_a_whole_number_is_grouped_by_thousands_in_english_and_not_in_chinese(say):
    assert whole(910_587, say) == {"en": "910,587", "zh": "910587"}[say.code]
    assert decimal(100.26, say) == "100.3"


@pytest.mark.parametrize(
    ("period", "view", "en", "zh"),
    [
        ("2026-06", "", "June 2026", "2026年6月"),
        ("2010-12", "", "December 2010", "2010年12月"),
        ("2014", "", "2014", "2014年"),
    ],
)
def test_a_month_and_a_year_are_named_in_both_languages(period, view, en, zh):
    assert (period_name(period, EN, view), period_name(period, ZH, view)) == (en, zh)


def test_a_quarter_is_named_in_both_languages():
    assert period_name("2012-Q3", EN) == "Q3 2012 (July to September)"
    assert period_name("2012-Q3", ZH) == "2012年三季度（7月至9月）"


def test_years_that_begin_within_a_year_name_both():
    assert period_name("2023-FY04", EN) == "financial year 2023 to 2024"
    assert period_name("2023-SY09", ZH) == "2023至2024学年"


def test_a_rolling_period_says_that_it_is_twelve_months():
    assert period_name("2026-06", EN, "rolling") == "12 months to June 2026"
    assert period_name("2026-06", ZH, "rolling_rate") == "2025年7月至2026年6月"
    assert period_name("2026-12", ZH, "rolling") == "2026年1月至2026年12月"


@given(st.floats(1e-5, 0.999))
def test_a_rate_below_one_keeps_three_figures(value):
    assert float(f"{value:.{digits_for(value)}f}") == pytest.approx(value, rel=0.0051)


def test_a_date_is_as_precise_as_it_is_known():
    assert day(date(2026, 11, 21), EN) == written_date("2026-11-21", EN) == "21 November 2026"
    assert day(date(2026, 11, 21), ZH) == "2026年11月21日"
    assert written_date("2020-07", ZH) == "2020年7月"
    assert written_date("未注明", ZH) == "未注明"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR,zh-Hans;q=0.5", "zh"),
        ("ZH", "zh"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh_hant"),
        ("zh-HK", "zh_hant"),
        ("zh-MO;q=0.8,en;q=0.1", "zh_hant"),
        ("zh-Hant-CN", "zh_hant"),
        ("zh-SG,en;q=0.5", "zh"),
        ("zh-Hans-HK", "zh"),
        ("en;q=0", "en"),
        ("fr,de", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
        (",;q=,", "en"),
    ],
)
def test_the_first_language_of_the_reader_that_we_speak_is_taken(header, code):
    assert negotiated(header) == code


@given(st.text(max_size=60))
def test_no_header_breaks_the_choice_of_language(header):
    assert negotiated(header) in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_the_data_carry_is_picked_by_language(language):
    expected = {"en": "London", "zh": "伦敦", "zh_hant": "伦敦"}
    assert translator(language).pick({"en": "London", "zh": "伦敦"}) == expected[language], "the chain of its entry"
    assert translator(language).pick({}) == ""


@BOTH
@given(value=st.floats(-1e12, 1e12), digits=st.integers(0, 3))
def test_a_number_is_written_as_babel_writes_it(say, value, digits):
    rounded = Decimal(f"{value:.{digits}f}")
    babel = format_decimal(
        abs(rounded),
        format=("#,##0" if say.language.grouped else "0") + "." * bool(digits) + "0" * digits,
        locale=say.language.locale,
    )
    assert decimal(value, say, digits).lstrip("−") == babel
