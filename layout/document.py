"""The still surface: an article as one HTML page that needs no script. Its controls are a form, its charts are
pictures, and the words are those of the dashboard.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from itertools import filterfalse

from markupsafe import Markup, escape

import charts
from layout.frame.blocks import (
    Announcement,
    Block,
    Chart,
    Choice,
    Columns,
    Fold,
    PageLink,
    Row,
    Written,
)
from layout.frame.reader import Reader
from layout.frame.top import top
from layout.frame.written import is_foot, opened
from layout.sheets import Sheet
from routes.addresses import CHART_WIDTHS, page_address, picture_address

FORM = "choices"
PHONE, NARROW = CHART_WIDTHS[-1], 600  # pixels: the width of a picture for a phone, and the widest window that gets it
WIDE = CHART_WIDTHS[0]
WIDE_SHARE = 0.8  # of the width, above which a picture is drawn for all of it
AXIS = 30  # pixels beneath a chart whose height does not count its axis


def body_of(sheet: Sheet, reader: Reader, *, alone: bool, blocks: Iterable[Block] | None = None) -> str:
    """What stands in the body of a page. ``alone``: no script will take over, so that its form needs a button, and
    every part of a figure stands there. ``blocks``: other blocks than all of the sheet's.
    """
    writer = _Writer(sheet, reader, alone)
    shown = list(blocks or (sheet.still if alone else sheet.drawn))
    article, foot = writer.blocks(filterfalse(is_foot, shown)), writer.blocks(filter(is_foot, shown))
    head = top(reader, writer.page, sheet.state, "")
    return f'<div id="article" class="stApp">{head}<main class="flow">{writer.form()}{article}</main>{foot}</div>'


class _Writer:
    """Writes the blocks of one sheet."""

    def __init__(self, sheet: Sheet, reader: Reader, alone: bool):
        self.sheet, self.reader, self.alone = sheet, reader, alone
        self.state = reader.site_state
        self.share = 1.0  # of the width, that what is written takes
        self.page = "home" if sheet.page.startswith("_") else sheet.page  # from no page the way leads to the front

    def button(self, form: str = "") -> str:
        """What sends a form; a script sends it where there is one."""
        words = escape(self.reader.say("Show"))
        button = f"<button{f' form={form}' if form else ''}>{words}</button>"
        return button if self.alone else f"<noscript>{button}</noscript>"

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks one beneath the other."""
        return "".join(map(self.write, blocks))

    def write(self, block: Block) -> str:
        """A block as an element."""
        return _write(block, self)

    def form(self) -> str:
        """The one form of all choices of the page."""
        action = page_address(self.page, {})
        return f'<form id="{FORM}" action="{action}">{self._hidden()}</form>'

    def _hidden(self) -> str:
        """What the form keeps of the address."""
        kept = self.state | {name: value for name, value in self.sheet.state.items() if name == "show"}
        return "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in kept.items())

    def beside(self, blocks: Iterable[Block], share: float) -> str:
        """Blocks that take a share of the width."""
        self.share = share
        text = self.blocks(blocks)
        self.share = 1
        return text


@singledispatch
def _write(block: Block, writer: _Writer) -> str:
    raise TypeError(f"the document cannot write {type(block).__name__}")


@_write.register
def _(block: Written, writer: _Writer) -> str:
    return f'<div class="stHtml">{block.markup}</div>'


@_write.register
def _(block: Announcement, writer: _Writer) -> str:
    return ""  # for readers whose page changes beneath them


@_write.register
def _(block: Chart, writer: _Writer) -> str:
    if not block.seen:
        return ""
    picture, rows = block.picture, block.picture.datasets.get("rows")
    if rows is not None and charts.is_tiled(rows):
        drawn = charts.tile_svg(picture)
    elif rows is not None and charts.is_mapped(rows):
        drawn = charts.map_svg(picture, writer.reader.shelf.outlines(writer.reader.place.id))
    else:
        drawn = _image(block, writer)
    return f'<figure class="stVegaLiteChart st-key-{block.key}">{drawn}</figure>'


def _image(block: Chart, writer: _Writer) -> str:
    room = WIDE if writer.share > WIDE_SHARE else CHART_WIDTHS[1]
    state = {**writer.sheet.state, "width": "" if room == WIDE else str(room)}
    address = picture_address(writer.sheet.page, block.key, "svg", state)
    phone = picture_address(writer.sheet.page, block.key, "svg", {**state, "width": str(PHONE)})
    spec = block.picture.spec
    height = spec.get("height", 300) + (0 if "autosize" in spec else AXIS)
    return (
        f'<picture><source media="(max-width: {NARROW}px)" srcset="{escape(phone)}" '
        f'width="{PHONE}" height="{height}">'
        f'<img src="{escape(address)}" alt="{escape(block.picture.description)}" width="{room}" height="{height}" '
        'loading="lazy"></picture>'
    )


@_write.register
def _(block: Fold, writer: _Writer) -> str:
    return (
        f'<details class="fold"{opened(block)}><summary>{escape(block.title)}</summary>'
        f'<div class="flow">{writer.blocks(block.blocks)}</div></details>'
    )


@_write.register
def _(block: Columns, writer: _Writer) -> str:
    weights = block.weights or (1,) * len(block.columns)
    columns = "".join(
        f'<div class="flow" style="flex-grow:{weight}">{writer.beside(column, weight / sum(weights))}</div>'
        for column, weight in zip(block.columns, weights, strict=True)
    )
    return f'<div class="columns{" margin" if block.weights else ""}">{columns}</div>'


@_write.register
def _(block: Row, writer: _Writer) -> str:
    inside = _choices(block.blocks, writer)
    if block.more:
        inside += (
            f'<details class="more"><summary>{escape(block.opens)}</summary></details>'
            f'<div class="st-key-{block.key}_more">{_choices(block.more, writer)}</div>'
        )
    return f'<div class="st-key-{block.key}">{inside}{writer.button(FORM)}</div>'


def _choices(blocks: Iterable[Block], writer: _Writer) -> str:
    return "".join(_choice(part) if isinstance(part, Choice) else writer.write(part) for part in blocks)


@_write.register
def _(block: PageLink, writer: _Writer) -> str:
    here = ' aria-current="page"' if block.page == writer.sheet.page else ""
    return f'<a href="{escape(page_address(block.page, block.state))}"{here}>{escape(block.label)}</a>'


@_write.register
def _(block: Choice, writer: _Writer) -> str:
    return f'<div class="alone">{_choice(block)}{writer.button(FORM)}</div>'


def _choice(block: Choice) -> str:
    label, inside = escape(block.label), _control(block)
    start = f'<div class="choice st-key-choose_{block.name}"'
    if block.kind == "several":
        return f'{start} role="group" aria-label="{label}"><span>{label}</span>{inside}</div>'
    if block.kind == "yes":
        return f"{start}><label>{inside} {label}</label></div>"
    return f"{start}><label><span>{label}</span>{inside}</label></div>"


def _control(choice: Choice) -> str:
    attributes = f'form="{FORM}" name="{choice.name}"'
    if choice.kind == "yes":
        return f'<input type="checkbox" {attributes} value="yes"{" checked" if choice.value else ""}>'
    if choice.kind == "text":
        return (
            f'<input type="text" {attributes} value="{escape(choice.value)}" maxlength="{choice.most}" '
            'autocomplete="off">'
        )
    if choice.kind == "several":
        chosen = Markup(" · ").join(choice.options[code] for code in choice.value) or choice.hint
        boxes = "".join(
            f'<label><input type="checkbox" {attributes} value="{escape(code)}"'
            f"{' checked' if code in choice.value else ''}> {escape(name)}</label>"
            for code, name in choice.options.items()
        )
        return f'<details class="several"><summary>{escape(chosen)}</summary><div>{boxes}</div></details>'
    resets = f' data-resets="{" ".join(choice.resets)}"' if choice.resets else ""
    return f"<select {attributes}{resets}>{_options(choice.options, choice.value, choice.default)}</select>"


def _options(options, value: str, usual: str | None = None) -> str:
    """The options of a menu; the usual choice needs no words in the address."""
    return "".join(
        f'<option value="{"" if code == usual else escape(code)}"{" selected" if code == value else ""}>'
        f"{escape(name)}</option>"
        for code, name in options.items()
    )
