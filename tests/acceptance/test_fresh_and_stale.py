"""Rules 6 and 20: an incomplete period enters a verdict only where late records could not turn it, and a source that has grown old says so."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

import charts
from charts.beside.funnel import outside_words
from language import LANGUAGES, period_name, translator
from layout.frame.footer import stale_words
from layout.frame.tables import cell
from loaders import periods
from measures.about.statements import recent_statements, statement, trend_statement
from measures.figures.compute import Measure, Query, compute
from measures.lines.views import window_of
from measures.maps.funnel import funnel, funnel_possible
from measures.store.shelf import open_shelf
from tests.acceptance.figures import EVERY_VIEW, VIEWS, file_rows, measured, names_of, place_of
from tests.acceptance.pages import ONE_MEASURE, PAGES, opened, showing
from tests.acceptance.printed import marks, text_of
from tests.clock import TODAY
from tests.sampling import apart
from tests.test_every_measure import COMPUTED

WEAPONS = "possession_of_weapons"
BOTH = pytest.mark.parametrize("code", LANGUAGES)


def provisional(made: Measure, shelf) -> set[str]:
    """The newest periods that the table marks as provisional in the category shown: late records are still to come."""
    safe = shelf.table(made.card.dataset, made.query.release)
    variable, category = made.card.numerator or made.card.variable, made.query.category
    lines = [safe.series(variable, category, area).reasons for area in safe.areas]
    return {
        period
        for reasons in lines
        for period, why in zip(safe.periods, reasons, strict=True)
        if "provisional" in why.split("|")
    }


def usual_category(card) -> str:
    """The category with provisional periods where there is one."""
    return WEAPONS if card.name == "recorded_crime" else card.default_category


@EVERY_VIEW
def test_a_provisional_period_enters_a_verdict_only_where_it_is_the_same_at_both_ends(card, view, shelf):
    """Rule 6: as the figure, as one of its twelve months, or as what it is compared with; every area, sampled categories."""
    for made in [*measured(card, view, shelf, 3), *weapons(card, view, shelf)]:
        fresh = provisional(made, shelf)
        touched = [
            bool(fresh & {*window_of(row.period, view), *window_of(row.before_period, view)})
            for row in made.table.itertuples()
        ]
        judged = made.table["late"].to_numpy(dtype=bool)
        assert not (judged & ~np.array(touched)).any()
        rest = made.table[touched & ~judged]
        assert set(rest["verdict"]) <= {"cannot_say"}
        assert rest[["change_low", "change_high"]].isna().all().all()


def weapons(card, view, shelf) -> list[Measure]:
    """The one group of London that is provisional."""
    if card.name != "recorded_crime":
        return []
    made = compute(Query("london", card.name, ("E12000007", "E09000007"), WEAPONS, view), shelf)
    assert provisional(made, shelf) == {f"2026-{month:02d}" for month in range(1, 7)}
    return [made]


@pytest.mark.in_turn(24)
@EVERY_VIEW
def test_sentences_and_trends_speak_of_final_periods_only(card, view, shelf):
    """Rule 6: the latest final figure, the years before it, and a trend that ends with it."""
    for made in [*measured(card, view, shelf, 2), *weapons(card, view, shelf)]:
        fresh = provisional(made, shelf)
        for area in made.query.areas:
            line = made.line(area)
            final = [
                row.period
                for row in line.itertuples()
                if np.isfinite(row.value) and not fresh & set(window_of(row.period, view))
            ]
            one = statement(made, area)
            if final:
                assert one.period == final[-1]
                assert next(iter(recent_statements(made, area, 3))).period == final[-1]
            one = trend_statement(made, area, shelf) if area in made.query.areas[:4] else None
            if one and one.last:
                assert not fresh & set(periods.span(periods.shift(one.last, -periods.per_year(one.last) + 1), one.last))


def test_areas_are_compared_with_their_place_in_final_periods_only(shelf):
    """Rule 6: the funnel of a provisional period has no class and says why."""
    tried = 0
    for card, view in VIEWS:
        query = Query(place_of(card.name, shelf), card.name, (), usual_category(card), view)
        if not funnel_possible(query, shelf):
            continue
        made = compute(Query(query.place, card.name, (shelf.places[query.place].code,), query.category, view), shelf)
        for period in provisional(made, shelf):
            found = funnel(Query(query.place, card.name, (), query.category, view, "", period), shelf)
            tried += 1
            assert set(found.table["differs"]) == {""}
            for code, words in (("en", "provisional"), ("zh", "初步")):
                assert (
                    words
                    in outside_words(
                        found, {area: area for area in (*found.table["area"], made.place.code)}, translator(code)
                    )[0]
                )
    assert tried


@BOTH
@EVERY_VIEW
def test_a_provisional_figure_is_marked_in_chart_table_and_file(card, view, code, shelf, get):
    """Rule 6: a dashed line with open circles, [p] in the table and in the file."""
    area = shelf.table(card.dataset).areas[0]
    made = compute(Query(place_of(card.name, shelf), card.name, (area,), usual_category(card), view), shelf)
    fresh, say = provisional(made, shelf), translator(code)
    rows, file = charts.trend_picture(made, names_of(made, code), say).datasets["rows"], file_rows(made, get)
    shown = dict(zip(rows["when"], rows["s"], strict=True))
    for row in made.line(area).dropna(subset="value").itertuples():
        touched = bool(fresh & set(window_of(row.period, view)))
        assert (
            (shown[period_name(row.period, say, view)] == "p") == touched == (file[area, row.period]["status"] == "p")
        )
        assert cell(made, row.value, row.status, say).endswith("[p]") == touched


@BOTH
def test_the_first_page_judges_final_figures_and_names_the_newer_ones(code, shelf):
    """Rules 6 and 20: every row names its period; where newer figures are provisional it says up to when."""
    say = translator(code)
    for place in shelf.places.values():
        articles = [
            one
            for markup in opened("home", lang=code, place=place.id).markup
            for one in re.findall(r'<article class="stand">.*?</article>', markup, re.DOTALL)
        ]
        assert articles
        for one in articles:
            when = text_of(re.search(r'<p class="when">(.*?)</p>', one)[1])
            assert re.search(r"(19|20)\d\d", when), one
        for name in place.measures:
            card = shelf.measures[name]
            if card.kind == "statements" or shelf.cards[card.dataset].frequency != "month":
                continue
            own = [one for one in articles if f"measure={name}" in one]
            assert set(card.home_categories) <= {_category(one) for one in own}
            for category, one in zip(map(_category, own), own, strict=True):
                view = "rolling" if "rolling" in card.views else card.views[0]
                made = compute(Query(place.id, name, (place.code,), category, view), shelf)
                fresh, every = provisional(made, shelf), shelf.table(card.dataset).periods
                final = period_name(every[-1 - len(fresh)], say, view)
                assert final in text_of(one)
                assert not fresh or (period_name(every[-1], say) in text_of(one) and marks(one)[0][1] != "")


def _category(row: str) -> str:
    """The category whose series a row leads to; '' where the measure has none."""
    found = re.search(r"category=(\w+)", row)
    return found[1] if found else ""


def age_of(card, today: date) -> str:
    """'' where the figures are fresh, else the year that the sentence on their age must name; worked out from the card alone."""
    end = periods.dates(card.latest.last)[1]
    months = (today.year - end.year) * 12 + today.month - end.month
    return str(end.year) if card.ended or (card.stale_after_months and months > card.stale_after_months) else ""


STALE = re.compile(r'<li class="stale">(.*?)</li>')
SHOWN = {
    (page, place_of(card.name, open_shelf()), card.name if page in ONE_MEASURE else ""): (page, card)
    for card in COMPUTED
    for page in PAGES
    if page in ("home", "trends", "map", "compare", "district", "online", "download", "coverage")
}.values()  # each page of each place once, and for each measure where it shows one at a time


@BOTH
@apart(("page", "card"), SHOWN, ids=lambda one: getattr(one, "name", one))
def test_an_old_source_says_so_on_every_page_that_shows_it(page, card, code, shelf):
    """Rule 20: wherever a dataset is named as a source, its age is too; a fresh one has none."""
    sent = showing(page, card, code)
    assert sent.about or not sent.pictures, "figures without a source"
    for source in shelf.cards.values():
        entry = re.search(rf"<ul><li>[^<]* · {re.escape(source.title[code])}</li>.*?</ul>", sent.about)
        if entry is None or source.kind not in ("observations", "areas"):
            continue
        stale = STALE.search(entry[0])
        year = age_of(source, TODAY)
        assert bool(stale) == bool(year), (source.name, entry[0])
        assert not stale or year in stale[1]


@BOTH
def test_every_page_that_shows_figures_names_its_sources(code):
    """Rule 20: else the test above would show nothing."""
    for page in ("home", "trends", "map", "compare", "district", "online", "download", "coverage"):
        assert re.search(r"<ul><li>[^<]* · ", opened(page, lang=code).about), page


@BOTH
def test_the_page_of_sources_gives_the_age_of_every_dataset(code, shelf):
    """Rule 20: the same words as beside the figures."""
    for place in shelf.places.values():
        text = opened("sources", lang=code, place=place.id).text
        for card in (card for card in shelf.cards.values() if card.place == place.id):
            assert stale_words(card, SimpleNamespace(say=translator(code))) in text


def test_a_source_grows_old_by_itself(shelf):
    """Rule 20: nobody needs to edit a card for it; the day after tomorrow's overdue release is enough."""
    for card in shelf.cards.values():
        if card.kind not in ("observations", "areas"):
            continue
        end = periods.dates(card.latest.last)[1]
        for today in (end, date(end.year + 12, 6, 1)):
            for code in LANGUAGES:
                words = stale_words(card, SimpleNamespace(say=translator(code)), today)
                assert bool(words) == bool(age_of(card, today))
                assert age_of(card, today) in words
