"""The verdict in the file is the verdict on the screen (rule 13): same key, same words, same limits."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from language import LANGUAGES, translator
from language.verdicts import verdict_word, why_words
from measures.about.false_alarms import false_alarms, kind_of
from measures.figures.change_verdict import TESTED
from measures.figures.compute import Query, compute

VIEWS = [
    ("recorded_crime", "recorded_crime", "theft", "E09000007", view)
    for view in ("count", "rate", "rolling", "rolling_rate", "index", "adjusted")
]
CASES = [
    *VIEWS,
    ("road_casualties", "road_casualties", "", "E09000001", "count"),
    ("digital_take_up", "online_uptake", "licence_renewals", "", "share"),
]


@pytest.mark.parametrize(("dataset", "measure", "category", "area", "view"), CASES)
def test_the_file_holds_the_verdict_of_the_page(dataset, measure, category, area, view, get, shelf):
    asked = "".join(f"&{name}={value}" for name, value in (("category", category), ("area", area)) if value)
    answer = get(f"/data/london/{dataset}/latest.csv?measure={measure}&view={view}{asked}")
    assert answer.status_code == 200
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
    made = compute(Query("london", measure, (area or shelf.table(dataset).areas[0],), category, view), shelf)
    for line in made.table.itertuples():
        row = rows[line.period]
        assert row["verdict_code"] == line.verdict
        for code in LANGUAGES:
            assert row[f"verdict_{code}"] == verdict_word(line.verdict, translator(code))
            assert row[f"why_{code}"] == why_words(line.why, translator(code))
        for name in ("before", "change", "change_low", "change_high"):
            assert (row[name] == "") == bool(np.isnan(getattr(line, name)))
            if row[name]:
                assert float(row[name]) == pytest.approx(getattr(line, name), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("dataset", "measure", "category", "area", "view"), CASES)
def test_a_file_says_how_often_its_verdicts_are_false_and_one_without_verdicts_says_nothing(
    dataset, measure, category, area, view, get, shelf
):
    about = get(f"/data/london/{dataset}/latest.csv-metadata.json?measure={measure}&view={view}").json()
    found = _block(about)
    if not (view in TESTED and shelf.measures[measure].judges(view)):
        assert found is None
        return
    rates, kind = false_alarms(), kind_of(shelf.cards[dataset].latest.last, view)
    assert found == {"mean": rates.mean[kind], "worst": rates.worst[kind], "measured": str(rates.date)}


def _block(about):
    """The block on false alarms, wherever a description has it."""
    if isinstance(about, dict):
        return about.get("false_alarms") or next(filter(None, map(_block, about.values())), None)
    return next(filter(None, map(_block, about)), None) if isinstance(about, list) else None
