"""The place whose first page is fullest and freshest opens first, unless a place file says ``default``."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from loaders import periods
from measures.about.first_place import first_place
from measures.about.subjects import STATEMENTS, newest, subjects
from measures.store.shelf import open_shelf


@pytest.fixture(scope="module")
def shelf():
    return open_shelf()


def test_a_fresh_page_opens_before_one_of_old_figures(shelf):
    chosen = first_place(shelf, date(2026, 12, 1))
    fresh = [
        shelf.cards[shelf.measures[name].dataset].latest.last
        for name in chosen.measures
        if shelf.measures[name].home_categories
    ]
    assert max(periods.dates(last)[1] for last in fresh if last) > date(2026, 1, 1)


def test_a_place_file_may_say_which_place_opens(shelf, monkeypatch):
    other = next(place for place in shelf.places.values() if place.id != first_place(shelf).id)
    monkeypatch.setitem(shelf.places, other.id, other.model_copy(update={"default": True}))
    assert first_place(shelf).id == other.id


@pytest.mark.parametrize("name", sorted(open_shelf().places))
def test_the_subjects_of_a_place_say_what_its_tables_hold(shelf, name):
    place = shelf.places[name]
    known = subjects(shelf, place.id)
    assert [subject.card.name for subject in known] == [own for own in place.measures if shelf.working(own)]
    for subject in known:
        if subject.frequency == STATEMENTS:
            continue
        safe, card = shelf.table(subject.card.dataset), subject.card
        held = {
            area: np.isfinite(
                safe.series(card.variable or card.numerator, card.default_category or safe.categories[0], area).values
            )
            for area in safe.areas
        }
        spoken = [period for number, period in enumerate(safe.periods) if any(line[number] for line in held.values())]
        assert (subject.first, subject.last) == (spoken[0], spoken[-1])
        assert subject.areas == sum(held[area.code].any() for area in place.areas if area.code in held)
    assert newest(known) == max(subject.end for subject in known)
