"""Time on an axis is the same for every reader, and an axis names the periods that it shows."""

from __future__ import annotations

import json

from tests.field.program import Program
from tests.field.rules import read, rules_of
from tests.field.writing import text_file

rule = rules_of(15)


def chart(program: Program, *periods: str) -> dict:
    """The chart of the page of trends for a table with these periods."""
    rows = [
        ["Area", "Period", "Calls"],
        *(
            [a, one, 100 + 7 * n + at % 5]
            for at, one in enumerate(periods)
            for n, a in enumerate(("Ash", "Birch", "Cedar"))
        ),
    ]
    read(program, program.file("calls.csv", text_file(rows)))
    charts = program.page("trends", lang="en", place="mill").get("vega_lite_chart")
    assert charts, "the page has no chart"
    return json.loads(charts[0].proto.spec)


def encodings(spec) -> list[dict]:
    """Every horizontal encoding of a chart."""
    if isinstance(spec, list):
        return [one for part in spec for one in encodings(part)]
    if not isinstance(spec, dict):
        return []
    mine = [one for axis in ("x", "x2") if isinstance(one := spec.get("encoding", {}).get(axis), dict)]
    return mine + [one for part in spec.values() for one in encodings(part)]


def axes(spec: dict) -> str:
    """What the horizontal axes say of how their labels are written."""
    return json.dumps([one["axis"] for one in encodings(spec) if one.get("axis")])


def the_same_everywhere(spec: dict) -> None:
    """The layers of a chart share one scale: it is said to be UTC, or it is no scale of time at all."""
    temporal = [one for one in encodings(spec) if one.get("type") == "temporal"]
    said = {(one.get("scale") or {}).get("type") or str(one.get("timeUnit", ""))[:3] for one in temporal} - {""}
    assert not temporal or said == {"utc"}, f"{len(temporal)} encodings are in the reader's own time"


@rule
def months_lie_in_the_same_place_in_every_time_zone(program):
    the_same_everywhere(chart(program, *(f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13))))


@rule
def weeks_are_named_on_their_axis_and_the_same_everywhere(program):
    spec = chart(program, *(f"2023-W{week:02d}" for week in range(1, 31)))
    the_same_everywhere(spec)
    assert any(word in axes(spec) for word in ("%V", "%U", "week", "Week", "'W'", "-W")), axes(spec)


@rule
def quarters_are_named_on_their_axis(program):
    spec = chart(program, *(f"{year}-Q{quarter}" for year in (2022, 2023) for quarter in range(1, 5)))
    the_same_everywhere(spec)
    assert any(word in axes(spec) for word in ("%q", "quarter", "Q")), axes(spec)


@rule
def financial_years_are_named_by_both_their_years(program):
    spec = chart(program, *(f"{year}/{year % 100 + 1}" for year in range(2016, 2024)))
    the_same_everywhere(spec)
    assert "/" in axes(spec) or "%y" in axes(spec), axes(spec)


@rule
def calendar_years_have_one_label_each_and_the_same_everywhere(program):
    spec = chart(program, *map(str, range(2016, 2024)))
    the_same_everywhere(spec)
    assert "%Y" in axes(spec) or "year" in axes(spec).casefold(), axes(spec)
    assert "%b" not in axes(spec)
