"""A figure: its picture, the other views of it, and what a reader takes away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from charts import Picture
from layout.frame.blocks.texts import Block
from loaders import SourceCard


@dataclass(frozen=True)
class Chart(Block):
    """A picture; ``key`` names it within its page. One that is not ``seen`` is there to be taken away, as a file."""

    key: str
    picture: Picture
    seen: bool = True


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
