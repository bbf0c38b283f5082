"""Who is reading, in which language, about which place, and what does the address ask? The address is the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from language import LANGUAGES, Translator, negotiated, translator
from loaders import Place
from measures.store.shelf import Shelf, open_shelf

MAX_AREAS = 6


@dataclass(frozen=True)
class Reader:
    """One reader's view of one run: language, place, page, and the calm sentences about what the address got wrong."""

    say: Translator
    shelf: Shelf
    place: Place
    page: str
    asked: dict[str, str | list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def ask(self, name: str, options: Sequence[str], default: str) -> str:
        """The address's value for ``name`` when it is one of the options; else the default, with a calm remark."""
        asked = st.query_params.get(name, "")
        found = asked if asked in options else default
        if asked and asked not in options:
            self._remark()
        self.asked[name] = found
        return found

    def ask_several(self, name: str, options: Sequence[str], default: Sequence[str]) -> list[str]:
        """All values of a repeated name that are options, up to six; the default when none is."""
        asked = list(dict.fromkeys(st.query_params.get_all(name)))
        found = [one for one in asked if one in options][:MAX_AREAS]
        if len(found) < len(asked):
            self._remark()
        self.asked[name] = found or list(default)
        return found or list(default)

    def ask_text(self, name: str, accepts: Callable[[str], bool]) -> str:
        """The address's text for ``name`` where it is accepted; else '', with a calm remark."""
        asked = st.query_params.get(name, "")
        found = asked if asked and accepts(asked) else ""
        if asked and not found:
            self._remark()
        self.asked[name] = found
        return found

    def _remark(self) -> None:
        sentence = self.say("Part of this address is not known here, so the usual choice is shown instead.")
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    @property
    def state(self) -> dict[str, str | list[str]]:
        """What the address of this very view holds, language and place always."""
        return {"lang": self.say.code, "place": self.place.id, **self.asked}


def asked_language() -> str:
    """The language of the address; on a first visit the browser decides."""
    language = st.query_params.get("lang", "")
    return language if language in LANGUAGES else negotiated(st.context.headers.get("Accept-Language"))


def meet(page: str) -> Reader:
    """The reader of this run, from the address; on a first visit the browser's language decides."""
    shelf, language = open_shelf(), asked_language()
    place_id = st.query_params.get("place", "")
    place = shelf.places.get(place_id, shelf.default_place)
    reader = Reader(translator(language), shelf, place, page)
    known = {"lang": LANGUAGES, "place": shelf.places}
    if any(st.query_params.get(name, "") not in ("", *options) for name, options in known.items()):
        reader._remark()
    st.session_state["reader"] = reader
    return reader


def reader() -> Reader:
    """The reader that the frame met in this run."""
    return st.session_state["reader"]


def choose(
    reader: Reader,
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    widget: Callable | None = None,
    resets: Sequence[str] = (),
) -> str:
    """One choice, kept in the address by code and shown by its label in the reader's language. ``resets``: what another
    choice takes out of the address.
    """
    current = reader.ask(name, list(options), default)
    key = f"choose_{name}"
    st.session_state[key] = current
    show = widget or st.selectbox
    show(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        key=key,
        on_change=_keep,
        args=(name, key, default, resets),
    )
    return current


def choose_several(
    reader: Reader, name: str, label: str, options: Mapping[str, str], default: Sequence[str], hint: str
) -> list[str]:
    """Several choices (areas), kept in the address as repeated codes."""
    current = reader.ask_several(name, list(options), default)
    key = f"choose_{name}"
    st.session_state[key] = current
    st.multiselect(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        key=key,
        max_selections=MAX_AREAS,
        placeholder=hint,
        on_change=_keep,
        args=(name, key, list(default)),
    )
    return current


def choose_text(
    reader: Reader, name: str, label: str, accepts: Callable[[str], bool], most: int, resets: Sequence[str] = ()
) -> str:
    """A typed text, kept in the address as it was typed; '' where none was typed or it is not accepted."""
    current = reader.ask_text(name, accepts)
    key = f"choose_{name}"
    typed = st.query_params.get(name, "")
    st.session_state[key] = typed if len(typed) <= most else ""
    st.text_input(label, key=key, max_chars=most, autocomplete="off", on_change=_keep, args=(name, key, "", resets))
    return current


def _keep(name: str, key: str, default: str | list[str], resets: Sequence[str] = ()) -> None:
    value = st.session_state[key]
    for other in resets:
        st.query_params.pop(other, None)
    if value == default or value in (None, []):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def keep_language(code: str) -> None:
    """The same article in another language: everything else in the address stays."""
    st.query_params["lang"] = code


def keep_place(key: str) -> None:
    """A new place starts its article afresh: only the language stays."""
    language = st.query_params.get("lang", "")
    st.query_params.from_dict(
        {name: value for name, value in (("lang", language), ("place", st.session_state[key])) if value}
    )
