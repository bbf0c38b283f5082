"""Sentences from statements: the numbers of the statement, the words of its verdict, in both languages the same."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import LANGUAGES, translator
from language.numbers import exact
from language.sentences.change_words import change_words
from language.sentences.figure import brief, sentence
from language.sentences.statement import Statement, TrendFacts
from language.trends import trend_sentence
from language.verdicts import ARROWS, VERDICTS, verdict_class, verdict_word, verdict_words, why_words
from tests.language.reading import NUMBER, SPOKEN, directions_in, numbers, read, spoken

EN, ZH = translator("en"), translator("zh")
WHY = (
    "provisional",
    "withheld",
    "no_figure_before",
    "window_break",
    "no_population",
    "zero_denominator",
    "unallocated",
    "not_applicable",
    "too_few_periods",
    "too_short",
    "population_basis",
    "no_test",
    "no_figure",
    "unreliable",
    "none",
    "estimated",
)
BOTH = pytest.mark.parametrize("say", [EN, ZH], ids=["en", "zh"])
SAID = {
    "en": "The police recorded {value} offences{per} in {area}",
    "en_one": "The police recorded {value} offence{per} in {area}",
    "en_of": "{category}: the police recorded {value} offences{per} in {area}",
    "en_of_one": "{category}: the police recorded {value} offence{per} in {area}",
    "zh": "{area}警方登记的案件{per}{value}起",
    "zh_of": "{area}警方登记的{category}案件{per}{value}起",
}
YEAR = Statement(
    {"en": "Camden", "zh": "卡姆登"},
    SAID,
    {"en": "offences", "zh": "起"},
    {"en": "Recorded crime", "zh": "刑事案件"},
    "rolling",
    "2026-03",
    39922,
    "2025-03",
    42902,
    39922 / 42902 - 1,
    -0.0803,
    -0.0581,
    "fall",
    "",
)
MONTH = replace(YEAR, view="count", period="2026-03", before_period="2025-03")
FEW = replace(MONTH, now=40, before=12, change=40 / 12 - 1, low=0.8, high=5.5, verdict="rise", small=True)
RATE = replace(
    YEAR,
    view="rolling_rate",
    now=184.01,
    before=197.55,
    change=-0.0685,
    low=-0.0803,
    high=-0.0567,
    per=1000,
    counts=(39922, 42902),
)
SHARE = replace(
    MONTH,
    wording={"en": "{value} were done online", "zh": "{area}线上办理率为{value}"},
    view="share",
    now=82.3,
    before=81.2,
    change=1.1,
    low=0.8,
    high=1.4,
    verdict="rise",
)


def both(one: Statement) -> tuple[str, str]:
    return sentence(one, EN), sentence(one, ZH)


def test_a_fall_over_twelve_months():
    assert both(YEAR) == (
        "The police recorded 39,922 offences in Camden in the 12 months to March 2026, 6.9% fewer than a year earlier "
        "(42,902). This fall is more than the usual ups and downs (95% confidence interval −8.0% to −5.8%).",
        "2025年4月至2026年3月，卡姆登警方登记的案件39922起，比上年同期（42902起）下降6.9%，"
        "降幅超出通常波动范围（95%置信区间为−8.0%至−5.8%）。",
    )


def test_a_rate_and_its_residents():
    assert both(RATE)[0].startswith(
        "The police recorded 184.0 offences per 1,000 residents in Camden in the 12 months to March 2026, 6.9% fewer"
    )
    assert both(RATE)[1].startswith(
        "2025年4月至2026年3月，卡姆登警方登记的案件每千人184.0起，比上年同期（197.6起）下降6.9%"
    )


def test_a_month_names_the_month_a_year_before():
    assert "than in March 2025 (42,902)" in both(MONTH)[0]
    assert "比2025年3月（42902起）下降" in both(MONTH)[1]


def test_a_share_moves_by_percentage_points():
    assert both(SHARE) == (
        "82.3% were done online in March 2026, 1.1 percentage points more than in March 2025 (81.2%). This rise is "
        "more than the usual ups and downs (95% confidence interval +0.8 to +1.4).",
        "2026年3月，卡姆登线上办理率为82.3%，比2025年3月（81.2%）上升1.1个百分点，升幅超出通常波动范围（95%置信区间为+0.8至+1.4）。",
    )


def test_a_small_base_speaks_in_counts():
    assert both(FEW) == (
        "The police recorded 40 offences in Camden in March 2026, 28 more than in March 2025 (12). This rise is more than the "
        "usual ups and downs.",
        "2026年3月，卡姆登警方登记的案件40起，比2025年3月（12起）增加28起，升幅超出通常波动范围。",
    )
    for text in (*both(FEW), change_words(FEW, EN), change_words(FEW, ZH)):
        assert "%" not in text


def test_a_rate_on_a_small_base_names_its_counts():
    rate = replace(RATE, now=0.31, before=0.11, verdict="rise", change=1.8, small=True, counts=(40, 12))
    assert (
        "0.310 offences per 1,000 residents in Camden in the 12 months to March 2026, compared with 0.110 a year earlier (worked out"
        in both(rate)[0]
    )
    assert "上年同期为0.110起（分别按40和12起计算），升幅超出通常波动范围。" in both(rate)[1]


def test_no_clear_change_says_both_figures_and_no_direction():
    calm = replace(
        YEAR, now=43000, change=0.0023, low=-0.02, high=0.025, verdict="no_clear_change", usual=("2021", "2026")
    )
    assert both(calm) == (
        "The police recorded 43,000 offences in Camden in the 12 months to March 2026, compared with 42,902 a year earlier. "
        "There is no clear change: the difference (+0.2%) is not clearly more than the ups and downs of 2021 to 2026 (up to about ±2.3%).",
        "2025年4月至2026年3月，卡姆登警方登记的案件43000起，上年同期为42902起。无明显变化：两期相差+0.2%，与2021至2026年的波动（约±2.3%以内）相比不够明显。",
    )


def test_the_same_number_again():
    same = replace(YEAR, now=42902, change=0.0, low=-0.02, high=0.02, verdict="no_clear_change")
    assert "the same as a year earlier: no clear change." in both(same)[0]
    assert "与上年同期持平，无明显变化。" in both(same)[1]


def test_one_offence_is_not_offences():
    assert "1 offence in" in sentence(replace(FEW, now=1, before=4, verdict="no_clear_change"), EN)
    assert "0 offences in" in sentence(replace(FEW, now=0, before=4, verdict="no_clear_change"), EN)
    assert "1.0 offences per" in sentence(replace(RATE, now=1.0), EN)


def test_a_category_is_named_as_each_language_does():
    one = replace(MONTH, category={"en": "Theft", "zh": "盗窃"})
    assert both(one)[0].startswith("Theft: the police recorded 39,922 offences in Camden")
    assert both(one)[1].startswith("2026年3月，卡姆登警方登记的盗窃案件39922起")


@pytest.mark.parametrize("why", [why for why in WHY if why != "no_test"])
def test_a_change_that_is_not_judged_has_its_reason_and_no_share(why):
    one = replace(YEAR, verdict="cannot_say", why=why, change=nan, low=nan, high=nan, before=nan)
    for text, say in zip(both(one), (EN, ZH), strict=True):
        assert why_words(why, say) in text
        assert "%" not in text.replace("5%", "")
        assert spoken(text, say.code) == {"cannot_say"}


@pytest.mark.parametrize(("status", "why"), [("c", "withheld"), ("x", "no_population"), ("z", "not_applicable")])
def test_a_missing_figure_has_a_sentence_and_no_number(status, why):
    one = replace(
        YEAR,
        now=nan,
        before=100,
        status=status,
        verdict="cannot_say",
        why=why,
        reason={"en": "not published", "zh": "未公布"},
    )
    for text, say in zip(both(one), (EN, ZH), strict=True):
        assert numbers(text, one, say) == []
        assert not spoken(text, say.code)


@pytest.mark.parametrize(
    ("facts", "english", "chinese"),
    [
        (
            {"linked": (9, 0.0109)},
            "For the 9 months in both releases, the newer one is 1.1% higher. The change allows for this.",
            "两个发布版本重叠的9个月中，新版数值高1.1%；计算变化时已作相应换算。",
        ),
        (
            {"linked": (9, -0.0014)},
            "For the 9 months in both releases, the newer one is 0.1% lower. The change allows for this.",
            "两个发布版本重叠的9个月中，新版数值低0.1%；计算变化时已作相应换算。",
        ),
        (
            {"within": "2026-01"},
            "The change is worked out within the release of January 2026 (date approximate), which has both figures.",
            "变化幅度按2026年1月前后发布、同时含有两期数据的同一版本计算。",
        ),
        (
            {"late": True},
            "The assessment is the same if late records come in as usual.",
            "若补录情况与以往相当，判断不变。",
        ),
    ],
)
def test_how_releases_are_linked_and_what_late_records_could_do_is_said(facts, english, chinese):
    texts = both(replace(YEAR, **facts))
    assert texts[0].endswith(english)
    assert texts[1].endswith(chinese)
    assert not both(YEAR)[0].endswith(english)


def test_two_releases_are_named():
    assert both(replace(YEAR, crosses=True))[0].endswith("The two figures come from different releases.")
    assert both(replace(YEAR, crosses=True))[1].endswith("两期数据取自不同发布版本。")


@BOTH
@pytest.mark.parametrize("key", VERDICTS)
def test_every_verdict_has_a_word_an_arrow_and_a_class(key, say):
    assert verdict_words(key, say) == f"{ARROWS[key]} {verdict_word(key, say)}"
    assert verdict_class(key) == ("clear" if key in ("rise", "fall") else "unclear")
    assert len({ARROWS[one] for one in VERDICTS}) == len(VERDICTS)


counts = st.integers(0, 10**7)
changes = st.floats(-0.99, 5, allow_nan=False)


@st.composite
def statements(draw) -> Statement:
    """Any statement that measures could make: the verdict's sign is that of the difference."""
    now, before = draw(counts), draw(counts)
    verdict = draw(st.sampled_from(VERDICTS))
    if now == before or (verdict == "rise" and now < before) or (verdict == "fall" and now > before):
        verdict = "no_clear_change"
    ratio = now / before - 1 if before else nan
    width = draw(st.floats(0.001, 0.5))
    view = draw(st.sampled_from(["count", "rolling", "rate", "rolling_rate"]))
    return replace(
        YEAR,
        view=view,
        now=now,
        before=before,
        change=ratio,
        low=ratio - width,
        high=ratio + width,
        verdict=verdict,
        why="" if verdict != "cannot_say" else draw(st.sampled_from(WHY)),
        small=before < 30,
        crosses=draw(st.booleans()),
        counts=(now, before),
        per=1000,
        category=draw(st.sampled_from([{}, {"en": "Theft", "zh": "盗窃"}])),
    )


@given(statements())
def test_both_languages_say_the_same_numbers_and_they_are_the_statements(one):
    english, chinese = (numbers(text, one, say) for text, say in zip(both(one), (EN, ZH), strict=True))
    assert sorted(english) == pytest.approx(sorted(chinese))
    assert english[0] == one.now
    if one.tested and one.now != one.before:
        assert one.before in english


@given(statements())
def test_the_words_follow_the_verdict_and_agree_with_the_sign(one):
    for text, say in zip(both(one), (EN, ZH), strict=True):
        assert spoken(text, say.code) <= {one.verdict}
        assert spoken(text, say.code) == {one.verdict} or (one.why == "no_test" and not one.tested)
        if one.verdict in ("rise", "fall"):
            assert directions_in(text, one.verdict, say.code)
            assert not directions_in(text, "fall" if one.verdict == "rise" else "rise", say.code)
        else:
            text = (
                text.replace(why_words(one.why, say), "") if one.why else text
            )  # a reason may count periods: fewer than five
            assert not any(directions_in(text, key, say.code) for key in ("rise", "fall"))


@given(statements())
def test_a_brief_verdict_and_the_sentence_agree(one):
    for say in (EN, ZH):
        assert brief(one, say).startswith(verdict_word(one.verdict, say))
        if one.tested and isfinite(one.before):
            step = change_words(one, say)
            assert ("%" in step) == (not one.small and isfinite(one.change))
            assert not (one.verdict == "rise" and "−" in step)
            assert not (one.verdict == "fall" and "+" in step)


@BOTH
@given(st.integers(0, 10**13))
def test_a_number_in_a_sentence_reads_back_as_itself(say, value):
    assert read(*NUMBER.fullmatch(exact(value, say)).groups()) == value


def test_7120000_is_712_wan_and_39922_stays_39922():
    assert (exact(7_120_000, EN), exact(7_120_000, ZH)) == ("7.12 million", "712万")
    assert (exact(39_922, EN), exact(39_922, ZH)) == ("39,922", "39922")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_trend_says_its_verdict_and_only_that(code, verdict):
    rate = {"rise": 0.031, "fall": -0.031}.get(verdict, 0.001)
    one = TrendFacts(
        YEAR.area,
        YEAR.title,
        "rolling",
        verdict,
        "" if verdict != "cannot_say" else "too_few_periods",
        "2020-03",
        "2026-03",
        7,
        rate,
        rate - 0.01,
        rate + 0.01,
    )
    text = trend_sentence(one, translator(code))
    trends = {
        "en": (("rose by",), ("fell by",), ("no clear trend",)),
        "zh": (("上升趋势",), ("下降趋势",), ("无明显趋势",)),
        "zh_hant": (("上升趨勢",), ("下降趨勢",), ("無明顯趨勢",)),
    }[code]
    cannot = SPOKEN[code]["cannot_say"] if code == "en" else SPOKEN[code]["cannot_say"][:1]
    words = dict(zip(VERDICTS, (*trends, cannot), strict=True))
    assert {key for key, known in words.items() if any(word in text for word in known)} == {verdict}
    whole = trend_sentence(replace(one, span=("2011-03", "2026-03", 16, -0.25, 4, 11)), translator(code))
    assert whole.startswith(text)
    assert all(part in whole[len(text) :] for part in ("16", "−25.0%", "4", "11"))


@BOTH
def test_a_trend_of_a_share_is_said_in_points_and_never_relative_to_the_share(say):
    one = TrendFacts(YEAR.area, YEAR.title, "share", "rise", "", "2013", "2017", 5, 8.0, 3.5, 12.5, True)
    text = trend_sentence(one, say)
    assert "8.0" in text and "12.5" in text
    assert say("{number} percentage points", number="8.0") in text


@BOTH
def test_a_series_too_short_to_judge_gives_both_figures_the_change_and_what_chance_alone_would_do(say):
    """Seoul, all crime: 275,974 and 301,804; chance alone moves such counts by 1.96 × √(1/275,974 + 1/301,804), half a per cent."""
    one = replace(
        YEAR,
        now=301_804,
        before=275_974,
        change=0.0936,
        low=nan,
        high=nan,
        verdict="cannot_say",
        why="too_short",
        chance=(0.088, 0.0993),
    )
    text = sentence(one, say)
    assert all(part in text.replace(",", "") for part in ("301804", "275974", "+9.4%", "±0.5%"))
    assert spoken(text, say.code) == {"cannot_say"}
    calm = sentence(replace(one, change=0.002, chance=(-0.003, 0.007)), say)
    assert ("no more than chance" if say.code == "en" else "未超出随机波动") in calm


@BOTH
@pytest.mark.parametrize("compared", [True, False])
def test_a_rate_whose_residents_are_two_years_old_says_that_they_are_taken_as_exact(compared, say):
    facts = RATE if compared else replace(RATE, before=nan, change=nan, verdict="cannot_say", why="no_figure_before")
    alone = sentence(facts, say)
    assert sentence(replace(facts, years_old=("2023", 1)), say) == alone
    aside = sentence(replace(facts, years_old=("2022", 2)), say).removeprefix(alone)
    assert "2022" in aside and {"en": "taken as exact", "zh": "按准确值计算"}[say.code] in aside


@BOTH
def test_rates_whose_residents_stand_still_and_changes_by_the_day_say_so(say):
    assert "2024" in sentence(replace(RATE, residents="2024"), say)
    assert sentence(replace(MONTH, by_day=True), say).endswith(
        say("The change is worked out by the day, as the two periods are not equally long.")
    )


PLACE = replace(YEAR, areas=(32.0, 0.0, 4.7e-10), area_word={"en": "boroughs", "zh": "自治市"})


@BOTH
@pytest.mark.parametrize("verdict", ["rise", "fall", "no_clear_change"])
def test_a_place_tells_how_its_areas_went_and_its_verdict_stays(verdict, say):
    low, high = {"rise": (0.01, 0.1), "fall": (-0.1, -0.01), "no_clear_change": (-0.1, 0.1)}[verdict]
    facts = replace(PLACE, verdict=verdict, change=(low + high) / 2, low=low, high=high)
    alone = sentence(replace(facts, areas=(nan, nan, nan)), say)
    text = sentence(facts, say)
    assert text.startswith(alone) and spoken(text, say.code) == spoken(alone, say.code) == {verdict}
    aside = text[len(alone) :]
    assert tuple(NUMBER.findall(aside)[number][1] for number in (0, 1)) == ("32", "0")
    assert {"en": "does not change the assessment", "zh": "不改变上述判断"}[say.code] in aside


@BOTH
@pytest.mark.parametrize(("areas", "times"), [((32, 0, 4.7e-10), "1,000"), ((22, 9, 0.0294), "34")])
def test_how_seldom_so_many_areas_go_one_way_is_said_where_they_are_one_sided(areas, times, say):
    seldom = {"en": f"once in {times} times", "zh": f"每{times.replace(',', '')}次"}[say.code]
    assert seldom in sentence(replace(PLACE, areas=areas), say)


@BOTH
@pytest.mark.parametrize("areas", [(15, 16, 1.0), (20, 12, 0.2153)])
def test_of_areas_that_are_not_one_sided_only_the_counts_are_said(areas, say):
    aside = sentence(replace(PLACE, areas=areas), say)[len(sentence(replace(PLACE, areas=(nan, nan, nan)), say)) :]
    higher, lower, _ = areas
    assert (
        aside.strip()
        == {
            "en": f"The figure is higher than a year earlier in {higher} of the boroughs and lower in {lower}.",
            "zh": f"分区来看，{higher}个自治市高于上年同期，{lower}个低于上年同期。",
        }[say.code]
    )


@BOTH
def test_what_was_allocated_to_no_area_is_said_where_it_moves_the_change(say):
    facts = replace(YEAR, unallocated=(0.0, 0.064), allocated=-0.1290)
    for number in ("6.4%", "0.0%", "−12.9%"):
        assert number in sentence(facts, say)
    assert sentence(replace(facts, allocated=facts.change - 0.004), say) == sentence(YEAR, say)
    assert sentence(replace(FEW, unallocated=(0.0, 0.064), allocated=1.0), say) == sentence(FEW, say)
