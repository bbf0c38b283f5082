"""Knows the words by which publishers call events that are in none of their areas, and the words in names of totals."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from loaders.privacy import headings

_SURE = re.compile(r"\btotals?$|合计$|总计$|小计$|共计$|合計$|總計$|小計$|総数$|합계$|총계$|소계$", re.IGNORECASE)
_TOTAL = re.compile(  # a name that holds one of these may be a total; the figures decide
    r"\b(?:sub|grand )?totals?\b|^all\b|\boverall\b"
    r"|\b(?:insgesamt|gesamt|zusammen|totale|ensemble|todas|todos|tutti|totaal|razem|ogółem|celkem)\b"
    r"|\b(?:összesen|toplam|всего|итого)\b|合计|总计|共计|合計|總計|総数|합계|총계",
    re.IGNORECASE,
)


@cache
def _terms() -> dict[str, frozenset[str] | tuple[str, ...]]:
    terms = tomllib.loads((Path(__file__).parent / "unallocated.toml").read_text(encoding="utf-8"))
    return {"whole": frozenset(map(headings.squeezed, terms["whole"])), "anywhere": tuple(terms["anywhere"])}


@cache
def is_unallocated(text: str) -> bool:
    """Does the name of a row say that its events are in no area?"""
    squeezed = headings.squeezed(text)
    return squeezed in _terms()["whole"] or any(_holds(text, squeezed, term) for term in _terms()["anywhere"])


def _holds(text: str, squeezed: str, term: str) -> bool:
    """Latin terms count as whole words only: Bekannt is no place of unknown events."""
    joined = headings.squeezed(term)
    if not any(letter.isascii() for letter in joined):
        return joined in squeezed
    return squeezed == joined or f" {_spaced(term)} " in f" {_spaced(text)} "


def _spaced(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", headings.plain(text).casefold()))


def says_total(text: str) -> bool:
    """Does a name say that it is a total: as a whole (Total, 合计) or at its end (GRAND TOTAL, 全市合计)?"""
    return headings.is_total(text) or bool(_SURE.search(text.strip()))


def may_be_total(text: str) -> bool:
    """Does a name hold a word for totals (全市合计, All wards)? ``total loss`` does, too: the figures decide."""
    return bool(_TOTAL.search(text))
