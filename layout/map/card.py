"""What stands in the parts of a map's figure, and beneath its maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

import charts
from language.findings.facts import Finding
from layout.frame.blocks import Block, Chart, Columns, Group, note, paragraph
from layout.frame.controls import class_cuts
from layout.frame.footer import about_figures
from layout.frame.glossary import terms
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from layout.glance.area_map import BESIDE
from layout.map.funnel import funnel_period_words
from layout.map.map import class_sentences, has_rate, limits_words, map_legend
from layout.map.tiles import map_tiles
from layout.trends.series import series_notes
from measures.maps.classes import METHODS
from measures.maps.map import Mapped
from routes.addresses import page_address

BENEATH = 2  # notes that stand beneath the maps; all of them stand under About


def map_part(
    made: Mapped, rows: pd.DataFrame, both: Mapping[str, Chart], apart: Sequence[str], reader: Reader
) -> Iterator[Block]:
    """The key, and the map with its tiles beside it where there are both; the tiles are a list on a phone. ``rows``:
    those that the map draws.
    """
    yield from map_legend(made, reader, apart)
    seen, tiles = [chart for chart in both.values() if chart.seen], map_tiles(made, rows, reader)
    if seen and tiles.tiles:
        yield Columns((tuple(seen), (tiles,)), BESIDE)
    else:
        yield from (*seen, tiles)
    yield from (chart for chart in both.values() if not chart.seen)


def notes_of_map(made: Mapped, found: Finding, reader: Reader) -> tuple[Block, ...]:
    """What stands apart, in words, and what changes the reading of these very maps."""
    notes, counts = series_notes(made.measure, reader), charts.verdict_counts(made.measure, reader.say)
    final = funnel_period_words(made.funnel, reader) if made.funnel else ""
    return (Columns(((paragraph(found.paragraph, final, counts),), (note(notes[:BENEATH]),))),)


def about_map(made: Mapped, reader: Reader) -> tuple[Block, ...]:
    """How the classes are cut, every note, the words used, limits and sources."""
    say = reader.say
    return (
        paragraph(
            charts.tile_order_words(reader.place, say), limits_words(made, reader), *class_sentences(made, reader)
        ),
        *_cuts(made, reader),
        note(series_notes(made.measure, reader), say("About this map")),
        terms(reader, made.measure.card, made.measure),
        *about_figures(reader, [made.measure.card]),
    )


def _cuts(made: Mapped, reader: Reader) -> Iterator[Block]:
    """Links to the same map with its classes cut in another way; nothing where there are no classes."""
    if made.funnel or not has_rate(made):
        return
    say, usual = reader.say, METHODS[0]
    links = [
        soft_link(
            page_address("map", {**reader.chosen, "method": "" if name == usual else name, "show": ""}),
            words,
            here=name == made.method,
        )
        for name, words in class_cuts(say).items()
    ]
    yield paragraph(say("Where the map changes colour:"))
    yield Group("spans", tuple(links), label=say("Classes"))
