"""What stands in the parts of a comparison, and beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from layout.compare.choice import Comparison
from layout.compare.result import Drawn, change_between, comparison_file, comparison_notes, comparison_table
from layout.frame.blocks import Block, Blocks, Fold, gathered, note
from layout.frame.downloads import downloads
from layout.frame.figure import parts
from layout.frame.footer import about_figures
from layout.frame.glossary import terms
from layout.frame.reader import Reader

FIRST = ("measure", "category", "area")  # the choices that stand in the open


def parts_of_comparison(
    asked: Comparison, drawn: Drawn, answered: Iterable[Block], how: str, reader: Reader, about: Iterable[Block]
) -> dict:
    """The strip of all areas and the dots, after an answer that says more than yes, which stands beside them; the
    figures; the files; how all this is to be read."""
    card, file = asked.measure.card, comparison_file(asked, how)
    notes = note(comparison_notes(reader, asked), reader.say("About this chart"))
    return parts(
        reader,
        chart=[*(() if how == "draw" else answered), *drawn.blocks],
        table=tuple(comparison_table(reader, asked)) if drawn.blocks else (),
        download=downloads(reader, file, drawn.charts) if drawn.blocks else (),
        about=(notes, terms(reader, card, asked.measure), *about, *about_figures(reader, [card])),
    )


def beneath(asked: Comparison, how: str, reader: Reader) -> Iterator[Block]:
    """Is the change of two periods real?"""
    if how != "decline":
        yield from change_between(reader, asked)


def more_than_chance(funnel: Blocks, reader: Reader) -> Iterator[Block]:
    """The funnel, to open; nothing where areas cannot be compared with their place."""
    blocks, _ = gathered(funnel)
    if blocks:
        yield Fold(reader.say("Is the difference more than chance?"), blocks)
