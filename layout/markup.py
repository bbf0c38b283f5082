"""Small pieces of HTML: links, lists and cells. Every text that is not markup already is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable

from layout.reader import Reader
from loaders import Place
from routes.addresses import page_address


class Markup(str):
    """Text that is HTML already; every other text is escaped."""


def escaped(text: str) -> str:
    """The text as HTML."""
    return str(text) if isinstance(text, Markup) else html.escape(text)


def link(address: str, words: str, *, download: bool = False) -> Markup:
    """A link to another address of this site, in the same window."""
    return Markup(f'<a href="{html.escape(address, quote=True)}" target="_self"{" download" if download else ""}>{escaped(words)}</a>')


def outward(address: str, words: str) -> Markup:
    """A link to somebody else's page."""
    return Markup(f'<a href="{html.escape(address, quote=True)}" rel="noopener">{escaped(words)}</a>')


def bulleted(items: Iterable[str], tag: str = "ul") -> Markup:
    """A list, numbered with 'ol'; '' when there is nothing in it."""
    made = "".join(f"<li>{escaped(item)}</li>" for item in items)
    return Markup(f"<{tag}>{made}</{tag}>" if made else "")


def links_to_places(page: str, places: Iterable[Place], reader: Reader) -> str:
    """The same page of other places."""
    say = reader.say
    return " · ".join(link(page_address(page, {"lang": say.code, "place": place.id}), say.pick(place.name)) for place in places)
