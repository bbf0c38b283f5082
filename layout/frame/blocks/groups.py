"""What holds other blocks or stands in rows: groups, tiles, folds, columns and choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from layout.frame.blocks.texts import Block
from layout.frame.reader import MAX_AREAS
from loaders import SourceCard


@dataclass(frozen=True)
class Group(Block):
    """Pieces of one kind beside or beneath one another: 'cards', 'claims', 'entries', 'terms', 'answer', 'foot'."""

    style: str
    items: tuple[Markup, ...]
    tag: str = "div"
    label: str = ""


@dataclass(frozen=True)
class Foot(Group):
    """Where the figures come from and what they cannot tell. ``datasets``: whose they are; ``file``: the address of
    what is drawn, as a file.
    """

    datasets: tuple[SourceCard, ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Tile:
    """One area: its name and figure, where it leads, and where it stands (row and column from 0). ``dress``: fill,
    letter and ink, or none; ``image``: the address of a small picture, or ''; ``told``: all of it in words;
    ``part``: the figure as a part of the largest; ``names``: what the area is also called; ``full``: its whole name,
    where a list has room for it.
    """

    name: str
    figure: str
    address: str
    spot: tuple[int, int]
    told: str
    dress: tuple[str, str, str] | None = None
    image: str = ""
    part: float = 0.0
    names: tuple[str, ...] = ()
    full: str = ""


@dataclass(frozen=True)
class Tiles(Block):
    """Areas as tiles of one size, each a link, where they lie; on a phone by name in two columns, or where there is a
    ``search`` as a list. ``search``: the words of a field that takes a name; ``none``: those where no area has it.
    """

    tiles: tuple[Tile, ...]
    label: str
    search: str = ""
    none: str = ""


@dataclass(frozen=True)
class Fold(Block):
    """What a reader may open; it stands open where the address asks for what is in it."""

    title: str
    blocks: tuple[Block, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Columns(Block):
    """Blocks side by side. ``weights``: how wide each is beside the others; all alike where none are named."""

    columns: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice(Block):
    """What a reader chooses, as the address has it: ``value`` is a code of ``options``, several of them, or a text.

    ``kind``: 'one' of the options, 'several', 'text' or 'yes'. ``resets``: what another choice takes out of the
    address. ``most``: how many may be chosen, or characters typed. ``hint``: stands where nothing is chosen yet.
    """

    name: str
    label: str
    options: Mapping[str, str]
    value: str | tuple[str, ...]
    default: str | tuple[str, ...] = ""
    kind: str = "one"
    resets: tuple[str, ...] = ()
    most: int = MAX_AREAS
    hint: str = ""


@dataclass(frozen=True)
class Row(Block):
    """Choices in one quiet row above what they change. ``button``: the words of a button behind them. ``more``: the
    choices that open behind them, ``opens`` the words that open those.
    """

    key: str
    blocks: tuple[Block, ...]
    button: str = ""
    more: tuple[Block, ...] = ()
    opens: str = ""
