"""The card that every chart, map and table stands in: what was found, and one part of it at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from layout.frame.blocks import (
    Block,
    Columns,
    Figure,
    Fold,
    Group,
    Heading,
    Paragraph,
    Part,
    Table,
    small,
)
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from routes.addresses import page_address

NEWEST = 24  # rows of a long table where all parts stand beneath one another
BESIDE = (2, 1)  # how wide a picture is, and the margin beside it


def parts(reader: Reader, **blocks: Sequence[Block] | Callable[[], Sequence[Block]]) -> dict[str, Part]:
    """The parts of a figure by their names ('chart' or 'map', 'table', 'download', 'about'); none that is empty. What
    is given as a function is worked out only when the address asks for it, and is a link elsewhere."""
    say = reader.say
    words = {
        "chart": say("Chart"),
        "map": say("Map"),
        "lines": say("Over time"),
        "table": say("Table"),
        "download": say("Download"),
        "about": say("About"),
    }
    settled = {
        name: _asked_for(reader, name, words[name], inside) if callable(inside) else inside
        for name, inside in blocks.items()
    }
    named = {name: Part(words[name], tuple(inside)) for name, inside in settled.items() if inside}
    return {"chart" if name == "map" else name: part for name, part in named.items()}


def _asked_for(reader: Reader, name: str, words: str, work: Callable[[], Sequence[Block]]) -> Sequence[Block]:
    if reader.value("show") == name:
        return work()
    return [small(soft_link(page_address(reader.page, {**reader.state, "show": name}), words))]


def first_figure(reader: Reader, figure: Figure) -> Figure:
    """The first figure of a page: the address says which part of it is seen."""
    shown = reader.ask("show", list(figure.parts), next(iter(figure.parts)))
    return replace(figure, shown=shown, label=reader.say("What to show"))


def in_tabs(figure: Figure, page: str, state: Mapping[str, str | Sequence[str]]) -> Iterator[Block]:
    """The figure with one part of it, and links to the others. ``state``: what the address of the page holds."""
    if not figure.shown:
        yield from in_sections(figure)
        return
    yield from _head(figure)
    yield _tabs(figure, page, state)
    if figure.shown == next(iter(figure.parts)):
        yield from _picture(figure)
    else:
        yield from figure.parts[figure.shown].blocks
    yield from _away(figure)


def in_sections(figure: Figure) -> Iterator[Block]:
    """The whole figure: the chart stands, the other parts open beneath it."""
    yield from _head(figure)
    yield from _picture(figure)
    yield from _away(figure)
    yield from (Fold(part.label, part.blocks) for part in list(figure.parts.values())[1:])


def in_short_sections(figure: Figure) -> Iterator[Block]:
    """The same, a long table with its newest rows only and the way to the others."""
    for block in in_sections(figure):
        yield replace(block, blocks=tuple(_newest(block.blocks))) if isinstance(block, Fold) else block


def _head(figure: Figure) -> Iterator[Block]:
    yield Heading(figure.title, figure.level)
    yield Paragraph(figure.subtitle, "lead")
    yield from figure.choices


def _tabs(figure: Figure, page: str, state: Mapping[str, str | Sequence[str]]) -> Group:
    usual = next(iter(figure.parts))
    addresses = {name: page_address(page, {**state, "show": "" if name == usual else name}) for name in figure.parts}
    items = [soft_link(addresses[name], part.label, here=name == figure.shown) for name, part in figure.parts.items()]
    return Group("parts", tuple(items), "nav", figure.label)


def _picture(figure: Figure) -> Iterator[Block]:
    drawn = next(iter(figure.parts.values())).blocks
    if figure.wide or not figure.margin:
        yield from (*drawn, *figure.margin)
    else:
        yield Columns((drawn, figure.margin), BESIDE)


def _away(figure: Figure) -> Iterator[Block]:
    if figure.away:
        yield figure.away


def _newest(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table) and block.rest and len(block.rows) > NEWEST:
            yield replace(block, rows=block.rows[:NEWEST])
            yield small(block.rest)
        else:
            yield block
