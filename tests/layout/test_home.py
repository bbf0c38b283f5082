"""The first page shows what is latest: figures long past have a line and no card; no alt text ranks areas."""

from __future__ import annotations

import numpy as np
import pytest

import charts
from language import LANGUAGES, period_name, translator
from layout.frame.footer import is_stale
from layout.frame.reader import Reader
from layout.home import PAST, glance
from measures.figures.compute import Query
from measures.maps.classes import METHODS
from measures.maps.map import mapped
from tests.drawn import drawn


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["london", "seoul"])
def test_figures_long_past_have_a_line_and_no_card(name, code, shelf):
    say, place = translator(code), shelf.places[name]
    markup = drawn(glance, Reader(say, shelf, place, "home"))
    shown = [shelf.measures[measure] for measure in place.measures if shelf.measures[measure].home_categories]
    past = [card for card in shown if is_stale(shelf.cards[card.dataset], least=PAST)]
    assert 0 < len(past) < len(shown)
    for card in shown:
        title, last = say.pick(card.title), period_name(shelf.cards[card.dataset].latest.last, say)
        cards = [part for part in markup.split("<article")[1:] if f">{title}" in part.split("</article>")[0]]
        assert bool(cards) == (card not in past)
        assert (say("the newest figures are for {period}.", period=last) in markup) or card not in past


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
