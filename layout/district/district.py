"""One district in three plain sentences, small charts of each domain, and what is missing and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

import charts
from language import decimal, period_name
from language.numbers import per_words
from language.sentences import per_residents, sentence
from layout.frame.blocks import Blocks, heading, lead, note, picture
from layout.frame.controls import area_names
from layout.frame.reader import Reader
from layout.frame.tables import cell, legend, statement_table, table
from layout.trends.sentences import take_series
from layout.trends.series import file_of, series_notes, subtitle_of, title_of, whole_of
from loaders import SourceError
from loaders.cards.measure_card import MeasureCard
from measures.about.statements import statement
from measures.claims.collection import claims_table, indicators_of, statements
from measures.figures.compute import Measure, Query, compute


def district_figures(reader: Reader, area: str) -> list[tuple[MeasureCard, Measure | None]]:
    """The place's measures that are broken down by district, each with its figures; None where its data cannot be
    read.
    """
    found = []
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        if card.kind == "statements":
            continue
        try:
            if reader.shelf.table(card.dataset).has(area=area):
                view = "rolling" if "rolling" in card.views else card.views[0]
                query = Query(reader.place.id, name, (reader.place.code, area), card.default_category, view)
                found.append((card, compute(query, reader.shelf)))
        except SourceError:
            found.append((card, None))
    return found


def three_sentences(reader: Reader, area: str, figures: list[tuple[MeasureCard, Measure | None]]) -> list[str]:
    """The verdict on each latest final figure, and what it comes to per resident. An area without a figure gets a
    sentence that says so.
    """
    say = reader.say
    name = say.pick(next(one.name for one in reader.place.areas if one.code == area))
    sentences = []
    for card, made in figures:
        if made is None:
            sentences.append(say("{title}: these figures cannot be shown at the moment.", title=say.pick(card.title)))
            continue
        one = statement(made, area)
        if one is None or (not np.isfinite(one.now) and one.status != "c"):
            reason = (
                ""
                if one is None
                else say("{area}: {title} is not published for this district.", area=name, title=say.pick(card.title))
            )
            sentences.append(reason)
            continue
        sentences += [sentence(one, say), *_rate(reader, card, made, area, one.period)]
    return [text for text in sentences if text]


def _rate(reader: Reader, card: MeasureCard, made: Measure, area: str, period: str) -> list[str]:
    """The same figure per resident, beside that of the whole place."""
    if not card.rate or "rolling_rate" not in card.views:
        return []
    rated = compute(replace(made.query, view="rolling_rate", first=period, last=period), reader.shelf)
    own, city = (float(rated.line(code)["value"].iloc[-1]) for code in (area, reader.place.code))
    if not np.isfinite([own, city]).all():
        return []
    say = reader.say
    return [
        per_residents(
            decimal(own, say), per_words(rated.per, say), say.pick(reader.place.whole), decimal(city, say), say
        )
    ]


def small_charts(reader: Reader, area: str, figures: list[tuple[MeasureCard, Measure | None]]) -> Blocks:
    """One small chart a domain: the district against the place, as rates where there are any, else the district
    alone.
    """
    drawn = [
        (card, made)
        for card, made in figures
        if made is not None and len(made.periods) >= 2 and np.isfinite(made.line(area)["value"]).any()
    ]
    if any("rolling_rate" in card.views for card, _ in drawn):
        yield heading(reader.say("Over time, beside {place}", place=reader.say.pick(reader.place.whole)))
    elif drawn:
        yield heading(reader.say("Over time"))
    for card, made in drawn:
        names = area_names(reader, card.dataset)
        rated = "rolling_rate" in card.views
        query = (
            replace(made.query, view="rolling_rate", areas=(reader.place.code, area))
            if rated
            else replace(made.query, areas=(area,))
        )
        shown = compute(query, reader.shelf)
        yield heading(title_of(shown, reader), 3)
        yield lead(subtitle_of(shown, reader))
        yield (chart := picture(charts.trend_picture(shown, names, reader.say, 220), f"small_{card.name}"))
        yield take_series(reader, shown, title_of(shown, reader), {"": chart}, file_of(shown))
        yield note(series_notes(shown, reader))


def groups_table(reader: Reader, area: str, figures: list[tuple[MeasureCard, Measure | None]]) -> Blocks:
    """The groups of a measure in the district and in the whole place, as shares of each total, in the period that the
    sentences speak of.
    """
    say = reader.say
    for card, made in figures:
        tree = reader.shelf.cards[card.dataset].tree if made is not None else None
        groups = [node for node in tree.nodes.values() if node.level == "group" and node.in_total] if tree else []
        told = statement(made, area) if groups else None
        if told is None or not np.isfinite(told.now):
            continue
        asked = replace(made.query, first=told.period, last=told.period)
        shown = [compute(replace(asked, category=node.code), reader.shelf) for node in groups]
        totals = compute(asked, reader.shelf).table["value"]
        rows = [
            (say.pick(node.name), *_group(one, area, totals, reader)) for node, one in zip(groups, shown, strict=True)
        ]
        whole_name = say.pick(reader.place.whole)
        own = say.pick(next(one.name for one in reader.place.areas if one.code == area))
        yield heading(say("What the offences are, in {area} and in {place}", area=own, place=whole_name), 3)
        yield table(
            [say("Group"), say("Count"), say("Share in {area}", area=own), say("Share in {area}", area=whole_name)],
            rows,
            f"{say('{title}, by group', title=say.pick(card.title))} · {period_name(told.period, say, told.view)}",
        )
        yield legend(pd.concat([one.table["status"] for one in shown]), reader)


def _group(one: Measure, area: str, totals: pd.Series, reader: Reader) -> tuple[str, ...]:
    """The count of a group in the district and its shares there and in the place; the letter of its status where it has
    no figure.
    """
    own = one.line(area).iloc[0]
    shares = [
        f"{decimal(value / total * 100, reader.say)}%"
        if np.isfinite([value, total]).all() and total
        else cell(one, np.nan, status, reader.say)
        for value, status, total in zip(one.table["value"], one.table["status"], totals, strict=True)
    ]
    return (
        cell(one, own["value"], own["status"], reader.say),
        *(shares[one.query.areas.index(code)] for code in (area, reader.place.code)),
    )


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
            safe = reader.shelf.table(card.dataset)
            if not safe.has(area=area):
                notes.append(
                    say(
                        "{title}: published for {whole} only, not by district.",
                        title=say.pick(card.title),
                        whole=area_names(reader, card.dataset)[whole_of(reader, card)],
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
