"""A chart of a page as a file: the picture with the words that stand around it on the page."""

from __future__ import annotations

from collections.abc import Iterator

from charts.exported import PictureFrame, bare, draw
from language import Translator
from language.numbers import written_date
from layout.frame.blocks import Block, Chart, Foot, Heading, Legend, Note, Paragraph
from layout.frame.menu import PAGES
from layout.frame.reader import Reader, address_of, reader_of
from layout.sheets import every, sheet_of
from loaders import SourceCard
from measures.store.shelf import open_shelf
from routes.addresses import page_address
from routes.boundaries import boundaries_address
from routes.pictures import PictureQuestion

MOST_SOURCES = 3


def drawn(question: PictureQuestion) -> bytes:
    """The file that is asked for. Raises KeyError where the page has no such chart."""
    if question.page not in PAGES:
        raise KeyError(question.page)
    address = address_of(question.page, question.pairs, question.wished, question.host)
    sheet, reader = sheet_of(address, open_shelf()), reader_of(address)
    blocks = list(every(sheet.blocks))
    chart = next((block for block in blocks if isinstance(block, Chart) and block.key == question.block), None)
    if chart is None:
        raise KeyError(question.block)
    files = _files(reader)
    if not question.size:
        return bare(chart.picture, question.width, files)
    here = question.host + page_address(sheet.page, sheet.state)
    return draw(chart.picture, frame_of(blocks, chart, here, reader.say), question.form, question.size, files)


def _files(reader: Reader) -> dict[str, str]:
    address = boundaries_address(reader.shelf, reader.place.id)
    return {address: reader.shelf.outlines(reader.place.id)} if address else {}


def frame_of(blocks: list[Block], chart: Chart, address: str, say: Translator) -> PictureFrame:
    """What stands around a chart on its page: the heading, sentence and legend above it, the notes below it, and the
    sources of the page.
    """
    at = blocks.index(chart)
    above = _section(blocks[:at][::-1])
    title = next((block.text for block in above if isinstance(block, Heading)), chart.picture.description)
    leads = [text for block in above if isinstance(block, Paragraph) and block.style == "lead" for text in block.texts]
    notes = [text for block in _below(blocks[at + 1 :]) if isinstance(block, Note) for text in block.texts]
    boxes = [box for block in above if isinstance(block, Legend) for box in block.boxes]
    cards = next((block.datasets for block in blocks if isinstance(block, Foot)), ())
    return PictureFrame(
        _plain(title),
        say.sentences(map(_plain, leads)),
        tuple(map(_plain, [*chart.picture.notes, *notes])),
        tuple(source_line(card, say) for card in cards[:MOST_SOURCES]),
        address,
        tuple((dress, _plain(words), count) for dress, words, count in boxes),
        say("More notes stand at the address below."),
        say.language.tag,
    )


def _section(blocks: list[Block]) -> list[Block]:
    """The blocks up to and with the first heading."""
    end = next((n for n, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    return blocks[: end + 1]


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


def source_line(card: SourceCard, say: Translator) -> str:
    """Whose figures, of which release, under which licence."""
    return say(
        "Source: {publisher}, {title}, release of {date}. Licence: {licence}.",
        publisher=say.pick(card.publisher),
        title=say.pick(card.title),
        date=written_date(card.latest.published, say),
        licence=say.joined([say.pick(one["title"]) for one in card.licenses]),
    )
