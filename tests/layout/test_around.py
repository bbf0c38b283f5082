"""What stands around the lines of a series: other areas only where any size lies on one scale, few, and never ranked."""

from __future__ import annotations

import pytest

from layout.frame.reader import Reader, address_of, reader_of
from layout.trends.around import MOST, NEAREST, around_of, others_of
from measures.figures.compute import Query, compute

CAMDEN, HACKNEY = "E09000007", "E09000012"


def reader_at(place: str, shelf) -> Reader:
    return reader_of(address_of("trends", [("lang", "en"), ("place", place)], None, ""), shelf)


def crime(shelf, view: str, *areas: str):
    return compute(Query("london", "recorded_crime", ("E12000007", *areas), "all", view), shelf)


@pytest.fixture
def reader(shelf):
    return reader_at("london", shelf)


@pytest.mark.parametrize("view", ["count", "rolling", "adjusted"])
def test_amounts_have_no_other_areas_behind_them(shelf, reader, view):
    assert others_of(crime(shelf, view, CAMDEN), reader) is None


def test_without_a_chosen_area_there_are_none(shelf, reader):
    assert others_of(crime(shelf, "rate"), reader) is None


@pytest.mark.parametrize("chosen", [(CAMDEN,), (CAMDEN, HACKNEY)])
def test_they_are_the_nearest_few_none_of_them_chosen_and_none_whose_rate_misleads(shelf, reader, chosen):
    made = crime(shelf, "rate", *chosen)
    around = around_of(made, reader)
    shown = set(around.context.query.areas)
    misled = {area for group in made.place.residents_misleading for area in group["areas"]}
    assert 0 < len(shown) <= NEAREST and not shown & {*chosen, *misled, made.place.code}
    assert around.context.query.view == around.average.query.view, "averages stand behind averages"


def test_where_no_place_says_who_is_alike_all_others_stand_there_if_they_are_few(shelf):
    reader = reader_at("taiwan", shelf)
    card = shelf.measures["tw_offender_rate"]
    table = shelf.table(card.dataset)
    areas = tuple(area.code for area in reader.place.areas if table.has(area=area.code))
    made = compute(Query("taiwan", card.name, areas[:1], card.default_category, "count"), shelf)
    others = others_of(made, reader)
    assert set(others.query.areas) == set(areas[1:]) and len(others.query.areas) * len(made.periods) <= MOST
