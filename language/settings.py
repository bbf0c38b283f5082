"""Which languages does the site speak, and how does each write? Read from ``languages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


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
    large: list[tuple[float, str]]
    per: dict[str, str]
    grouped: bool
    alphabet: bool
    rolling_by_ends: bool
    quarters: list[str]
    counts_with_unit: bool
    glyph: float
    axis: dict[str, str | list[str]]
    letters: list[str]
    authority: str = ""
    fonts: list[str] = field(default_factory=list)
    falls_back: list[str] = field(default_factory=list)
    particles: list[list[str]] = field(default_factory=list)


_SETTINGS = tomllib.loads((Path(__file__).resolve().parent / "languages.toml").read_text(encoding="utf-8"))
LANGUAGES = {code: Language(**settings) for code, settings in _SETTINGS.items()}
SPOKEN_IN_CODE = "en"  # the language of the sentences that stand in the pages
REQUIRED = tuple(code for code, language in LANGUAGES.items() if not language.falls_back)  # every text is in these


@cache
def chain(code: str) -> tuple[str, ...]:
    """The languages in which a text is shown that a language lacks, the nearest first; English is the last."""
    known = [other for other in LANGUAGES[code].falls_back if other in LANGUAGES]
    return tuple(dict.fromkeys([*known, *([SPOKEN_IN_CODE] if code != SPOKEN_IN_CODE else [])]))


_OF_OTHERS = {"CJK", "HANGUL", "HIRAGANA", "KATAKANA"}  # letters that no name is written in but in its own language


def fits_letters(scripts: set[str], code: str) -> bool:
    """May a text be in the language, by how Unicode's names of its letters begin (LATIN, CJK, HANGUL …)?"""
    own = set(LANGUAGES[code].letters)
    return bool(scripts & own) and not scripts & (_OF_OTHERS - own)
