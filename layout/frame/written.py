"""A block that never changes while it is read, written as HTML: the same on every surface. Here alone a text is
escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from itertools import groupby

from markupsafe import escape

from layout.frame.blocks import (
    Block,
    Columns,
    Fold,
    Group,
    Heading,
    Legend,
    Listing,
    Note,
    Paragraph,
    Table,
    TakeAway,
    Tile,
    Tiles,
    Written,
)
from layout.frame.markup import bulleted

HEADING = "content"  # the name of a page's heading
LONG = 11  # letters of a word that needs all of a tile
STATIC = (Heading, Paragraph, Note, Listing, Legend, Table, Group, TakeAway, Tiles, Written)


def is_static(block: Block) -> bool:
    """Can the block be written without anything that is drawn live?"""
    return all(map(is_static, block.blocks)) if isinstance(block, Fold) else isinstance(block, STATIC)


def merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with neighbours that do not change while they are read written as one. The foot stands apart: as it is
    the same after every choice, it need not be sent again.
    """
    for style, neighbours in groupby(blocks, _style):
        if style is None:
            yield from map(_merged_inside, neighbours)
        elif markup := "".join(map(written, neighbours)):
            yield Written(markup, style)


def is_foot(block: Block) -> bool:
    """Does it stand beneath the article?"""
    return isinstance(block, Written) and block.style.startswith("foot")


def _style(block: Block) -> str | None:
    if not is_static(block):
        return None
    return block.style if isinstance(block, Group) and block.style.startswith("foot") else ""


def _merged_inside(block: Block) -> Block:
    if isinstance(block, Fold):
        return replace(block, blocks=tuple(merged(block.blocks)))
    if isinstance(block, Columns):
        return replace(block, columns=tuple(tuple(merged(column)) for column in block.columns))
    return block


@singledispatch
def written(block: Block) -> str:
    """The block as HTML, one element; '' where there is nothing to say. Raises TypeError for a block that is drawn
    live."""
    raise TypeError(f"{type(block).__name__} is drawn by its surface")


@written.register
def _(block: Heading) -> str:
    there = f' id="{HEADING}" tabindex="-1"' if block.level == 1 else ""  # where the skip link leads
    minor = ' class="minor"' if block.minor else ""
    return f"<h{block.level}{there}{minor}>{escape(block.text)}</h{block.level}>"


@written.register
def _(block: Paragraph) -> str:
    style = f' class="{block.style}"' if block.style else ""
    role = ' role="status"' if block.style == "calm" else ""
    lines = "".join(f"<p{style}{role}>{escape(text)}</p>" for text in block.texts)
    return f"<div>{lines}</div>" if len(block.texts) > 1 else lines


@written.register
def _(block: Note) -> str:
    title = f"<strong>{escape(block.title)}</strong>" if block.title else ""
    return f'<div class="note">{title}{bulleted(block.texts)}</div>' if block.texts else ""


@written.register
def _(block: Listing) -> str:
    intro = f"<p>{escape(block.intro)}</p>" if block.intro else ""
    return f"<div>{intro}{bulleted(block.items, 'ol' if block.numbered else 'ul')}</div>" if block.items else ""


@written.register
def _(block: Legend) -> str:
    items = "".join(
        f'<li><span class="box" style="background:{fill};color:{ink}">{letter}</span>{escape(text)} '
        f'<span class="count">({count})</span></li>'
        for (fill, letter, ink), text, count in block.boxes
    )
    counted = f'<li class="count">{escape(block.counted)}</li>' if block.counted and items else ""
    return f'<ul class="legend" aria-label="{escape(block.label)}">{items}{counted}</ul>'


@written.register
def _(block: Table) -> str:
    head = "".join(f'<th scope="col"{_right(n, block)}>{escape(text)}</th>' for n, text in enumerate(block.headings))
    body = "".join(_row(row, block) for row in block.rows)
    label = escape(block.caption)
    return (
        f'<div class="table {block.size}" tabindex="0" role="group" aria-label="{label}"><table>'
        f"<caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], block: Table) -> str:
    first, *rest = map(escape, row)
    cells = "".join(f"<td{_right(n, block)}>{cell}</td>" for n, cell in enumerate(rest, 1))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _right(column: int, block: Table) -> str:
    return ' class="n"' if column in block.numeric else ""


@written.register
def _(block: Group) -> str:
    kind = ' role="group"' if block.tag in ("div", "section") else ""
    label = f'{kind} aria-label="{escape(block.label)}"' if block.label else ""
    items = "".join(map(escape, block.items))
    return f'<{block.tag} class="{block.style}"{label}>{items}</{block.tag}>' if items else ""


@written.register
def _(block: Fold) -> str:
    inside = "".join(map(written, block.blocks))
    return (
        f'<details class="fold"{opened(block)}><summary>{escape(block.title)}</summary>'
        f'<div class="flow">{inside}</div></details>'
        if inside
        else ""
    )


def opened(block: Fold) -> str:
    """The attribute of a fold that stands open."""
    return " open" if block.is_open else ""


@written.register
def _(block: TakeAway) -> str:
    label = escape(block.label)
    folds = "".join(
        f'<details class="{kind}" name="away"><summary>{escape(name)}</summary><div '
        f'class="panel">{inside}</div></details>'
        for kind, name, inside in block.folds
    )
    return (
        f'<div class="away" role="group" aria-label="{label}"><details class="offer"><summary>{label}</summary>'
        f'<div class="row">{folds}{"".join(block.links)}</div></details>'
        f'<p class="copied" role="status" data-copy="{escape(block.copy)}" '
        f'data-copied="{escape(block.copied)}"></p></div>'
    )


@written.register
def _(block: Written) -> str:
    return block.markup


@written.register
def _(block: Tiles) -> str:
    if not block.tiles:
        return ""
    columns = max(tile.spot[1] for tile in block.tiles) + 1
    inside = "".join(map(_tile, block.tiles))
    kind = "tiles listed" if block.search else "tiles"
    tiles = f'<ol class="{kind}" style="--columns: {columns}" aria-label="{escape(block.label)}">{inside}</ol>'
    return f'<div class="by-name">{_search(block)}{tiles}</div>' if block.search else tiles


def _search(block: Tiles) -> str:
    """A field that leaves the areas of a name in the list; a script shows it and obeys it."""
    return (
        f'<label class="find">{escape(block.search)}<input type="search" autocomplete="off"></label>'
        f'<p class="none" role="status" data-none="{escape(block.none)}"></p>'
    )


def _tile(tile: Tile) -> str:
    row, column = tile.spot
    fill, letter, ink = tile.dress or ("",) * 3
    look = f' style="--fill: {fill}; --on: {ink}; --part: {tile.part:.3f}"' if fill else ""
    names = f' data-names="{escape("|".join(tile.names))}"' if tile.names else ""
    full = f' data-full="{escape(tile.full)}"' if tile.full not in ("", tile.name) else ""
    long = ' class="long"' if any(len(word) >= LONG for word in tile.name.split()) else ""
    image = f'<img src="{escape(tile.image)}" alt="" width="128" height="48" loading="lazy">' if tile.image else ""
    return (
        f'<li style="grid-area: {row + 1} / {column + 1}"{names}><a data-soft href="{escape(tile.address)}" '
        f'target="_self"{look} aria-label="{escape(tile.told)}"><span{long}{full}>{escape(tile.name)}</span>'
        f"{'<i></i>' if fill else ' '}<b>{escape(letter)} {escape(tile.figure)}</b>{image}</a></li>"
    )
