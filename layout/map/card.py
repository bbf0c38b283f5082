"""What stands in the parts of a map's figure, and beneath its maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import charts
from layout.frame.blocks import Block, Columns, note, paragraph
from layout.frame.footer import about_figures
from layout.frame.glossary import terms
from layout.frame.reader import Reader
from layout.map.map import class_sentences, limits_words, map_legend
from layout.trends.series import series_notes
from measures.maps.map import Mapped

BENEATH = 2  # notes that stand beneath the maps; all of them stand under About


def map_part(made: Mapped, both: Mapping[str, Block], reader: Reader) -> Iterator[Block]:
    """The key, and the map with its tiles beside it where there are both."""
    yield from map_legend(made, reader)
    if len(both) > 1:
        yield Columns(tuple((chart,) for chart in both.values()))
    else:
        yield from both.values()


def notes_of_map(made: Mapped, reader: Reader) -> tuple[Block, ...]:
    """What the maps do not say by themselves, and what changes the reading of these very maps."""
    found, notes = class_sentences(made, reader), series_notes(made.measure, reader)
    said = [*found[:1], charts.verdict_counts(made.measure, reader.say)]
    return (Columns(((paragraph(*said),), (note(notes[:BENEATH]),))),)


def about_map(made: Mapped, reader: Reader) -> tuple[Block, ...]:
    """How the classes are cut, every note, the words used, limits and sources."""
    say = reader.say
    return (
        paragraph(
            charts.tile_order_words(reader.place, say), limits_words(made, reader), *class_sentences(made, reader)[1:]
        ),
        note(series_notes(made.measure, reader), say("About this map")),
        terms(reader, made.measure.card, made.measure),
        *about_figures(reader, [made.measure.card]),
    )
