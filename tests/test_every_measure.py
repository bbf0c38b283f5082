"""Every measure card under data/measures, whoever added it: what it cannot tell, who answers for it, and that it computes."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from disclosure import WITHOUT_VALUE
from loaders import data_folder
from loaders.cards.measure_card import KINDS, VIEWS
from loaders.cards.read_measures import read_measures
from measures.claims.collection import indicators_of, statements
from measures.figures.compute import Query, compute
from tests.clock import TODAY
from tests.sampling import apart

MEASURES = list(read_measures(data_folder(), {}).values())
EVERY_MEASURE = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
COMPUTED = [measure for measure in MEASURES if measure.kind != "statements"]
EVERY_VIEW = apart(
    ("measure", "view"),
    [(measure, view) for measure in COMPUTED for view in measure.views],
    ids=lambda one: getattr(one, "name", one),
    scope="module",  # one at a time, for all rules of this file
)


def test_there_are_measures():
    assert len(MEASURES) >= 6


@EVERY_MEASURE
def test_the_card_says_in_both_languages_what_is_measured_why_and_what_it_cannot_tell(measure):
    assert measure.cannot_tell
    for words in (measure.title, measure.what, measure.why, *measure.cannot_tell):
        assert words["en"].strip()
        assert re.search(r"[\u4e00-\u9fff]", words["zh"])


@EVERY_MEASURE
def test_the_dataset_its_variables_and_the_views_exist(measure, shelf):
    source = shelf.cards[measure.dataset]
    assert measure.kind in KINDS
    assert measure.views
    assert set(measure.views) <= set(VIEWS)
    if measure.kind != "statements":
        assert {measure.numerator or measure.variable, measure.denominator or measure.variable} - {""} <= set(
            source.variables
        )


@EVERY_MEASURE
def test_somebody_answers_for_the_card_and_reviews_it_in_the_future(measure):
    assert measure.written_by.strip()
    year, month = map(int, measure.next_review.split("-"))
    assert date(year, month, 1) > TODAY


@EVERY_MEASURE
def test_the_card_does_not_decide_for_the_reader_what_is_good(measure):
    assert measure.lower_is_better == ""


@EVERY_MEASURE
def test_the_default_category_exists(measure, shelf):
    if measure.kind != "statements":
        assert shelf.table(measure.dataset).has(category=measure.default_category)
        assert measure.default_category in shelf.table(measure.dataset).categories


@EVERY_MEASURE
def test_a_rate_says_by_whom_how_many_and_how_old_the_residents_may_be(measure, shelf):
    if {"rate", "rolling_rate"} & set(measure.views):
        assert measure.rate["variable"] in shelf.cards[measure.rate["dataset"]].variables
        assert measure.rate["per"] in (1_000, 100_000)
        assert measure.rate["oldest_months"] <= 24


@EVERY_VIEW
def test_the_measure_computes_for_every_area_of_its_place(measure, view, shelf):
    place = shelf.places[shelf.cards[measure.dataset].place]
    table = shelf.table(measure.dataset)
    areas = tuple(code for code in table.areas if code not in {spare.code for spare in place.unallocated})
    made = compute(Query(place.id, measure.name, areas, measure.default_category, view), shelf)
    values, statuses = made.table["value"].to_numpy(), made.table["status"].to_numpy()
    assert len(values) == len(areas) * len(table.periods)
    assert np.isfinite(values).any()
    assert np.array_equal(np.isnan(values), np.isin(statuses, WITHOUT_VALUE))
    assert not np.isinf(values).any()
    assert not (values < 0).any()


@pytest.mark.parametrize(
    "measure", [measure for measure in MEASURES if measure.kind == "statements"], ids=lambda measure: measure.name
)
def test_every_indicator_of_statements_has_statements(measure, shelf):
    listed = indicators_of(shelf, measure.dataset)
    assert listed
    place = shelf.cards[measure.dataset].place
    for code in listed:
        assert len(statements(shelf, measure.dataset, place, code).table)
