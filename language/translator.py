"""How does a page speak? English stands in the page; every other language has one catalogue (.po)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
CATALOGUES = Path(__file__).resolve().parent / "catalogues"


@dataclass(frozen=True)
class Language:
    """How one language writes: every field is a key of ``languages.toml``, where each is explained."""

    name: str
    tag: str
    locale: str
    site: str
    sentence_gap: str
    clause_join: str
    list_join: str
    unit_gap: str
    month: str
    bare_month: str
    myriads: bool
    grouped: bool
    rolling_by_ends: bool
    quarters: list[str]
    counts_with_unit: bool
    glyph: float
    axis: dict[str, str | list[str]]


_SETTINGS = tomllib.loads((Path(__file__).resolve().parent / "languages.toml").read_text(encoding="utf-8"))
LANGUAGES = {code: Language(**settings) for code, settings in _SETTINGS.items()}
SPOKEN_IN_CODE = "en"  # the language of the sentences that stand in the pages


class Translator:
    """``say("English sentence")`` gives the sentence in the reader's language; ``{name}`` places are filled in."""

    def __init__(self, code: str, sentences: dict[str, str]):
        self.code = code
        self.language = LANGUAGES[code]
        self._sentences = sentences

    def __call__(self, english: str, **places: object) -> str:
        text = self._sentences.get(english) or english
        return text.format(**places) if places else text

    def pick(self, words: dict[str, str]) -> str:
        """The reader's language of a text that the data carry in all languages; '' when they carry none."""
        return words.get(self.code) or words.get(SPOKEN_IN_CODE, "") if words else ""

    def sentences(self, parts: list[str]) -> str:
        """Whole sentences one after the other: with a space in English, without in Chinese."""
        return self.language.sentence_gap.join(part for part in parts if part)

    def clauses(self, parts: list[str]) -> str:
        """Several clauses as one sentence without its full stop: 'a; b', a；b."""
        return self.language.clause_join.join(part.rstrip("。.") for part in parts if part)

    def by_name(self, items: Iterable[T], name: Callable[[T], object]) -> list[T]:
        """Sorted by name where the language has an alphabet; elsewhere as they come, in the publisher's order of
        codes."""
        return sorted(items, key=name) if self.language.unit_gap else list(items)

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
        return Translator(code, {message.id: message.string for message in read_po(file) if message.id})


def capital(text: str) -> str:
    """With a capital letter to begin with, where the language has them."""
    return text[:1].upper() + text[1:]


def negotiated(header: str | None) -> str:
    """The language that an Accept-Language header prefers among those there is a catalogue for; English when there is
    none."""
    wanted = []
    for part in (header or "").split(","):
        tag, _, weight = part.partition(";q=")
        code = tag.strip().lower().split("-")[0]
        if code in LANGUAGES:
            wanted.append((-_weight(weight), len(wanted), code))
    return min(wanted)[2] if wanted else SPOKEN_IN_CODE


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
