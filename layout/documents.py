"""The answer to whoever asks for a page by its address: the article as HTML, worked out and packed once for all."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date

from disclosure.remembered import MB, remembered
from layout.document import body_of
from layout.document_head import head_of
from layout.frame.menu import file_of_page
from layout.frame.reader import Address, address_of, reader_of
from layout.sheets import sheet_of
from measures.store.frozen import shown_on
from measures.store.shelf import Shelf, open_shelf
from routes.conditional import page_state
from routes.shell import Document, PageQuestion, page_html


def document(question: PageQuestion) -> Document:
    """The page that is asked for; without bytes where the reader's copy is of the same state.

    A copy is of the same state while neither the data, the programs, the day nor the address has changed; a frozen
    page, while its day's figures have not.
    """
    shelf, address, mark = _asked_for(question)
    if mark in question.kept:
        return Document(mark, address.language, None)
    return Document(mark, address.language, _packed(shelf, address, date.today(), question.alone, question.platform))


def held_document(question: PageQuestion) -> Document | None:
    """The same where nothing has to be read or worked out for it, at once; else None."""
    if any(name == "as_of" for name, _ in question.pairs):
        return None
    shelf, address, mark = _asked_for(question)
    if mark in question.kept:
        return Document(mark, address.language, None)
    packed = _packed.held(shelf, address, date.today(), question.alone, question.platform)
    return packed and Document(mark, address.language, packed)


def _asked_for(question: PageQuestion) -> tuple[Shelf, Address, str]:
    """The shelf of today, the address, and the mark of the page, which is that of the figures it shows."""
    shelf = open_shelf()
    address = address_of(file_of_page(question.page or "home"), question.pairs, question.wished, question.host)
    values = dict(address.values)
    shown, _ = shown_on(shelf, values.get("as_of", ("",))[-1], values.get("place", ("",))[-1])
    state = f"{page_state(shown)} {address} {question.alone} {question.platform}"
    return shelf, address, f'W/"{hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'


@remembered(24 * MB)
def _packed(shelf: Shelf, address: Address, today: date, alone: bool, platform: str) -> bytes:
    """The whole page, compressed. ``today``: articles say how old figures are."""
    sheet, reader = sheet_of(address, shelf), reader_of(address, shelf)
    html = page_html(reader.say, head_of(sheet, reader), body_of(sheet, reader, alone=alone), platform)
    return gzip.compress(html.encode("utf-8", "replace"), 6, mtime=0)
