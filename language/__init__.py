"""Everything a reader sees in words, in the reader's language. A leaf: it imports no other folder of this project."""

from language.fallback import in_every_language, words_of
from language.negotiation import negotiated
from language.numbers import compact, decimal, percent, period_name, signed_percent, whole
from language.reasons import reason_words, status_words
from language.settings import LANGUAGES, REQUIRED, SPOKEN_IN_CODE, chain, fits_letters
from language.translator import Translator, capital, translator

__all__ = [
    "LANGUAGES",
    "REQUIRED",
    "SPOKEN_IN_CODE",
    "Translator",
    "capital",
    "chain",
    "compact",
    "decimal",
    "fits_letters",
    "in_every_language",
    "negotiated",
    "percent",
    "period_name",
    "reason_words",
    "signed_percent",
    "status_words",
    "translator",
    "whole",
    "words_of",
]
