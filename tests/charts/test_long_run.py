"""The strip of a whole series: a stroke for each unbroken stretch, a rule at each cut, and the stretch shown shaded."""

from __future__ import annotations

import re
from urllib.parse import unquote

import numpy as np
import pytest

from charts import long_run_strip
from charts.lines.trend_rows import stretches_of
from measures.figures.average_month import average_month
from measures.figures.compute import Query, compute

LONDON, CAMDEN, HILLINGDON = "E12000007", "E09000007", "E09000017"


def whole(shelf, areas=(LONDON, HILLINGDON), category="all"):
    return compute(Query("london", "recorded_crime", areas, category, "count"), shelf)


def strokes(image: str) -> list[str]:
    return [path for path in re.findall(r'<path d="([^"]+)" fill="none"', unquote(image))]


@pytest.mark.parametrize("category", ["all", "burglary_residential"])
@pytest.mark.parametrize("averaged", [False, True])
def test_a_line_stops_at_every_cut_and_gap_and_no_stroke_reaches_over_one(shelf, category, averaged):
    made = whole(shelf, category=category)
    made = average_month(made.query, shelf) if averaged else made
    drawn = strokes(long_run_strip(made, made.periods, made.periods, ""))
    parts = 0
    for area in made.query.areas:
        known = np.isfinite(made.columns["value"][made.rows(area)])
        table = {name: values[made.rows(area)][known] for name, values in made.columns.items()}
        parts += len(set(stretches_of(made, table)))
    assert len(drawn) == parts
    cuts = [made.periods.index(cut.at) for cut in made.breaks if cut.effect == "cut" and cut.touches(LONDON, category)]
    for path in drawn:
        x = [int(point) for point in re.findall(r"[ML](\d+) ", path)]
        assert x == list(range(x[0], x[-1] + 1)), "no gap is drawn over"
        assert not any(x[0] < cut <= x[-1] for cut in cuts)


def test_the_stretch_shown_is_shaded_where_it_is_not_all(shelf):
    made = whole(shelf)
    assert "var(--panel" not in unquote(long_run_strip(made, made.periods, made.periods, ""))
    some = unquote(long_run_strip(made, made.periods, made.periods[24:60], ""))
    assert 'd="M24 0V44H59V0Z" fill="var(--panel' in some


def test_of_fewer_than_three_figures_there_is_no_strip(shelf):
    made = compute(Query("london", "recorded_crime", (CAMDEN,), "all", "count", "2026-05"), shelf)
    assert long_run_strip(made, made.periods, made.periods, "") == ""


def test_its_words_cannot_end_the_image(shelf):
    made = whole(shelf)
    image = long_run_strip(made, made.periods, made.periods, '"><script>')
    assert "<script" not in image and image.count("<img") == 1
