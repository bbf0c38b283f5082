"""How does a page speak? English stands in the page; every other language has one catalogue (.po)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh": "简体中文"}
TAGS = {"en": "en", "zh": "zh-Hans"}
CATALOGUES = Path(__file__).resolve().parent / "catalogues"


class Translator:
    """``say("English sentence")`` gives the sentence in the reader's language; ``{name}`` places are filled in."""

    def __init__(self, code: str, sentences: dict[str, str]):
        self.code = code
        self.tag = TAGS[code]
        self._sentences = sentences

    def __call__(self, english: str, **places: object) -> str:
        text = self._sentences.get(english) or english
        return text.format(**places) if places else text

    def pick(self, words: dict[str, str]) -> str:
        """The reader's language of a text that the data carry in all languages; '' when they carry none."""
        return words.get(self.code) or words.get("en", "") if words else ""

    def sentences(self, parts: list[str]) -> str:
        """Whole sentences one after the other: with a space in English, without in Chinese."""
        return ("" if self.code == "zh" else " ").join(part for part in parts if part)

    def clauses(self, parts: list[str]) -> str:
        """Several clauses as one sentence without its full stop: 'a; b', a；b."""
        return ("；" if self.code == "zh" else "; ").join(part.rstrip("。.") for part in parts if part)

    def joined(self, parts: list[str]) -> str:
        """A list in one sentence, with the language's own comma."""
        return ("、" if self.code == "zh" else ", ").join(parts)


@cache
def translator(code: str) -> Translator:
    """The translator of a language, its catalogue read once per process."""
    path = CATALOGUES / f"{code}.po"
    if not path.exists():
        return Translator(code, {})
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return Translator(code, {message.id: message.string for message in read_po(file) if message.id})


def negotiated(header: str | None) -> str:
    """The language that an Accept-Language header prefers among those there is a catalogue for; English when there is none."""
    wanted = []
    for part in (header or "").split(","):
        tag, _, weight = part.partition(";q=")
        code = tag.strip().lower().split("-")[0]
        if code in LANGUAGES:
            wanted.append((-_weight(weight), len(wanted), code))
    return min(wanted)[2] if wanted else "en"


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
