"""Rules 7 and 9: a rolling figure says that it is trailing, and no other year or period stands in silently for a missing one."""

from __future__ import annotations

import csv
import io
import re
from types import SimpleNamespace

import numpy as np
import pytest

import charts
from language import LANGUAGES, period_name, translator
from layout.trends.series import subtitle_of
from loaders import periods
from measures.about.statements import statement
from measures.figures.compute import Query, compute
from measures.figures.units import unit_words
from measures.lines.denominators import areas_counted
from measures.lines.views import window_of
from tests.acceptance.figures import EVERY_VIEW, VIEWS, file_rows, measured, names_of, place_of
from tests.acceptance.pages import PAGES, opened

BOTH = pytest.mark.parametrize("code", LANGUAGES)
TRAILING = {
    "en": ("12-month total", "12 months to ", "placed at the last"),
    "zh": ("近12个月合计", "月至20", "记在其中最后一个月"),
    "zh_hant": ("近12個月合計", "月至20", "記在其中最後一個月"),
}
ROLLING = {
    "en": re.compile(r"rolling 12|12-month total", re.IGNORECASE),
    "zh": re.compile(r"滚动12个月|12个月合计"),
    "zh_hant": re.compile(r"滾動12個月|12個月合計"),
}
NOT_KNOWN = {"en": "is not known here", "zh": "无法识别", "zh_hant": "無法識別"}


def says_trailing(text: str, code: str) -> bool:
    return any(words in text for words in TRAILING[code])


@BOTH
@pytest.mark.parametrize(
    ("card", "view"), [one for one in VIEWS if one[1].startswith("rolling")], ids=lambda one: getattr(one, "name", one)
)
def test_every_output_of_a_rolling_figure_says_that_it_is_trailing(card, view, code, shelf, get):
    """Rule 7: unit, subtitle, tool tip, words of the picture, sentence and every row of the file."""
    say = translator(code)
    area = shelf.places[place_of(card.name, shelf)].code
    made = compute(Query(place_of(card.name, shelf), card.name, (area,), card.default_category, view), shelf)
    reader = SimpleNamespace(say=say, shelf=shelf, place=made.place)
    picture = charts.trend_picture(made, names_of(made, code), say)
    assert says_trailing(unit_words(made, say), code)
    assert says_trailing(subtitle_of(made, reader), code)
    assert says_trailing(picture.description, code)
    assert all(says_trailing(when, code) for when in picture.datasets["rows"]["when"])
    assert all(says_trailing(row[f"unit_{code}"], code) for row in file_rows(made, get).values())
    assert says_trailing(period_name(made.periods[-1], say, view), code)


@BOTH
@pytest.mark.parametrize("page", PAGES)
def test_wherever_a_page_speaks_of_rolling_months_it_says_trailing(page, code):
    """Rule 7: every piece of a page that speaks of them, controls and glossary included."""
    for state in (
        ({}, {"view": "rolling_rate", "area": "E09000007"})
        if page in ("trends", "compare", "download", "district")
        else ({},)
    ):
        sent = opened(page, lang=code, **state)
        pieces = [piece for markup in sent.markup for piece in re.split(r"</(?:p|li|details|td|caption|h\d)>", markup)]
        told = (
            [re.sub("<[^>]+>", " ", piece) for piece in pieces]
            + list(sent.labels)
            + [picture.alt for picture in sent.pictures]
        )
        assert [text for text in told if ROLLING[code].search(text) and not says_trailing(text, code)] == []


@pytest.mark.parametrize(
    ("card", "view"), [one for one in VIEWS if "rate" in one[1]], ids=lambda one: getattr(one, "name", one)
)
def test_residents_of_another_year_are_named(card, view, shelf, get):
    """Rule 9: where a rate divides by residents of an earlier year, its status, its reason and its file name that year; else the year is the middle's."""
    place = shelf.places[place_of(card.name, shelf)]
    people, safe = shelf.table(card.rate["dataset"]), shelf.table(card.dataset)
    borrowed, last = 0, ""
    for made in measured(card, view, shelf, 2):
        rows = file_rows(made, get)
        for area in made.query.areas:
            inside = areas_counted(safe, place) if area == place.code else (area,)
            by_year = dict(
                zip(
                    people.periods,
                    sum(people.series(card.rate["variable"], "", one).values for one in inside),
                    strict=True,
                )
            )
            for row in made.line(area).dropna(subset="value").itertuples():
                window, last = window_of(row.period, view), max(last, row.period)
                wanted = window[len(window) // 2][:4]
                year = next(year for year, value in by_year.items() if value == row.denominator)
                if year == wanted:
                    continue
                borrowed += 1
                assert year < wanted and f"population {year}" in row.reason and row.status != ""
                assert all(year in rows[area, row.period][f"reason_{code}"] for code in LANGUAGES)
                assert (int(wanted) - int(year)) * 12 <= card.rate["oldest_months"]
    assert last and (borrowed or people.periods[-1] >= last[:4]), "no rate of a year without residents"


@EVERY_VIEW
def test_the_figure_before_is_that_of_exactly_a_year_before(card, view, shelf):
    """Rule 9: never the nearest one at hand; where that period has no figure, nothing stands beside."""
    for made in measured(card, view, shelf, 3):
        values = made.table.set_index(["area", "period"])["value"]
        for row in made.table.itertuples():
            assert row.before_period == periods.shift(row.period, -periods.per_year(row.period))
            before = values.get((row.area, row.before_period), np.nan)
            if np.isfinite(row.before) and row.before_period in made.periods and view != "index":
                assert row.before == before
            if row.before_period in made.periods and np.isnan(before):
                assert np.isnan(row.before) and row.verdict == "cannot_say"


@pytest.mark.in_turn(24)
@EVERY_VIEW
def test_nothing_is_said_of_a_period_that_is_not_held(card, view, shelf, get):
    """Rule 9: no row, no sentence, no file row; a file of periods outside the dataset is empty."""
    area = shelf.table(card.dataset).areas[0]
    made = compute(Query(place_of(card.name, shelf), card.name, (area,), card.default_category, view), shelf)
    beyond = [periods.shift(made.periods[0], -1), periods.shift(made.periods[-1], 1)]
    assert [statement(made, area, period) for period in beyond] == [None, None]
    for period in beyond:
        address = f"/data/{made.query.place}/{card.dataset}/latest.csv?measure={card.name}&view={view}&area={area}&from={period}&to={period}"
        answer = get(address)
        assert answer.status_code == 200
        assert list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))) == []


@BOTH
@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("trends", {"from": "1999-01"}),
        ("trends", {"to": "2031-12"}),
        ("map", {"to": "2031-12"}),
        ("map", {"to": "2031-12", "method": "differs"}),
        ("compare", {"to": "1999-01"}),
        ("compare", {"by": "periods", "from": "1999-01"}),
        ("trends", {"measure": "road_casualties", "from": "2004-01"}),
        ("trends", {"release": "1999"}),
    ],
    ids=str,
)
def test_a_page_says_when_it_does_not_show_the_period_asked_for(page, state, code):
    """Rule 9: an address that asks for a period that nobody published gets the usual one, and a sentence that says so."""
    assert NOT_KNOWN[code] in opened(page, lang=code, **state).text
    assert (
        NOT_KNOWN[code]
        not in opened(
            page, lang=code, **{name: value for name, value in state.items() if name in ("method", "by", "measure")}
        ).text
    )


WEAPONS = "possession_of_weapons"  # the one group that is provisional


@BOTH
def test_an_earlier_period_that_stands_in_for_a_provisional_one_is_named(code, shelf):
    """Rule 9: the comparison of areas with their place ends with the last final period, and says so."""
    say, newest = translator(code), shelf.table("recorded_crime").periods[-1]
    text = opened("compare", lang=code, to=newest, category=WEAPONS).text
    final = period_name(shelf.table("recorded_crime").periods[-7], say)
    assert re.search(
        {
            "en": rf"ends with {final}, because the figures for {period_name(newest, say)}",
            "zh": rf"因{period_name(newest, say)}数据.*截至{final}",
            "zh_hant": rf"因{period_name(newest, say)}資料.*截至{final}",
        }[code],
        text,
    )
    mapped = opened("map", lang=code, to=newest, method="differs", category=WEAPONS).text
    assert {"en": "are provisional, so the areas are not compared", "zh": "初步", "zh_hant": "初步"}[code] in mapped
    assert period_name(shelf.table("recorded_crime").periods[-7], say, "rolling_rate") in mapped
