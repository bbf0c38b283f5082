"""Every sentence of every measure, view, sampled category and area, in both languages: its numbers, its words, its verdict."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cached_property
from types import SimpleNamespace

import numpy as np
import pytest

from charts import trend_picture as draw
from charts.descriptions import describe_trend
from language import LANGUAGES, period_name, translator
from language.numbers import digits_of
from language.sentences.change_words import change_words
from language.sentences.fact_phrases import counted_amount
from language.sentences.figure import sentence
from language.sentences.statement import Statement
from language.verdicts import ARROWS, verdict_class, verdict_word
from layout.frame.glossary import glossary_words, terms_of
from layout.trends.sentences import is_it_real
from measures.about.statements import name_of, recent_statements, statement
from measures.figures.compute import Measure, Query, compute
from measures.lines.denominators import middle_of_period
from measures.lines.line import is_final
from tests.drawn import cells_of, drawn, paragraphs_of
from tests.language.reading import directions_in, numbers, of_areas, spoken, usual_size
from tests.test_every_measure import COMPUTED, MEASURES
from tests.tongues import by_turns

pytestmark = pytest.mark.apart  # measures and views


def named(one) -> str:
    return getattr(one, "name", one)


FORBIDDEN = {
    "en": (
        "worst",
        "best",
        "safest",
        "most dangerous",
        "dangerous place",
        "top ",
        "bottom",
        "rank",
        "league",
        "leading",
        "lagging",
        "alarming",
        "soar",
        "surge",
        "plummet",
        "plunge",
        "spike",
        "skyrocket",
        "explosion",
        "epidemic",
        "hotspot",
        "hot spot",
        "crime-ridden",
        "failing",
        "failure",
        "blame",
        "to blame",
        "thanks to",
        "because of",
        "caused",
        "success",
        "improve",
        "deteriorat",
        "good news",
        "bad news",
        "significant",
    ),
    "zh": (
        "最差",
        "最好",
        "最安全",
        "最危险",
        "排名",
        "名列",
        "第一",
        "倒数",
        "领先",
        "落后",
        "飙升",
        "激增",
        "骤降",
        "骤升",
        "猛增",
        "暴涨",
        "暴跌",
        "恶化",
        "改善",
        "好转",
        "重灾区",
        "高发区",
        "失职",
        "不力",
        "归咎",
        "归因",
        "得益于",
        "由于",
        "导致",
        "成效",
        "显著",
        "喜人",
        "堪忧",
        "环比",
    ),
    "zh_hant": (
        "最差",
        "最好",
        "最安全",
        "最危險",
        "排名",
        "名列",
        "第一",
        "倒數",
        "領先",
        "落後",
        "飆升",
        "激增",
        "驟降",
        "驟升",
        "猛增",
        "暴漲",
        "暴跌",
        "惡化",
        "改善",
        "好轉",
        "重災區",
        "高發區",
        "失職",
        "不力",
        "歸咎",
        "歸因",
        "得益於",
        "由於",
        "導致",
        "成效",
        "顯著",
        "喜人",
        "堪憂",
        "環比",
    ),
}


@dataclass(frozen=True)
class Told:
    """A measure in a view of one category, for every area of its place, and what is said of it."""

    made: Measure

    @cached_property
    def statements(self) -> list[Statement]:
        """On every area: its latest final figure, its newest, and that of two years before."""
        year = self.made.periods[max(0, len(self.made.periods) - 25)]
        dates = ("", self.made.periods[-1], year)
        found = [statement(self.made, area, period) for area in self.made.query.areas for period in dates]
        return [one for one in found if one]

    @cached_property
    def sentences(self) -> list[tuple[Statement, dict[str, str]]]:
        """Each statement with its sentence in two languages."""
        return [
            (one, {code: sentence(one, translator(code)) for code in by_turns(number)})
            for number, one in enumerate(self.statements)
        ]


@pytest.fixture(
    scope="module",
    params=[(card, view) for card in COMPUTED for view in card.views],
    ids=lambda pair: f"{pair[0].name}-{pair[1]}",
)
def told(request, shelf) -> list[Told]:
    """The usual category first, then a sample of the others. Worked out once for all rules: pytest runs the tests of one measure and view together."""
    card, view = request.param
    place = shelf.places[shelf.cards[card.dataset].place]
    table = shelf.table(card.dataset)
    areas = tuple(code for code in table.areas if code not in {one.code for one in place.unallocated})
    codes = list(table.categories)
    sample = dict.fromkeys([card.default_category, *codes[:: max(1, len(codes) // 6)]])
    return [Told(compute(Query(place.id, card.name, areas, category, view), shelf)) for category in sample]


@pytest.mark.parametrize("card", COMPUTED, ids=lambda card: card.name)
def test_the_card_says_its_figure_in_both_languages(card):
    for view in card.views:
        for code in LANGUAGES:
            assert "{value}" in card.said_of(view).get(code, ""), (view, code)
        if "rate" in view:
            assert all("{per}" in card.said_of(view)[code] for code in LANGUAGES)


@pytest.mark.in_turn(24)
def test_both_languages_and_the_table_hold_the_same_numbers(told):
    for part in told:
        made = part.made
        lines = {area: made.line(area).set_index("period") for area in made.query.areas}
        areas = {str(name_of(made, area)): area for area in made.query.areas}
        for one, text in part.sentences:
            english, other = (numbers(words, one, translator(code)) for code, words in text.items())
            assert sorted(english) == pytest.approx(sorted(other))
            if not np.isfinite(one.now):
                assert english == []
                continue
            row = lines[areas[str(one.area)]].loc[one.period]
            assert english[0] == pytest.approx(row["value"], abs=0.5 * 10 ** -digits_of(one.view, row["value"]) + 1e-9)
            allowed = _allowed(row, one)
            for number in english:
                assert any(abs(number - value) <= most + 1e-9 for value, most in allowed), (number, row)


def _allowed(row, one) -> list[tuple[float, float]]:
    """The numbers that a sentence may hold and how far it may round each of them."""
    figures = [(row[name], 0.5 * 10 ** -digits_of(one.view, row[name])) for name in ("value", "before")]
    step = row["value"] - row["before"]
    counts = [(value, 0.0) for value in (row["numerator"], row["before_numerator"], step, abs(step))]
    changes = [one.in_hundredths(row[name]) for name in ("change", "change_low", "change_high")]
    sizes = [(size, 0.5 if size >= 10 else 0.05) for size in usual_size(one)]
    apart = [row[name] * 100 for name in ("unallocated", "before_unallocated", "change_allocated")]
    areas = [(value, 0.0) for value in (*of_areas(row), row["link_months"])]
    apart.append(abs(row["link_more"]) * 100)
    residents = [(value, 0.0) for value in _of_residents(row, one.view)]
    return [
        *figures,
        *counts,
        *areas,
        *residents,
        *((value, 0.05) for value in (*changes, abs(changes[0]), *apart)),
        *sizes,
    ]


def _of_residents(row, view: str) -> list[int]:
    """The year of residents that the table says are older than the figure, and how many years they are older."""
    years = [int(year) for year in re.findall(r"population (\d{4})", row["reason"])]
    return [number for year in years for number in (year, int(middle_of_period(row.name, view)[:4]) - year)]


def test_words_agree_with_the_verdict_and_the_verdict_with_the_sign(told):
    for part in told:
        for one, text in part.sentences:
            if one.verdict in ("rise", "fall"):
                assert (one.now > one.before) == (one.verdict == "rise")
            judged = np.isfinite(one.now) and one.why != "no_test"
            for code in text:
                assert spoken(text[code], code) == ({one.verdict} if judged else set()), text
                other = {"rise": ("fall",), "fall": ("rise",)}.get(one.verdict, ("rise", "fall"))
                wrong = [word for key in other for word in directions_in(text[code], key, code)]
                assert not wrong or not np.isfinite(one.now), text


def test_no_sentence_ranks_praises_blames_or_explains(told):
    for part in told:
        for one, text in part.sentences:
            for code in text:
                words = text[code].lower()
                for name in (one.area.get(code, ""), one.category.get(code, ""), one.title.get(code, "")):
                    words = words.replace(name.lower(), "") if name else words
                assert [word for word in FORBIDDEN[code] if word in words] == [], words


def test_a_sentence_ends_and_holds_no_word_of_the_other_language(told):
    for part in told:
        for _, text in part.sentences:
            assert re.fullmatch(r"[^\u4e00-\u9fff。，；]+\.", text["en"])
            chinese = text["zh" if "zh" in text else "zh_hant"].replace("NFIB", "").replace("SORN", "")
            assert re.fullmatch(r"[^A-Za-z]+。", chinese), chinese
            assert "  " not in text["en"]
            assert "，，" not in chinese


def test_a_small_base_has_no_percentage(told):
    """But for a share, which is one."""
    for part in told:
        for one, text in part.sentences:
            if one.small and one.view != "share":
                for code in text:
                    assert "%" not in text[code].replace("5%", "")
                    assert "%" not in change_words(one, translator(code))


def test_the_latest_provisional_figure_never_enters_a_verdict(told):
    for part in told[:4]:
        made = part.made
        fresh = made.table[~is_final(made.table)]
        assert not fresh["verdict"].isin(["rise", "fall", "no_clear_change"]).any()
        for area in made.query.areas:
            one = statement(made, area)
            line = made.line(area)
            if one and np.isfinite(one.now) and is_final(line[line["value"].notna()]).any():
                assert is_final(line[line["period"] == one.period]).all()


@pytest.mark.in_turn(40)
@pytest.mark.parametrize("code", LANGUAGES)
def test_arrow_sentence_alt_text_and_tool_tip_agree(told, code):
    say = translator(code)
    for part in told[:4]:
        made, view = part.made, part.made.query.view
        names = {area: name_of(made, area)[code] for area in made.query.areas}
        rows = draw(made, names, say).datasets["rows"]
        tips = {(name, when): tip for name, when, tip in zip(rows["area"], rows["when"], rows["verdict"], strict=True)}
        described = describe_trend(made, names, say)
        for area in made.query.areas:
            for number, one in enumerate(recent_statements(made, area, 5)):
                when, word = period_name(one.period, say, view), verdict_word(one.verdict, say)
                assert (f"{ARROWS[one.verdict]} {word}" in tips[names[area], when]) == (one.why != "no_test")
                if one.why != "no_test" and number == 0:
                    assert re.search(rf"{re.escape(names[area])}[,，]\s?{re.escape(when)}[:：]\s?{word}", described), (
                        described
                    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_arrow_colour_paragraph_and_table_agree(told, code, shelf):
    """As they are drawn, for the place and its first areas."""
    say, reader = translator(code), SimpleNamespace(say=translator(code), shelf=shelf)
    for part in told[:2]:
        query = part.made.query
        made = compute(replace(query, areas=query.areas[:3]), shelf)
        card, view = made.card, query.view
        page = drawn(is_it_real, reader, made)
        latest = [one for one in (statement(made, area) for area in made.query.areas) if one and one.why != "no_test"]
        if card.full_counts and view == "share":
            assert not latest and not re.findall("[▲▼●]", page) and "%" in page  # said, and not judged
            continue
        assert bool(page) == bool(latest)
        for one, paragraph in zip(latest, paragraphs_of(page), strict=False):
            assert (
                f'class="verdict {verdict_class(one.verdict)}">{ARROWS[one.verdict]} {verdict_word(one.verdict, say)}<'
                in paragraph
            )
            assert html.unescape(paragraph).endswith(sentence(one, say))
        table = {tuple(cells[:-5]): cells[-5:] for cells in cells_of(page)}
        for one in (one for area in made.query.areas for one in recent_statements(made, area, 5) if table):
            where = (say.pick(one.area),) if len(made.query.areas) > 1 else ()
            now, *_, verdict = table[(*where, period_name(one.period, say, view))]
            assert (
                f'class="verdict {verdict_class(one.verdict)}">{ARROWS[one.verdict]} {verdict_word(one.verdict, say)}<'
                in verdict
            )
            assert html.unescape(now) == counted_amount(one, one.now, say)


@pytest.mark.parametrize("card", MEASURES, ids=lambda card: card.name)
def test_every_term_of_a_card_is_in_the_glossary(card):
    """A card whose title needs no word explained has none; one of a publisher's own rate explains what a rate is."""
    assert (
        "rate" in card.terms
        or "per 100,000 residents" not in card.said_of(card.views[0]).get("en", "") + card.title["en"]
    )
    for code in LANGUAGES:
        assert set(card.terms) <= set(glossary_words(translator(code)))


def test_the_terms_of_a_figure_are_in_the_glossary_in_both_languages(told):
    for part in told[:3]:
        for code in by_turns(len(part.made.card.name)):
            known = glossary_words(translator(code))
            assert all(all(known[key]) for key in terms_of(part.made.card, part.made))
