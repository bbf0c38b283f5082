"""A chart of a page as a file: the picture with the words that stand around it on the page."""

from __future__ import annotations

from collections.abc import Iterator

from charts.exported import bare, draw
from charts.picture_frame import PictureFrame
from language import Translator
from layout.embedded import embed_page, oembed, sources
from layout.frame.blocks import Block, Chart, Foot, Heading, Legend, Note, Paragraph, TakeAway
from layout.frame.menu import PAGES
from layout.frame.reader import Reader, address_of, reader_of
from layout.sheets import every, sheet_of
from measures.store.shelf import open_shelf
from routes.addresses import page_address
from routes.boundaries import boundaries_address
from routes.embeds import EMBED, OEMBED
from routes.pictures import PictureQuestion


def drawn(question: PictureQuestion) -> bytes:
    """The file that is asked for. Raises KeyError where the page has no such chart."""
    if question.page not in PAGES:
        raise KeyError(question.page)
    shelf = open_shelf()
    address = address_of(question.page, question.pairs, question.wished, question.host)
    sheet, reader = sheet_of(address, shelf), reader_of(address, shelf)
    blocks = list(every(sheet.blocks))
    chart = next((block for block in sheet.charts if question.block in (block.key, "")), None)
    if chart is None:
        raise KeyError(question.block)
    if question.form == OEMBED:
        return oembed(sheet, chart, reader, question.width, pinned=not question.block).encode()
    if question.form == EMBED:
        return embed_page(sheet, chart, _above(blocks, chart), reader).encode()
    if not question.size:
        return bare(chart.picture, question.width, _files(reader))
    here = question.host + page_address(sheet.page, sheet.state)
    return draw(chart.picture, frame_of(blocks, chart, here, reader.say), question.form, question.size, _files(reader))


def _files(reader: Reader) -> dict[str, str]:
    address = boundaries_address(reader.shelf, reader.place.id)
    return {address: reader.shelf.outlines(reader.place.id)} if address else {}


def frame_of(blocks: list[Block], chart: Chart, address: str, say: Translator) -> PictureFrame:
    """What stands around a chart on its page: the heading, sentence and legend above it, the notes below it, and the
    sources of the page.
    """
    at, above = blocks.index(chart), _above(blocks, chart)
    title = next((block.text for block in above if isinstance(block, Heading)), chart.picture.description)
    leads = [text for block in above if isinstance(block, Paragraph) and block.style == "lead" for text in block.texts]
    notes = [text for block in _below(blocks[at + 1 :]) if isinstance(block, Note) for text in block.texts]
    boxes = [box for block in above if isinstance(block, Legend) for box in block.boxes]
    if not leads:
        leads = [text for block in above[::-1] if isinstance(block, Paragraph) for text in block.texts]
    taken = [block.datasets for block in _below(blocks[at + 1 :]) if isinstance(block, TakeAway) and block.datasets]
    cards = taken[0] if taken else next((block.datasets for block in blocks if isinstance(block, Foot)), ())
    return PictureFrame(
        _plain(title),
        say.sentences(map(_plain, leads)),
        tuple(map(_plain, [*chart.picture.notes, *notes])),
        sources(cards, say),
        address,
        tuple((dress, _plain(words), count) for dress, words, count in boxes),
        say("More notes stand at the address below."),
        say.code,
    )


def _above(blocks: list[Block], chart: Chart) -> list[Block]:
    """The blocks before the chart up to and with its heading, the nearest first."""
    before = blocks[: blocks.index(chart)][::-1]
    end = next((n for n, block in enumerate(before) if isinstance(block, Heading)), len(before))
    return before[: end + 1]


def _below(blocks: list[Block]) -> Iterator[Block]:
    """The blocks up to the next chart that has a heading of its own."""
    headed = False
    for block in blocks:
        headed = headed or isinstance(block, Heading)
        if headed and isinstance(block, Chart):
            return
        yield block


def _plain(text: str) -> str:
    return text.striptags() if hasattr(text, "striptags") else text
