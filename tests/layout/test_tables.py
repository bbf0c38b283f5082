"""Tables show what the figures are: a true zero stays zero, no status becomes a number, and text cannot become markup."""

import numpy as np
import pytest
from markupsafe import Markup

from language import LANGUAGES, translator
from layout.frame.tables import cell, table
from measures.figures.compute import Query, compute
from tests.drawn import drawn


@pytest.fixture(scope="module")
def homicides(shelf):
    return compute(Query("london", "recorded_crime", ("E09000002",), "homicide", "count"), shelf)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_true_zero_reads_zero_and_a_missing_figure_its_letter(homicides, code):
    say = translator(code)
    assert cell(homicides, 0.0, "", say) == "0"
    assert cell(homicides, np.nan, "x", say) == "[x]"
    assert cell(homicides, np.nan, "c", say) == "[c]"
    assert cell(homicides, 3.0, "p", say) == "3 [p]"


def test_what_a_publisher_wrote_cannot_become_markup():
    markup = drawn(
        table, ["<i>", "b"], [["<script>alert(1)</script>", "<b>1</b>"], ["a", Markup("<u>1</u>")]], '"><script>'
    )
    assert "<script>" not in markup and "<b>" not in markup and "<i>" not in markup
    assert "<u>1</u>" in markup, "what the site itself wrote is left as it is"
