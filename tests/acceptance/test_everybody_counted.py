"""Rules 17 and 19: areas and what went to no area add up to the place, and who is counted is printed where it is known."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest

import charts
from language import LANGUAGES, translator
from layout.trends.series import series_notes
from measures.figures.compute import Query, compute
from measures.store.shelf import open_shelf
from tests.acceptance.figures import categories_of, file_rows, names_of, place_of
from tests.acceptance.pages import PAGES, opened, showing
from tests.test_every_measure import COMPUTED


def kinds_of(card) -> list[str]:
    """What the variables of a measure's dataset are: counts, which add up, or rates, which do not."""
    return [variable.get("kind", "count") for variable in open_shelf().cards[card.dataset].variables.values()]


BOTH = pytest.mark.parametrize("code", LANGUAGES)
EVERY_MEASURE = pytest.mark.parametrize("card", COMPUTED, ids=lambda card: card.name, scope="module")
WITH_AREAS = [card for card in COMPUTED if len(open_shelf().table(card.dataset).areas) > 1]
RATES = [card for card in WITH_AREAS if set(kinds_of(card)) == {"rate"}]
EVERY_COUNT_WITH_AREAS = pytest.mark.parametrize(
    "card", [card for card in WITH_AREAS if card not in RATES], ids=lambda card: card.name, scope="module"
)
EVERY_MEASURE_WITH_AREAS = pytest.mark.parametrize("card", WITH_AREAS, ids=lambda card: card.name, scope="module")
LARGE = 0.05


def of_place(card, shelf):
    """The safe table of a measure whose first row is its place, with the numbers of its areas and of what went to none."""
    safe, place = shelf.table(card.dataset), shelf.places[place_of(card.name, shelf)]
    assert safe.areas[0] == place.code
    spare = [safe.areas.index(one.code) for one in place.unallocated if safe.has(area=one.code)]
    own = [safe.areas.index(one.code) for one in place.areas if safe.has(area=one.code)]
    return safe, own, spare


@EVERY_COUNT_WITH_AREAS
def test_areas_and_what_went_to_no_area_add_up_to_the_place(card, shelf):
    """Rule 17: every variable, category and period of every dataset with areas."""
    safe, own, spare = of_place(card, shelf)
    whole = safe.values[:, :, 0]
    parts = np.nansum(safe.values[:, :, [*own, *spare]], axis=2)
    known = np.isfinite(whole)
    assert known.any()
    assert np.allclose(whole[known], parts[known])
    for variable, category, period in np.argwhere(~known & (parts > 0)):
        assert np.isnan(safe.values[variable, category, own, period]).any(), "a place without a figure lacks an area's"
        lines = safe.series(safe.variables[variable], safe.categories[category], safe.areas[0])
        assert lines.statuses[period], "and says so"


@pytest.mark.parametrize("card", RATES, ids=lambda card: card.name)
def test_rates_of_areas_are_never_added_up(card, shelf):
    """Rule 17: a place has the rate that its publisher worked out for the whole, or none, and says so."""
    source, safe = shelf.cards[card.dataset], shelf.table(card.dataset)
    for number, variable in enumerate(safe.variables):
        known = np.isfinite(safe.values[number, :, 0])
        assert source.variables[variable]["whole"] or not known.any()
        for category in range(len(safe.categories)):
            line = safe.series(variable, safe.categories[category], safe.areas[0])
            assert all(status or seen for status, seen in zip(line.statuses, known[category], strict=True))


def test_the_protected_example_adds_up_wherever_all_is_shown(example):
    """Rule 17: where nothing is withheld the sum is exact; where something is, the place is never less than what is shown."""
    safe = example.table("invented_counts")
    whole, parts = safe.values[:, :, 0], safe.values[:, :, 1:]
    shown = np.isfinite(whole)
    complete = shown & np.isfinite(parts).all(axis=2)
    assert complete.any() and (shown & ~complete).any()
    assert (whole[complete] == parts.sum(axis=2)[complete]).all()
    assert (whole[shown & ~complete] >= np.nansum(parts, axis=2)[shown & ~complete]).all()


@EVERY_COUNT_WITH_AREAS
def test_the_file_adds_up_as_the_table_does(card, shelf, get):
    """Rule 17: a reader who adds up the file finds the place's total, rows outside every area included."""
    place, dataset = place_of(card.name, shelf), card.dataset
    for category in categories_of(card, shelf, 3):
        rows = list(
            csv.DictReader(
                io.StringIO(
                    get(
                        f"/data/{place}/{dataset}/latest.csv" + (f"?category={category}" if category else "")
                    ).content.decode("utf-8-sig")
                )
            )
        )
        wholes, parts = {}, {}
        for row in rows:
            if row["value"]:
                sums = wholes if row["area_code"] == shelf.places[place].code else parts
                line = (row["variable"], row["period"])
                sums[line] = sums.get(line, 0.0) + float(row["value"])
        assert wholes and parts
        assert wholes == pytest.approx({line: parts.get(line, 0.0) for line in wholes})


@EVERY_MEASURE_WITH_AREAS
def test_a_large_share_that_went_to_no_area_is_stated_for_every_area_and_only_then(card, shelf, get):
    """Rule 17: over 5 % is flagged in the table, the tool tip and the file, with the share, and in the notes beneath the chart."""
    safe, own, spare = of_place(card, shelf)
    place = shelf.places[place_of(card.name, shelf)]
    spare = [number for number in spare if safe.areas[number] in place.of_unknown_area]
    share = (
        np.nan_to_num(safe.values[0, 0, spare]).sum(axis=0) / safe.values[0, 0, 0]
        if spare
        else np.zeros(len(safe.periods))
    )
    area = next(safe.areas[number] for number in own if np.isfinite(safe.values[0, 0, number]).any())
    made = compute(
        Query(
            place.id,
            card.name,
            (place.code, area),
            card.default_category,
            "count" if "count" in card.views else card.views[0],
        ),
        shelf,
    )
    rows = file_rows(made, get)
    for code in LANGUAGES:
        say = translator(code)
        tips = charts.trend_picture(made, names_of(made, code), say).datasets["rows"]
        tips = dict(zip(zip(tips["area"], tips["t"].str[:7], strict=True), tips["mark"], strict=True))
        for period, part in zip(safe.periods, share, strict=True):
            row = rows[area, period]
            words = f"{part * 100:.1f}%"
            assert (row["status"] == "u") == (part > LARGE)
            if part > LARGE:
                assert words in row[f"reason_{code}"] and words in tips[names_of(made, code)[area], period]
                assert rows[place.code, period]["status"] != "u", "the place as a whole has lost nothing"
        notes = series_notes(made, SimpleNamespace(say=say, shelf=shelf, place=place))
        assert any(
            {"en": "allocated to no area", "zh": "未分配到任何区域", "zh_hant": "未分配到任何區域"}[code] in note
            for note in notes
        ) == bool((share > LARGE).any())


@BOTH
def test_the_picture_says_that_low_figures_have_a_reason(code):
    """Rule 17: the page of a borough with flagged months shows triangles and their meaning."""
    sent = opened("trends", lang=code, area="E09000007", view="count")
    flagged = [row for rows in sent.pictures[0].rows.values() for row in rows if row.get("flag")]
    assert {row["t"] for row in flagged} == {"2020-03-01", "2023-03-01", "2023-10-01"}
    assert {"en": "Triangles mark", "zh": "三角形", "zh_hant": "三角形"}[code] in sent.text


@pytest.mark.in_turn(24)
@BOTH
@EVERY_MEASURE
def test_who_is_counted_is_printed_beside_every_figure(card, code, shelf, get):
    """Rule 19: the card's coverage stands on every page that shows the measure, with the sources and in the file."""
    source = shelf.cards[card.dataset]
    assert source.coverage.get(code), "every dataset on the shelf knows whom it covers"
    place = place_of(card.name, shelf)
    for page in ("trends", "map", "compare"):
        sent = showing(page, card, code)
        about = html.unescape(sent.about)
        assert source.title[code] not in about or source.coverage[code] in about

    assert source.coverage[code] in opened("sources", lang=code, place=place).text
    head = json.loads(
        get(f"/data/{place}/{card.dataset}/latest.json?from={source.latest.last}&to={source.latest.last}").content
    )["about"]
    assert head["coverage"][code] == source.coverage[code]


@BOTH
def test_an_area_that_nobody_reports_on_says_so_and_is_never_zero(code, shelf):
    """Rule 19: the police do not cover the City of London; its page, the map and the file say that, without a number."""
    say = translator(code)
    made = compute(Query("london", "recorded_crime", ("E09000001",), "all", "count"), shelf)
    assert made.table["value"].isna().all() and set(made.table["status"]) == {"x"}
    district = opened("district", lang=code, area="E09000001").text
    assert shelf.cards["recorded_crime"].coverage[code] in district
    row = next(
        row
        for table in opened("map", lang=code).tables
        for row in table.rows
        if row[0] == shelf.area_names("london", "recorded_crime")["E09000001"][code]
    )
    assert row[1] == "[x]" and row[-1] == say("not covered by this dataset")
    assert not re.search(r"\d", row[2])


@pytest.mark.in_turn(10)
@BOTH
@pytest.mark.parametrize("page", PAGES)
def test_every_source_named_on_a_page_says_whom_it_covers(page, code, shelf):
    """Rule 19: every page of every place."""
    for place in shelf.places:
        about = opened(page, lang=code, place=place).about
        for source in shelf.cards.values():
            entry = re.search(rf"<ul><li>[^<]* · {re.escape(source.title[code])}</li>.*?</ul>", about)
            if entry and source.coverage:
                assert source.coverage[code] in html.unescape(entry[0])
