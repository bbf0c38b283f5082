"""A page as a value: the blocks of its article for one address, worked out once for all who ask, on whichever surface."""

from __future__ import annotations

import importlib
import logging
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from disclosure.remembered import MB, remembered
from language import Translator
from language.numbers import written_date
from layout.frame.blocks import Block, Remarks, calm, heading, paragraph
from layout.frame.markup import link
from layout.frame.menu import titles
from layout.frame.reader import Address, Reader, reader_of
from measures.store.shelf import Shelf, open_shelf
from routes.addresses import page_address

LOG = logging.getLogger("safety_in_figures")


@dataclass(frozen=True)
class Sheet:
    """One page for one address. ``state``: what the address of this very view holds."""

    page: str
    title: str
    state: dict[str, str | list[str]]
    blocks: tuple[Block, ...]


def sheet_of(address: Address, shelf: Shelf | None = None) -> Sheet:
    """The sheet of an address; one calm sentence where its article fails, whose trace is logged. A new shelf, another
    day and another address are other sheets.
    """
    shelf = shelf or open_shelf()
    try:
        return _sheet(shelf, address, date.today())
    except Exception as error:
        LOG.error("a page failed", exc_info=error)
        return _failed(reader_of(address, shelf))


@remembered(64 * MB)
def _sheet(shelf: Shelf, address: Address, today: date) -> Sheet:
    """``today``: articles say how old figures are, and when a sentence was read."""
    reader = reader_of(address, shelf)
    article = importlib.import_module(f"pages.{address.page}").article
    blocks = tuple([*_frozen(reader), *_settled(tuple(article(reader)), reader)])
    return Sheet(reader.page, page_title(reader.page, reader.say), reader.state, blocks)


def _frozen(reader: Reader) -> list[Block]:
    """On a page of an earlier day: which day it is, and the way to the newest figures."""
    if not reader.as_of:
        return []
    say, held = reader.say, reader.state | {name: list(values) for name, values in reader.values.items()}
    newest = page_address(reader.page, {name: value for name, value in held.items() if name != "as_of"})
    told = say("Frozen: the figures that had been published by {day}.", day=written_date(reader.as_of, say))
    return [
        paragraph(Markup(say.sentences([escape(told), link(newest, say("See the newest figures"))])), style="frozen")
    ]


def _settled(blocks: tuple[Block, ...], reader: Reader) -> list[Block]:
    """The blocks with the remarks that there are at the end of the article."""
    return [
        block
        for part in blocks
        for block in ([calm(reader, text) for text in part.sentences] if isinstance(part, Remarks) else [part])
    ]


def _failed(reader: Reader) -> Sheet:
    title = page_title(reader.page, reader.say)
    return Sheet(reader.page, title, reader.state, (heading(title, 1), calm(reader, failure_words(reader.say))))


def page_title(page: str, say: Translator) -> str:
    """The name of a page."""
    return titles(say)[page.lstrip("_")]


def failure_words(say: Translator) -> str:
    """What a reader is told where a page fails after all."""
    return say("This page cannot be shown at the moment. The other pages work as usual.")
