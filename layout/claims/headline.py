"""A headline of the reader's own: put together from choices and a typed figure, and held against the published
series.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from charts.lines.base_years import window_words
from language import whole
from language.claims import base_words
from layout.frame.blocks import Blocks, Choice, Listing, choose, paragraph, row
from layout.frame.controls import area_names, choose_category
from layout.frame.markup import link, links_to_places
from layout.frame.reader import Reader
from layout.trends.series import whole_of
from loaders import periods
from loaders.cards.measure_card import MeasureCard
from measures.claims.checks.bases import named_base
from measures.claims.checks.stated import Stated, periods_of
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


def ask_headline(reader: Reader, names: list[str]) -> Blocks[Stated | None]:
    """The box: what, where, the figure, the period and the base. None as long as no figure that can be checked was
    typed.
    """
    asked = yield from row("headline", _headline(reader, names), reader.say("Check it"))
    return headline_claim(reader.place.id, asked, periods_of(reader.shelf, asked["measure"]))


def _headline(reader: Reader, names: list[str]) -> Blocks[dict[str, str]]:
    say, shelf = reader.say, reader.shelf
    titles = {name: say.pick(shelf.measures[name].title) for name in names}
    resets = ("category", "length", "period", "base")
    yield (measure := choose(reader, "measure", say("Measure"), titles, names[0], resets))
    card = shelf.measures[measure.value]
    category = yield from choose_category(reader, card, say("Category"))
    yield _area(reader, card)
    yield choose(reader, "says", say("Change"), says_words(reader), SAYS[0])
    yield _figure(reader)
    yield from _when(reader, card)
    yield from _against(reader, card, reader.asked)
    words = {
        "": say("exactly"),
        "about": say("about"),
        "at_least": say("at least, more than"),
        "at_most": say("at most, nearly"),
    }
    yield choose(reader, "bound", say("Wording"), {code: words[code] for code in BOUNDS}, "")
    named = ("measure", "area", "says", "figure", "length", "period", "base", "bound")
    return {name: reader.asked.get(name, "") for name in named} | {"category": category}


def _figure(reader: Reader) -> Choice:
    """The typed figure: it stands in its box as it was typed, and counts where it can be read."""
    reader.ask_text("figure", lambda text: read_figure(text) is not None)
    typed = reader.value("figure")
    shown = typed if len(typed) <= LONGEST else ""
    return Choice("figure", reader.say("Figure (20% or 395)"), {}, shown, kind="text", most=LONGEST)


def says_words(reader: Reader) -> dict[str, str]:
    """Fell by, rose by, was."""
    say = reader.say
    return {"fell": say("fell by"), "rose": say("rose by"), "was": say("total was")}


def _area(reader: Reader, card: MeasureCard) -> Choice:
    safe, names, place = reader.shelf.table(card.dataset), area_names(reader, card.dataset), whole_of(reader, card)
    options = {
        code: names[code]
        for code in dict.fromkeys([place, *(area.code for area in reader.place.areas if safe.has(area=area.code))])
    }
    return choose(reader, "area", reader.say("Area"), options, place)


def _when(reader: Reader, card: MeasureCard) -> Iterator[Choice]:
    say, known = reader.say, periods_of(reader.shelf, card.name)
    words = {
        "year": say("a year"),
        "half": say("half a year"),
        "quarter": say("three months"),
        "month": say("a month"),
        "twelve": say("any twelve months"),
        "one": say("one period as published"),
    }
    lengths = lengths_of(known)
    options = {code: words[code] for code in LENGTHS if code in lengths}
    yield (length := choose(reader, "length", say("Length of the period"), options, lengths[0], ("period", "base")))
    spans = {last: window_words(*span, say) for last, span in spans_of(known, length.value).items()}
    yield choose(reader, "period", say("Period"), spans, next(iter(spans)), resets=("base",))


def _against(reader: Reader, card: MeasureCard, asked: Mapping[str, str]) -> Iterator[Choice]:
    """What the period is compared with; nothing for a figure that is no change."""
    figure = read_figure(asked["figure"])
    if ((figure and figure.says) or asked["says"]) == "was":
        reader.asked["base"] = "none"
        return
    known = periods_of(reader.shelf, card.name)
    span = spans_of(known, asked["length"])[asked["period"]]
    options = {code: _base_words(code, span, reader) for code in bases_of(known, span)}
    yield choose(reader, "base", reader.say("Compared with"), options, next(iter(options)))


def _base_words(base: str, span: tuple[str, str], reader: Reader) -> str:
    first, last = named_base(base, *span)
    days = (str(periods.dates(first)[0]), str(periods.dates(last)[1])) if first else ("", "")
    return base_words(base, *days, reader.say)


def headline_words(one: Stated, reader: Reader) -> str:
    """The headline in one sentence: 'Robbery in Camden fell by 20% in 2025, compared with the same period a year
    earlier (2024)'.
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
        return say("{what} in {area} in {period}: {figure}", figure=figure, **head)
    base = _base_words(one.base, (one.first, one.last), reader)
    fell = one.printed.startswith("-")
    if one.kind == "difference":
        more, fewer = (
            say("{what} in {area} rose by {figure} (a count) in {period}, compared with {base}"),
            say("{what} in {area} fell by {figure} (a count) in {period}, compared with {base}"),
        )
        return say.filled(fewer if fell else more, {"figure": figure, "base": base, **head})
    if fell:
        return say(
            "{what} in {area} fell by {figure} in {period}, compared with {base}", figure=figure, base=base, **head
        )
    return say("{what} in {area} rose by {figure} in {period}, compared with {base}", figure=figure, base=base, **head)


def examples(reader: Reader) -> Listing:
    """The place's worked examples, each a link that fills in the box."""
    say = reader.say
    made = [
        (one, headline_claim(reader.place.id, one, periods_of(reader.shelf, one["measure"])))
        for one in reader.place.headlines
        if reader.shelf.working(one["measure"])
    ]
    links = [
        link(page_address("claims", {**reader.site_state, **one}), headline_words(said, reader))
        for one, said in made
        if said
    ]
    return Listing(tuple(links), say("Worked examples:"))


def headline_elsewhere(reader: Reader) -> Blocks:
    """Where a headline can be checked, when this place has no series of counts."""
    say, shelf = reader.say, reader.shelf
    items = links_to_places(
        "claims", [place for place in shelf.places.values() if headline_measures(reader, place.id)], reader
    )
    yield paragraph(
        say(
            "No counts are published for {place}, so we cannot check a figure of your own.",
            place=say.pick(reader.place.name),
        )
    )
    if items:
        yield paragraph(Markup("{}{}{}").format(say("It can be done for:"), say.language.sentence_gap, items))
