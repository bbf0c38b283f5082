"""How a reader is told of what is new: feeds, a calendar, and an outside mail service."""

from __future__ import annotations

from markupsafe import Markup

from layout.frame.blocks import Blocks, heading, small
from layout.frame.markup import link
from layout.frame.reader import Reader
from measures.notable.editions import categories_of
from routes.catalogues.feeds.feed_scope import FeedScope, feed_address
from routes.catalogues.release_calendar import announced

FORMS = {"atom": "Atom", "json": "JSON Feed"}


def how_to_subscribe(reader: Reader) -> Blocks:
    """One small section; nothing of the reader's is asked for."""
    say, place = reader.say, reader.place
    yield heading(say("Be told when something is new"))
    area = place.areas[0]
    yield small(
        say(
            "A feed reader shows what is new: releases, what stands out in them, and figures that were revised. No "
            "address of yours is asked for."
        )
    )
    yield small(_linked(say("This place: {links}", links="\0"), feed_links(reader, place.code)))
    own = Markup("{} ({})").format(feed_links(reader, area.code), say.pick(area.name))
    yield small(_linked(say("One area: {links}", links="\0"), own))
    example = _example(reader)
    if example:
        words = say("One category: add its code before the ending, as in {address}.", address="\0")
        yield small(_linked(words, Markup('<code class="address">{}</code>').format(example)))
    yield small(
        say(
            "To get it as e-mail, give the address of a feed to a service of your choice that sends feeds by mail (RSS "
            "to e-mail)."
        )
    )
    if announced(reader.shelf, place.id):
        address = f"/feeds/{place.id}.ics?lang={say.code}"
        yield small(link(address, say("Announced releases as a calendar")))


def _linked(words: str, inside: Markup) -> Markup:
    """A sentence with markup in the place of its mark."""
    before, _, after = words.partition("\0")
    return Markup("{}{}{}").format(before, inside, after)


def feed_links(reader: Reader, area: str) -> Markup:
    """The feed of the place or of an area, in each form."""
    scope = FeedScope(reader.place.id, area)
    addresses = {form: feed_address(scope, form, reader.say.code, reader.place.code) for form in FORMS}
    return Markup(" · ").join(link(address, FORMS[form]) for form, address in addresses.items())


def _example(reader: Reader) -> str:
    """The address of a feed of the first group of the first dataset that has groups; '' where none has."""
    place = reader.place
    for name in place.measures:
        card = reader.shelf.cards[reader.shelf.measures[name].dataset]
        groups = categories_of(card, tuple(card.tree.nodes)) if card.tree.nodes else ()
        if len(groups) > 1:
            scope = FeedScope(place.id, place.areas[0].code, groups[1])
            return reader.host + feed_address(scope, "atom", reader.say.code, place.code)
    return ""
