"""The map that opens a page: a place's first figures by area, each area a link to its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import charts
from charts import theme
from charts.areas.figure_dress import class_dress, few, kinds_of
from charts.descriptions import value_words
from language import Translator, period_name
from layout.frame.blocks import Block, Box, Columns, boxes, heading, in_brackets, picture, small
from layout.frame.controls import short_names
from layout.frame.footer import stale_words
from layout.frame.links import district_links
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from layout.frame.take_away import Taken, take_away
from layout.glance.told import is_past
from layout.trends.series import areas_file, names_of
from loaders import SourceError
from loaders.cards.measure_card import MeasureCard
from measures.figures.compute import Query, published_rate
from measures.figures.units import unit_words
from measures.maps.classes import METHODS
from measures.maps.funnel import funnel_possible, latest_final
from measures.maps.map import Mapped, mapped
from routes.addresses import page_address
from routes.boundaries import boundaries_address

NAMED = 3  # areas of the last class
BESIDE = (3, 5)  # how wide a map is, and its tiles


@dataclass(frozen=True)
class AreaMap:
    """The first figures of a place that fill a map: its heading and key, the map, tiles of the same figures, what is
    taken away (of the map, of both). ``words``: those of its picture."""

    made: Mapped
    above: tuple[Block, ...]
    map: Block
    tiles: Block | None
    beneath: tuple[Block, ...]
    beneath_both: tuple[Block, ...]
    words: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The map alone, for half a page."""
        return (*self.above, self.map, *self.beneath)

    @property
    def whole(self) -> tuple[Block, ...]:
        """The map with its tiles beside it, for a whole page."""
        if not self.tiles:
            return self.blocks
        return (*self.above, Columns(((self.map,), (self.tiles,)), BESIDE), *self.beneath_both)


def area_map(reader: Reader) -> AreaMap | None:
    """The first rate of a place as a map, figures of today before older ones; None where nothing is published by
    area."""
    cards = [reader.shelf.measures[name] for name in reader.place.measures]
    known = [card for card in cards if card.kind != "statements" and _by_area(reader, card)]
    best = sorted(known, key=lambda card: (is_past(reader, card), _counted(reader, card)))
    return _drawn(reader, best[0]) if best else None


def _counted(reader: Reader, card: MeasureCard) -> bool:
    return card.map_view == "count" and not published_rate(card, reader.shelf.cards[card.dataset])


def _by_area(reader: Reader, card: MeasureCard) -> bool:
    try:
        table = reader.shelf.table(card.dataset)
    except SourceError:
        return False
    return reader.shelf.working(card.name) and sum(table.has(area=area.code) for area in reader.place.areas) > 1


def _drawn(reader: Reader, card: MeasureCard) -> AreaMap:
    query = Query(reader.place.id, card.name, (), card.default_category, card.map_view)
    last = latest_final(query, reader.shelf) if funnel_possible(query, reader.shelf) else ""
    made = mapped(
        Query(reader.place.id, card.name, (), card.default_category, card.map_view, "", last), METHODS[0], reader.shelf
    )
    say, names = reader.say, names_of(reader, card)
    short = short_names(reader)
    geometry = boundaries_address(reader.shelf, reader.place.id)
    drawn, tiled, words = charts.pictures(made, charts.map_rows(made, names, "", say), names, geometry, short, say)
    state = {**reader.site_state, "measure": card.name, "to": made.period}
    span = period_name(made.period, say, made.measure.query.view)
    node = made.measure.sources[0].tree.nodes.get(query.category)
    what = say.pick(card.title) + (f" · {say.pick(node.name)}" if node and node.level != "all" else "")
    title = say("{what}, {period}", what=what, period=span)
    links = district_links(reader)
    chart = picture(drawn or tiled, "map" if drawn else "tiles", links)
    tiles = picture(tiled, "tiles", links) if drawn and tiled else None
    about = [
        f"{say.pick(reader.place.name)}{say(': ')}{unit_words(made.measure, say)}",
        stale_words(reader.shelf.cards[card.dataset], reader) if is_past(reader, card) else "",
    ]
    file = areas_file(made.measure, list(made.table["area"]), made.period)
    away, both = (
        take_away(reader, Taken(title, pictures, file, sources=made.measure.sources))
        for pictures in ({"": chart}, {say("Map"): chart, say("Tiles"): tiles or chart})
    )
    way = small(soft_link(page_address("map", state), say("The map with all its choices")))
    above = (heading(title, 2), small(*about), *class_key(made, reader))
    return AreaMap(made, above, chart, tiles, (away, way), (both, way), words)


def class_key(made: Mapped, reader: Reader, apart: Sequence[str] = ()) -> Iterator[Block]:
    """A labelled box for each class that areas fall in, then every kind of no figure that occurs; for circles what the
    largest stands for, and no classes where each area is named with its figure. ``apart``: the areas that stand apart.
    """
    say = reader.say
    if made.measure.counted or made.measure.query.view == "index":
        largest = value_words(made.measure, made.table["value"].max(), say)
        yield small(say("The largest circle stands for {number}.", number=largest))
        return
    classes = [] if few(made) else class_boxes(made, reader, apart)
    if few(made):
        yield small(say("Each area is named with its figure; the darker, the more."))
    if labelled := [*classes, *kind_boxes(made, reader)]:
        yield boxes(labelled, reader, in_brackets(reader))


def class_boxes(made: Mapped, reader: Reader, apart: Sequence[str]) -> Iterator[Box]:
    """A box for each class that areas fall in, the lowest first; the last one is open. Where all of its few areas stand
    apart from the rest it names them.
    """
    say, names, lower, classed = reader.say, names_of(reader, made.measure.card), None, list(_classed(made))
    for number, upper in enumerate(made.bounds):
        top = value_words(made.measure, upper, say)
        inside = [area for area, class_, kind in classed if class_ == number and not kind]
        words = say("up to {top}", top=top) if lower is None else say("over {low} to {top}", low=lower, top=top)
        if lower is not None and number == len(made.bounds) - 1:
            words = say("over {low}", low=lower)
            if len(inside) <= NAMED and set(inside) <= set(apart):
                words += say(": ") + say.joined([names[area] for area in inside])
        if upper > 0 and inside:
            yield class_dress(number), words, len(inside)
        lower = top


def _classed(made: Mapped) -> Iterator[tuple[str, int, str]]:
    """Area, class and kind of each row of a map."""
    return zip(made.columns["area"], made.columns["class_"], kinds_of(made), strict=True)


def kind_boxes(made: Mapped, reader: Reader) -> Iterator[Box]:
    """A box for a zero and for each kind of no figure that occurs."""
    kinds = kinds_of(made)
    for kind, dress in theme.KINDS.items():
        if kind in kinds:
            yield dress, kind_words(kind, reader.say), kinds.count(kind)


def kind_words(kind: str, say: Translator) -> str:
    """A zero and each kind of no figure, named."""
    return {
        "zero": say("zero"),
        "withheld": say("withheld to protect people"),
        "not_published": say("not published"),
        "not_covered": say("not covered"),
        "not_yet_published": say("not yet published"),
        "not_applicable": say("not applicable"),
        "no_such_area": say("no such area then"),
        "cannot_say": say("cannot say"),
    }[kind]
