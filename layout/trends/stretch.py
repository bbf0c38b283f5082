"""Which stretch of a series is shown: links beneath the chart, and a strip of the whole series to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

import charts
from language import period_name
from layout.frame.blocks import Block, Group, small
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from loaders import periods
from measures.about.statements import name_of
from measures.change.long_run import LongRun, long_run
from measures.figures.average_month import average_month
from measures.figures.compute import Measure, compute
from routes.addresses import page_address


def stretch_beneath(made: Measure, reader: Reader) -> Iterator[Block]:
    """The strip of the whole series, links to shorter and longer stretches of it, and where its latest year lies."""
    yield from strip_beneath(made, reader)
    yield spans_beneath(made, reader)
    yield small(long_run_words(made, reader))


def strip_beneath(made: Measure, reader: Reader) -> Iterator[Block]:
    """The whole series as a strip; whoever draws over it with a pointer chooses a stretch (routes/brush.js)."""
    say = reader.say
    ends = reader.shelf.table(made.card.dataset, made.query.release).periods
    whole = compute(replace(made.query, first=ends[0], last=ends[-1]), reader.shelf)
    if not whole.known_periods:
        return
    every = span(whole.periods, whole.known_periods)
    drawn = average_month(whole.query, reader.shelf) or whole
    strip = set(every)
    shown = tuple(period for period in made.periods if period in strip)
    title = say(
        "The whole series, {start} to {end}; shaded: what the chart shows.",
        start=period_name(every[0], say),
        end=period_name(every[-1], say),
    )
    image = charts.long_run_strip(drawn, every, shown, title)
    if not image:
        return
    style = "stretch" if shown != every else "stretch whole"
    address = page_address("trends", {**reader.state, "from": "", "to": "", "show": ""})
    track = Markup('<div class="brush" data-address="{}" data-periods="{}" data-hint="{}">{}</div>')
    hint = say("Draw across to choose a stretch of time.")
    yield Group(style, (track.format(address, " ".join(every), hint, Markup(image)),))


def span(every: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The periods from the first to the last that is known."""
    figures = set(known)
    inside = [number for number, period in enumerate(every) if period in figures]
    return every[inside[0] : inside[-1] + 1]


def spans_beneath(made: Measure, reader: Reader) -> Block:
    """Links to shorter and longer stretches of the same series, from its last period back, and to all of it."""
    say, known = reader.say, reader.shelf.table(made.card.dataset, made.query.release).periods
    words = {1: say("1 year"), 3: say("3 years"), 5: say("5 years"), 0: say("All")}
    year, end = periods.per_year(known[-1]), known.index(made.periods[-1])
    here = (made.periods[0], made.periods[-1])
    stretches = {back: (known[end - back * year], known[end]) for back in words if back and end >= back * year}
    stretches[0] = (known[0], known[-1])
    links = [
        soft_link(_address(reader, stretch, known), words[back], here=stretch == here)
        for back, stretch in stretches.items()
        if stretch != stretches[0] or not back
    ]
    return Group("spans", tuple(links), label=say("Stretch of time"))


def _address(reader: Reader, stretch: tuple[str, str], known: tuple[str, ...]) -> str:
    """The page with another stretch of time; the first and the last period of all need no words in an address."""
    first, last = ("" if chosen == end else chosen for chosen, end in zip(stretch, (known[0], known[-1]), strict=True))
    return page_address("trends", {**reader.state, "from": first, "to": last, "show": ""})


def long_run_words(made: Measure, reader: Reader) -> str:
    """Where the latest year of the line spoken of lies among the years before it; '' where too few are alike."""
    area = made.query.areas[-1] if len(made.query.areas) == 2 else made.query.areas[0]
    found = long_run(made, reader.shelf, area)
    return _in_words(found, reader.say.pick(name_of(made, area)), reader) if found else ""


def _in_words(found: LongRun, area: str, reader: Reader) -> str:
    say = reader.say
    return say(
        "Long run. {area}, {period}: above {lower} and below {higher} of the {years} years before that were counted "
        "alike.",
        area=area,
        period=period_name(found.period, say, found.view),
        lower=found.lower,
        higher=found.higher,
        years=found.years,
    )
