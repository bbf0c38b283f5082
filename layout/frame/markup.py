"""Small pieces of HTML: links and lists. Every text that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from layout.frame.reader import Reader
from loaders import Place
from routes.addresses import page_address


def link(address: str, words: str, *, download: bool = False) -> Markup:
    """A link to another address of this site, in the same window."""
    return Markup(f'<a href="{escape(address)}" target="_self"{" download" if download else ""}>{escape(words)}</a>')


def soft_link(address: str, words: str, *, here: bool = False) -> Markup:
    """A link that the dashboard follows without loading everything again. ``here``: to what is shown already."""
    current = Markup(' aria-current="true"') if here else ""
    return Markup('<a href="{}" target="_self" data-soft{}>{}</a>').format(address, current, words)


def outward(address: str, words: str) -> Markup:
    """A link to somebody else's page."""
    return Markup(f'<a href="{escape(address)}" rel="noopener">{escape(words)}</a>')


def bulleted(items: Iterable[str], tag: str = "ul") -> Markup:
    """A list, numbered with 'ol'; '' when there is nothing in it."""
    made = "".join(f"<li>{escape(item)}</li>" for item in items)
    return Markup(f"<{tag}>{made}</{tag}>" if made else "")


def links_to_places(page: str, places: Iterable[Place], reader: Reader) -> Markup:
    """The same page of other places."""
    say = reader.say
    return Markup(" · ").join(
        link(page_address(page, {"lang": say.code, "place": place.id}), say.pick(place.name)) for place in places
    )
