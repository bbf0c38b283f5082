"""Which of the site's languages does a browser wish? By language and script, as CLDR says them of a region."""

from __future__ import annotations

from functools import cache, lru_cache

from babel.core import get_global

from language.settings import LANGUAGES, SPOKEN_IN_CODE

LONGEST = 1024  # letters of a header that are read


def negotiated(header: str | None) -> str:
    """The language that an Accept-Language header prefers among the site's: the one in the same script where there are
    several of one language (zh-TW, zh-HK → zh-Hant), else the same language in another; English when there is none."""
    return _negotiated((header or "")[:LONGEST])


@lru_cache(maxsize=1024)
def _negotiated(header: str) -> str:
    wanted = []
    for part in header.split(","):
        tag, _, weight = part.partition(";q=")
        if code := _nearest(tag.strip()):
            wanted.append((-_weight(weight), len(wanted), code))
    return min(wanted)[2] if wanted and min(wanted)[0] < 0 else SPOKEN_IN_CODE


def _nearest(tag: str) -> str:
    language, script = language_and_script(tag)
    alike = [code for code, (own, _) in _written().items() if own == language]
    return next((code for code in alike if _written()[code][1] == script), alike[0] if alike else "")


@cache
def _written() -> dict[str, tuple[str, str]]:
    return {code: language_and_script(language.tag) for code, language in LANGUAGES.items()}


def language_and_script(tag: str) -> tuple[str, str]:
    """zh-TW → zh, Hant; zh → zh, Hans; en-GB → en, Latn; a script that the tag names is that."""
    language, *rest = tag.replace("_", "-").split("-")
    language = language.lower()
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if len(part) in (2, 3) and part.isalnum()), "")
    if script:
        return language, script
    likely = get_global("likely_subtags")
    found = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return language, next((part for part in found.split("_") if len(part) == 4), "")


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
