"""The still surface: an article as one HTML page that needs no script. Its controls are a form, its charts are
pictures, and the words are those of the dashboard.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from markupsafe import Markup, escape

import charts
from language import LANGUAGES
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
from layout.frame.markup import link
from layout.frame.menu import OUTSIDE_THE_MENU, PAGES, titles
from layout.frame.reader import Reader
from layout.sheets import Sheet
from routes.addresses import page_address, picture_address

FORM = "choices"
PHONE, NARROW = 400, 600  # pixels: the width of a picture for a phone, and the widest window that gets it
WIDE = 1072
AXIS = 30  # pixels beneath a chart whose height does not count its axis


def body_of(sheet: Sheet, reader: Reader, *, alone: bool) -> str:
    """What stands in the body of a page. ``alone``: no script will take over, so that its form needs a button."""
    writer = _Writer(sheet, reader, alone)
    inside = writer.form() + writer.blocks(sheet.drawn)
    return f'<div id="article" class="stApp">{writer.top()}<main class="flow">{inside}</main></div>'


class _Writer:
    """Writes the blocks of one sheet."""

    def __init__(self, sheet: Sheet, reader: Reader, alone: bool):
        self.sheet, self.reader, self.alone = sheet, reader, alone
        self.state = reader.site_state
        self.page = "home" if sheet.page.startswith("_") else sheet.page  # from no page the way leads to the front

    def top(self) -> str:
        """The name, the place and the languages, and the menu."""
        say, sheet = self.reader.say, self.sheet
        others = [code for code in LANGUAGES if code != say.code]
        turned = [(page_address(self.page, {**sheet.state, "lang": code}), code) for code in others]
        languages = "".join(f"<p>{link(address, LANGUAGES[code].name)}</p>" for address, code in turned)
        pages = (name for name in PAGES if name not in OUTSIDE_THE_MENU)
        return (
            f'<header class="st-key-top"><p class="site"><strong>{say.language.site}</strong></p>'
            f'<div class="st-key-choosers">{self._place()}{languages}</div></header><nav class="st-key-menu">'
            f"{''.join(self.write(PageLink(name, titles(say)[name], self.state)) for name in pages)}</nav>"
        )

    def _place(self) -> str:
        say, places = self.reader.say, self.reader.shelf.places
        names = {code: say.pick(place.name) for code, place in places.items()}
        chooser = _options(names, self.reader.place.id)
        action = page_address(self.page, {})
        return (
            f'<form action="{action}">{self._hidden("place")}'
            f'<select name="place" aria-label="{escape(say("Place"))}">{chooser}</select>{self.button()}</form>'
        )

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

    def _hidden(self, chosen: str = "") -> str:
        """What a form keeps of the address. ``chosen``: what it asks for itself."""
        kept = ((name, value) for name, value in self.state.items() if name != chosen)
        return "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in kept)


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
    picture, rows = block.picture, block.picture.datasets.get("rows")
    if rows is not None and charts.is_tiled(rows):
        drawn = charts.tile_svg(picture)
    elif rows is not None and charts.is_mapped(rows):
        drawn = charts.map_svg(picture, writer.reader.shelf.outlines(writer.reader.place.id))
    else:
        drawn = _image(block, writer)
    return f'<figure class="stVegaLiteChart st-key-{block.key}">{drawn}</figure>'


def _image(block: Chart, writer: _Writer) -> str:
    address = picture_address(writer.sheet.page, block.key, "svg", writer.sheet.state)
    spec = block.picture.spec
    height = spec.get("height", 300) + (0 if "autosize" in spec else AXIS)
    return (
        f'<picture><source media="(max-width: {NARROW}px)" srcset="{escape(address)}&amp;width={PHONE}" '
        f'width="{PHONE}" height="{height}">'
        f'<img src="{escape(address)}" alt="{escape(block.picture.description)}" width="{WIDE}" height="{height}" '
        'loading="lazy"></picture>'
    )


@_write.register
def _(block: Fold, writer: _Writer) -> str:
    return (
        f'<details class="fold"><summary>{escape(block.title)}</summary>'
        f'<div class="flow">{writer.blocks(block.blocks)}</div></details>'
    )


@_write.register
def _(block: Columns, writer: _Writer) -> str:
    columns = "".join(f'<div class="flow">{writer.blocks(column)}</div>' for column in block.columns)
    return f'<div class="columns">{columns}</div>'


@_write.register
def _(block: Row, writer: _Writer) -> str:
    inside = "".join(_choice(part) if isinstance(part, Choice) else writer.write(part) for part in block.blocks)
    return f'<div class="st-key-{block.key}">{inside}{writer.button(FORM)}</div>'


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
