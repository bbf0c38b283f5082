"""Rules 13 and 16 for areas: colour, sign, legend, tool tip, words, funnel, table and file of a map agree; and so does a comparison."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import charts
from charts import theme
from charts.areas.map_rows import map_rows
from charts.beside.funnel import outside_words
from language import LANGUAGES, translator
from layout.map.map import map_file
from measures.figures.compute import Query
from measures.maps.funnel import CLASSES, final_periods, funnel_possible
from measures.maps.map import DIFFERS, Mapped, mapped
from measures.store.shelf import Shelf, open_shelf
from tests.acceptance.figures import VIEWS, number, place_of
from tests.acceptance.pages import opened
from tests.acceptance.printed import COLOURS, WORDS, marks, numbers

SIGNS = {"lower_998": "−−", "lower_95": "−", "within": "", "higher_95": "+", "higher_998": "++"}
LOWER, HIGHER = (
    {"en": "lower than", "zh": "低于", "zh_hant": "低於"},
    {"en": "higher than", "zh": "高于", "zh_hant": "高於"},
)


def with_funnel(shelf: Shelf) -> list[Query]:
    """Every measure and category of which areas can be compared with their place, as a map shows it."""
    found = []
    for card, view in VIEWS:
        if view == card.map_view:
            queries = (
                Query(place_of(card.name, shelf), card.name, (), category, view)
                for category in shelf.table(card.dataset).categories
            )
            found += [query for query in queries if funnel_possible(query, shelf)]
    return found


@st.composite
def maps(draw) -> Mapped:
    shelf = open_shelf()
    query = draw(st.sampled_from(with_funnel(shelf)))
    return mapped(replace(query, last=draw(st.sampled_from(final_periods(query, shelf)))), DIFFERS, shelf)


def file_of(made: Mapped, get) -> dict[str, dict[str, str]]:
    answer = get(map_file(made))
    assert answer.status_code == 200, answer.text
    return {row["area_code"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}


@given(made=maps())
@settings(max_examples=16)
def test_colour_sign_tool_tip_words_funnel_and_file_of_a_map_agree(made: Mapped, shelf, get):
    """Rules 13, 16 and 21: for any measure, category and period every area has one class, and higher is said of higher only."""
    rows = file_of(made, get)
    for code in LANGUAGES:
        say = translator(code)
        names = {
            area: words[code]
            for area, words in shelf.area_names(made.measure.place.id, made.measure.card.dataset).items()
        }
        drawn = map_rows(made, names, "", say).set_index("id")
        told = " ".join(outside_words(made.funnel, names, say))
        points = (
            charts.funnel_plot(made.funnel, names, (), say).datasets["points"].set_index("name")
            if not made.funnel.why
            else None
        )
        assert set(drawn.index) == set(rows)
        for area, row in rows.items():
            mark, words = drawn.loc[area], row[f"differs_{code}"]
            if not row["differs_code"]:
                assert mark["fill"] not in theme.DIFFERS or mark["letter"] not in SIGNS.values()
                assert words == "" and (points is None or names[area] not in points.index)
                continue
            class_ = CLASSES.index(row["differs_code"])
            assert (mark["fill"], mark["letter"]) == (theme.DIFFERS[class_], SIGNS[row["differs_code"]])
            assert words and mark["mark"].startswith(words)
            assert numbers(mark["what"])[0].of(number(row["value"]))
            assert (points.loc[names[area], "fill"], points.loc[names[area], "class"]) == (mark["fill"], words)
            the_words_follow_the_class(row, words, names[area], told, made, code)


def the_words_follow_the_class(row: dict, words: str, name: str, told: str, made: Mapped, code: str) -> None:
    observed, expected = number(row["numerator"]), number(row["expected"])
    assert (LOWER[code] in words) == row["differs_code"].startswith("lower") and (HIGHER[code] in words) == row[
        "differs_code"
    ].startswith("higher")
    if row["differs_code"] == "within":
        return
    assert (observed > expected) == (HIGHER[code] in words)
    part = next(part for part in re.split(r"(?<=[.。])\s*(?=\D)", told) if part.lower().startswith(words.lower()))
    assert name in part


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_legend_the_tiles_and_the_table_of_the_page_agree(code, shelf):
    """Rules 13 and 16: as the page is sent, in both ways to colour a map."""
    for method in ("", DIFFERS):
        sent = opened("map", lang=code, method=method, to="2026-03")
        legend = next(markup for markup in sent.markup if 'class="legend"' in markup)
        boxes = re.findall(
            r"background:(#\w+);color:#\w+\">([^<]*)</span>([^<]*) <span class=\"count\">\((\d+)\)", legend
        )
        tiles = next(
            picture
            for picture in sent.pictures
            if any("short" in row for rows in picture.rows.values() for row in rows)
        )
        rows = [row for rows in tiles.rows.values() for row in rows if "short" in row]
        for fill, letter, words, count in boxes:
            own = [
                row
                for row in rows
                if row["fill"] == fill and row["letter"].split(" ")[-1] == (letter or row["letter"].split(" ")[-1])
            ]
            assert len(own) == int(count), (words, count)
            assert method == "" or not letter or letter in "−−++" or words
        table = next(table for table in sent.tables if len(table.rows) == len(rows))
        figures = {row[0]: row[1].split(" [")[0] for row in table.rows}
        for row in rows:
            assert figures[row["name"]] in (row["what"], "[x]", "[c]")
            if method == DIFFERS:
                shown = next(cells for cells in table.rows if cells[0] == row["name"])
                assert shown[-2] == row["mark"].split(" · ")[0] or shown[-2] == ""


PAIRS = [
    {"from": "2025-03", "to": "2026-03"},
    {"from": "2022-06", "to": "2025-06"},
    {"from": "2019-12", "to": "2026-03", "area": "E09000007"},
    {"from": "2020-06", "to": "2021-06", "area": "E09000022", "category": "robbery"},
    {"measure": "road_casualties", "from": "2004", "to": "2014"},
    {"measure": "online_uptake", "from": "2013-Q1", "to": "2017-Q1"},
    {"from": "2012-06", "to": "2026-06"},
    {"from": "2025-06", "to": "2026-06", "area": "E09000007"},
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("state", PAIRS, ids=lambda state: " ".join(state.values()))
def test_the_file_of_two_periods_holds_the_verdict_of_the_page(state, code, get):
    """Rule 13: side by side, whichever two periods they are: the same two figures, the same verdict, the same change."""
    sent = opened("compare", lang=code, by="periods", **state)
    found = [one for markup in sent.markup if markup.startswith("<p>") for one in marks(markup)]
    answer = get(sent.links("/data/")[0])
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
    later = rows[state["to"]]
    assert len(found) <= 1
    if found:
        assert found == [(COLOURS[later["verdict_code"]], later["verdict_code"], WORDS[code][later["verdict_code"]])]
        assert later["before_period"] == state["from"]
        assert number(later["before"]) == number(rows[state["from"]]["value"])
        said = next(text for text in sent.quotes)
        if later["verdict_code"] != "cannot_say":
            assert any(one.of(number(later["before"])) for one in numbers(said))
            hundredths = 1 if state.get("measure") == "online_uptake" else 100
            assert any(
                one.of(abs(number(later["change"]) * hundredths)) or one.of(number(later["change"]) * hundredths)
                for one in numbers(said)
            )


def test_some_of_the_pairs_are_judged(get):
    """Else the test above would show nothing."""
    sent = [opened("compare", lang="en", by="periods", **state) for state in PAIRS]
    verdicts = [one[1] for page in sent for markup in page.markup if markup.startswith("<p>") for one in marks(markup)]
    assert len(verdicts) >= 4 and {"fall", "cannot_say"} <= set(verdicts)
