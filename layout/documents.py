"""The answer to whoever asks for a page by its address: the article as HTML, worked out and packed once for all."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date
from functools import cache

from disclosure.remembered import MB, remembered
from layout.document import body_of
from layout.document_head import head_of
from layout.frame.menu import file_of_page
from layout.frame.reader import Address, address_of, reader_of
from layout.sheets import sheet_of
from measures.store.shelf import Shelf, open_shelf
from routes.conditional import programs_of, state_of
from routes.shell import Document, PageQuestion, page_html

PROGRAMS = ("layout", "pages")


def document(question: PageQuestion) -> Document:
    """The page that is asked for; without bytes where the reader's copy is of the same state.

    A copy is of the same state while neither the data, the programs, the day nor the address has changed.
    """
    shelf, today = open_shelf(), date.today()
    page = "home" if question.page == "" else question.page
    address = address_of(file_of_page(page), question.pairs, question.wished, question.host)
    mark = _mark(shelf, address, today, question)
    if mark in question.kept:
        return Document(mark, address.language, None)
    return Document(mark, address.language, _packed(shelf, address, today, question.alone, question.platform))


def _mark(shelf: Shelf, address: Address, today: date, question: PageQuestion) -> str:
    state = f"{state_of(shelf)[0]} {_programs()} {address} {today} {question.alone} {question.platform}"
    return f'W/"{hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'


@cache
def _programs() -> str:
    return programs_of(PROGRAMS)[0]


@remembered(24 * MB)
def _packed(shelf: Shelf, address: Address, today: date, alone: bool, platform: str) -> bytes:
    """The whole page, compressed. ``today``: articles say how old figures are."""
    sheet, reader = sheet_of(address, shelf), reader_of(address, shelf)
    html = page_html(reader.say, head_of(sheet, reader), body_of(sheet, reader, alone=alone), platform)
    return gzip.compress(html.encode("utf-8", "replace"), 6, mtime=0)
