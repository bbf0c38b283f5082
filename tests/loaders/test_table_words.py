"""A word of the card that the reader does not know, or cannot follow, is named before anything is read."""

from __future__ import annotations

import pytest

from loaders import SourceError
from tests.loaders.invented import dataset

GOOD = {
    "frequency": "year",
    "columns": {"area": "area", "period": "year"},
    "variables": {"recorded": {"column": "recorded"}},
}
BAD = [
    ({"table": {"layout": "tall"}}, "'layout' is unknown"),
    ({"table": {"header_rows": 2}}, "a word that is not known"),
    ({"table": {"head_rows": "two"}}, "'head_rows' is of another kind"),
    ({"table": {"heads": ["period", "colour"]}}, "'heads' is unknown"),
    ({"table": {"heads": ["period", "category"], "head_rows": 3}}, "'heads' and 'head_rows' do not fit"),
    ({"table": {"layout": "crossed"}}, "'heads' is missing"),
    ({"table": {"thousands": ".", "decimal": "."}}, "'thousands' and 'decimal' are the same sign"),
    ({"table": {"period_format": "{jahr}"}}, "'period_format' has a part that is not known"),
    ({"table": {"encoding": "utf-99"}}, "'encoding' is unknown"),
    ({"table": {"marks": {"..": "missing"}}}, "the mark '..' is not explained"),
    ({"table": {"marks": {"..": 7}}}, "the mark '..' is not explained"),
    ({"table": {"marks": {"..": {"status": "x", "en": "only English"}}}}, "the mark '..' is not explained"),
    ({"geometry": {"id": "code", "colour": "red"}}, "a word that is not known"),
    ({"geometry": {"id": "code", "box": [126, 37, 127]}}, "'box' is none"),
    ({"geometry": {"id": "code", "box": [127, 37, 126, 38]}}, "'box' is none"),
    ({"frequency": "fortnight"}, "'frequency' is unknown"),
    ({"first_month": 4}, "'first_month' does not fit"),
    ({"frequency": "fiscal_year", "first_month": 13}, "'first_month' does not fit"),
]


@pytest.mark.parametrize(("change", "what"), BAD, ids=[f"{what} {number}" for number, (_, what) in enumerate(BAD)])
def test_a_word_that_cannot_be_followed_is_named(change, what, tmp_path):
    with pytest.raises(SourceError) as found:
        dataset(tmp_path, "t.csv", b"area,year,recorded\nBrook,2023,4\n", {**GOOD, **change})
    assert what in [fault.what for fault in found.value.faults]
    assert all(fault.expected and fault.found and fault.todo for fault in found.value.faults)


def test_a_split_year_begins_in_the_month_that_the_card_says(tmp_path):
    assert dataset(tmp_path, "t.csv", b"x", {**GOOD, "frequency": "fiscal_year"}).frequency == "fiscal_year-04"
    assert (
        dataset(tmp_path, "t.csv", b"x", {**GOOD, "frequency": "school_year", "first_month": 8}).frequency
        == "school_year-08"
    )
