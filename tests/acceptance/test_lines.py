"""Rules 8 and 18: lines are cut at gaps and breaks, and every change of definition is drawn and named."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import unquote

import numpy as np
import pytest

import charts
from charts import Along, sparkline
from language import LANGUAGES, period_name, translator
from layout.trends.series import series_notes
from loaders import Break, periods
from measures.figures.compute import Measure, Query, compute
from measures.lines.views import window_of
from measures.lines.year_before import cut_positions
from measures.store.shelf import open_shelf
from tests.acceptance.figures import EVERY_VIEW, areas_of, file_rows, measured, names_of, place_of
from tests.acceptance.pages import PAGES, opened
from tests.test_every_measure import COMPUTED

SOURCES = {card.name: open_shelf().cards[card.dataset] for card in COMPUTED}
BREAKS = [
    (card, cut) for card in COMPUTED for cut in SOURCES[card.name].breaks if cut.at <= SOURCES[card.name].latest.last
]


def cuts_of(made: Measure, area: str) -> list[str]:
    """The periods in which a new, not comparable stretch of an area's figures begins, read from the card."""
    touching = [cut for cut in made.sources[0].breaks if cut.effect == "cut" and cut.touches(area, made.query.category)]
    return [cut.at for cut in touching]


@EVERY_VIEW
def test_a_line_is_cut_at_every_gap_and_at_every_break(card, view, shelf):
    """Rule 8: no two marks are joined between which a period is missing or a definition changed; every area, sampled categories."""
    joined = neighbours = 0
    for made in measured(card, view, shelf):
        names = names_of(made, "en")
        rows = charts.trend_picture(made, names, translator("en")).datasets["rows"]
        known = made.table[np.isfinite(made.table["value"])].reset_index(drop=True)
        assert len(rows) == len(known)
        for (area, _), stretch in known.groupby([known["area"], rows["part"]], sort=False):
            months = list(stretch["period"])
            assert months == periods.span(months[0], months[-1]), (area, months)
            assert not [cut for cut in cuts_of(made, area) if months[0] < cut <= months[-1]], (area, months)
            joined += len(months) - 1
        told = {(area, periods.shift(period, 1)) for area, period in zip(known["area"], known["period"], strict=True)}
        neighbours += len(told & set(zip(known["area"], known["period"], strict=True)))
    assert joined or not neighbours, "no two marks are joined: this test shows nothing"


def test_the_marks_of_a_line_are_joined_only_within_one_stretch():
    """Rule 8: every line that a chart draws is told apart by area and stretch, whatever the rows are."""
    spec = charts.line_spec("en", "year")
    lines = [
        layer
        for layer in spec["layer"]
        if (layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]) == "line"
    ]
    assert len(lines) == 3, "grey lines of other areas, lines, and their provisional ends"
    for layer in lines:
        assert {one["field"] for one in layer["encoding"]["detail"]} == {"area", "part"}


@EVERY_VIEW
def test_no_sum_and_no_change_reaches_over_a_break(card, view, shelf):
    """Rule 8: a rolling figure whose months span a change of definition does not exist, and no change is worked out across one."""
    for made in measured(card, view, shelf, 2):
        for area in made.query.areas:
            cuts = cuts_of(made, area)
            for row in made.line(area).itertuples():
                window, before = window_of(row.period, view), window_of(row.before_period, view)
                if view.startswith("rolling") and any(window[0] < cut <= window[-1] for cut in cuts):
                    assert np.isnan(row.value)
                if any(before[0] < cut <= window[-1] for cut in cuts):
                    assert np.isnan([row.change, row.change_low, row.change_high]).all() and row.verdict == "cannot_say"


@pytest.mark.parametrize("cuts", [(), (36,), (20, 40)])
def test_the_small_line_of_a_card_is_cut_at_gaps_and_breaks(cuts):
    """Rule 8: one stroke for each stretch of the last sixty periods, and a rule at each cut."""
    values = np.arange(84.0)
    values[[71, 72]] = np.nan
    paths = re.findall(r'd="([^"]+)"', unquote(sparkline(values, [""] * 84, "", Along(cuts))))
    path, seen = max(paths, key=len), {cut - 24 for cut in cuts if cut > 24}
    stretches = {0, 49} | seen
    assert path.count("M") == len(stretches)
    assert path.count("L") == 58 - len(stretches)
    assert len(paths) == 2 + len(seen)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("register", "privacy", "sources", "download")])
def test_every_line_of_every_page_is_cut_as_its_card_says(page, shelf):
    """Rule 8: as it is sent, for a borough whose boundaries of counting changed (Hillingdon) and a type that was defined anew."""
    for state in (
        {"area": "E09000017"},
        {"category": "burglary_residential", "area": "E09000007"} if page in ("trends", "map", "compare") else {},
    ):
        for picture in opened(page, lang="en", **state).pictures:
            for rows in picture.rows.values():
                by_part: dict = {}
                for row in (row for row in rows if "part" in row):
                    by_part.setdefault((row["area"], row["part"]), []).append(row["t"])
                for (area, _), dates in by_part.items():
                    for cut in cuts_on(area, state, dates, shelf):
                        assert not dates[0] < cut <= dates[-1], (page, area, cut)


def cuts_on(area: str, state: dict, dates: list[str], shelf) -> list[str]:
    """Breaks of recorded crime that touch a drawn area, by its name; yearly and quarterly lines have other datasets."""
    if len(dates) > 1 and dates[1][5:7] == dates[0][5:7]:
        return []
    names = {words["en"]: code for code, words in shelf.area_names("london", "recorded_crime").items()}
    category = state.get("category", "all")
    return [
        f"{cut.at}-01"
        for cut in shelf.cards["recorded_crime"].breaks
        if cut.effect == "cut" and area in names and cut.touches(names[area], category)
    ]


def touched(card, cut: Break, shelf) -> Measure:
    """A line that a break touches, with figures on both sides of it."""
    held = dict.fromkeys([card.default_category, *shelf.table(card.dataset).categories])
    for area in cut.areas or areas_of(card, shelf):
        for category in cut.categories or held:  # where the usual category has no figure yet, another has
            made = compute(Query(place_of(card.name, shelf), card.name, (area,), category, card.views[0]), shelf)
            known = made.table.loc[made.table["value"].notna(), "period"]
            if len(known) and known.min() < cut.at <= known.max():
                return made
    raise AssertionError(
        f"the break of {card.dataset} in {cut.at} touches no line that has figures on both sides of it"
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("card", "cut"), BREAKS, ids=lambda one: getattr(one, "name", None) or one.at)
def test_a_change_of_definition_is_drawn_and_named(card, cut, code, shelf, get):
    """Rule 18: a rule with its word in the chart, its date and reason beneath, and the reason in the file; every break of every card."""
    say, made = translator(code), touched(card, cut, shelf)
    drawn = charts.trend_picture(made, names_of(made, code), say).datasets["breaks"]
    words = drawn.loc[drawn["t"] == periods.dates(cut.at)[0].isoformat(), "word"]
    assert len(words) == 1 and cut.short[code] in words.iloc[0]
    reader = SimpleNamespace(say=say, shelf=shelf, place=made.place)
    notes = [note for note in series_notes(made, reader) if note.startswith(period_name(cut.at, say))]
    assert any(cut.reason[code] in note for note in notes)
    if cut.effect == "cut":
        assert any(
            cut.reason[code] in note
            and {"en": "The line is cut here", "zh": "折线在此断开", "zh_hant": "折線在此斷開"}[code] in note
            for note in notes
        ), notes
    reason = file_rows(made, get)[made.query.areas[0], cut.at][f"reason_{code}"]
    assert cut.reason[code].rstrip("。.") in reason


def test_the_cards_have_breaks_to_draw(shelf):
    """Else the test above would show nothing."""
    assert len(BREAKS) >= 10 and {cut.effect for _, cut in BREAKS} == {"cut", "mark", "no_trend"}
    assert cut_positions(shelf.cards["recorded_crime"], shelf.table("recorded_crime").periods, "E09000017", "all")
