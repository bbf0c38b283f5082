"""Headings, paragraphs, notes and pictures: the type of the page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape

from charts import Picture
from layout.reader import Reader

Box = tuple[tuple[str, str, str], str, int]  # fill, letter and ink; words; how many areas


def heading(text: str, level: int = 2) -> None:
    """A heading that says the finding or the question."""
    st.html(f"<h{level}>{escape(text)}</h{level}>")


def lead(text: str) -> None:
    """The sentence under the heading: what is counted, in which unit, from when to when."""
    st.html(f'<p class="lead">{escape(text)}</p>')


def paragraph(*sentences: str) -> None:
    """Plain sentences, one paragraph each; nothing is drawn when there is nothing to say."""
    if any(sentences):
        st.html("".join(f"<p>{escape(text)}</p>" for text in sentences if text))


def note(texts: Sequence[str], title: str = "") -> None:
    """What a reader must know beside a chart; nothing is drawn when there is nothing to say."""
    if texts:
        items = "".join(f"<li>{escape(text)}</li>" for text in dict.fromkeys(texts))
        head = f"<strong>{escape(title)}</strong>" if title else ""
        st.html(f'<div class="note">{head}<ul>{items}</ul></div>')


def calm(reader: Reader, sentence: str = "") -> None:
    """One calm sentence where figures cannot be shown; the rest of the page goes on."""
    text = sentence or reader.say("These figures cannot be shown at the moment. The rest of the site works as usual.")
    st.html(f'<p class="calm" role="status">{escape(text)}</p>')


def remarks(reader: Reader) -> None:
    """What the address asked for and is not known, in one calm sentence."""
    for sentence in reader.remarks:
        calm(reader, sentence)


def boxes(found: Sequence[Box], reader: Reader) -> None:
    """A legend: labelled boxes with how many fall in each."""
    items = "".join(
        (
            f'<li><span class="box" style="background:{fill};color:{ink}">{letter}</span>{escape(text)} <span '
            f'class="count">({count})</span></li>'
        )
        for (fill, letter, ink), text, count in found
    )
    st.html(f'<ul class="legend" aria-label="{escape(reader.say("Legend"))}">{items}</ul>')


def in_brackets(reader: Reader) -> None:
    """What the numbers of a map's legend count."""
    words = reader.say("In brackets: the number of {areas} in each class.", areas=areas_word(reader))
    st.html(f'<p class="small">{escape(words)}</p>')


def areas_word(reader: Reader) -> str:
    """The place's own word for its areas, several of them: boroughs."""
    word = reader.place.area_word
    return word.get(f"{reader.say.code}_plural", reader.say.pick(word))


def picture(made: Picture | None, key: str, on_pick=None):
    """Draw a chart. With ``on_pick`` a click on an area calls it; the chart's words are its accessible name."""
    if made is None:
        return None
    extra = {"on_select": on_pick, "selection_mode": "pick"} if on_pick else {}
    return st.vega_lite_chart(made.drawn(), theme=None, key=key, alt=made.description, width="stretch", **extra)
