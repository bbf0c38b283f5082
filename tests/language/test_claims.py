"""Every finding can be read in both languages: verdict, reasons, arithmetic and what would be needed; and no sentence blames or praises."""

from __future__ import annotations

import math
import re

import pytest

from language import LANGUAGES, translator
from language.claim_reasons import claim_reason, needed_words
from language.claims import base_words, claim_verdict_words, day_span_words, figure, step_words, verdict_meaning
from measures.claims.checks import findings as kept
from measures.claims.checks.against_series import check_series
from measures.claims.checks.stated import Stated
from measures.claims.checks.stored_findings import findings
from measures.claims.collection import claims_table

DATASET = "shanghai_statements"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BLAME = (
    "lied",
    "liar",
    "false",
    "fake",
    "wrong",
    "mislead",
    "manipulat",
    "impressive",
    "success",
    "谎",
    "造假",
    "虚假",
    "错误",
    "误导",
    "成效显著",
)
SERIES = [
    Stated("london", "recorded_crime", "robbery", "E09000007", value, *span, base=base, kind=kind)
    for value, span, base, kind in (
        ("-20", ("2025-01", "2025-12"), "same_period_last_year", "percent_change"),
        ("-20", ("2024-03", "2024-08"), "2019", "percent_change"),
        ("5", ("2020-01", "2020-06"), "ten_year_average", "percent_change"),
        ("1456", ("2025-01", "2025-12"), "none", "count"),
        ("-395", ("2025-01", "2025-12"), "previous_period", "difference"),
        ("-20", ("2026-05", "2026-12"), "same_period_last_year", "percent_change"),
        ("-20", ("2010-04", "2010-12"), "same_period_last_year", "percent_change"),
    )
]


def sentences(finding: kept.Finding, code: str, events: list[dict], names: dict[str, str]) -> list[str]:
    say = translator(code)
    told = [claim_verdict_words(finding.verdict, say), verdict_meaning(finding.verdict, say)]
    for one in finding.reasons:
        said = [names[claim.partition("/")[0]] for claim in one.claims]
        told.append(claim_reason(one.key, one.places, say, said, [say.pick(event["name"]) for event in events]))
    told += [step_words(one, say) for one in finding.arithmetic]
    return told + [needed_words(one.key, one.places, say) for one in finding.needed]


@pytest.fixture(scope="module")
def said(shelf):
    """All sentences of all findings, by language."""
    table = claims_table(shelf, DATASET)
    events = shelf.cards[DATASET].readings["events"]
    found = [*findings(shelf, DATASET).values(), *(check_series(one, shelf) for one in SERIES)]
    return {
        code: [
            text
            for one in found
            for text in sentences(
                one, code, events, dict(zip(table["claim_id"], table[f"publisher_{code}"], strict=True))
            )
        ]
        for code in LANGUAGES
    }


def test_every_finding_reads_in_english(said):
    assert all(text and "{" not in text for text in said["en"])
    assert not [text for text in said["en"] if CHINESE.search(text)]


def test_every_finding_reads_in_chinese(said):
    assert all("{" not in text for text in said["zh"])
    assert not [text for text in said["zh"] if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", text)]


def test_both_languages_say_as_many_sentences_with_the_same_numbers(said):
    assert len(said["en"]) == len(said["zh"])
    for english, chinese in zip(said["en"], said["zh"], strict=True):
        if "÷" in english or " − " in english:
            assert re.findall(r"\d+\.\d+", english.replace(",", "")) == re.findall(r"\d+\.\d+", chinese)


def test_no_sentence_blames_or_praises(said):
    for code in LANGUAGES:
        assert not [
            text
            for text in said[code]
            if any(re.search(rf"\b{word}" if word.isascii() else word, text.lower()) for word in BLAME)
        ]


def test_every_verdict_has_words_and_a_meaning_of_its_own():
    for code in LANGUAGES:
        say = translator(code)
        assert (
            len({claim_verdict_words(one, say) for one in kept.VERDICTS})
            == len({verdict_meaning(one, say) for one in kept.VERDICTS})
            == 5
        )


@pytest.mark.parametrize(
    ("start", "end", "english", "chinese"),
    [
        ("2019-01-01", "2019-12-31", "2019", "2019年"),
        ("2019-01-01", "2019-08-31", "January to August 2019", "2019年1月至8月"),
        ("2018-01-01", "2018-06-05", "1 January 2018 to 5 June 2018", "2018年1月1日至2018年6月5日"),
        ("2025-01", "2025-12", "January to December 2025", "2025年1月至12月"),
        ("", "", "days not stated", "时期未说明"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(start, end, english, chinese):
    assert (day_span_words(start, end, translator("en")), day_span_words(start, end, translator("zh"))) == (
        english,
        chinese,
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"), [(1042, "", "1,042"), (-5.272, "%", "−5.27%"), (363.6, "", "363.6"), (-0.001, "%", "0%")]
)
def test_a_figure_shows_the_decimals_that_it_needs(value, unit, text):
    assert figure(value, unit, translator("en")) == text


def test_a_limit_that_is_none_is_said_so():
    assert figure(math.inf, "", translator("en")) == "any number"


def test_every_base_has_words(shelf):
    for kind in (
        "same_period_last_year",
        "previous_period",
        "other_days",
        "not_stated",
        "ten_year_average",
        "stated_period",
    ):
        assert base_words(kind, "", "", translator("en"))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", ["agrees_with", "chain_possible", "base_chain_possible", "base_chain_impossible"])
def test_those_who_published_other_figures_are_named_one_after_the_other(key, code):
    say, places = translator(code), {"same_scope": True, "rest": 4.0, "off": 0}
    sentence = claim_reason(key, places, say, ["First Gazette (1%)", "Second Gazette (2%)"])
    assert say.joined(["First Gazette (1%)", "Second Gazette (2%)"]) in sentence
