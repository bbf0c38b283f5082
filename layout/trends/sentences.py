"""What the figures say, in sentences: is the change real, how has it gone over several years, and a sentence to
quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from markupsafe import Markup

from charts.descriptions import side_by_side
from language.findings.headline import subject
from language.numbers import period_name
from language.sentences.change_words import change_words, limits_words
from language.sentences.fact_phrases import counted_amount
from language.sentences.figure import sentence
from language.sentences.statement import Statement, TrendFacts
from language.translator import capital
from language.trends import trend_sentence
from language.verdicts import verdict_class, verdict_word, verdict_words, why_words
from layout.frame.blocks import Block, Blocks, TakeAway, heading, paragraph
from layout.frame.reader import Reader
from layout.frame.tables import lines, table
from layout.frame.take_away import Taken, take_away
from layout.trends.series import title_of
from loaders import SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.about.statements import recent_statements, statement, trend_statement
from measures.figures.compute import Measure

YEARS = (
    5  # rows of the table of changes for each area: the latest final figure and the same period of the years before it
)


def say_change(reader: Reader, made: Measure, area: str, period: str = "") -> str:
    """The sentence on an area's latest final figure, or on that of ``period``; '' where there is no such row."""
    one = statement(made, area, period)
    return sentence(one, reader.say) if one else ""


def mark(one: Statement | TrendFacts, reader: Reader) -> Markup:
    """A verdict as it stands on a page: arrow and word, in ink where a change was found and muted where none was."""
    style, words = verdict_class(one.verdict), verdict_words(one.verdict, reader.say)
    return Markup('<span class="verdict {}">{}</span>').format(style, words)


def finding(reader: Reader, made: Measure, area: str) -> str:
    """What the figures of an area say, in a line: the verdict on its latest final figure; what is shown where there is
    none.
    """
    say, facts = reader.say, statement(made, area)
    if facts is None or not facts.tested:
        return title_of(made, reader)
    what = say.pick(facts.category) or capital(subject(facts.named, {}, facts.title, say))
    named = {"what": what, "area": say.pick(facts.area), "verdict": verdict_word(facts.verdict, say)}
    if facts.verdict == "no_clear_change":
        return say("{what}, {area}: {verdict} in a year", **named)
    return say("{what}, {area}: {verdict} in a year, {change}", change=change_words(facts, say), **named)


def is_it_real(reader: Reader, made: Measure, *, tabled: bool = True) -> Blocks:
    """For each line drawn a sentence on its latest final figure and one on its trend, and, where it is to be
    ``tabled``, a table of changes; nothing where none is tested.
    """
    say = reader.say
    said = [facts for facts in (statement(made, area) for area in made.query.areas) if facts]
    if made.card.tested and not made.card.judges(made.query.view):
        yield from _full_counts(reader, made, [facts for facts in said if isfinite(facts.now)])
        return
    spoken = [facts for facts in said if facts.why != "no_test"]
    if not spoken:
        return
    yield heading(say("Is this change bigger than usual?"))
    yield heading(say("On the same period a year before"), 3)
    yield paragraph(*(_paragraph(facts, sentence(facts, say), reader) for facts in spoken))
    if tabled:
        yield from changes_table(reader, made)
    trends = _trends(reader, made)
    if trends:
        yield heading(say("Over several years"), 3)
        yield paragraph(*(_paragraph(facts, trend_sentence(facts, say), reader) for facts in trends))


def _trends(reader: Reader, made: Measure) -> list[TrendFacts]:
    told = (trend_statement(made, area, reader.shelf) for area in made.query.areas)
    return [facts for facts in told if facts]


def _full_counts(reader: Reader, made: Measure, spoken: list[Statement]) -> Blocks:
    """The changes of shares of full counts, in points, and why no verdict stands beside them."""
    say = reader.say
    if not spoken:
        return
    yield heading(say("How large is the change?"))
    yield paragraph(
        *(sentence(facts, say) for facts in spoken),
        *(trend_sentence(facts, say) for facts in _trends(reader, made)),
        say("Part and whole are full counts, so chance has no say in the change and no verdict is given."),
    )


def changes_table(reader: Reader, made: Measure) -> Blocks:
    """The latest final figure of each line and the same period of the years before, each with its change and
    verdict; nothing where none is tested.
    """
    say, several = reader.say, len(made.query.areas) > 1
    latest = [facts for facts in (statement(made, area) for area in made.query.areas) if facts]
    if not made.card.judges(made.query.view) or not any(facts.tested for facts in latest):
        return
    told = [(area, one) for area in made.query.areas for one in recent_statements(made, area, YEARS)]
    rows = [_row(one, reader)[0 if several else 1 :] for _, one in told]
    headings = [
        say("Area"),
        say("Period"),
        say("Figure"),
        say("A year before"),
        say("Change"),
        say("95% limits of the change"),
        say("Assessment"),
    ]
    wide = headings[0 if several else 1 :]
    caption = say("Changes on the same period a year before")
    yield table(wide, rows, caption, numeric=range(len(wide) - 5, len(wide) - 1), size="changes")
    shown = {(area, one.period) for area, one in told}
    same = [cell in shown for cell in zip(made.columns["area"], made.columns["period"], strict=True)]
    yield paragraph(*side_by_side(made.table[same], made.query.view, say))


def _paragraph(one: Statement | TrendFacts, text: str, reader: Reader) -> Markup:
    return Markup("{} {}").format(mark(one, reader), text)


def _row(one: Statement, reader: Reader) -> tuple[str, ...]:
    say = reader.say
    figures = (counted_amount(one, one.now, say), counted_amount(one, one.before, say))
    why = why_words(one.why, say) if one.why != "no_test" else ""
    when = period_name(one.period, say, one.view)
    return (
        say.pick(one.area),
        when,
        *figures,
        change_words(one, say),
        limits_words(one, say),
        lines(mark(one, reader), why),
    )


def take_series(
    reader: Reader, made: Measure, title: str, charts: Mapping[str, Block], file: str, areas: Sequence[str] = ()
) -> TakeAway:
    """What is taken away from the charts of a measure. ``areas``: whose sentences are cited, those drawn where none is
    named.
    """
    sentences = [say_change(reader, made, area) for area in areas or made.query.areas]
    said = tuple(filter(None, sentences))
    return take_away(reader, Taken(title, charts, file, said, made.sources, made.query.release))


def take_figures(
    reader: Reader, title: str, area: str, figures: Sequence[tuple[MeasureCard, Measure | None]]
) -> TakeAway:
    """What is taken away from the sentences of several measures on one area."""
    measured = [made for _, made in figures if made is not None]
    sentences = tuple(filter(None, (say_change(reader, made, area) for made in measured)))
    return take_away(reader, Taken(title, sentences=sentences, sources=sources_of(measured)))


def sources_of(measured: Iterable[Measure]) -> tuple[SourceCard, ...]:
    """The datasets of several measures, each once."""
    return tuple({card.name: card for made in measured for card in made.sources}.values())
