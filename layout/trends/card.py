"""What stands in the parts of a series' figure, and beside its chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from charts.lines.marked_dates import told_dates
from language import period_name
from language.numbers import written_date
from layout.frame.blocks import Block, Listing, Table, note, paragraph
from layout.frame.footer import about_figures
from layout.frame.glossary import terms
from layout.frame.markup import link, outward
from layout.frame.reader import Reader
from layout.frame.tables import series_table
from layout.trends.comparable_types import comparable_types
from layout.trends.latest_facts import facts_beside
from layout.trends.revisions import first_published, fresh_notes, release_words
from layout.trends.season import method_words
from layout.trends.sentences import changes_table
from layout.trends.series import file_of, names_of, series_notes, single_period_words
from measures.figures.average_month import average_month
from measures.figures.compute import Measure

DAY = 10  # letters of a day
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
    rest = Markup("{}{}{}").format(
        reader.say("The older periods are in the file:"), reader.say.language.sentence_gap, file
    )
    for block in series_table(made, names_of(reader, made.card), reader, average_month(made.query, reader.shelf)):
        yield replace(block, rest=rest) if isinstance(block, Table) else block


def about_series(made: Measure, reader: Reader) -> tuple[Block, ...]:
    """Every note, what a release said first, which types can be compared, the words used, limits and sources."""
    say = reader.say
    notes = [*series_notes(made, reader), *fresh_notes(made, reader)]
    return (
        note(notes, say("About this chart")),
        marked_days(made, reader),
        *first_published(made, reader),
        comparable_types(made, reader),
        terms(reader, made.card, made),
        *about_figures(reader, [made.card]),
    )


def marked_days(made: Measure, reader: Reader) -> Listing:
    """What the chart marks by its day, each a link to the page that says so."""
    say = reader.say
    told = [(one.when, say.pick(one.words), one.url) for one in told_dates(made)]
    told += [(cut.at, say.pick(cut.short), cut.url) for cut in made.breaks if cut.url]
    items = [
        Markup("{}{}{}").format(
            period_name(when, say) if len(when) < DAY else written_date(when, say), say(": "), outward(url, words)
        )
        for when, words, url in sorted(told)
    ]
    return Listing(tuple(items), say("Dates marked on the chart, and where they are from:"))
