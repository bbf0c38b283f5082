"""What stands in the parts of a series' figure, and beside its chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from layout.frame.blocks import Block, Table, note, paragraph
from layout.frame.footer import about_figures
from layout.frame.glossary import terms
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import series_table
from layout.trends.comparable_types import comparable_types
from layout.trends.revisions import first_published, fresh_notes, release_words
from layout.trends.season import method_words
from layout.trends.sentences import changes_table, facts_beside
from layout.trends.series import file_of, names_of, series_notes, single_period_words
from measures.figures.compute import Measure

BESIDE = 2  # notes that stand beside the chart; the others stand under About


def margin_of(made: Measure, reader: Reader) -> tuple[Block, ...]:
    """Beside the chart: the latest figures, and what changes the reading of this very picture."""
    notes = [single_period_words(made, reader), method_words(made, reader), *series_notes(made, reader)]
    return (
        facts_beside(reader, made),
        paragraph(*release_words(made, reader)),
        note([text for text in notes if text][:BESIDE]),
    )


def tables_of(made: Measure, reader: Reader) -> tuple[Block, ...]:
    """The figures drawn, the newest first, and the changes of the years before."""
    return (*_with_rest(made, reader), *changes_table(reader, made))


def _with_rest(made: Measure, reader: Reader) -> Iterator[Block]:
    file = link(file_of(made), "CSV", download=True)
    rest = Markup("{} {}").format(reader.say("The older periods are in the file:"), file)
    for block in series_table(made, names_of(reader, made.card), reader):
        yield replace(block, rest=rest) if isinstance(block, Table) else block


def about_series(made: Measure, reader: Reader) -> tuple[Block, ...]:
    """Every note, what a release said first, which types can be compared, the words used, limits and sources."""
    say = reader.say
    notes = [*series_notes(made, reader), *fresh_notes(made, reader)]
    return (
        note(notes, say("About this chart")),
        *first_published(made, reader),
        comparable_types(made, reader),
        terms(reader, made.card, made),
        *about_figures(reader, [made.card]),
    )
