"""The live surface: an article's blocks drawn with Streamlit. A control writes the address, and the address is the
state."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import singledispatch
from pathlib import Path
from urllib.parse import quote, urlsplit
from zlib import crc32

import streamlit as st
from markupsafe import escape

from language import SPOKEN_IN_CODE, translator
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
from layout.frame.missing import MISSING
from layout.frame.reader import Address, address_of, reader_of
from layout.frame.top import top
from layout.frame.written import is_foot, opened
from layout.sheets import failure_words, full_title, sheet_of
from measures.store.shelf import open_shelf

LOG = logging.getLogger("safety_in_figures")


def show(file: str) -> None:
    """Show the article of a page's file at the reader's address."""
    blocks = sheet_of(address(Path(file).stem)).drawn
    draw(block for block in blocks if isinstance(block, Announcement))
    with st.container(key="main"):
        draw(block for block in blocks if not isinstance(block, Announcement) and not is_foot(block))
    draw(filter(is_foot, blocks))


def address(page: str) -> Address:
    """What the reader's browser asks for on a page."""
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    parts = urlsplit(st.context.url or "")
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return address_of(page, pairs, st.context.headers.get("Accept-Language"), host)


def draw(blocks: Iterable[Block]) -> None:
    """Draw blocks one beneath the other."""
    for block in blocks:
        _draw(block)


@singledispatch
def _draw(block: Block) -> None:
    raise TypeError(f"the dashboard cannot draw {type(block).__name__}")


@_draw.register
def _(block: Written) -> None:
    st.html(block.markup)


@_draw.register
def _(block: Announcement) -> None:
    with st.container(key="announce"):
        st.html(f"<p>{escape(block.text)}</p>")


@_draw.register
def _(block: Chart) -> None:
    if block.seen:
        _draw_chart(block)


def _draw_chart(block: Chart) -> None:
    st.vega_lite_chart(block.picture.drawn(), theme=None, key=block.key, alt=block.picture.description, width="stretch")


@_draw.register
def _(block: Fold) -> None:
    """The style sheet shows what stands beneath while the fold is open; the platform's own loads a font for its
    arrow."""
    inside = "_".join(str(getattr(part, "key", "")) for part in block.blocks)
    with st.container(key=f"fold_{crc32(f'{block.title} {inside}'.encode())}"):
        st.html(f'<details class="fold"{opened(block)}><summary>{escape(block.title)}</summary></details>')
        with st.container():
            draw(block.blocks)


@_draw.register
def _(block: Columns) -> None:
    weights = list(block.weights) or len(block.columns)
    for column, blocks in zip(st.columns(weights, gap="medium"), block.columns, strict=True):
        with column:
            draw(blocks)


@_draw.register
def _(block: Row) -> None:
    with st.container(key=block.key, horizontal=True):
        draw(block.blocks)
        if block.more:
            st.html(f'<details class="more"><summary>{escape(block.opens)}</summary></details>')
            with st.container(key=f"{block.key}_more", horizontal=True):
                draw(block.more)
        if block.button:
            st.button(block.button, key="check")


@_draw.register
def _(block: PageLink) -> None:
    st.page_link(st.session_state["pages"][block.page], label=block.label, query_params=dict(block.state))


@_draw.register
def _(block: Choice) -> None:
    key = f"choose_{block.name}"
    st.session_state[key] = {"several": list, "yes": bool}.get(block.kind, str)(block.value)
    changed = {"key": key, "on_change": _keep, "args": (block, key)}
    if block.kind == "yes":
        st.toggle(block.label, **changed)
    elif block.kind == "text":
        st.text_input(block.label, max_chars=block.most, autocomplete="off", **changed)
    elif block.kind == "several":
        named = {"format_func": lambda code: block.options.get(code, code), "max_selections": block.most}
        st.multiselect(block.label, list(block.options), placeholder=block.hint, **named, **changed)
    else:
        named = {"format_func": lambda code: block.options.get(code, code), "placeholder": block.label}
        st.selectbox(block.label, list(block.options), **named, **changed)


def _keep(choice: Choice, key: str) -> None:
    """Write a choice into the address; the usual one needs no words there."""
    value = st.session_state[key]
    for other in choice.resets:
        st.query_params.pop(other, None)
    value = ("yes" if value else "") if choice.kind == "yes" else value
    if value == (list(choice.default) if choice.kind == "several" else choice.default) or value in (None, [], ""):
        st.query_params.pop(choice.name, None)
    else:
        st.query_params[choice.name] = value


def nothing_to_show() -> bool:
    """One calm sentence where no place of the data folder can be shown; False where there is one."""
    if open_shelf().places:
        return False
    say = translator(address("home").language)
    text = say("No figures can be shown at the moment. Please come back later.")
    st.html(f'<p class="site"><strong>{say.language.site}</strong></p><p class="calm" role="status">{escape(text)}</p>')
    return True


def draw_frame(pages: dict[str, object], file: str) -> None:
    """Draw what stands above every article. ``pages``: name → the page that the menu links to; ``file``: the name of
    the page shown. A script of the shell (routes/takeover.js) gives the document the language and the title.
    """
    st.session_state["pages"] = pages
    here = address(file)
    reader, sheet = reader_of(here), sheet_of(here)
    page = quote(pages[MISSING].url_path) if file.startswith("_") else file  # no such page in another language, either
    st.html(top(reader, page, sheet.state, full_title(sheet, reader.say)))


def calm_failure(error: Exception) -> bool:
    """Log what broke the frame of a page and draw one calm sentence; True keeps the platform's own box away."""
    LOG.error("a page failed", exc_info=error)
    st.html(f'<p class="calm" role="status">{escape(failure_words(translator(SPOKEN_IN_CODE)))}</p>')
    return True
