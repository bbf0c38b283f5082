"""What may be compared with what: every pair of comparability.toml, and rules that hold for any pair."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure import STATUSES
from loaders import data_folder
from measures.comparability.answer import Figure, compare, compare_all
from measures.comparability.aspects import ASPECTS, STRENGTH
from measures.store.shelf import Shelf, open_shelf

FILE = tomllib.loads(Path(__file__).with_name("comparability.toml").read_text(encoding="utf-8"))
PAIRS = FILE["pair"]
CAMDEN, BARNET, CITY, HILLINGDON, LONDON = "E09000007", "E09000003", "E09000001", "E09000017", "E12000007"


def sides(pair: dict) -> tuple[Figure, Figure]:
    return tuple(Figure(**(FILE["usual"] | pair[name])) for name in ("one", "other"))


def strongest(answer) -> dict[str, str]:
    found: dict[str, str] = {}
    for finding in answer.findings:
        found[finding.aspect] = max(found.get(finding.aspect, "say"), finding.outcome, key=STRENGTH.index)
    return found


def test_there_are_pairs_for_every_aspect_and_every_outcome():
    assert len(PAIRS) >= 30
    assert {pair["outcome"] for pair in PAIRS} == {"draw", "separate", "decline"}
    assert {aspect for pair in PAIRS for aspect in pair["aspects"]} == set(ASPECTS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_a_pair_is_answered_as_expected(pair, shelf, request):
    if pair.get("population_cut"):
        shelf = _two_bases(request.getfixturevalue("copy"), pair["population_cut"])
    one, other = sides(pair)
    place = pair.get("place", "london")
    answer = compare(one, other, place, shelf)
    assert answer.outcome == pair["outcome"]
    assert strongest(answer) == pair["aspects"]
    assert set(pair.get("keys", [])) <= {finding.key for finding in answer.findings}
    if pair["nearest"] == "none":
        assert answer.nearest is None
    else:
        windows = tuple(replace(side, **change) for side, change in zip((one, other), pair["nearest"], strict=True))
        assert [_figure(side) for side in answer.nearest] == [_figure(side) for side in windows]


def _figure(side: Figure) -> tuple:
    base = side.first if side.view == "index" else ""
    return side.measure, side.area, side.category, side.view, side.window, side.release, base


def _two_bases(copy, at: str) -> Shelf:
    words = 'short = { en = "Rebased", zh = "口径更换" }\nreason = { en = "Invented for a test.", zh = "测试用。" }'
    cut = f'[[breaks]]\nat = "{at}"\neffect = "cut"\ncategories = []\nareas = []\n{words}\nurl = ""\n\n[[releases]]'
    copy.change_card("population", "[[releases]]", cut)
    return Shelf(copy.root)


MONTHS = st.integers(11, 194)
AREA = st.sampled_from((CAMDEN, BARNET, CITY, HILLINGDON, LONDON, "unknown", "airports"))
SHELF = open_shelf()
TABLE = SHELF.table("recorded_crime")


@st.composite
def a_side(draw) -> Figure:
    view = draw(st.sampled_from(("count", "rate", "rolling", "rolling_rate")))
    category = draw(st.sampled_from(TABLE.categories))
    return Figure("recorded_crime", draw(AREA), category, view, "", TABLE.periods[draw(MONTHS)])


@given(a_side(), a_side())
def test_the_answer_does_not_depend_on_the_order(one, other):
    there, back = (compare(*pair, "london", SHELF) for pair in ((one, other), (other, one)))
    assert there.outcome == back.outcome
    assert strongest(there) == strongest(back)


@given(a_side(), a_side())
def test_the_nearest_comparison_is_one_that_may_be_drawn(one, other):
    nearest = compare(one, other, "london", SHELF).nearest
    if nearest:
        assert compare_all(nearest, "london", SHELF).advised
        assert len(set(nearest)) == len(nearest)


@given(a_side(), a_side())
def test_the_outcome_is_that_of_the_strongest_finding(one, other):
    answer = compare(one, other, "london", SHELF)
    found = max((finding.outcome for finding in answer.findings), key=STRENGTH.index, default="draw")
    assert answer.outcome == ("draw" if found == "say" else found)
    assert answer.advised == (answer.outcome == "draw")


@given(a_side())
def test_a_figure_may_stand_beside_its_year_before_only_without_a_cut_between(side):
    """Held against the breaks of the card, read here by another way."""
    before = side.moved(-12)
    answer = compare(side, before, "london", SHELF)
    first, last = before.window[0], side.window[-1]
    cuts = [
        cut
        for cut in SHELF.cards["recorded_crime"].breaks
        if cut.effect == "cut" and cut.touches(side.area, side.category)
    ]
    if any(first < cut.at <= last for cut in cuts):
        assert answer.outcome in ("separate", "decline")


def test_several_areas_are_as_comparable_as_their_worst_pair(shelf):
    three = tuple(
        Figure("recorded_crime", area, "all", "rolling_rate", "", "2023-12") for area in (CAMDEN, BARNET, HILLINGDON)
    )
    answer = compare_all(three, "london", shelf)
    assert answer.outcome == "decline"
    assert [finding.key for finding in answer.findings if finding.outcome == "decline"] == ["break_inside"]
    assert len(answer.nearest) == 3


def test_an_area_without_figures_is_left_out_of_what_is_offered(shelf):
    three = tuple(
        Figure("recorded_crime", area, "all", "rolling_rate", "", "2024-12") for area in (CAMDEN, CITY, BARNET)
    )
    answer = compare_all(three, "london", shelf)
    assert answer.outcome == "decline"
    assert [side.area for side in answer.nearest] == [CAMDEN, BARNET]


def test_a_withheld_figure_is_not_compared_with_anything(example):
    table = example.table("invented_counts")
    _, category, area, period = np.argwhere(table.status == STATUSES.index("c"))[0]
    hidden = Figure(
        "invented_counts", table.areas[area], table.categories[category], "count", "", table.periods[period]
    )
    for other in (replace(hidden, area="area_a"), replace(hidden, last=table.periods[(period + 12) % 24])):
        if other != hidden:
            answer = compare(hidden, other, "invented", example)
            assert answer.outcome == "decline"
            assert "withheld" in {finding.key for finding in answer.findings}


def test_the_months_flagged_by_the_guard_are_those_that_are_declined(shelf):
    """One rule for 'over 5 % was allocated to no area', said in the table and in the answer."""
    rows = table_of_statuses(shelf)
    for period, flagged in rows.items():
        found = compare(
            *(Figure("recorded_crime", area, "all", "count", "", period) for area in (CAMDEN, BARNET)), "london", shelf
        ).findings
        assert any(finding.key == "unallocated" for finding in found) == flagged, period


def table_of_statuses(shelf) -> dict[str, bool]:
    series = shelf.table("recorded_crime").series("offences", "all", CAMDEN)
    return {
        period: "unallocated" in why
        for period, why in zip(shelf.table("recorded_crime").periods, series.reasons, strict=True)
    }


def test_every_break_of_every_card_separates_something():
    """A break that the answer never speaks of would be a break that is not checked."""
    shelf = Shelf(data_folder())
    for card in shelf.cards.values():
        measure = next((one for one in shelf.measures.values() if one.dataset == card.name), None)
        for number, cut in enumerate(card.breaks if measure else ()):
            area = cut.areas[0] if cut.areas else shelf.places[card.place].code
            category = cut.categories[0] if cut.categories else measure.default_category
            after = Figure(measure.name, area, category, "count", "", cut.at)
            found = compare(after, after.moved(-12), shelf.cards[card.name].place, shelf).findings
            assert number in [finding.details.get("break") for finding in found]
