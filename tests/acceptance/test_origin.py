"""From every page a reader gets back to the file, row and column of a figure, in both languages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from language import LANGUAGES, translator, whole
from loaders.cards.unpublished import recorded_release
from loaders.tables.column_roles import words_of
from measures.figures.compute import Query, compute
from routes.extracts.provenance import traced
from tests.acceptance.pages import PAGES, PLACES, opened
from tests.routes.test_provenance import grid

BOTH = pytest.mark.parametrize("code", LANGUAGES)
VIEWS = {
    "rolling_rate": {"category": "robbery", "area": "E09000007", "to": "2025-12"},
    "count": {"category": "theft", "area": "E12000007", "to": "2024-05"},
    "index": {"category": "burglary", "area": "E09000007", "from": "2015-01", "to": "2020-03"},
    "rate": {"category": "robbery", "area": "E09000033", "to": "2024-01"},
}
CRIME = {"place": "london", "measure": "recorded_crime"}
PLACE_IN_FILE = {
    "en": re.compile(r"^(\S+) ?row (\d+), column (\d+)"),
    "zh": re.compile(r"^(\S+) ?第(\d+)行，第(\d+)列"),
    "zh_hant": re.compile(r"^(\S+) ?第(\d+)列，第(\d+)欄"),
}


@BOTH
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", [page for page in PAGES if page != "origin"])
def test_every_page_links_to_where_a_figure_comes_from(page, place, code):
    (address,) = opened(page, lang=code, place=place).links("/origin?")
    asked = parse_qs(urlsplit(address).query)
    assert (asked["lang"], asked["place"]) == ([code], [place])
    answer = opened("origin", **{name: one for name, (one,) in asked.items()})
    assert "calm" not in " ".join(one for one in answer.markup if one.startswith("<p class")), (
        "the address names a figure that is known"
    )


@pytest.mark.parametrize(("page", "view"), [("trends", "rate"), ("map", "rolling_rate"), ("compare", "rolling")])
def test_the_link_names_the_figure_that_the_page_shows(page, view):
    """The view too: on a map the reader does not choose it."""
    state = {**CRIME, "category": "robbery", "to": "2025-12", "area": "E09000007"} | (
        {} if page == "map" else {"view": view}
    )
    sent = opened(page, lang="en", **state)
    (address,), (extract,) = sent.links("/origin?"), sent.links("/data/")[:1]
    asked, drawn = (
        {name: one[0] for name, one in parse_qs(urlsplit(text).query).items()} for text in (address, extract)
    )
    assert {name: asked[name] for name in ("place", "measure", "category", "to")} == {
        name: state[name] for name in ("place", "measure", "category", "to")
    }
    assert asked["view"] == drawn["view"] == view


@BOTH
@pytest.mark.parametrize("view", VIEWS)
def test_the_page_shows_the_figure_and_its_arithmetic_in_numbers(view, code, shelf):
    asked = VIEWS[view]
    page = opened("origin", lang=code, view=view, **CRIME, **asked)
    query = Query(
        "london", "recorded_crime", (asked["area"],), asked["category"], view, asked.get("from", ""), asked["to"]
    )
    value = compute(query, shelf).table.iloc[-1]["value"]
    line = re.search(r"([\d.,]+) = ([^\n]+)", page.text)
    if view != "count":
        shown, made = line.groups()
        numbers = [float(one) for one in re.findall(r"[\d.]+", made.replace(",", ""))]
        worked = (
            numbers[0] / (numbers[1] / numbers[2]) * 100 if view == "index" else numbers[0] / numbers[1] * numbers[2]
        )
        assert worked == pytest.approx(value, rel=1e-9)
        assert float(shown.replace(",", "")) == pytest.approx(value, abs=0.051)
    else:
        assert line is None and whole(value, translator(code)) in page.text


@BOTH
@pytest.mark.parametrize("view", VIEWS)
def test_every_cell_that_is_shown_is_in_the_file_at_that_row_and_column(view, code, shelf):
    page, seen = opened("origin", lang=code, view=view, **CRIME, **VIEWS[view]), 0
    files = {one.file: (card, one) for card in shelf.cards.values() for one in card.releases}
    for row in page.tables[1].rows:
        if found := PLACE_IN_FILE[code].match(row[0]):
            card, release = files[found[1]]
            assert words_of(card, release).get("layout")
            text = grid(card.folder / release.file, release.sha256)[int(found[2]) - 1][int(found[3]) - 1]
            assert float(text.replace(",", "")) == float(re.sub(r" ?\[.\]", "", row[-2]).replace(",", ""))
            seen += 1
    assert seen


@BOTH
def test_every_part_names_its_publisher_file_release_and_hash(code, shelf):
    page = opened("origin", lang=code, view="rolling_rate", **CRIME, **VIEWS["rolling_rate"])
    count, residents = page.tables[0].rows
    for row, name in ((count, "recorded_crime"), (residents, "population")):
        card = shelf.cards[name]
        assert card.publisher[code] in row[3] and card.title[code] in row[3]
        assert card.latest.file in row[4] and card.latest.sha256 in row[4] and card.latest.id in row[4]


@BOTH
def test_a_figure_that_is_not_there_says_why_and_has_no_arithmetic(code):
    page = opened("origin", lang=code, view="rate", category="robbery", area="E09000001", to="2024-05", **CRIME)
    say = translator(code)
    assert say("There is no figure.") in page.text
    assert say("not covered by this dataset") in page.text
    assert " = " not in page.text


@BOTH
def test_of_a_protected_dataset_no_cell_file_or_hash_is_shown(code, example):
    card = example.cards["invented_counts"]
    page = opened("origin", example, lang=code, place="invented")
    sent = "\n".join([*page.markup, *page.labels])
    assert card.title[code] in page.text
    assert not any(one in sent for one in (recorded_release(card).sha256, card.latest.file))
    assert len(page.tables) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_both_languages_show_the_same_numbers(view):
    sent = [
        [
            row[1:]
            for table in opened("origin", lang=code, view=view, **CRIME, **VIEWS[view]).tables
            for row in table.rows
        ]
        for code in LANGUAGES
    ]
    numbers = [
        [re.findall(r"\d[\d.]*", row[-2 if len(row) == 5 else 1].replace(",", "")) for row in rows] for rows in sent
    ]
    assert numbers[0] == numbers[1]


def test_the_page_says_how_many_cells_it_leaves_out(shelf):
    page = opened("origin", lang="en", view="count", category="all", area="E12000007", to="2024-05", **CRIME)
    told = traced(
        shelf,
        shelf.cards["recorded_crime"],
        Query("london", "recorded_crime", ("E12000007",), "all", "count", "", "2024-05"),
    )
    count = sum(len(part["cells"]) for part in told["parts"])
    assert f"40 of {count:,} cells are shown" in page.text and len(page.tables[1].rows) == 40


@pytest.mark.parametrize("name", ["measure", "category", "area", "view", "to", "from", "release"])
def test_an_unknown_part_of_the_address_is_calm(name):
    page = opened("origin", **{**CRIME, "lang": "en", name: "nonsense"})
    assert ("usual choice is shown instead" in page.text) == (name != "from")
