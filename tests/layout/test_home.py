"""The first page shows what is latest: series that have ended have a line and no row of figures; no alt text ranks areas."""

from __future__ import annotations

import re

import numpy as np
import pytest

import charts
from language import LANGUAGES, period_name, translator
from layout.frame.footer import is_stale
from layout.frame.reader import Reader
from layout.glance.told import PAST
from layout.home.figures import glance, where_things_stand
from measures.figures.compute import Query
from measures.maps.classes import METHODS
from measures.maps.map import mapped
from tests.drawn import drawn


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["london", "seoul"])
def test_series_that_have_ended_have_a_line_with_their_last_period_and_no_row(name, code, shelf):
    say, place = translator(code), shelf.places[name]
    reader = Reader(say, shelf, place, "home")
    markup = drawn(where_things_stand, reader, glance(reader))
    rows, lines = (re.findall(rf"<{tag}[ >].*?</{tag}>", markup, re.DOTALL) for tag in ("article", "li"))
    shown = [shelf.measures[measure] for measure in place.measures if shelf.measures[measure].home_categories]
    past = [card for card in shown if is_stale(shelf.cards[card.dataset], least=PAST)]
    assert 0 < len(past) < len(shown)
    for card in shown:
        last = period_name(shelf.cards[card.dataset].latest.last, say)
        words = say("{figure} in {period}; nothing newer is at hand.", figure="@", period=last)
        said, leads = re.escape(words).replace("@", r"\d[^<]*"), rf"measure={card.name}\b"
        ended = [line for line in lines if re.search(leads, line)]
        assert any(re.search(leads, row) for row in rows) == (card not in past)
        assert bool(ended) == (card in past) and all(re.search(said, line) for line in ended)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_a_map_name_no_area_first_or_last(code, shelf):
    say, place = translator(code), shelf.places["london"]
    made = mapped(Query("london", "recorded_crime", (), "theft", "rolling_rate"), METHODS[0], shelf)
    names = {area.code: say.pick(area.name) for area in place.areas}
    *_, words = charts.pictures(made, names, "", "", names, say)
    assert not [name for name in names.values() if name in words.replace(say.pick(place.name), "")]
    known = made.table["value"][np.isfinite(made.table["value"])]
    for value in (known.min(), known.median(), known.max()):
        assert f"{value:.1f}" in words
