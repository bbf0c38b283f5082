"""Rule 22: the numbers in the English and in the Chinese words of every chart are the same, and they are the data's."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings

import charts
from charts.areas.maps import describe_map
from charts.beside.funnel import describe_funnel
from language import LANGUAGES, period_name, translator
from language.numbers import exact, written_date
from language.sentences.asides import older_residents
from language.sentences.fact_phrases import period_phrase
from language.sentences.figure import sentence
from language.sentences.statement import Statement
from language.trends import trend_sentence
from language.verdicts import why_words
from layout.frame.tables import cell
from measures.about.statements import statement, trend_statement
from measures.change.trend import trend
from measures.claims.collection import indicators_of, statements
from measures.figures.compute import Measure, Query, compute
from measures.figures.units import unit_words
from measures.maps.funnel import final_periods, funnel, funnel_possible
from measures.maps.map import mapped
from measures.store.shelf import Shelf, open_shelf
from tests.acceptance.figures import (
    EVERY_VIEW,
    SEED,
    VIEWS,
    Figure,
    categories_of,
    figures,
    measured,
    names_of,
    place_of,
)
from tests.acceptance.pages import PAGES, PLACES, opened
from tests.acceptance.printed import Number, numbers, values
from tests.language.reading import of_areas, usual_size
from tests.sampling import apart

EN, ZH = translator("en"), translator("zh")


def beside(one: Statement, code: str) -> list[str]:
    """What stands in a sentence with digits that are no figures: dates, names, reasons, bases."""
    say = translator(code)
    spans = [
        words(period, one.view, say)
        for period in (one.period, one.before_period)
        if period
        for words in (period_phrase, _name)
    ]
    bare = [period_name(period, say) for period in (one.period, one.before_period) if period]
    names = [say.pick(words) for words in (one.area, one.category, one.title, one.reason, one.unit)]
    per = [f"per {one.per:,} residents", f"每{one.per}名"] if one.per > 1 else []
    years = [f"{one.usual[0]} to {one.usual[1]}", f"{one.usual[0]}至{one.usual[1]}"] if one.usual[0] else []
    residents = [f"residents in {one.residents}", f"{one.residents}年的人口数"] if one.residents else []
    names += [say.pick(note) for note in one.notes]
    names += [written_date(one.within, say)] if one.within else []
    names += [older_residents(one, say)] if one.years_old[1] else []
    return [*spans, *bare, *names, *per, *years, *residents, why_words(one.why, say), "95%", "is 100,", "起始期为100"]


def _name(period: str, view: str, say) -> str:
    return period_name(period, say, view)


def in_table(one: Statement, row) -> list[float]:
    """Every number of the table's row that a sentence may hold."""
    hundredths = 1 if one.shares else 100
    changes = [row[name] * hundredths for name in ("change", "change_low", "change_high")]
    step = row["value"] - row["before"]
    counts = [row["numerator"], row["before_numerator"], step, abs(step)]
    apart = [row[name] * 100 for name in ("unallocated", "before_unallocated", "change_allocated")]
    linked = [row["link_months"], abs(row["link_more"]) * 100]
    own = [row["value"], row["before"], *counts, *changes, abs(changes[0])]
    return [*own, *apart, *linked, *of_areas(row), *usual_size(one)]


@given(figures())
@settings(max_examples=100)
def test_both_sentences_hold_the_same_numbers_and_they_are_the_tables(shelf: Shelf, figure: Figure):
    """Rule 22: for any figure, its own sentence and that of the latest final figure before it."""
    made = figure.line(shelf)
    for one in (statement(made, figure.area, figure.period), statement(made, figure.area)):
        row = made.table.set_index("period").loc[one.period]
        english, chinese = (numbers(sentence(one, say), beside(one, say.code)) for say in (EN, ZH))
        same(english, chinese, sentence(one, EN), sentence(one, ZH))
        known = [figure for figure in in_table(one, row) if isfinite(figure)]
        for printed in english:
            assert any(printed.of(value) for value in known), (printed, sentence(one, EN))
        for needed in needed_in(one, row):
            assert any(printed.of(needed) for printed in english), (needed, sentence(one, EN))
        for say in (EN, ZH):
            assert [printed.of(row["value"]) for printed in numbers(cell(made, row["value"], "", say))] == [
                True
            ] * isfinite(row["value"])


def needed_in(one: Statement, row) -> list[float]:
    """The numbers that the sentence must not leave out: none without a figure; both figures, the change and its limits where it is judged."""
    if not isfinite(row["value"]):
        return []
    if row["verdict"] == "cannot_say" or row["value"] == row["before"]:
        return [row["value"]]
    if row["small"] or not np.isfinite(row[["change", "change_low", "change_high"]].to_numpy(float)).all():
        return [row["value"], row["before"]]
    hundredths = 1 if one.shares else 100
    if row["verdict"] == "no_clear_change":
        return [row["value"], row["before"], row["change"] * hundredths, *usual_size(one)]
    return [
        row["value"],
        row["before"],
        *(value * hundredths for value in (abs(row["change"]), row["change_low"], row["change_high"])),
    ]


def same(english: list[Number], chinese: list[Number], *texts: str) -> None:
    """The two languages put the figure and its period in another order, never other numbers."""
    assert sorted(values(english)) == pytest.approx(sorted(values(chinese))), texts


@EVERY_VIEW
def test_both_descriptions_of_a_line_chart_hold_the_same_numbers_and_they_are_the_lines_ends(card, view, shelf):
    """Rule 22: first and last figure of every line, in the order of the lines, and the change of the latest final one."""
    for made in measured(card, view, shelf):
        for areas in (made.query.areas[:1], made.query.areas[-3:]):
            asked = compute(replace(made.query, areas=areas), shelf)
            said = {say.code: line_numbers(asked, say) for say in (EN, ZH)}
            assert values(said["en"]) == values(said["zh"])
            known = [asked.line(area)["value"].dropna() for area in areas]
            ends = [end for line in known if len(line) for end in line.iloc[[0, -1]]]
            assert len(said["en"]) >= len(ends)
            assert all(printed.of(end) for printed, end in zip(said["en"], ends, strict=False))


def line_numbers(made: Measure, say) -> list[Number]:
    names = names_of(made, say.code)
    text = charts.trend_picture(made, names, say).description
    dates = [
        words
        for period in made.periods
        for words in (period_name(period, say, made.query.view), period_name(period, say))
    ]
    return numbers(text, [*dates, *names.values(), say.pick(made.card.title), unit_words(made, say)])


def besides(made: Measure, say) -> list[str]:
    """What stands in the words of a picture of one period with digits that are no figures."""
    return [
        period_name(made.query.last, say, made.query.view),
        unit_words(made, say),
        say.pick(made.card.title),
        "99.8%",
        "95%",
    ]


MAPPED = [
    (card, view) for card, view in VIEWS if view == card.map_view and len(open_shelf().table(card.dataset).areas) > 1
]


@apart(("card", "view"), MAPPED, ids=lambda one: getattr(one, "name", one))
def test_both_descriptions_of_a_map_hold_the_same_numbers_and_they_are_the_tables(card, view, shelf):
    """Rule 22: the ends and the middle of the figures, areas without one, and how many rose or fell; for some periods."""
    place = shelf.places[place_of(card.name, shelf)]
    assert any(shelf.table(card.dataset).has(area=area.code) for area in place.areas)
    names = area_names(shelf, place.id, card.dataset)
    known = shelf.table(card.dataset).periods
    for category in categories_of(card, shelf, 2):
        for period in random.Random(SEED).sample(known, min(4, len(known))):
            made = mapped(Query(place.id, card.name, (), category, view, "", period), "quantiles", shelf)
            said = [numbers(describe_map(made, names[say.code], say), besides(made.measure, say)) for say in (EN, ZH)]
            same(*said)
            known_figures = made.table["value"].dropna()
            if len(known_figures):
                low, high, number, middle, missing, *counts = said[0]
                assert number.value == len(known_figures) and middle.of(known_figures.median())
                assert (
                    low.of(known_figures.min())
                    and high.of(known_figures.max())
                    and missing.value == made.table["value"].isna().sum()
                )
                judged = made.table["verdict"].value_counts()
                told = values(counts[: len(judged)]) if counts else []
                assert sorted(told) == sorted(judged if counts else [])
                assert not counts or side_by_side_fits(values(counts[len(judged) :]), made.table)


def side_by_side_fits(told: list[float], table) -> bool:
    """How many are likely false of how many judged; how many are clear and how many of them stand, of one in ten that may be false."""
    number, clear = int((table["why"] == "").sum()), int(table["verdict"].isin(["rise", "fall"]).sum())
    if number < 10:
        return told == []
    wrong, total, *rest = told
    counted = [clear, table["stands"].sum()] if clear > 1 else []  # of a single one it is said without a number
    return (
        total == number
        and 1 <= wrong <= max(1, 0.1 * number)
        and sorted(rest) == sorted([*counted, 1, 10] if clear else [])
    )


def area_names(shelf: Shelf, place: str, dataset: str) -> dict[str, dict[str, str]]:
    return {code: {area: words[code] for area, words in shelf.area_names(place, dataset).items()} for code in LANGUAGES}


def test_both_descriptions_of_a_funnel_hold_the_same_numbers_and_they_are_the_tables(shelf):
    """Rule 22: the place's rate, how many areas lie within the limits, and every area outside with its figure."""
    tried = 0
    for card, view in VIEWS:
        for category in categories_of(card, shelf, 5):
            query = Query(place_of(card.name, shelf), card.name, (), category, view)
            if not funnel_possible(query, shelf):
                continue
            for period in final_periods(query, shelf)[::-1][:30:12]:
                made = funnel(replace(query, last=period), shelf)
                tried += 1
                names = area_names(shelf, query.place, card.dataset)
                said = [
                    numbers(describe_funnel(made, names[say.code], say), besides(made.measure, say)) for say in (EN, ZH)
                ]
                same(*said)
                if not made.why:
                    outside = made.table.loc[~made.table["differs"].isin(["within", ""]), "value"]
                    city, middle, within, total, *told = said[0]
                    assert city.of(made.city) and middle.of(
                        made.table.loc[made.table["expected"] > 0, "ratio"].median() * made.city
                    )
                    assert (within.value, total.value) == (made.counted("within"), made.compared)
                    assert len(told) == len(outside)
                    assert all(any(one.of(value) for one in told) for value in outside)
    assert tried > 10


def test_both_descriptions_of_figures_side_by_side_hold_the_same_numbers_and_they_are_the_tables(shelf):
    """Rule 22: every figure with its limits."""
    for card, view in VIEWS:
        place, table = shelf.places[place_of(card.name, shelf)], shelf.table(card.dataset)
        areas = [area.code for area in place.areas if table.has(area=area.code)][:4] or [table.areas[0]]
        for period in random.Random(SEED).sample(table.periods, min(4, len(table.periods))):
            made = compute(Query(place.id, card.name, tuple(areas), card.default_category, view, period, period), shelf)
            said = []
            for say in (EN, ZH):
                names = names_of(made, say.code)
                picture = charts.compared(made, [(names[row.area], row) for row in made.table.itertuples()], say)
                said.append(numbers(picture.description, [*names.values(), *besides(made, say)]))
            assert values(said[0]) == values(said[1])
            wanted = [
                value for row in made.table.itertuples() for value in (row.value, row.low, row.high) if isfinite(value)
            ]
            assert len(said[0]) == len(wanted) and all(
                one.of(value) for one, value in zip(said[0], wanted, strict=True)
            )


@EVERY_VIEW
def test_both_sentences_on_a_trend_hold_the_same_numbers_and_they_are_the_models(card, view, shelf):
    """Rules 21 and 22: the yearly change with its limits and the number of periods; a rise is said of a positive slope only."""
    for made in measured(card, view, shelf, 2):
        for area in made.query.areas[:8]:
            one, found = trend_statement(made, area, shelf), trend(made.query, shelf, area)
            if one is None:
                continue
            said = []
            for say in (EN, ZH):
                spans = (one.first, one.last, *(one.span[:2] if one.span else ()))
                ends = [words(period, one.view, say) for period in spans if period for words in (period_phrase, _name)]
                said.append(
                    numbers(trend_sentence(one, say), [*ends, say.pick(one.area), "95%", why_words(one.why, say)])
                )
            same(*said)
            hundredths = 1 if one.shares else 100
            model = [value * hundredths for value in (abs(found.per_year), found.low, found.high)] + [found.blocks]
            if found.span:
                model += [found.span.change * hundredths, found.span.blocks, found.span.rises, found.span.falls]
            assert all(any(printed.of(value) for value in model) for printed in said[0]), trend_sentence(one, EN)
            if found.verdict in ("rise", "fall"):
                assert (found.per_year > 0) == (found.low > 0) == (found.high > 0) == (found.verdict == "rise")
                assert len(said[0]) == 4 + 4 * bool(found.span)


DATES = {
    "en": re.compile(
        r"(?:\b\d{1,2} )?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?\b(?:19|20)\d\d\b(?: Q\d)?"
    ),
    "zh": re.compile(
        r"(?:19|20)\d\d(?:[–、至](?:19|20)\d\d)*年(?:第?[一二三四1-4]季度)?"
        r"(?:（?\d{1,2}(?:(?:—|月至)\d{1,2})?月(?:\d{1,2}日)?）?)?"
    ),
}


BASES = re.compile("每(千|万|十万|百万)")  # of how many residents: 'per 1,000' in English


def in_digits(base: re.Match[str]) -> str:
    return f"每{ {'千': 1000, '万': 10000, '十万': 100000, '百万': 1000000}[base[1]] }"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", PAGES)
def test_every_picture_on_every_page_has_the_same_numbers_in_both_languages(page, place):
    """Rule 22: the words of every picture as it is sent, and the sentences to quote."""
    english, chinese = (opened(page, lang=code, place=place) for code in ("en", "zh"))
    assert len(english.pictures) == len(chinese.pictures) and len(english.quotes) == len(chinese.quotes)
    told = [
        [(picture.alt, picture) for picture in one.pictures] + [(quote.splitlines()[0], None) for quote in one.quotes]
        for one in (english, chinese)
    ]
    for (first, drawn), (second, again) in zip(*told, strict=True):
        assert first and second
        headline = [] if drawn else ["per 1,000 residents", "per 100,000 residents"]  # it may leave out of how many
        asides = ["12 months", "12-month", "12个月", *headline]
        found = [
            numbers(BASES.sub(in_digits if drawn else " ", DATES[code].sub(" ", text)), asides)
            for code, text in (("en", first), ("zh", second))
        ]
        same(*found, first, second)
        assert drawn is None or shown_values(drawn) == shown_values(again)


def shown_values(picture) -> list[float]:
    """Every figure that a picture draws."""
    return sorted(row["v"] for row in picture.rows.get("rows", []) if row.get("v") is not None)


def test_large_round_numbers_are_written_in_the_readers_own_units():
    """Rule 22: 7,120,000 is 7.12 million and 712万, and both read back as the same number; 39,922 is never rounded to 3.99万."""
    for value in (7_120_000, 39_922, 42_902, 86_430_000, 123_456_789, 1_000_000_000):
        english, chinese = (numbers(exact(value, say))[0] for say in (EN, ZH))
        assert english.value == chinese.value == value
    assert (exact(7_120_000, EN), exact(7_120_000, ZH)) == ("7.12 million", "712万")


def test_statements_in_prose_have_the_same_numbers_in_both_descriptions(shelf):
    """Rule 22: charts of published statements, every indicator."""
    for card in shelf.measures.values():
        if card.kind != "statements":
            continue
        place = shelf.cards[card.dataset].place
        for code in indicators_of(shelf, card.dataset):
            made = statements(shelf, card.dataset, place, code)
            drawn = {
                say.code: charts.stated_changes(made, area_names(shelf, place, card.dataset)[say.code], say, {})
                for say in (EN, ZH)
            }
            assert (drawn["en"] is None) == (drawn["zh"] is None)
            if drawn["en"] is None:
                continue
            english, chinese = (drawn[one].datasets["rows"] for one in ("en", "zh"))
            assert list(english["v"]) == list(chinese["v"])
            for rows, picture in ((english, drawn["en"]), (chinese, drawn["zh"])):
                assert all(numbers(what)[0].of(value) for what, value in zip(rows["what"], rows["v"], strict=True))
                assert all(what in picture.description for what in rows["what"])
