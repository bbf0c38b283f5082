"""What stands beside the sentences on an area: where it lies, how many live there, and which are most like it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

import charts
from language import period_name, whole
from layout.district.similar import similar_chips
from layout.frame.blocks import Block, Group, small
from layout.frame.reader import Reader
from routes.boundaries import boundaries_address


def beside_area(reader: Reader, area: str) -> Iterator[Block]:
    """The locator map, the residents, and the areas most like it."""
    say = reader.say
    name = say.pick(next(known.name for known in reader.place.areas if known.code == area))
    shown = boundaries_address(reader.shelf, reader.place.id)
    title = say("Where {area} lies in {place}", area=name, place=say.pick(reader.place.name))
    image = charts.locator(reader.shelf.outlines(reader.place.id) if shown else "", area, title)
    if image:
        yield Group("locator", (Markup(image),))
    yield small(residents_words(reader, area))
    yield from similar_chips(reader, area)


def residents_words(reader: Reader, area: str) -> str:
    """'Residents: 218,049 (2024)'; '' where no residents of the area are published."""
    say = reader.say
    for card in (reader.shelf.measures[name] for name in reader.place.measures):
        if not card.rate or not reader.shelf.working(card.name):
            continue
        safe = reader.shelf.table(card.rate["dataset"])
        if not safe.has(area=area):
            continue
        line = safe.series(card.rate["variable"], safe.categories[0], area)
        known = [n for n, value in enumerate(line.values) if value > 0]
        if known:
            period = period_name(safe.periods[known[-1]], say)
            return say("Residents: {number} ({period})", number=whole(line.values[known[-1]], say), period=period)
    return ""
