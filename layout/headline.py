"""A headline of the reader's own: put together from choices and a typed figure, and held against the published
series.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import escape

from charts.base_years import window_words
from language import whole
from language.claims import base_words
from layout.blocks import paragraph
from layout.choices import area_names, choose_category
from layout.markup import bulleted, link, links_to_places
from layout.reader import Reader, choose, choose_text
from layout.series import whole_of
from loaders import periods
from loaders.cards.measure_card import MeasureCard
from measures.claims.checks.against_series import Stated, periods_of
from measures.claims.checks.bases import named_base
from measures.claims.headline import (
    BOUNDS,
    LENGTHS,
    LONGEST,
    SAYS,
    bases_of,
    headline_claim,
    lengths_of,
    read_figure,
    spans_of,
)
from routes.addresses import page_address


def headline_measures(reader: Reader, place: str = "") -> list[str]:
    """The measures of a place whose series are counts: those that a headline can be held against."""
    shelf = reader.shelf
    known = shelf.places[place or reader.place.id].measures
    return [
        name
        for name in known
        if shelf.measures[name].kind == "count" and shelf.measures[name].tested and shelf.working(name)
    ]


def ask_headline(reader: Reader, names: list[str]) -> Stated | None:
    """The box: what, where, the figure, the period and the base. None as long as no figure that can be checked was
    typed.
    """
    say, shelf = reader.say, reader.shelf
    with st.container(key="headline", horizontal=True):
        titles = {name: say.pick(shelf.measures[name].title) for name in names}
        card = shelf.measures[
            choose(reader, "measure", say("Measure"), titles, names[0], resets=("category", "length", "period", "base"))
        ]
        asked = {
            "measure": card.name,
            "category": choose_category(reader, card, say("Category")),
            "area": _area(reader, card),
        }
        asked |= {"says": choose(reader, "says", say("What is said"), says_words(reader), SAYS[0])}
        asked |= {
            "figure": choose_text(
                reader, "figure", say("Figure (20% or 395)"), lambda text: read_figure(text) is not None, LONGEST
            )
        }
        asked |= _when(reader, card)
        asked |= _against(reader, card, asked)
        bounds = {
            "": say("as it stands"),
            "about": say("about"),
            "at_least": say("at least, more than"),
            "at_most": say("at most, nearly"),
        }
        asked |= {
            "bound": choose(
                reader, "bound", say("Words around the figure"), {code: bounds[code] for code in BOUNDS}, ""
            )
        }
        st.button(say("Check it"), key="check")
    return headline_claim(reader.place.id, asked, periods_of(shelf, card.name))


def says_words(reader: Reader) -> dict[str, str]:
    """Fell by, rose by, was."""
    say = reader.say
    return {"fell": say("fell by"), "rose": say("rose by"), "was": say("was")}


def _area(reader: Reader, card: MeasureCard) -> str:
    safe, names, place = reader.shelf.table(card.dataset), area_names(reader, card.dataset), whole_of(reader, card)
    options = {
        code: names[code]
        for code in dict.fromkeys([place, *(area.code for area in reader.place.areas if safe.has(area=area.code))])
    }
    return choose(reader, "area", reader.say("Area"), options, place)


def _when(reader: Reader, card: MeasureCard) -> dict[str, str]:
    say, known = reader.say, periods_of(reader.shelf, card.name)
    words = {
        "year": say("a year"),
        "half": say("half a year"),
        "quarter": say("a quarter"),
        "month": say("a month"),
        "twelve": say("any twelve months"),
        "one": say("one period as published"),
    }
    lengths = lengths_of(known)
    length = choose(
        reader,
        "length",
        say("Length of the period"),
        {code: words[code] for code in LENGTHS if code in lengths},
        lengths[0],
        resets=("period", "base"),
    )
    spans = {last: window_words(*span, say) for last, span in spans_of(known, length).items()}
    return {
        "length": length,
        "period": choose(reader, "period", say("Period"), spans, next(iter(spans)), resets=("base",)),
    }


def _against(reader: Reader, card: MeasureCard, asked: Mapping[str, str]) -> dict[str, str]:
    """What the period is compared with; nothing for a figure that is no change."""
    figure = read_figure(asked["figure"])
    if ((figure and figure.says) or asked["says"]) == "was":
        return {"base": "none"}
    known = periods_of(reader.shelf, card.name)
    span = spans_of(known, asked["length"])[asked["period"]]
    options = {code: _base_words(code, span, reader) for code in bases_of(known, span)}
    return {"base": choose(reader, "base", reader.say("Compared with"), options, next(iter(options)))}


def _base_words(base: str, span: tuple[str, str], reader: Reader) -> str:
    first, last = named_base(base, *span)
    days = (str(periods.dates(first)[0]), str(periods.dates(last)[1])) if first else ("", "")
    return base_words(base, *days, reader.say)


def headline_words(one: Stated, reader: Reader) -> str:
    """The headline in one sentence: 'Robbery, Camden, 2025: fell by 20%, compared with the same period a year before
    (2024)'.
    """
    say, card = reader.say, reader.shelf.measures[one.measure]
    node = reader.shelf.cards[card.dataset].tree.nodes.get(one.category)
    what = say.pick(node.name) if node else say.pick(card.title)
    number = one.printed.lstrip("-")
    text = f"{number}%" if one.kind == "percent_change" else whole(float(number), say) if number.isdigit() else number
    figure = {
        "about": say("about {figure}", figure=text),
        "at_least": say("at least {figure}", figure=text),
        "at_most": say("at most {figure}", figure=text),
    }.get(one.bound, text)
    head = {
        "what": what,
        "area": area_names(reader, card.dataset)[one.area],
        "period": window_words(one.first, one.last, say),
    }
    if one.kind == "count":
        return say("{what}, {area}, {period}: {figure}", figure=figure, **head)
    base = _base_words(one.base, (one.first, one.last), reader)
    fell = one.printed.startswith("-")
    if one.kind == "difference":
        more, fewer = (
            say("{what}, {area}, {period}: {figure} more, compared with {base}"),
            say("{what}, {area}, {period}: {figure} fewer, compared with {base}"),
        )
        return (fewer if fell else more).format(figure=figure, base=base, **head)
    if fell:
        return say("{what}, {area}, {period}: fell by {figure}, compared with {base}", figure=figure, base=base, **head)
    return say("{what}, {area}, {period}: rose by {figure}, compared with {base}", figure=figure, base=base, **head)


def examples(reader: Reader) -> None:
    """The place's worked examples, each a link that fills in the box."""
    say = reader.say
    made = [
        (one, headline_claim(reader.place.id, one, periods_of(reader.shelf, one["measure"])))
        for one in reader.place.headlines
        if reader.shelf.working(one["measure"])
    ]
    links = [
        link(page_address("claims", {"lang": say.code, "place": reader.place.id, **one}), headline_words(said, reader))
        for one, said in made
        if said
    ]
    if links:
        st.html(f"<p>{escape(say('Worked examples:'))}</p>{bulleted(links)}")


def headline_elsewhere(reader: Reader) -> None:
    """Where a headline can be checked, when this place has no series of counts."""
    say, shelf = reader.say, reader.shelf
    items = links_to_places(
        "claims", [place for place in shelf.places.values() if headline_measures(reader, place.id)], reader
    )
    paragraph(
        say(
            "No series of counts is published for {place}, so a headline of your own cannot be held against one.",
            place=say.pick(reader.place.name),
        )
    )
    if items:
        st.html(f"<p>{escape(say('It can for:'))} {items}</p>")
