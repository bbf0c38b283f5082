"""What a page is made of: a closed set of blocks, each of them a value. A page says what there is; a surface (the
dashboard, the document, a test) knows how it is drawn.

A text is plain, and escaped where it is written, or markup that is safe by its type (markupsafe).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from markupsafe import Markup

from charts import Picture
from layout.frame.reader import MAX_AREAS, Reader
from loaders import SourceCard

Box = tuple[tuple[str, str, str], str, int]  # fill, letter and ink; words; how many areas
Value = TypeVar("Value")


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
class Chart(Block):
    """A picture; ``key`` names it within its page. One that is not ``seen`` is there to be taken away, as a file."""

    key: str
    picture: Picture
    seen: bool = True


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


@dataclass(frozen=True)
class PageLink(Block):
    """The way to another page, with what its address holds."""

    page: str
    label: str
    state: Mapping[str, str]


@dataclass(frozen=True)
class Announcement(Block):
    """One sentence on what the page now shows; a screen reader reads it when a choice changes."""

    text: str


@dataclass(frozen=True)
class TakeAway(Block):
    """What a reader takes away from a chart or a page. ``folds``: kind, name and inside of what opens; ``links``: to
    files; ``quote``: the lines to cite; ``copy`` and ``copied``: the words of a button, where a script can copy, and
    what is said afterwards; ``datasets``: whose figures are taken.
    """

    label: str
    folds: tuple[tuple[str, str, Markup], ...]
    links: tuple[Markup, ...]
    quote: str
    copy: str
    copied: str
    datasets: tuple[SourceCard, ...] = ()


@dataclass(frozen=True)
class Part:
    """One of the views of a figure: the words that open it, and what stands there."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Figure(Block):
    """What figures say, with the picture that shows it and whatever else is asked of them.

    ``title``: the finding. ``subtitle``: measure, unit, period and status. ``parts``: 'chart', 'table', 'download' and
    'about' → what stands there, the chart first. ``shown``: the part that is seen; '' where the others are folds.
    ``margin``: what stands beside the chart, or beneath it where the chart is ``wide``. ``label``: what is chosen among
    the parts.
    """

    title: str
    subtitle: tuple[str, ...]
    parts: Mapping[str, Part]
    away: TakeAway | None = None
    choices: tuple[Block, ...] = ()
    margin: tuple[Block, ...] = ()
    shown: str = ""
    level: int = 1
    wide: bool = False
    label: str = ""


@dataclass(frozen=True)
class Written(Block):
    """Neighbours that do not change while they are read, as HTML. ``style``: 'foot' and 'foot links' stand apart."""

    markup: str
    style: str = ""


@dataclass(frozen=True)
class Remarks(Block):
    """What the address asked for and is not known: as many calm sentences as there are when the article has ended."""

    sentences: list[str] = field(hash=False)


Blocks = Generator[Block, None, Value]


def heading(text: str, level: int = 2, minor: bool = False) -> Heading:
    """A heading that says the finding or the question."""
    return Heading(text, level, minor)


def lead(text: str) -> Paragraph:
    """The sentence under the heading: what is counted, in which unit, from when to when."""
    return Paragraph((text,), "lead")


def paragraph(*sentences: str, style: str = "") -> Paragraph:
    """Plain sentences, one paragraph each; nothing is drawn when there is nothing to say."""
    return Paragraph(tuple(text for text in sentences if text), style)


def small(*sentences: str) -> Paragraph:
    """What stands muted beneath a figure or a table."""
    return paragraph(*sentences, style="small")


def note(texts: Iterable[str], title: str = "") -> Note:
    """What a reader must know beside a chart; nothing is drawn when there is nothing to say."""
    return Note(tuple(dict.fromkeys(text for text in texts if text)), title)


def calm(reader: Reader, sentence: str = "") -> Paragraph:
    """One calm sentence where figures cannot be shown; the rest of the page goes on."""
    text = sentence or reader.say("These figures cannot be shown at the moment. The rest of the site works as usual.")
    return paragraph(text, style="calm")


def remarks(reader: Reader) -> Remarks:
    """What the address asked for and is not known, in one calm sentence."""
    return Remarks(reader.remarks)


def boxes(labelled: Sequence[Box], reader: Reader, counted: str = "") -> Legend:
    """A legend: labelled boxes with how many fall in each. ``counted``: what stands in the brackets."""
    return Legend(tuple(labelled), reader.say("Legend"), counted)


def in_brackets(reader: Reader) -> str:
    """What the numbers of a map's legend count."""
    return reader.say("In brackets: number of {areas}", areas=areas_word(reader))


def areas_word(reader: Reader) -> str:
    """The place's own word for its areas, several of them: boroughs."""
    return reader.say.pick(reader.place.areas_word)


def announce(text: str) -> Announcement:
    """What the page now shows, in one sentence."""
    return Announcement(text)


def picture(drawn: Picture | None, key: str, links: Mapping[str, str] | None = None) -> Chart | Paragraph:
    """A chart; the chart's words are its accessible name. Nothing is drawn where there is none. ``links``: id of a row
    → the address to which a click on it leads.
    """
    return Chart(key, drawn.linked(links) if links else drawn) if drawn else paragraph()


def choose(
    reader: Reader,
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    resets: Sequence[str] = (),
) -> Choice:
    """One choice, kept in the address by code and shown by its label in the reader's language. ``resets``: what another
    choice takes out of the address.
    """
    value = reader.ask(name, list(options), default)
    return Choice(name, label, options, value, default, resets=tuple(resets))


def choose_several(
    reader: Reader, name: str, label: str, options: Mapping[str, str], default: Sequence[str], hint: str
) -> Choice:
    """Several choices (areas), kept in the address as repeated codes."""
    value = reader.ask_several(name, list(options), default)
    return Choice(name, label, options, tuple(value), tuple(default), "several", hint=hint)


def row(key: str, blocks: Blocks[Value], button: str = "") -> Blocks[Value]:
    """What is yielded, in one row; returns what is returned."""
    inside, value = gathered(blocks)
    yield Row(key, inside, button)
    return value


def controls(blocks: Blocks[Value]) -> Blocks[Value]:
    """The quiet row of choices above a chart."""
    return (yield from row("controls", blocks))


def first_choices(blocks: Sequence[Block], names: Sequence[str], opens: str) -> Row:
    """The quiet row with the choices of these names; the others open behind them, by the words ``opens``."""
    first, more = [], []
    for block in blocks:
        (first if isinstance(block, Choice) and block.name in names else more).append(block)
    return Row("controls", tuple(first), more=tuple(more), opens=opens)


def gathered(blocks: Blocks[Value]) -> tuple[tuple[Block, ...], Value]:
    """The blocks that a generator yields, and what it returns."""
    inside: list[Block] = []
    while True:
        try:
            inside.append(next(blocks))
        except StopIteration as end:
            return tuple(inside), end.value
