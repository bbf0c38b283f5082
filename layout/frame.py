"""What every page shares: the name, the menu, place and language, and what is said to a screen reader."""

from __future__ import annotations

import streamlit as st
from markupsafe import escape

from language import LANGUAGES, translator
from layout.reader import Reader, asked_language, keep_language, keep_place, meet
from measures.store.shelf import open_shelf

PAGES = (
    "home",
    "trends",
    "map",
    "compare",
    "district",
    "online",
    "claims",
    "register",
    "coverage",
    "download",
    "sources",
    "privacy",
    "origin",
)
OUTSIDE_THE_MENU = ("origin",)  # reached from the foot of every page


def titles(say) -> dict[str, str]:
    """The pages' names, in the reader's language."""
    return {
        "home": say("At a glance"),
        "trends": say("Trends"),
        "map": say("Map"),
        "compare": say("Compare"),
        "district": say("One district"),
        "online": say("Online services"),
        "claims": say("Claims"),
        "register": say("Register of systems"),
        "coverage": say("What is published"),
        "download": say("Download"),
        "sources": say("Sources and methods"),
        "privacy": say("Privacy"),
        "origin": say("Where a figure comes from"),
        "missing": say("There is no such page"),
    }


def nothing_to_show() -> bool:
    """One calm sentence where no place of the data folder can be shown; False where there is one."""
    if open_shelf().places:
        return False
    say = translator(asked_language())
    text = say("No figures can be shown at the moment. Please come back later.")
    st.html(f'<p class="site"><strong>{say.language.site}</strong></p><p class="calm" role="status">{escape(text)}</p>')
    return True


def draw_frame(pages: dict[str, object], page: str) -> Reader:
    """Draw the top of the page and meet the reader. ``pages``: name → the page that the menu links to."""
    reader = meet(page)
    say = reader.say
    st.html(
        f"<script>document.documentElement.lang='{say.language.tag}';document.title='{escape(titles(say)[page])} · {say.language.site}';"
        "{const live=()=>{for(const e of document.querySelectorAll('.st-key-announce')){e.setAttribute('role','status');e.setAttribute('aria-live','polite')}};"
        # on a slow first visit the region comes after this
        "live();for(const wait of [300,1000,3000,9000])setTimeout(live,wait)}</script>",
        unsafe_allow_javascript=True,
    )
    with st.container(key="top", horizontal=True):
        st.html(f'<p class="site"><strong>{say.language.site}</strong></p>')
        with st.container(key="choosers", horizontal=True):
            _place(reader)
            for code, language in LANGUAGES.items():
                if code != say.code:
                    st.button(language.name, key=f"speak_{code}", type="tertiary", on_click=keep_language, args=(code,))
    with st.container(key="menu", horizontal=True):
        for name in (one for one in PAGES if one not in OUTSIDE_THE_MENU):
            st.page_link(
                pages[name], label=titles(say)[name], query_params={"lang": say.code, "place": reader.place.id}
            )
    return reader


def _place(reader: Reader) -> None:
    st.session_state["choose_place"] = reader.place.id
    st.selectbox(
        reader.say("Place"),
        list(reader.shelf.places),
        key="choose_place",
        label_visibility="collapsed",
        on_change=keep_place,
        args=("choose_place",),
        format_func=lambda code: reader.say.pick(reader.shelf.places[code].name),
    )


def announce(text: str) -> None:
    """Say in one sentence what the page now shows; a screen reader reads it when a filter changes."""
    with st.container(key="announce"):
        st.html(f"<p>{escape(text)}</p>")
