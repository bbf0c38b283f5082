"""How does a page speak? English stands in the page; every other language has one catalogue (.po), and what it lacks is
said in the next language of its chain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from language.fallback import fallen_back, written_in
from language.settings import LANGUAGES, SPOKEN_IN_CODE, chain

T = TypeVar("T")
CATALOGUES = Path(__file__).resolve().parent / "catalogues"


class Translator:
    """``say("English sentence")`` gives the sentence in the reader's language; ``{name}`` places are filled in."""

    def __init__(self, code: str, sentences: dict[str, str]):
        self.code = code
        self.language = LANGUAGES[code]
        self._sentences = sentences
        self._particles = [(written, re.compile(after), *forms) for written, after, *forms in self.language.particles]

    def __call__(self, english: str, **places: object) -> str:
        text = self._sentences.get(english) or self._from_chain(english)
        return self.filled(text, places) if places else text

    def _from_chain(self, english: str) -> str:
        """What the nearest language says instead, noted once as fallen back."""
        for code in chain(self.code):
            text = english if code == SPOKEN_IN_CODE else translator(code)._sentences.get(english)
            if text:
                self._sentences[english] = fallen_back(text, self.code, code)
                return text
        return english

    def filled(self, text: str, places: Mapping[str, object]) -> str:
        """A sentence with its places filled in, and each particle in the form that what stands before it asks for."""
        told = text.format(**places)
        for written, after, where, elsewhere in self._particles:
            head, *rest = told.split(written)
            for part in rest:
                head += (where if after.search(unicodedata.normalize("NFD", head)) else elsewhere) + part
            told = head
        return told

    def pick(self, words: dict[str, str]) -> str:
        """The reader's language of a text that the data carry, or the nearest that they have; '' when they carry
        none."""
        return next((words[code] for code in (self.code, *chain(self.code)) if words.get(code)), "") if words else ""

    def sentences(self, parts: list[str]) -> str:
        """Whole sentences one after the other: with a space in English, without in Chinese."""
        return self.language.sentence_gap.join(part for part in parts if part)

    def clauses(self, parts: list[str]) -> str:
        """Several clauses as one sentence without its full stop: 'a; b', a；b."""
        return self.language.clause_join.join(part.rstrip("。.") for part in parts if part)

    def by_name(self, items: Iterable[T], name: Callable[[T], object]) -> list[T]:
        """Sorted by name where the language has an alphabet; elsewhere as they come, in the publisher's order of
        codes."""
        return sorted(items, key=name) if self.language.alphabet else list(items)

    def joined(self, parts: list[str]) -> str:
        """A list in one sentence, with the language's own comma."""
        return self.language.list_join.join(parts)


@cache
def translator(code: str) -> Translator:
    """The translator of a language, its catalogue read once per process."""
    path = CATALOGUES / f"{code}.po"
    if not path.exists():
        return Translator(code, {})
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        sentences = {message.id: message.string for message in read_po(file) if message.id}
    written_in(code, sentences.values())
    return Translator(code, sentences)


def capital(text: str) -> str:
    """With a capital letter to begin with, where the language has them."""
    return text[:1].upper() + text[1:]
