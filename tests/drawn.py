"""What a part of a page draws for a reader, read back from what it sends."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace

import pytest
import streamlit

from language import translator
from layout.cards import glance
from measures.store.shelf import Shelf


class Instead:
    """Another thing in all but a few of its attributes."""

    def __init__(self, real: object, **others: object):
        self.__dict__.update(others, _real=real)

    def __getattr__(self, name: str):
        return getattr(self._real, name)


def drawn(function: Callable[..., object], *arguments: object) -> str:
    """The markup that a function of the layout sends."""
    sent: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit, "html", sent.append)
        function(*arguments)
    return "\n".join(sent)


def cells_of(markup: str) -> list[list[str]]:
    """The cells of every row of a table's body, as markup."""
    rows = re.findall(r"<tr>(.*?)</tr>", markup.partition("<tbody>")[2], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def paragraphs_of(markup: str) -> list[str]:
    return re.findall(r"<p>(.*?)</p>", markup, re.DOTALL)


@cache
def _copy_of(shelf: Shelf) -> Instead:
    """One for each shelf: what is worked out for it is kept as for the shelf itself."""
    return Instead(shelf, measures={})


def card_of(measure: str, view: str, category: str, area: str, code: str, shelf: Shelf) -> str:
    """The card that the first page would have if its place chose this figure; '' where there is none to show."""
    copy, card = _copy_of(shelf), shelf.measures[measure]
    copy.measures = {**shelf.measures, measure: Instead(card, home_categories=(category,), views=(view,))}
    place = Instead(shelf.places[shelf.cards[card.dataset].place], code=area, measures=(measure,))
    markup = drawn(glance, SimpleNamespace(say=translator(code), shelf=copy, place=place, page="home", state={}))
    return "".join(re.findall(r"<article.*?</article>", markup, re.DOTALL))
