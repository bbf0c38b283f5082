"""The page of all places: what each has, how fresh and in which grain."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from language import capital, period_name
from language.numbers import written_date
from language.sentences.fact_phrases import area_words
from layout.frame.blocks import Fold, Table, paragraph
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from loaders import Place
from measures.about.subjects import Subject, newest, subjects
from routes.addresses import page_address


def place_table(reader: Reader, places: Sequence[Place]) -> Table:
    """One row for each place."""
    say = reader.say
    heads = [say("Place"), say("Areas"), say("Subjects"), say("By area"), say("Newest figure ends")]
    return table(heads, [_row(reader, place) for place in places], say("All places"), numeric=range(2, 4), size="long")


def _row(reader: Reader, place: Place) -> tuple[str | Markup, ...]:
    say, known = reader.say, subjects(reader.shelf, place.id)
    return (
        _way(reader, place, "home", say.pick(place.name)),
        say("{count} {areas}", count=len(place.areas), areas=say.pick(place.areas_word)),
        f"{len(known)}",
        f"{sum(subject.areas > 0 for subject in known)}",
        written_date(newest(known), say) or say("no dated figure"),
    )


def subjects_of(reader: Reader, place: Place) -> Fold:
    """A place's subjects, to open: from when to when, at which grain, by whom."""
    say = reader.say
    heads = [say("Subject"), say("From"), say("To"), say("Counted by"), say("By area"), say("Published by")]
    rows = [_subject(reader, place, subject) for subject in subjects(reader.shelf, place.id)]
    title = say("What {place} has", place=area_words(place.name, say))
    return Fold(title, (paragraph(say.pick(place.intro)), table(heads, rows, title, numeric=TEXT, size="long")))


def _subject(reader: Reader, place: Place, subject: Subject) -> tuple[str | Markup, ...]:
    say = reader.say
    return (
        _way(reader, place, "trends", say.pick(subject.card.title), measure=subject.card.name),
        period_name(subject.first, say) if subject.first else "",
        period_name(subject.last, say) if subject.last else "",
        capital(grain_words(subject.frequency, reader)),
        say("{count} of {total}", count=subject.areas, total=len(place.areas))
        if subject.areas
        else say("whole place only"),
        say.pick(subject.publisher),
    )


def grain_words(frequency: str, reader: Reader) -> str:
    """By what the figures are counted: by month."""
    say = reader.say
    return {
        "month": say("month"),
        "quarter": say("quarter"),
        "half": say("half-year"),
        "year": say("year"),
        "week": say("week"),
        "fiscal_year": say("financial year"),
        "school_year": say("academic year"),
        "year_to_date": say("year to date"),
        "statements": say("single statement"),
    }[frequency]


def _way(reader: Reader, place: Place, page: str, words: str, **asked: str) -> Markup:
    return link(page_address(page, {"lang": reader.say.code, "place": place.id, **asked}), words)
