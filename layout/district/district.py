"""What is said of one area: which figures speak of it, in sentences, in rows, and what is missing and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

from charts.descriptions import one_in_how_many
from language import LANGUAGES, decimal
from language.numbers import per_words
from language.sentences.fact_phrases import area_words
from language.sentences.figure import per_residents, sentence
from layout.frame.blocks import Blocks, Fold, Group, Paragraph, heading, lead, note, paragraph, small
from layout.frame.controls import area_names
from layout.frame.footer import about_figures, short_foot
from layout.frame.reader import Reader
from layout.frame.tables import statement_table
from layout.glance.rows import ended, hidden, row
from layout.glance.told import Told, is_past, told_of
from layout.trends.series import whole_of
from loaders import SourceError
from loaders.cards.measure_card import MeasureCard
from measures.claims.collection import claims_table, indicators_of, statements
from measures.figures.compute import compute

SAID = 3  # of what is missing, in the open
CONTEXT = "context"  # the domain of measures that say nothing about safety


@dataclass(frozen=True)
class OfArea:
    """``told``: the measures that have a figure of the area, those of today before those long past; ``silent``: those
    that have it and cannot be shown."""

    area: str
    told: tuple[Told, ...]
    silent: tuple[MeasureCard, ...]

    @property
    def first(self) -> Told | None:
        """The measure that the page speaks of first: one about safety, of today if there is one."""
        return next((one for one in self.told if one.card.domain != CONTEXT), next(iter(self.told), None))

    @property
    def safety_first(self) -> list[Told]:
        """The figures, those about safety before all others."""
        return sorted(self.told, key=lambda one: one.card.domain == CONTEXT)

    @property
    def cards(self) -> list[MeasureCard]:
        """The measures that have a figure of the area."""
        return [one.card for one in self.told]


def figures_of(reader: Reader, area: str) -> OfArea:
    """The latest final figure of an area in each measure that is broken down by area."""
    told, silent = [], []
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        if card.kind == "statements":
            continue
        try:
            if reader.shelf.table(card.dataset).has(area=area):
                told.append(told_of(reader, card, card.default_category, area))
        except SourceError:
            silent.append(card)
    known = sorted((one for one in told if one), key=lambda one: is_past(reader, one.card))
    return OfArea(area, tuple(known), tuple(silent))


def local_name(reader: Reader, name: Mapping[str, str]) -> Paragraph:
    """What an area is called at home, for readers of another language."""
    local = reader.place.local
    if not local or local == reader.say.code or name[local] == reader.say.pick(name):
        return paragraph()
    return small(Markup('<span lang="{}">{}</span>').format(LANGUAGES[local].tag, name[local]))


def sentences_on(reader: Reader, found: OfArea) -> Group:
    """The verdict on the first figure, and what it comes to per resident."""
    say, first = reader.say, found.first
    texts = [sentence(first.facts, say), *_rate(reader, first)] if first else []
    return Group("told", tuple(Markup("<p>{}</p>").format(text) for text in texts if text))


def how_often_false(reader: Reader, found: OfArea) -> Paragraph:
    """How often such verdicts are false."""
    return small(one_in_how_many([one.made for one in found.told], reader.say))


def _rate(reader: Reader, told: Told) -> list[str]:
    """The same figure per resident, beside that of the whole place."""
    card, area, period = told.card, told.made.query.areas[0], told.facts.period
    if not card.rate or "rolling_rate" not in card.views:
        return []
    query = replace(told.made.query, areas=(reader.place.code, area), view="rolling_rate", first=period, last=period)
    rated = compute(query, reader.shelf)
    own, city = (float(rated.line(code)["value"].iloc[-1]) for code in (area, reader.place.code))
    if not np.isfinite([own, city]).all():
        return []
    say = reader.say
    return [
        per_residents(
            decimal(own, say), per_words(rated.per, say), say.pick(reader.place.whole), decimal(city, say), say
        )
    ]


def other_series(reader: Reader, found: OfArea) -> Blocks:
    """The other measures of today as rows; those long past open beneath."""
    say, first = reader.say, found.first
    others = [one for one in found.told if one is not first and one.card.domain != CONTEXT]
    rows = [row(one, reader) for one in others if not is_past(reader, one.card)]
    rows += [hidden(say.pick(card.title), reader) for card in found.silent]
    past = [one for one in others if is_past(reader, one.card)]
    if rows:
        yield heading(say("Other series"))
        yield Group("stands", tuple(rows), "section")
    if past:
        yield ended(past, reader)


def missing_here(reader: Reader, found: OfArea, about: Sequence = ()) -> Blocks:
    """What is missing here in three lines; the rest, limits and sources open beneath, and the foot."""
    say = reader.say
    lines = missing_notes(reader, found.area)
    if lines:
        yield heading(say("Missing here"))
        yield note(lines[:SAID])
    shown = [reader.shelf.measures[name] for name in reader.place.measures]
    rest = [note(lines[SAID:], say("What is missing, and why"))] if lines[SAID:] else []
    yield Fold(say("About these figures"), (*rest, *about, *about_figures(reader, shown)))
    yield from short_foot(reader, shown)


def missing_notes(reader: Reader, area: str) -> list[str]:
    """What is not published for the district, measure by measure, and why."""
    say = reader.say
    notes = []
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        source = reader.shelf.cards.get(card.dataset)
        if source is None or not reader.shelf.working(name):
            continue
        if card.kind != "statements":
            safe, said = reader.shelf.table(card.dataset), reader.shelf.area_names(reader.place.id, card.dataset)
            if not safe.has(area=area):
                notes.append(
                    say(
                        "{title}: published for {whole} only, not by {area}.",
                        title=say.pick(card.title),
                        whole=area_words(said[whole_of(reader, card)], say),
                        area=say.pick(reader.place.area_word),
                    )
                )
            elif not np.isfinite(
                safe.series(card.numerator or card.variable, card.default_category, area).values
            ).any():
                notes.append(f"{say.pick(card.title)}{say(': ')}{say.pick(source.coverage)}")
        notes += [say.pick(text) for text in source.not_published]
    return notes


def district_statements(reader: Reader, area: str) -> Blocks:
    """Everything that was published in prose about the district."""
    say = reader.say
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        if card.kind != "statements" or not reader.shelf.working(name):
            continue
        frame = claims_table(reader.shelf, card.dataset)
        codes = list(dict.fromkeys(frame.loc[frame["area"] == area, "indicator"]))
        yield heading(say("What was published about this district"))
        if not codes:
            yield lead(say("No published figure on this district was found."))
        for code in [code for code in indicators_of(reader.shelf, card.dataset, districts=True) if code in codes]:
            made = statements(reader.shelf, card.dataset, reader.place.id, code)
            yield statement_table(
                replace(made, table=made.table[made.table["area"] == area]), area_names(reader, card.dataset), reader
            )
