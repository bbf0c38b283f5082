"""The finding of every measure and view, of sampled categories and all areas, in both languages: its length, its words
and its numbers; the map of every place; what was stated about a place."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isfinite

import pytest

from language import LANGUAGES, translator
from language.findings import finding, subtitle
from language.findings.headline import fits
from measures.about.finding_facts import compared_facts, map_facts, several_facts, stated_facts
from measures.claims.search import claims_card, found_of
from measures.figures.compute import Query, compute
from measures.maps.funnel import funnel, funnel_possible
from tests import test_every_sentence as sentences
from tests.language.test_findings import DOWN, SIDES, UP
from tests.test_every_measure import COMPUTED
from tests.test_every_sentence import FORBIDDEN, Told
from tests.tongues import by_turns

pytestmark = pytest.mark.apart  # measures and views

told = sentences.told  # the fixture
SPEAKERS = tuple(map(translator, LANGUAGES))
PLACES = ("london", "shanghai", "seoul", "taiwan", "hong_kong", "united_states", "china")


def test_every_finding_is_short_enough_and_says_no_more_than_its_verdict(told):
    for of_category in told[:3]:
        for number, facts in enumerate(of_category.statements[::3]):
            for code in by_turns(number):
                _holds(facts, translator(code))


def _measured(card, view, shelf):
    """The usual category of a measure, for every area of its place."""
    place = shelf.places[shelf.cards[card.dataset].place]
    areas = set(shelf.table(card.dataset).areas) - {one.code for one in place.unallocated}
    return compute(Query(place.id, card.name, tuple(sorted(areas)), card.default_category, view), shelf)


def _holds(facts, say):
    found = finding(facts, say)
    assert fits(found.headline, say), found.headline
    assert "{" not in found.headline + found.sentence + found.paragraph
    for text in (found.headline, subtitle(facts, say)):
        kept = text.replace(say.pick(facts.category), "").replace(say.pick(facts.area), "")
        assert facts.verdict == "rise" or not any(word in kept for word in UP[say.code]), text
        assert facts.verdict == "fall" or not any(word in kept for word in DOWN[say.code]), text
        assert not any(word in kept for word in FORBIDDEN[say.code]), text
    size = re.search(r"(?:\bby|下降|上升)\s?([\d.]+)%", found.headline)
    assert not size or abs(float(size[1]) - abs(facts.in_hundredths(facts.change))) <= 0.5
    if facts.verdict in ("rise", "fall"):
        words = (UP if facts.verdict == "rise" else DOWN)[say.code]
        assert any(word in found.headline for word in words), found.headline


@pytest.mark.parametrize("card", [card for card in COMPUTED if "area" in card.grains], ids=lambda card: card.name)
def test_every_map_names_no_area_that_does_not_stand_apart(card, shelf):
    place = shelf.places[shelf.cards[card.dataset].place]
    query = Query(place.id, card.name, (), card.default_category, card.map_view)
    plot = funnel(query, shelf) if funnel_possible(query, shelf) else None
    made = plot.measure if plot else _measured(card, card.map_view, shelf)
    facts = map_facts(made, made.periods[-1], plot)
    for say in SPEAKERS:
        found = finding(facts, say)
        assert fits(found.headline, say), found.headline
        inside = {say.pick(area.name) for area in facts.areas if not area.apart}
        apart = {say.pick(area.name) for area in facts.apart}
        assert not any(name in found.headline for name in inside - apart if not any(name in one for one in apart))
        assert not any(word in found.headline + found.paragraph for word in SIDES[say.code])


def test_a_rate_warns_where_residents_are_the_wrong_denominator(shelf):
    query = Query("london", "recorded_crime", (), "all", "rolling_rate")
    facts = map_facts(funnel(query, shelf).measure, "", funnel(query, shelf))
    assert any(area.warning for area in facts.apart)
    for say in SPEAKERS:
        for area in facts.apart:
            assert say.pick(area.warning) in finding(facts, say).paragraph


@pytest.mark.parametrize("name", PLACES)
def test_the_page_of_a_place_has_a_headline(name, shelf):
    place = shelf.places[name]
    cards = [shelf.measures[one] for one in place.measures if shelf.measures[one].kind != "statements"]
    made = [_measured(card, card.views[0], shelf) for card in cards if shelf.working(card.name)]
    told = [facts for one in made for facts in Told(one).statements[:1] if isfinite(facts.now)]
    for say in SPEAKERS:
        headline = finding(several_facts(place, told), say).headline
        assert fits(headline, say), headline


def test_two_areas_side_by_side_have_both_figures_or_no_clear_difference(shelf):
    areas = ("E09000007", "E09000003")
    made = compute(Query("london", "recorded_crime", areas, "all", "rolling_rate", "2026-03", "2026-03"), shelf)
    facts = compared_facts(made, areas, "2026-03", advised=True)
    assert [area.name["en"] for area in facts.areas] == ["Camden", "Barnet"]
    for say in SPEAKERS:
        assert fits(finding(facts, say).headline, say)
        assert not any(word in finding(facts, say).headline for word in (*UP[say.code], *DOWN[say.code]))
        assert fits(finding(replace(facts, advised=False), say).headline, say)


def test_what_was_stated_about_a_place_is_counted(shelf):
    card = claims_card(shelf, "shanghai")
    facts = stated_facts(shelf.places["shanghai"], found_of(shelf, card.name))
    assert facts.number > 100
    for say in SPEAKERS:
        found = finding(facts, say)
        assert fits(found.headline, say)
        assert str(facts.number) in found.sentence
