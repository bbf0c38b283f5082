"""Everything a reader sees in words, in the reader's language. A leaf: it imports no other folder of this project."""

from language.numbers import compact, decimal, percent, period_name, signed_percent, whole
from language.reasons import reason_words, status_words
from language.translator import LANGUAGES, SPOKEN_IN_CODE, Translator, capital, negotiated, translator

__all__ = [
    "LANGUAGES",
    "SPOKEN_IN_CODE",
    "Translator",
    "capital",
    "compact",
    "decimal",
    "negotiated",
    "percent",
    "period_name",
    "reason_words",
    "signed_percent",
    "status_words",
    "translator",
    "whole",
]
