"""Rule 4: a withheld area gets no comparison, rank, sentence or percentage, in any output; shown on the protected example."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

import charts
from charts import theme
from charts.areas.map_rows import map_rows
from charts.areas.maps import describe_map
from charts.beside.funnel import describe_funnel
from language import LANGUAGES, period_name, translator
from language.sentences.figure import sentence
from layout.frame.tables import cell
from layout.trends.sentences import is_it_real
from measures.about.statements import name_of, recent_statements, statement
from measures.change.revision_band import fresh_band
from measures.change.trend import trend
from measures.comparability.answer import Figure, compare
from measures.comparability.difference import between
from measures.figures.compute import Measure, Query, compute
from measures.maps.funnel import funnel, funnel_possible
from measures.maps.map import DIFFERS, mapped
from tests.acceptance.pages import PAGES, opened
from tests.acceptance.printed import marks, numbers, text_of
from tests.disclosure.test_example import NAME, VIEWS, extract
from tests.drawn import card_of, cells_of, drawn, paragraphs_of
from tests.language.reading import spoken

CATEGORIES = (
    "first_group",
    "second_group",
    "third_group",
    "type_4",
    "type_6",
    "type_8",
)  # each with figures beside withheld ones
EVERY_WAY = pytest.mark.parametrize(
    ("view", "category"), [(view, category) for view in VIEWS for category in CATEGORIES], scope="module"
)
BOTH = pytest.mark.parametrize("code", LANGUAGES)
SAID = {"en": "withheld", "zh": "保密处理", "zh_hant": "保密處理"}


@pytest.fixture(scope="session")
def measured(example):
    """``measured(view, category)``: every area over all periods."""
    areas = example.table(NAME).areas
    return lambda view, category: compute(Query("invented", NAME, areas, category, view), example)


def names_of(made: Measure, code: str) -> dict[str, str]:
    return {area: name_of(made, area)[code] for area in made.query.areas}


def hidden_in(made: Measure) -> set[tuple[str, str]]:
    """Every area and period whose figure is withheld."""
    table = made.table[made.table["status"] == "c"]
    return set(zip(table["area"], table["period"], strict=True))


def test_the_example_has_withheld_figures_beside_others_in_every_view(measured):
    """Else the tests of this file would show nothing."""
    for view in VIEWS:
        assert (
            sum(
                0 < len(hidden_in(made)) < len(made.table)
                for made in (measured(view, category) for category in CATEGORIES)
            )
            >= 5
        )


@EVERY_WAY
def test_no_number_of_any_kind_stands_beside_a_withheld_figure(view, category, measured):
    """Rule 4: value, parts, limits, the figure before, the change and its limits; and none of its own where the figure before is withheld."""
    table = measured(view, category).table
    known = ("value", "numerator", "low", "high", "before", "before_numerator", "change", "change_low", "change_high")
    hidden = table[table["status"] == "c"]
    assert hidden[list(known)].isna().all().all()
    assert set(hidden["verdict"]) <= {"cannot_say"} and set(hidden["why"]) <= {"withheld"}
    earlier = table.set_index(["area", "period"])["status"]
    against = table[
        [
            earlier.get((area, before), "") == "c"
            for area, before in zip(table["area"], table["before_period"], strict=True)
        ]
    ]
    assert against[["before", "before_numerator", "change", "change_low", "change_high"]].isna().all().all()
    assert set(against["verdict"]) <= {"cannot_say"}
    assert not against["small"].any(), "that a base is small says something of it"


@EVERY_WAY
def test_the_file_has_no_number_beside_a_withheld_figure(view, category, measured, example):
    """Rule 4: every column of the file but the codes, the dates and the published residents."""
    rows = list(
        csv.DictReader(
            io.StringIO(extract(example, "csv", measure=NAME, view=view, category=category).decode("utf-8-sig"))
        )
    )
    hidden = [row for row in rows if row["status"] == "c"]
    assert {(row["area_code"], row["period"]) for row in hidden} == hidden_in(measured(view, category))
    for row in hidden:
        for name in ("value", "numerator", "low", "high", "before", "change", "change_low", "change_high"):
            assert row[name] == "", (name, row)
        assert (row["verdict_code"], row["why_zh"] != "", row["reason_en"] != "") == ("cannot_say", True, True)


@BOTH
@EVERY_WAY
def test_a_withheld_figure_has_a_sentence_that_says_so_and_nothing_else(view, category, code, measured, example):
    """Rule 4: no number, no verdict, no percentage; nor in the sentence to quote."""
    made, say = measured(view, category), translator(code)
    for area, period in sorted(hidden_in(made)):
        one = statement(made, area, period)
        text = sentence(one, say)
        dates = [period_name(period, say, view), period_name(period, say), name_of(made, area)[code]]
        assert SAID[code] in text and numbers(text, dates) == [] and not spoken(text, code) and "%" not in text
        hidden = made.table[(made.table["area"] == area) & (made.table["period"] == period)]
        assert hidden[["value", "change", "change_low", "change_high"]].isna().all(axis=None)
        assert cell(made, np.nan, "c", say) == "[c]"
    for area in made.query.areas:
        for one in recent_statements(made, area, 5):
            assert (area, one.period) not in hidden_in(made)
            if (area, one.before_period) in hidden_in(made):
                assert "%" not in sentence(one, say).replace("5%", "") and not spoken(sentence(one, say), code) - {
                    "cannot_say"
                }


@BOTH
@EVERY_WAY
def test_a_withheld_figure_has_no_number_in_paragraph_table_and_card(view, category, code, measured, example):
    """Rule 4: its paragraph says that it is withheld; it has no row and no card; and where the figure before is withheld, no change stands beside."""
    made, say, hidden = measured(view, category), translator(code), hidden_in(measured(view, category))
    page = drawn(is_it_real, SimpleNamespace(say=say, shelf=example), made)
    rows = {(area, when) for area, when, *_ in cells_of(page)}
    assert not rows & {(name_of(made, area)[code], period_name(period, say, view)) for area, period in hidden}
    latest = {area: statement(made, area) for area in made.query.areas}
    spoken_of = [area for area, one in latest.items() if one.why != "no_test"]
    for area, paragraph in zip(spoken_of, paragraphs_of(page), strict=False):
        one, card = latest[area], card_of(NAME, view, category, area, code, example)
        assert [found[1] for found in marks(paragraph)] == [one.verdict]
        assert bool(card) == np.isfinite(one.now)
        if (area, one.period) in hidden:
            dates = [period_name(one.period, say, view), period_name(one.period, say), name_of(made, area)[code]]
            assert SAID[code] in paragraph and card == "" and numbers(text_of(paragraph), dates) == []
        elif (area, one.before_period) in hidden:
            assert [found[1] for found in (*marks(paragraph), *marks(card))] == ["cannot_say"] * 2
            assert numbers(text_of(paragraphs_of(card)[-1])) == [] and "%" not in paragraph.replace("95%", "")


def test_withheld_figures_are_the_latest_and_those_before_it(measured):
    """Else the test above would show nothing."""
    latest = [
        (made, statement(made, area))
        for view in VIEWS
        for category in CATEGORIES
        for made in [measured(view, category)]
        for area in made.query.areas
    ]
    hidden = [(one.now, one.before, one.why) for _, one in latest if one.why == "withheld"]
    assert sum(not np.isfinite(now) for now, _, _ in hidden) > 20 and sum(np.isfinite(now) for now, _, _ in hidden) > 20


@BOTH
@EVERY_WAY
def test_a_withheld_figure_is_no_mark_of_a_line_chart_and_no_word_of_it(view, category, code, measured, example):
    """Rule 4: the line has a gap there; the words give no first, last or changed figure that is withheld."""
    made, say = measured(view, category), translator(code)
    names = names_of(made, code)
    picture = charts.trend_picture(made, names, say)
    drawn = {(row["area"], row["when"]) for row in picture.datasets["rows"].to_dict("records")}
    assert not drawn & {(names[area], period_name(period, say, view)) for area, period in hidden_in(made)}
    for area in made.query.areas:
        line = made.line(area)
        if not np.isfinite(line["value"]).any():
            alone = compute(replace(made.query, areas=(area,)), example)
            assert (
                numbers(
                    charts.trend_picture(alone, names, say).description,
                    [names[area], "12 months", "12-month", "12个月", "12個月", "1,000", "100"],
                )
                == []
            )
            assert trend(made.query, example, area).verdict == "cannot_say"


@BOTH
@pytest.mark.parametrize("method", ["quantiles", "natural", "equal", DIFFERS])
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_withheld_area_has_no_class_colour_or_place_in_the_order_of_a_map(category, method, code, example):
    """Rule 4: it has the dark fill and the letter of withheld figures; lowest and highest are those of others; in every period."""
    say = translator(code)
    names = {area: words[code] for area, words in example.area_names("invented", NAME).items()}
    for period in example.table(NAME).periods[11:]:
        query = Query("invented", NAME, (), category, "rolling_rate", "", period)
        if method == DIFFERS and not funnel_possible(query, example):
            continue
        made = mapped(query, method, example)
        rows = map_rows(made, names, "", say).set_index("id")
        hidden = made.table.loc[made.table["status"] == "c", "area"]
        assert (made.table.loc[made.table["status"] == "c", "class_"] == -1).all()
        for area in hidden:
            assert tuple(rows.loc[area, ["fill", "letter", "ink"]]) == theme.KINDS["withheld"]
            assert rows.loc[area, "what"] == "—" and numbers(rows.loc[area, "mark"]) == []
        said = describe_map(made, names, say)
        assert not [area for area in hidden if method != DIFFERS and names[area] in said]


NONE_LEFT = ("rolling_rate", "type_8")  # every figure of it is withheld


@BOTH
@pytest.mark.parametrize(
    ("view", "category"), [one for one in product(("rate", "rolling_rate"), CATEGORIES) if one != NONE_LEFT]
)
def test_a_withheld_area_is_not_compared_with_the_place(view, category, code, example):
    """Rule 4: no point in the funnel, nothing expected, no class; it is named among those without a figure."""
    query, say = Query("invented", NAME, (), category, view), translator(code)
    names = {area: words[code] for area, words in example.area_names("invented", NAME).items()}
    assert funnel_possible(query, example)
    for period in example.table(NAME).periods[11:]:
        made = funnel(replace(query, last=period), example)
        hidden = made.table[made.table["status"] == "c"]
        assert hidden[["value", "observed", "expected", "ratio"]].isna().all().all()
        assert set(hidden["differs"]) <= {""}
        if not made.why:
            drawn = set(charts.funnel_plot(made, names, (), say).datasets["points"]["name"])
            assert not drawn & {names[area] for area in hidden["area"]}
            assert all(SAID[code] in describe_funnel(made, names, say) for _ in hidden["area"])


def test_nothing_is_compared_with_a_place_of_which_every_figure_is_withheld(example):
    """Rule 4: there is no such picture."""
    view, category = NONE_LEFT
    assert not funnel_possible(Query("invented", NAME, (), category, view), example)


@pytest.mark.parametrize("view", ["count", "rate", "rolling", "rolling_rate"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_withheld_figure_is_not_set_beside_another(category, view, measured, example):
    """Rule 4: whatever stands on the other side, the answer is no, and no change is worked out."""
    made = measured(view, category)
    for area, period in sorted(hidden_in(made))[::17]:
        hidden = Figure(NAME, area, category, view, "", period)
        for other in (
            replace(hidden, area="whole"),
            replace(hidden, last=made.periods[-3]),
            replace(hidden, last=made.periods[11]),
        ):
            if other == hidden:
                continue
            answer = compare(hidden, other, "invented", example)
            assert answer.outcome == "decline"
            assert "withheld" in {finding.key for finding in answer.findings}
            if other.area == area:
                assert between(hidden, other, "invented", example) is None


def test_nothing_is_said_of_revisions_of_withheld_figures(measured, example):
    """Rule 4: a protected dataset has no band of usual revisions."""
    for view in VIEWS:
        assert fresh_band(measured(view, "first_group").query, example).empty


def ways_to_open(page: str) -> list[dict]:
    """Categories and areas that have withheld figures, as far as the page has controls for them."""
    shown = [
        {"category": category, "view": view}
        for category, view in (("third_group", "rolling"), ("type_6", "count"), ("first_group", "rolling_rate"))
    ]
    two = [{**state, "area": ["area_a", "area_d"]} for state in shown]
    return {
        "trends": two,
        "map": [{**state, "method": method} for state in shown for method in ("", DIFFERS)],
        "compare": [
            *two,
            {**two[0], "anyway": "yes"},
            *({**state, "by": "periods", "area": "area_a"} for state in shown),
        ],
        "district": [{"area": f"area_{letter}"} for letter in "abcdef"],
    }.get(page, [{}])


@BOTH
@pytest.mark.parametrize("page", PAGES)
def test_no_page_puts_a_number_beside_a_withheld_figure(page, code, example):
    """Rule 4: every page as it is sent, with categories and areas that have withheld figures."""
    withheld = 0
    for state in ways_to_open(page):
        sent = opened(page, example, lang=code, **state)
        words = " ".join([sent.text, *sent.quotes, *(picture.alt for picture in sent.pictures)])
        assert not re.search(r"\bnan\b", words, re.IGNORECASE), (state, words)
        for row in (row for table in sent.tables for row in table.rows):
            if len(row) > 1 and row[1] == "[c]":
                withheld += 1
                assert len(row) < 3 or (numbers(row[2]) == [] and "%" not in row[2]), row
    assert withheld or page not in ("map", "trends"), "no withheld figure on this page: this test shows nothing"
