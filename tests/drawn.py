"""What a part of a page draws for a reader, read back from what it sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from types import SimpleNamespace

from language import translator
from layout.frame.blocks import Block
from layout.frame.written import is_static, written
from layout.glance.rows import row
from layout.glance.told import told_of
from measures.store.shelf import Shelf


class Instead:
    """Another thing in all but a few of its attributes."""

    def __init__(self, real: object, **others: object):
        self.__dict__.update(others, _real=real)

    def __getattr__(self, name: str):
        return getattr(self._real, name)


def drawn(function: Callable[..., Block | Iterable[Block]], *arguments: object) -> str:
    """What a function of the layout says, as markup; what is drawn live is left out."""
    blocks = function(*arguments)
    blocks = [blocks] if isinstance(blocks, Block) else blocks
    return "\n".join(written(block) for block in blocks if is_static(block))


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
    """The row that the first page would have if its place chose this figure; '' where there is none to show."""
    copy, card = _copy_of(shelf), shelf.measures[measure]
    alone = Instead(card, views=(view,))
    copy.measures = {**shelf.measures, measure: alone}
    place = shelf.places[shelf.cards[card.dataset].place]
    reader = SimpleNamespace(say=translator(code), shelf=copy, place=place, page="home", site_state={"place": place.id})
    told = told_of(reader, alone, category, area)
    return str(row(told, reader)) if told else ""
