"""For which districts and years was anything published on one subject, and for which was nothing?"""

from __future__ import annotations

from functools import cache

import pandas as pd

from charts import theme
from charts.grammar import exact, filled, layer, template, text, words
from charts.picture import Picture
from language import Translator
from measures.about.coverage import Grid

CELLS = "cells"  # the name of the rows in the picture
STEP, AXIS = 17, 28  # pixels for each area, and for the years above them
# (fill, letter, ink)
DRESS = {
    "number": (theme.SEQUENTIAL[2], "", theme.INK),
    "change": (theme.SEQUENTIAL[0], "", theme.INK),
    "words": (theme.PAPER, "", theme.INK),
    "c": theme.KINDS["withheld"],
    "x": theme.KINDS["not_published"],
    "not_covered": theme.KINDS["not_covered"],
    "z": theme.KINDS["not_applicable"],
}


MARKS = {"number": "", "change": "±", "words": "w"}


def published_words(kind: str, say: Translator) -> str:
    """How something was published, or why there is no figure."""
    return {
        "number": say("published as a number"),
        "change": say("published as a change only"),
        "words": say("published in words only"),
        "c": say("withheld to protect people"),
        "x": say("not published"),
        "not_covered": say("not covered"),
        "z": say("not applicable"),
    }[kind]


def coverage_strip(made: Grid, title: str, names: dict[str, str], say: Translator) -> Picture | None:
    """A row for the place and each district, a cell for each year: how anything was published, or the letter of why
    nothing was. None where no statement gives a year.
    """
    rows = [_cell(made, area, year, names[area], say) for area in made.areas for year in made.years]
    if not rows:
        return None
    known = [(area, made.years_of(area)) for area in made.areas]
    told = [say("{who}: {what}", who=names[area], what=years_words(years, say)) for area, years in known if years]
    head = say(
        "Years with a figure, area by area. {title}: published for {count} of {total} areas.",
        title=title,
        count=made.districts,
        total=len(made.areas) - 1,
    )
    words = say.sentences([head, say("{clauses}.", clauses=say.clauses(told))] if told else [head])
    datasets = {CELLS: pd.DataFrame(rows)}
    return Picture(filled(coverage_spec(say.code), datasets, height=STEP * len(known) + AXIS), datasets, words)


def _cell(made: Grid, area: str, year: str, name: str, say: Translator) -> dict:
    cell = made.cells[area, year]
    fill, letter, ink = DRESS[cell.kind]
    what = published_words(cell.kind, say)
    if cell.how.total():
        what = say("{form}: {number}", form=what, number=cell.how.total())
    when = say("{year}", year=year)
    return {"id": area, "name": name, "year": year, "fill": fill, "letter": letter or MARKS[cell.kind], "ink": ink} | {
        "when": when,
        "what": what,
        "told": say("{who}: {what}", who=say("{name}, {year}", name=name, year=when), what=what),
    }


@cache
def coverage_spec(code: str) -> dict:
    """The template: areas down in the order given, years across, a cell for each, with its letter."""
    flat = {"domain": False, "ticks": False, "labelColor": theme.INK, "title": None}
    years = {"orient": "top", "labelAngle": 0, "labelOverlap": "greedy", "labelPadding": 4, **flat}
    bands = {"paddingInner": 0.08, "paddingOuter": 0}
    x = {"field": "year", "type": "ordinal", "sort": None, "axis": years, "scale": bands}
    y = {"field": "name", "type": "nominal", "sort": None, "axis": {"labelLimit": 132, **flat}, "scale": bands}
    tip = [{"field": field, "type": "nominal", "title": " " * n} for n, field in enumerate(("name", "when", "what"), 1)]
    said = {"fill": exact("fill"), "tooltip": tip, "description": text("told"), "href": text("href")}
    look = {"stroke": theme.RULE, "strokeWidth": 0.5, "aria": True}
    return template(
        [
            layer(CELLS, "rect", {"x": x, "y": y, **said}, **look),
            words(CELLS, {"x": x, "y": y, "text": text("letter"), "color": exact("ink")}, fontSize=11),
        ],
        code,
        autosize={"type": "fit", "contains": "padding"},
        padding={"left": 0, "right": 4, "top": 0, "bottom": 4},
    )


def years_words(years: tuple[str, ...], say: Translator) -> str:
    """2019, 2019 to 2024; a comma where years between are missing: 2015, 2019 to 2020."""
    spans: list[list[str]] = []
    for year in years:
        if spans and int(year) == int(spans[-1][-1]) + 1:
            spans[-1] = [spans[-1][0], year]
        else:
            spans.append([year])
    return say.joined([_span_words(span[0], span[-1], say) for span in spans])


def _span_words(first: str, last: str, say: Translator) -> str:
    start, end = (say("{year}", year=year) for year in (first, last))
    return start if first == last else say("{start} to {end}", start=start, end=end)
