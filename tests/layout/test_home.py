"""The first page says its finding first, shows what is latest, and sets nothing long past beside it; no alt text ranks
areas."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

import charts
from language import LANGUAGES, period_name, translator
from layout.frame.footer import is_stale
from layout.frame.reader import Reader
from layout.glance.finding import CLEAR, finding
from layout.glance.told import PAST, Change, changes_of
from layout.home.figures import glance, where_things_stand
from layout.home.stated import newest, outcome_bar, stated_of
from measures.claims.checks.findings import VERDICTS
from measures.figures.compute import Query
from measures.maps.classes import METHODS
from measures.maps.map import mapped
from tests.drawn import drawn


def reader_of(name: str, code: str, shelf) -> Reader:
    return Reader(translator(code), shelf, shelf.places[name], "home")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["london", "seoul", "china"])
def test_figures_long_past_are_no_equals_of_those_of_today(name, code, shelf):
    """They open beneath with their last period; a place that has nothing else says of what year its newest are."""
    reader = reader_of(name, code, shelf)
    say, found = reader.say, glance(reader)
    markup = drawn(where_things_stand, reader, found)
    rows, _, fold = markup.partition("<details")
    for told in (*found.fresh, *found.past):
        past = is_stale(shelf.cards[told.card.dataset], least=PAST)
        address = f"measure={told.card.name}&"
        assert (address in rows.replace("&amp;", "&")) == (not past or not found.fresh)
        if past and found.fresh:
            assert period_name(told.facts.period, say, told.facts.view) in fold
    assert bool(fold) == bool(found.fresh and found.past)


def some(shelf) -> list[Change]:
    return list(changes_of(reader_of("london", "en", shelf), "E09000007"))


WHERE = {code: "X" for code in LANGUAGES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_finding_names_nothing_that_did_not_change_clearly(code, shelf):
    """Whatever the verdicts are; one that changed alone is named."""
    reader = reader_of("london", code, shelf)
    parts = [change for change in some(shelf) if not change.total]
    for verdicts in (("rise",), ("no_clear_change", "fall"), ("cannot_say", "fall", "rise"), ("rise",) * 5):
        given = [given_verdict(change, verdict) for change, verdict in zip(parts, verdicts, strict=False)]
        line = finding(WHERE, given, reader).casefold()
        clear = [change for change in given if change.facts.verdict in CLEAR]
        assert not any(change.name(reader).casefold() in line for change in given if change not in clear)
        assert len(clear) > 1 or clear[0].name(reader).casefold() in line


def given_verdict(change: Change, verdict: str) -> Change:
    return replace(change, facts=replace(change.facts, verdict=verdict, why=""))


def test_a_finding_without_a_clear_verdict_says_of_how_many(shelf):
    reader, known = reader_of("london", "en", shelf), some(shelf)
    still = [given_verdict(change, "no_clear_change") for change in known]
    assert f"any of {len(still)} " in finding(WHERE, still, reader)
    none = [given_verdict(change, "cannot_say") for change in known]
    assert not any(word in finding(WHERE, none, reader) for word in ("fell", "rose", "no clear change"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_bar_of_outcomes_counts_every_statement_once(code, shelf):
    reader = reader_of("shanghai", code, shelf)
    stated = stated_of(reader)
    assert sum(stated.counts.values()) == len(stated.claims) and set(stated.counts) <= set(VERDICTS)
    widths = [int(width) for width in re.findall(r"flex-grow:(\d+)", drawn(outcome_bar, stated, reader))]
    assert widths == list(stated.counts.values())


def test_the_newest_statements_come_first_and_each_speaks_of_another_thing(shelf):
    stated = stated_of(reader_of("shanghai", "en", shelf))
    shown = newest(stated, shelf.places["shanghai"].code)
    dates = [filed.row["published"] for filed in shown]
    assert dates == sorted(dates, reverse=True) and len({filed.claim.indicator for filed in shown}) == len(shown)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_a_map_name_no_area_first_or_last(code, shelf):
    say, place = translator(code), shelf.places["london"]
    made = mapped(Query("london", "recorded_crime", (), "theft", "rolling_rate"), METHODS[0], shelf)
    names = {area.code: say.pick(area.name) for area in place.areas}
    *_, words = charts.pictures(made, charts.map_rows(made, names, "", say), names, "", names, say)
    assert not [name for name in names.values() if name in words.replace(say.pick(place.name), "")]
    known = made.table["value"][np.isfinite(made.table["value"])]
    for value in (known.min(), known.median(), known.max()):
        assert f"{value:.1f}" in words
