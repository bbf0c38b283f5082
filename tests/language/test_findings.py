"""Findings: three lengths of one figure, a map, a comparison, a page and of statements; never more than the verdict."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import translator
from language.findings import finding, subtitle
from language.findings.facts import AreaFigure, ComparedFacts, MapFacts, SeveralFacts, StatedFacts, Subject
from language.findings.headline import LETTERS, WORDS, fits, length
from language.findings.sizes import held_size, multiplied
from language.verdicts import VERDICTS
from tests.language.reading import spoken
from tests.language.test_sentences import BOTH, EN, FEW, MONTH, RATE, SHARE, WHY, YEAR, ZH, statements

UP = {
    "en": ("rose", "doubled", "tripled", "more than", " up"),
    "zh": ("上升", "增至", "增加"),
    "zh_hant": ("上升", "增至", "增加"),
}
DOWN = {"en": ("fell", "fewer", " down"), "zh": ("下降", "降至", "减少"), "zh_hant": ("下降", "降至", "減少")}
SIDES = {
    "en": ("highest", "lowest", "worst", "best", "safest of"),
    "zh": ("最高", "最低", "最差", "居首", "第一"),
    "zh_hant": ("最高", "最低", "最差", "居首", "第一"),
}
THEFT = replace(
    YEAR,
    category={"en": "Theft", "zh": "盗窃"},
    named={
        "en": "recorded crime",
        "en_of": "recorded {category}",
        "zh": "警方登记犯罪数",
        "zh_of": "{category}登记数",
    },
)
SUBJECT = Subject(
    {"en": "recorded theft", "zh": "盗窃登记数"},
    {"en": "London", "zh": "伦敦"},
    "2026-03",
    "rolling_rate",
    {"en": "boroughs", "zh": "自治市"},
    1000,
)


def headlines(facts) -> tuple[str, str]:
    return finding(facts, EN).headline, finding(facts, ZH).headline


def test_a_fall_over_twelve_months_names_its_size_and_its_year():
    assert headlines(replace(THEFT, change=-0.099)) == (
        "Recorded theft in Camden fell by a tenth in the year to March 2026",
        "截至2026年3月的一年，卡姆登盗窃登记数下降一成",
    )


def test_a_month_is_set_against_the_month_a_year_before():
    month = replace(MONTH, change=-0.134)
    assert headlines(month) == (
        "Recorded crime in Camden fell by 13% in March 2026 on a year before",
        "与上年同期相比，2026年3月卡姆登刑事案件下降13%",
    )


def test_a_rate_is_never_told_as_a_count():
    english, chinese = headlines(replace(RATE, named=THEFT.named))
    assert "per 1,000 residents" in english and "每千人" in chinese


def test_a_small_base_speaks_in_counts():
    assert headlines(FEW) == (
        "Recorded crime in Camden rose from 12 to 40 on a year before",
        "与上年同期相比，2026年3月卡姆登刑事案件由12增至40",
    )


def test_a_share_moves_by_points():
    assert "rose by 1.1 percentage points" in headlines(SHARE)[0] and "上升1.1个百分点" in headlines(SHARE)[1]


def test_what_changed_in_recording_cannot_be_compared():
    changed = replace(THEFT, verdict="cannot_say", why="window_break", change=nan, low=nan, high=nan)
    assert headlines(changed) == (
        "Recorded theft in Camden cannot be compared with a year earlier: recording changed",
        "卡姆登盗窃登记数与上年同期不可比：统计口径有变",
    )


@BOTH
@given(st.floats(0.05, 99.4))
def test_a_held_size_is_within_half_a_per_cent_of_the_change(say, size):
    words = held_size(size, say)
    number = re.fullmatch(r"([\d.]+)%", words)
    if number:
        assert abs(float(number[1]) - size) <= 0.5
        assert float(number[1]) > 0
    else:
        fractions = [10, 20, 25, 100 / 3, 40, 50, 200 / 3, 75]
        assert min(abs(size - fraction) for fraction in fractions) <= 0.5


@BOTH
@given(st.floats(0.1, 1000))
def test_doubled_is_doubled(say, size):
    words = multiplied(size, say)
    assert (words != "") == (size > 99.5)
    if words == say("more than doubled"):
        assert 100 < size < 200
    if words == say("more than tripled"):
        assert size > 200


@given(statements())
def test_a_direction_stands_only_where_the_verdict_is_clear_and_it_is_the_verdicts_own(one):
    for say in (EN, ZH):
        said = finding(one, say)
        for text in (said.headline, subtitle(one, say)):
            up, down = (any(word in text for word in words[say.code]) for words in (UP, DOWN))
            assert not up or one.verdict == "rise"
            assert not down or one.verdict == "fall"
        if one.verdict in ("rise", "fall"):
            words = UP if one.verdict == "rise" else DOWN
            assert any(word in said.headline for word in words[say.code])
        assert spoken(said.sentence, say.code) <= {one.verdict}


@given(statements())
def test_a_headline_keeps_to_its_length_and_holds_the_numbers_of_the_figure(one):
    for say in (EN, ZH):
        headline = finding(one, say).headline
        assert fits(headline, say)
        size = re.search(r"(?:by|下降|上升)\s?([\d.]+)%", headline)
        if size:
            assert abs(float(size[1]) - abs(one.change) * 100) <= 0.5
        if one.small and one.tested:
            assert "%" not in headline


@given(statements())
def test_the_sentence_begins_the_paragraph_and_all_lengths_end_properly(one):
    for say in (EN, ZH):
        said = finding(one, say)
        assert said.paragraph.startswith(said.sentence[:20])
        assert said.headline[-1] not in ".。"
        for text in (said.sentence, said.paragraph, said.not_to_write):
            assert text[-1] in ".。"


@BOTH
@pytest.mark.parametrize("why", WHY)
def test_every_reason_has_a_headline_without_a_direction(why, say):
    one = replace(THEFT, verdict="cannot_say", why=why, change=nan, low=nan, high=nan)
    headline = finding(one, say).headline
    assert fits(headline, say)
    assert not any(word in headline for word in (*UP[say.code], *DOWN[say.code]))


@BOTH
@pytest.mark.parametrize("status", ["c", "x", "z"])
def test_a_missing_figure_is_no_zero(status, say):
    one = replace(THEFT, now=nan, status=status, verdict="cannot_say", reason={"en": "not published", "zh": "未公布"})
    said = finding(one, say)
    assert not re.search(r"\b0\b", said.headline)
    assert said.not_to_write == say("Do not write “none” or “zero”: there is no figure.")


def area(name: str, value: float, differs: str = "within", **more) -> AreaFigure:
    return AreaFigure({"en": name, "zh": name}, value, differs, **more)


classes = st.sampled_from(["", "within", "lower_998", "lower_95", "higher_95", "higher_998"])
areas = st.lists(
    st.builds(
        area, st.sampled_from(["Camden", "Kensington and Chelsea", "City of London"]), st.floats(1, 500), classes
    ),
    min_size=1,
    max_size=35,
)


@BOTH
@given(areas)
def test_a_map_names_only_areas_that_stand_apart_and_none_first_or_last(say, figures):
    facts = MapFacts(SUBJECT, tuple(figures), 90.0)
    said = finding(facts, say)
    assert fits(said.headline, say)
    for text in (said.headline, said.sentence, said.paragraph, said.not_to_write):
        assert not any(word in text for word in SIDES[say.code])
    inside = {say.pick(one.name) for one in facts.areas} - {say.pick(one.name) for one in facts.apart}
    assert not any(name in said.headline for name in inside)
    if facts.compared:
        assert str(facts.compared) in said.sentence


def test_a_map_of_which_few_stand_apart_says_who():
    few = (
        area("Westminster", 382, "higher_998", warning={"en": "Many visit.", "zh": "游客多。"}),
        *[area("A", 90)] * 31,
    )
    said = finding(MapFacts(SUBJECT, few, 90.0), EN)
    assert said.headline == "Recorded theft per 1,000 residents: Westminster stands apart from the other boroughs"
    assert said.sentence.endswith("31 of 32 boroughs do not stand clearly apart from the rest.")
    assert "Westminster (382.0)" in said.paragraph and "Many visit." in said.paragraph


@BOTH
def test_areas_whose_limits_overlap_do_not_differ_clearly(say):
    two = (area("Camden", 100, "", low=90, high=110), area("Barnet", 105, "", low=95, high=115))
    said = finding(ComparedFacts(SUBJECT, two), say)
    assert say("no clear difference in {what}", what=say.pick(SUBJECT.what))[:4].lower() in said.headline.lower() or (
        "无明显差异" in said.headline
    )
    apart = finding(ComparedFacts(SUBJECT, (two[0], replace(two[1], value=200, low=190, high=210))), say)
    assert "100.0" in apart.headline and "200.0" in apart.headline
    refused = finding(ComparedFacts(SUBJECT, two, advised=False), say)
    assert "100" not in refused.headline and "100.0" not in refused.sentence


@BOTH
@given(st.lists(statements(), min_size=1, max_size=14))
def test_a_page_of_several_names_no_figure_that_is_not_clear(say, several):
    names = [f"kind{letter}" for letter in "abcdefghijklmn"]
    told = [replace(one, category={"en": name, "zh": name}) for one, name in zip(several, names, strict=False)]
    headline = finding(SeveralFacts(YEAR.area, tuple(told)), say).headline
    assert fits(headline, say)
    if len(told) > 1:
        clear = {"en": ("fell", "rose"), "zh": ("下降", "上升")}[say.code]
        for one in told:
            if one.verdict not in ("rise", "fall"):
                assert say.pick(one.category) not in headline
        assert any(word in headline for word in clear) == any(one.verdict in ("rise", "fall") for one in told)


def test_a_page_of_several_says_what_fell_and_what_rose():
    kinds = {"theft": "fall", "burglary": "fall", "robbery": "no_clear_change", "weapons offences": "rise"}
    told = [replace(YEAR, category={"en": name, "zh": name}, verdict=verdict) for name, verdict in kinds.items()]
    facts = SeveralFacts({"en": "London", "zh": "伦敦"}, tuple(told))
    assert headlines(facts) == (
        "London: theft and burglary fell, weapons offences rose",
        "伦敦：theft和burglary下降，weapons offences上升",
    )


@BOTH
def test_statements_are_counted_by_what_came_of_them(say):
    facts = StatedFacts(
        {"en": "Shanghai", "zh": "上海"}, {"reproduced": 5, "contradicted": 2, "cannot_be_checked": 399}
    )
    said = finding(facts, say)
    assert "399" in said.headline and "406" in said.headline
    assert all(number in said.sentence for number in ("5", "2", "399", "406"))
    none = finding(StatedFacts(facts.place, {}), say)
    assert none.headline and fits(none.headline, say)


@BOTH
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_a_line_on_what_not_to_write(verdict, say):
    line = finding(replace(YEAR, verdict=verdict), say).not_to_write
    assert line.startswith("Do not" if say.code == "en" else "不宜")


def test_the_length_of_a_headline_is_counted_in_words_and_in_letters():
    assert (WORDS, LETTERS) == (15, 28)
    assert length("Recorded theft in London", EN) == 4
    assert length("伦敦2026年", ZH) == 5


def test_nothing_is_said_of_anything_else():
    with pytest.raises(TypeError, match="int"):
        finding(7, EN)
    assert isfinite(YEAR.now) and translator("en") is EN
