"""Every spec that a chart begins from is valid by the schema of Vega-Lite: readers do not wait for that check."""

from __future__ import annotations

import altair as alt
import pytest
from jsonschema import ValidationError

from language import LANGUAGES
from layout.frame.reader import address_of
from layout.sheets import sheet_of

VIEWS = {
    "trends": ({}, {"view": "adjusted"}, {"measure": "road_casualties"}, {"measure": "online_uptake"}),
    "map": ({}, {"method": "differs"}, {"measure": "road_casualties"}),
    "compare": ({},),
    "district": ({},),
}
STATES = [(page, {"place": "london", **state}) for page, states in VIEWS.items() for state in states]
STATES += [("trends", {"place": "shanghai"}), ("map", {"place": "shanghai"})]


@pytest.mark.in_turn(12)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("page", "state"), STATES, ids=str)
def test_a_spec_is_valid(page, state, code, shelf):
    charts = list(sheet_of(address_of(page, [("lang", code), *state.items()]), shelf).charts)
    assert charts or page == "compare"
    for chart in charts:
        alt.Chart.from_dict(chart.picture.spec, validate=True)


def test_the_check_finds_what_is_wrong(shelf):
    spec = next(sheet_of(address_of("trends", [("place", "london")]), shelf).charts).picture.spec
    with pytest.raises(ValidationError):
        alt.Chart.from_dict({**spec, "height": {"step": "wide"}}, validate=True)
