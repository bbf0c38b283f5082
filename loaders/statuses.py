"""The letters that a figure may bear: their order of strength, and which of them stand without a value."""

from __future__ import annotations

STATUSES = ("", "r", "e", "b", "p", "u", "k", "z", "x", "c")  # by strength: of two, the later one stays
STRENGTH = {status: rank for rank, status in enumerate(STATUSES)}
WITHOUT_VALUE = ("c", "x", "z")  # withheld, not available, not applicable: an empty cell, never a zero
CORRECTION = "correction"  # why a count below zero is marked: it takes back earlier ones
INHERITED = ("e", "p", "u", "k", "x", "c")  # what a sum over several periods takes over from each of them
IN_WORDS = ("p", "r", "e", "b", "u", "k", "c", "x", "z")  # the order in which a reader is told what the letters mean

USUAL = {  # marks that need no card: the UK Government Analysis Function's brackets, Eurostat's colon, raised letters
    "ᵖ": "p",
    "ʳ": "r",
    "ᵉ": "e",
    "[c]": "c",
    "[x]": "x",
    "[z]": "z",
    "[p]": "p",
    "[r]": "r",
    "[e]": "e",
    "[b]": "b",
    "[u]": "u",
    "[k]": "k",
    "[low]": "k",
    ":": "x",
    ":c": "c",
    ": c": "c",
    ":z": "z",
    ": z": "z",
    ":u": "x",
    ": u": "x",
}
FLAGS = {  # codes of a column of statuses: SDMX (CL_OBS_STATUS), Eurostat, and ours
    "A": "",
    "B": "b",
    "C": "c",
    "D": "",
    "E": "e",
    "I": "e",
    "H": "x",
    "L": "x",
    "M": "z",
    "N": "u",
    "O": "x",
    "P": "p",
    "Q": "c",
    "R": "r",
    "U": "u",
    "X": "x",
    "Z": "z",
    "K": "k",
    "F": "",
    "S": "e",
    ":": "x",
}

WORDED = {"D": "definition_differs"}  # flags that change no status: the key of the reason that tells of them


def stronger(status: str, other: str) -> str:
    """Of two statuses of one figure, the one that stays. Raises KeyError for a letter that is none."""
    return max(status, other, key=STRENGTH.__getitem__)
