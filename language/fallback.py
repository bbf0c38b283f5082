"""In which language is a text shown that the reader's language lacks, and which texts of a page are such?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from language.settings import LANGUAGES, REQUIRED, chain

_BESIDE = ("_said", "_plural")  # forms of a name that go with it
_FALLEN: dict[str, dict[str, str]] = {code: {} for code in LANGUAGES}  # language → text → the language it is in
_LETTERS: dict[str, set[str]] = {code: set() for code in LANGUAGES}  # that the texts of a language are written in
_INDEX: dict[str, tuple[int, dict[str, list[str]]]] = {}
FALLEN = '<span class="fallen" lang="{}">'  # what a text that has fallen back stands in
_START = 2  # letters by which a text is looked up
_PLACE = re.compile(r"{\w*}")
_WHOLE = "(?:script|style|svg|option|title)"  # elements in which nothing is marked
_ELEMENT = re.compile(rf"(<{_WHOLE}\b.*?</{_WHOLE}>|<[^>]*>)", re.S)


class FallenBack(str):
    """A text that stands in for one that a language lacks."""


def fallen_back(text: str, code: str, source: str) -> FallenBack:
    """The text of another language (``source``) for a reader of ``code``, noted so that pages can mark it."""
    for part in _PLACE.split(text):
        part = part.strip()
        if len(part) >= _START and any(letter.isalpha() for letter in part):
            _FALLEN[code].setdefault(part, source)
    return FallenBack(text)


def written_in(code: str, texts: Iterable[str]) -> None:
    """Note the letters in which texts of a language are written."""
    for text in texts:
        _LETTERS[code].update(text)


def own_or_fallen(text: str, code: str, source: str) -> str:
    """The text as it is where it is in the reader's language, else noted as fallen back."""
    return text if code == source else fallen_back(text, code, source)


def in_every_language(words: Mapping[str, str]) -> dict[str, str]:
    """A text with what its languages lack filled in by their chains: {en, zh} → {en, zh, zh_hant}; other keys stay."""
    filled = dict(words)
    for code in LANGUAGES:
        if text := filled.get(code):
            _LETTERS[code].update(text)
            continue
        for source in chain(code):
            if words.get(source):
                filled[code] = fallen_back(words[source], code, source)
                for ending in _BESIDE:
                    if words.get(f"{source}{ending}"):
                        filled[f"{code}{ending}"] = fallen_back(words[f"{source}{ending}"], code, source)
                break
    return filled


def words_of(row: Mapping[str, str], stem: str = "") -> dict[str, str]:
    """A text that stands in the columns ``stem_en``, ``stem_zh`` … of a row, in every language.

    Raises KeyError where the column of a language without a chain is missing.
    """
    joint = f"{stem}_" if stem else ""
    given = {code: row[f"{joint}{code}"] for code in REQUIRED}
    given |= {code: row.get(f"{joint}{code}") or "" for code in LANGUAGES if code not in given}
    return in_every_language(given)


def marked(markup: str, code: str) -> Markup:
    """HTML for a reader of ``code``, in which texts that have fallen back say in which language they are."""
    if not _FALLEN[code]:
        return Markup(markup)
    parts = _ELEMENT.split(markup)
    parts[::2] = [_marked_text(text, code) for text in parts[::2]]
    return Markup("".join(parts))


def _marked_text(text: str, code: str) -> str:
    starts, done, at = _starts(code), [], 0
    plain = 0
    while at < len(text) - 1:
        fits = next((known for known in starts.get(text[at : at + _START], ()) if _stands(known, text, at)), "")
        if not fits:
            at += 1
            continue
        tag = LANGUAGES[_FALLEN[code][Markup(fits).unescape()]].tag
        done += [text[plain:at], FALLEN.format(tag), fits, "</span>"]
        plain = at = at + len(fits)
    return "".join([*done, text[plain:]]) if done else text


def _stands(known: str, text: str, at: int) -> bool:
    """Does the text stand there, and not inside a longer word?"""
    if not text.startswith(known, at):
        return False
    before, after = text[at - 1 : at], text[at + len(known) : at + len(known) + 1]
    return not (_joins(before, known[0]) or _joins(known[-1], after))


def _joins(left: str, right: str) -> bool:
    return bool(left and right) and left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _looks_foreign(text: str, code: str) -> bool:
    """Of one language in another script (zh for zh-Hant) only what has a letter that the reader's own texts never have:
    the rest reads the same."""
    same = LANGUAGES[_FALLEN[code][text]].tag.split("-")[0] == LANGUAGES[code].tag.split("-")[0]
    return not same or not _LETTERS[code].issuperset(text)


def _starts(code: str) -> dict[str, list[str]]:
    """The texts that have fallen back by their first letters, the longest first, as HTML writes them."""
    known = _FALLEN[code]
    size, starts = _INDEX.get(code, (0, {}))
    if size != len(known):
        starts = {}
        for text in sorted((text for text in known if _looks_foreign(text, code)), key=len, reverse=True):
            starts.setdefault(str(escape(text))[:_START], []).append(str(escape(text)))
        _INDEX[code] = len(known), starts
    return starts
