"""For which districts was anything published on one subject, and for which was nothing?"""

from __future__ import annotations

import pandas as pd

from charts import theme
from charts.map_specs import tile_spec, tiles_of
from charts.picture import Picture
from language import Translator
from loaders.places.place import Area, Place
from measures.about.coverage import CoverageCell, Grid

# (fill, letter, ink); a tile with figures shows the newest year in the letter's place, with its mark before it
DRESS = {
    "number": (theme.SEQUENTIAL[2], "", theme.INK),
    "change": (theme.SEQUENTIAL[0], "", theme.INK),
    "words": (theme.PAPER, "", theme.INK),
    "c": theme.KINDS["withheld"],
    "x": theme.KINDS["not_published"],
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
        "z": say("not applicable"),
    }[kind]


def coverage_tiles(made: Grid, title: str, place: Place, chosen: str, say: Translator) -> Picture | None:
    """One tile a district: the newest year for which anything was published, or the letter of why nothing was. None
    without districts.
    """
    spots = tiles_of(place)
    rows = [_tile(made, area, spots[area.code], chosen, say) for area in place.areas if area.code in spots]
    if not rows:
        return None
    told = [say("{who}: {what}", who=row["name"], what=row["mark"]) for row in rows if not row["letter"]]
    head = say(
        "Tile map. {title}: published for {count} of {total} areas.", title=title, count=len(told), total=len(rows)
    )
    words = say.sentences([head, say("{clauses}.", clauses=say.clauses(told))] if told else [head])
    return Picture(tile_spec(say.code, max(row["row"] for row in rows) + 1), {"rows": pd.DataFrame(rows)}, words)


def _tile(made: Grid, area: Area, spot: tuple[int, int], chosen: str, say: Translator) -> dict:
    cell, years = made.totals[area.code], made.years_of(area.code)
    fill, letter, ink = DRESS[cell.kind]
    return {
        "id": area.code,
        "name": say.pick(area.name),
        "short": say.pick(area.short or area.name),
        "row": spot[0],
        "col": spot[1],
        "fill": fill,
        "ink": ink,
        "letter": letter,
        "what": MARKS.get(cell.kind, "") + (years[-1] if years else ""),
        "mark": _mark(cell, years, say),
        "size": 0.0,
        "line": theme.INK if area.code == chosen else theme.MUTED,
        "wide": 3.0 if area.code == chosen else 0.6,
    }


def _mark(cell: CoverageCell, years: tuple[str, ...], say: Translator) -> str:
    words = published_words(cell.kind, say)
    return say("{how}, {years}", how=words, years=years_words(years, say)) if years else words


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
