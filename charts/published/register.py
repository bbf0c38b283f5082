"""How many systems were announced in each year, and for how many was the statistic that would show their effect
published?
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from charts import theme
from charts.picture import Picture
from language import Translator
from measures.about.register import MEASURED, System, by_year

# (fill, letter, ink) of each answer; the letter tells them apart without colour
DRESS = {
    "number": (theme.SEQUENTIAL[4], "n", theme.ON_HIGH),
    "change": (theme.SEQUENTIAL[2], "±", theme.ON_LOW),
    "other": (theme.SEQUENTIAL[0], "o", theme.ON_LOW),
    "none": theme.KINDS["not_published"],
}
ACROSS = 12  # squares in a line, so that a telephone shows them


def measured_words(answer: str, say: Translator) -> str:
    """What was published about a system, in words."""
    return {
        "number": say("published: a statistic that would show its effect"),
        "change": say("published: that statistic, but only as a change or in words"),
        "other": say("published: other figures about it"),
        "none": say("no figure found"),
    }[answer]


def announced(systems: tuple[System, ...], say: Translator) -> Picture | None:
    """One square for each system in the year of its first announcement, coloured by what was published about it."""
    if not systems:
        return None
    rows, years, height = [], [], 0
    for year in by_year(systems):
        here = sorted((one for one in systems if one.entry.year == year), key=lambda one: MEASURED.index(one.measured))
        years.append({"year": year_words(year, say), "line": height, "count": str(len(here))})
        rows += [_square(one, n, height, say) for n, one in enumerate(here)]
        height += max(1, -(-len(here) // ACROSS))
    told = [_told(year, counts, say) for year, counts in by_year(systems).items() if counts]
    words = say.sentences(
        [say("Systems by the year of their first announcement."), say("{clauses}.", clauses=say.clauses(told))]
    )
    return Picture(square_spec(say.code, height), {"rows": pd.DataFrame(rows), "years": pd.DataFrame(years)}, words)


def year_words(year: str, say: Translator) -> str:
    """The year of an announcement, or that none is stated."""
    return say("{year}", year=year) if year else say("not stated")


def _told(year: str, counts: dict, say: Translator) -> str:
    of = [
        say("{what}: {count}", what=measured_words(answer, say), count=counts[answer])
        for answer in MEASURED
        if counts[answer]
    ]
    return say("{year}: {count} ({of})", year=year_words(year, say), count=sum(counts.values()), of=say.joined(of))


def _square(one: System, number: int, line: int, say: Translator) -> dict:
    fill, letter, ink = DRESS[one.measured]
    return {
        "col": number % ACROSS + 1,
        "line": line + number // ACROSS,
        "fill": fill,
        "letter": letter,
        "ink": ink,
        "name": one.row[f"system_own_{say.code}"],
        "place": one.row[f"place_{say.code}"],
        "what": measured_words(one.measured, say),
    }


@cache
def square_spec(code: str, lines: int) -> dict:
    """Squares in lines, the year at the left of its first line, its number of systems beside it."""
    import altair as alt

    across = alt.X("col:O", axis=None, scale=alt.Scale(domain=list(range(-1, ACROSS + 1)), paddingInner=0.08))
    down = alt.Y("line:O", axis=None, scale=alt.Scale(domain=list(range(lines)), paddingInner=0.16))
    base = alt.Chart(alt.NamedData("rows")).encode(x=across, y=down)
    tip = [alt.Tooltip(field, title=" " * (n + 1)) for n, field in enumerate(("name:N", "place:N", "what:N"))]
    squares = base.mark_rect(cornerRadius=1, stroke=theme.MUTED, strokeWidth=0.6).encode(
        fill=alt.Fill("fill:N", scale=None), tooltip=tip
    )
    letters = base.mark_text(fontSize=10, aria=False).encode(text="letter:N", color=alt.Color("ink:N", scale=None))
    years = alt.Chart(alt.NamedData("years")).encode(y=down)
    left = years.mark_text(align="left", fontSize=12, color=theme.INK, aria=False).encode(x=alt.value(0), text="year:N")
    chart = alt.layer(squares, letters, left).properties(width="container", height=24 * lines + 16)
    return theme.dressed(chart, code, axes=False)
