"""A page as a value: the blocks of its article for one address, worked out once for all who ask, on whichever
surface."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from disclosure.remembered import MB, remembered
from language import Translator
from language.numbers import written_date
from layout.frame.blocks import (
    Announcement,
    Block,
    Chart,
    Choice,
    Figure,
    Foot,
    Heading,
    Paragraph,
    Remarks,
    TakeAway,
    calm,
    heading,
    paragraph,
)
from layout.frame.fallen import with_marks
from layout.frame.figure import in_sections, in_short_sections, in_tabs
from layout.frame.footer import short_foot
from layout.frame.markup import link
from layout.frame.menu import titles
from layout.frame.reader import Address, Reader, reader_of
from layout.frame.take_away import Taken, take_away
from layout.frame.written import is_static, merged
from measures.store.shelf import Shelf, open_shelf
from routes.addresses import page_address

LOG = logging.getLogger("safety_in_figures")


@dataclass(frozen=True)
class Sheet:
    """One page for one address. ``state``: what the address of this very view must hold, the usual choices left out.
    ``drawn``: the blocks as surfaces draw them, one part of a figure, neighbours merged and written.
    """

    page: str
    state: dict[str, str | list[str]]
    blocks: tuple[Block, ...]
    drawn: tuple[Block, ...]

    @property
    def still(self) -> tuple[Block, ...]:
        """The blocks as a page without scripts has them: every part of a figure."""
        return with_marks(merged(_opened(self.blocks, in_short_sections)), str(self.state["lang"]))

    @property
    def title(self) -> str:
        """What this address shows: the heading of its first chart, unless that stands beside something; else that of
        the page."""
        read = list(every(self.blocks))
        first = next(self.charts, None)
        first = first if any(block is first for block in _opened(self.blocks, in_sections)) else None
        headings = [block for block in read if isinstance(block, Heading)]
        if first is not None:
            above = read[: next(n for n, block in enumerate(read) if block is first)]
            headings = [block for block in above if isinstance(block, Heading)][::-1]
        return headings[0].text

    @property
    def description(self) -> str:
        """What the page shows, in a sentence or two; what is announced, where that says more than its title."""
        told = [block.text for block in self.blocks if isinstance(block, Announcement)]
        plain = [block for block in self.blocks if isinstance(block, Paragraph) and block.style in ("", "lead")]
        leads = [text for block in plain for text in block.texts]
        said = next((text for text in [*told, *leads] if len(text) > 2 * len(self.title) or text in leads), "")
        longest = max(map(plain_text, self._sentences), key=len, default="")
        return plain_text(said) or " · ".join(dict.fromkeys(filter(None, [self.title, longest])))

    @property
    def _sentences(self) -> Iterator[str]:
        """Whatever stands in its paragraphs, of any style."""
        return (text for block in every(self.blocks) if isinstance(block, Paragraph) for text in block.texts)

    @property
    def charts(self) -> Iterator[Chart]:
        """Its charts in the order drawn."""
        return (block for block in every(self.blocks) if isinstance(block, Chart))

    @property
    def choices(self) -> Iterator[Choice]:
        """Its choices in the order drawn."""
        return (block for block in every(self.blocks) if isinstance(block, Choice))

    @property
    def foot(self) -> Foot | None:
        """Where its figures come from."""
        return next((block for block in self.blocks if isinstance(block, Foot)), None)


def plain_text(text: str) -> str:
    """A text without its markup, as it is said where no element can stand."""
    return text.striptags() if isinstance(text, Markup) else text


def every(blocks: Iterable[Block], how: Callable[[Figure], Iterable[Block]] = in_sections) -> Iterator[Block]:
    """The blocks with those that stand in others, in the order in which they are read; of a figure, every part of it.
    ``how``: turns a figure into the blocks that it consists of.
    """
    for block in _opened(blocks, how):
        yield block
        if not is_static(block):
            inside = (getattr(block, "blocks", ()), getattr(block, "more", ()))
            for blocks in getattr(block, "columns", inside):
                yield from every(blocks, how)


def _opened(blocks: Iterable[Block], how: Callable[[Figure], Iterable[Block]]) -> Iterator[Block]:
    """The blocks with those that figures consist of."""
    for block in blocks:
        yield from how(block) if isinstance(block, Figure) else (block,)


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


@remembered(48 * MB)
def _sheet(shelf: Shelf, address: Address, today: date) -> Sheet:
    """``today``: articles say how old figures are, and when a sentence was read."""
    reader = reader_of(address, shelf)
    article = importlib.import_module(f"pages.{address.page}").article
    blocks = _settled(tuple(article(reader)), reader)
    offered = blocks if any(isinstance(block, TakeAway) for block in every(blocks)) else _offered(blocks, reader)
    return _of_blocks(reader, reader.chosen, (*_frozen(reader), *offered))


def _offered(blocks: list[Block], reader: Reader) -> Iterator[Block]:
    """The blocks of a page that has offered nothing to take away: above its foot, its address and its figures."""
    title = next(block.text for block in every(blocks) if isinstance(block, Heading))  # also that of a figure
    for block in blocks:
        if isinstance(block, Foot):
            yield take_away(reader, Taken(title, file=block.file, sources=block.datasets))
        yield block


def _of_blocks(reader: Reader, state: dict[str, str | list[str]], blocks: tuple[Block, ...]) -> Sheet:
    drawn = _opened(blocks, lambda figure: in_tabs(figure, reader.page, state))
    sheet = Sheet(reader.page, state, blocks, with_marks(merged(drawn), reader.say.code))
    for chart in sheet.charts:
        if chart.seen:
            chart.picture.drawn()  # its rows are made ready to be sent, and held with it
    return sheet


def _frozen(reader: Reader) -> list[Block]:
    """On a page of an earlier day: which day it is, and the way to the newest figures."""
    if not reader.as_of:
        return []
    say, newest = reader.say, page_address(reader.page, reader.chosen | {"as_of": ""})
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
    words = (
        heading(titles(reader.say, reader.place)[reader.page.lstrip("_")], 1),
        calm(reader, failure_words(reader.say)),
    )
    return _of_blocks(reader, reader.site_state, (*words, *short_foot(reader, [])))


def full_title(sheet: Sheet, say: Translator) -> str:
    """The title of a window that shows the sheet."""
    return f"{sheet.title} · {say.language.site}"


def failure_words(say: Translator) -> str:
    """What a reader is told where a page fails after all."""
    return say("This page cannot be shown at the moment. The other pages work as usual.")
