"""What is read on a page: headings, sentences, lists, legends and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Box = tuple[tuple[str, str, str], str, int]  # fill, letter and ink; words; how many areas


class Block:
    """Anything that stands on a page."""


@dataclass(frozen=True)
class Heading(Block):
    """The finding or the question that the next blocks are about; a ``minor`` one is printed small, as within what
    opens."""

    text: str
    level: int = 2
    minor: bool = False


@dataclass(frozen=True)
class Paragraph(Block):
    """Sentences, a paragraph each. ``style``: 'lead' under a heading, 'small' beneath a figure, 'calm' where something
    cannot be shown, 'address'.
    """

    texts: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True)
class Note(Block):
    """What a reader must know beside a chart."""

    texts: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True)
class Listing(Block):
    """Items beneath one another, numbered where their order counts, after an introducing sentence."""

    items: tuple[str, ...]
    intro: str = ""
    numbered: bool = False


@dataclass(frozen=True)
class Legend(Block):
    """Labelled boxes with how many areas fall in each. ``counted``: what stands in the brackets."""

    boxes: tuple[Box, ...]
    label: str
    counted: str = ""


@dataclass(frozen=True)
class Table(Block):
    """The columns in ``numeric`` are figures. ``size``: 'tall', 'long', 'grid', 'letters', 'changes' or ''. ``rest``:
    where the older rows are, when only the newest are shown.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    numeric: range = range(1, 99)
    size: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Announcement(Block):
    """One sentence on what the page now shows; a screen reader reads it when a choice changes."""

    text: str


@dataclass(frozen=True)
class PageLink(Block):
    """The way to another page, with what its address holds."""

    page: str
    label: str
    state: Mapping[str, str]


@dataclass(frozen=True)
class Written(Block):
    """Neighbours that do not change while they are read, as HTML. ``style``: 'foot' and 'foot links' stand apart."""

    markup: str
    style: str = ""


@dataclass(frozen=True)
class Remarks(Block):
    """What the address asked for and is not known: as many calm sentences as there are when the article has ended."""

    sentences: list[str] = field(hash=False)
