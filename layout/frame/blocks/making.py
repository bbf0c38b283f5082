"""Blocks as pages ask for them: by their words, a reader's choices, or the blocks that a generator yields."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import TypeVar

from charts import Picture
from layout.frame.blocks.figures import Chart
from layout.frame.blocks.groups import Choice, Row
from layout.frame.blocks.texts import Announcement, Block, Box, Heading, Legend, Note, Paragraph, Remarks
from layout.frame.reader import Reader

Value = TypeVar("Value")
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
