"""Every statement and every headline reads in both languages, with its quote in its own; nothing typed breaks the box."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from markupsafe import escape

import charts
from charts.published.claim_findings import printed, reason_sentences, step_sentences
from language import LANGUAGES, translator
from language.claims import claim_verdict_words
from layout.claims.card import claim_card, claim_row
from layout.claims.headline import headline_words
from layout.frame.reader import Reader
from measures.about.register import indicators_listed
from measures.claims.checks.stated import periods_of
from measures.claims.collection import Statements
from measures.claims.headline import headline_claim
from measures.claims.search import claims_card, found_of
from tests.acceptance.printed import numbers

DATASET = "shanghai_statements"
QUOTED = re.compile(r"<q .*?</q>|<cite.*?</cite>|<[^>]+>", re.DOTALL)
ENGLISH_SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z']+\b[ ,]+){5,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


@pytest.fixture(params=LANGUAGES)
def reader(request, shelf):
    return Reader(translator(request.param), shelf, shelf.places["shanghai"], "claims")


def test_every_card_stands_in_its_language(reader, shelf):
    card = claims_card(shelf, "shanghai")
    wrong = CHINESE if reader.say.code == "en" else ENGLISH_SENTENCE
    for one in found_of(shelf, DATASET):
        words = QUOTED.sub(" ", claim_card(one, card, reader, is_open=False))
        assert not wrong.search(words), (one.id, wrong.search(words))
        assert "nan" not in words.split()
        assert "{" not in words


def test_a_line_names_figure_subject_publisher_and_outcome_and_holds_the_whole_statement(reader, shelf):
    card = claims_card(shelf, "shanghai")
    for one in found_of(shelf, DATASET):
        made = claim_row(one, card, reader)
        line = made[: made.index("</summary>")]
        assert escape(printed(one.claim, one.row, reader.say)) in line
        assert escape(one.row[f"publisher_{reader.say.code}"]) in line
        assert claim_verdict_words(one.finding.verdict, reader.say)[1:] in line
        assert (reader.say("original wording not held") in made) == (not one.row["quote"])


def test_a_quote_keeps_its_language_and_has_a_gloss_for_readers_of_another(reader, shelf):
    card = claims_card(shelf, "shanghai")
    for one in found_of(shelf, DATASET):
        made = claim_card(one, card, reader, is_open=False)
        assert ('<q lang="zh-Hans">' in made) == bool(one.row["quote"])
        assert ("In English: " in made) == (bool(one.row["quote"]) and reader.say.code == "en")
        assert (reader.say("original wording not held") in made) == (not one.row["quote"])


def test_a_card_says_link_not_recorded_only_where_there_is_none(reader, shelf):
    card = claims_card(shelf, "shanghai")
    for one in found_of(shelf, DATASET):
        made = claim_card(one, card, reader, is_open=False)
        assert (reader.say("no link") in made) == (not one.row["url"])


def test_both_languages_show_the_same_figure_and_as_many_reasons_and_steps(shelf):
    english, chinese = translator("en"), translator("zh")
    for one in found_of(shelf, DATASET):
        if np.isfinite(one.claim.number):
            words = {say.code: printed(one.claim, one.row, say) for say in (english, chinese)}
            shown = [numbers(words[code].removesuffix(one.row[f"unit_{code}"]))[0].value for code in words]
            assert shown[0] == shown[1]
        assert len(reason_sentences(one.finding, shelf, DATASET, english)) == len(
            reason_sentences(one.finding, shelf, DATASET, chinese)
        )
        assert len(step_sentences(one.finding, english)) == len(step_sentences(one.finding, chinese))


def test_every_reason_that_speaks_of_another_statement_names_its_publisher(shelf):
    found = {one.id: one for one in found_of(shelf, DATASET)}
    say = translator("en")
    for one in found.values():
        for sentence, ids in reason_sentences(one.finding, shelf, DATASET, say):
            named = ("agrees_with", "differs_from", "cannot_all_be_true")
            keys = {reason.key for reason in one.finding.reasons if reason.claims == ids}
            if keys & set(named):
                assert all(found[other.partition("/")[0]].row["publisher_en"] in sentence for other in ids)


def drawn(shelf, indicator: str, code: str = "en"):
    found = [one for one in found_of(shelf, DATASET) if one.claim.indicator == indicator]
    frame = pd.DataFrame([{**one.row, "bound": one.claim.bound} for one in found])
    made = Statements(indicators_listed(shelf, DATASET)[indicator], frame, shelf.cards[DATASET])
    return found, charts.stated_changes(made, {}, translator(code), {one.id: one.claim.base for one in found})


def test_a_change_is_drawn_at_its_height_with_the_days_of_its_base(shelf):
    found, picture = drawn(shelf, "criminal_cases_filed")
    changes = [one for one in found if one.claim.is_change and one.claim.end]
    rows = picture.datasets["rows"]
    assert sorted(rows["v"]) == sorted(one.claim.number for one in changes)
    assert sorted(zip(rows["first"], rows["last"], strict=True)) == sorted(
        (one.claim.base.start, one.claim.base.end) for one in changes
    )
    assert (rows["first"] != "").any()
    assert (rows["area"] != "").all()


def test_a_picture_of_changes_holds_no_level(shelf):
    levels = {one.claim.indicator for one in found_of(shelf, DATASET)}
    for indicator in sorted(levels):
        found, picture = drawn(shelf, indicator)
        changes = {one.claim.number for one in found if one.claim.kind == "percent_change"}
        assert picture is None or set(picture.datasets["rows"]["v"]) <= changes


BOX = {
    "measure": "recorded_crime",
    "category": "robbery",
    "area": "E09000007",
    "says": "fell",
    "figure": "20%",
    "length": "year",
    "period": "2025-12",
}
BOX |= {"base": "same_period_last_year"}


@pytest.mark.parametrize(
    ("asked", "english", "chinese"),
    [
        (
            {},
            "Robbery in Camden fell by 20% in 2025, compared with the same period a year earlier (2024)",
            "2025年卡姆登抢劫比上年同期（2024年）下降20%",
        ),
        ({"bound": "about"}, "fell by about 20%", "下降约20%"),
        (
            {"says": "rose", "figure": "395"},
            "rose by 395 (a count) in 2025, compared with",
            "比上年同期（2024年）增加395",
        ),
        ({"says": "was", "figure": "1,456"}, "Robbery in Camden in 2025: 1,456", "2025年卡姆登抢劫：1456"),
        ({"base": "2019"}, "compared with 2019", "比2019年下降20%"),
        ({"length": "twelve", "period": "2026-03"}, "April 2025 to March 2026", "2025年4月至2026年3月"),
    ],
)
def test_a_headline_is_said_again_in_full(asked, english, chinese, shelf):
    one = headline_claim("london", BOX | asked, periods_of(shelf, "recorded_crime"))
    for code, words in (("en", english), ("zh", chinese)):
        reader = Reader(translator(code), shelf, shelf.places["london"], "claims")
        assert words in headline_words(one, reader)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_bars_of_a_headline_are_the_published_counts_of_the_same_months(code, shelf):
    one = headline_claim("london", BOX, periods_of(shelf, "recorded_crime"))
    picture = charts.same_months_picture(one, shelf, translator(code))
    rows = picture.datasets["rows"]
    table = shelf.table("recorded_crime").series("offences", "robbery", "E09000007")
    by_year = {}
    for period, value in zip(shelf.table("recorded_crime").periods, table.values, strict=True):
        by_year[period[:4]] = by_year.get(period[:4], 0) + value
    assert rows["v"].to_list() == [by_year[re.search(r"\d{4}", name)[0]] for name in rows["name"]]
    assert rows["name"].str.contains("2025").to_list()[-1]
    assert rows["fill"].nunique() == 3
