"""Tells what a heading speaks of, by the words of ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff]"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LOOK_ALIKE = str.maketrans(
    "АВСЕНІКМОРТХУаеіорсухѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα", "ABCEHIKMOPTXYaeiopcyxsdqwABEZHIKMNOPTYXoa"
)  # Cyrillic, Greek
_LONG = 8  # a term of so many letters is found inside a heading that is written in one word


@cache
def _read() -> dict:
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


def plain(heading: str) -> str:
    """The heading in ordinary widths, without invisible characters and accents that only disguise it."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", heading)).translate(_LOOK_ALIKE)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


@cache
def heading_words(heading: str) -> tuple[str, ...]:
    """The Latin words of a heading, in lower case; camelCase is taken apart."""
    return tuple(re.findall(r"[a-z]+|\d+", _CAMEL.sub(" ", plain(heading)).casefold()))


@cache
def squeezed(heading: str) -> str:
    """All letters and digits of a heading in one word."""
    return "".join(letter for letter in plain(heading).casefold() if letter.isalnum())


def has(heading: str, term: str) -> bool:
    """Does the heading hold the term: as whole words, run together when it is long, or anywhere when it is Chinese?"""
    joined = squeezed(term)
    if not joined.isascii():
        return joined in squeezed(heading)
    if squeezed(heading) == joined or (len(joined) >= _LONG and joined in squeezed(heading)):
        return True
    words, sought = heading_words(heading), heading_words(term)
    return any(words[start : start + len(sought)] == sought for start in range(len(words) - len(sought) + 1))


def _any(heading: str, terms) -> bool:
    return any(has(heading, term) for term in terms)


@cache
def refused(heading: str) -> str:
    """The name of the refusing rule (``heading_name`` …), or '' when the heading may stand undeclared."""
    for name, group in _read()["refuse"].items():
        if squeezed(heading) in group["short"] or _any(heading, [*group["en"], *group["zh"], *group["more"]]):
            return f"heading_{name}"
        if _any(heading, group.get("weak", ())) and not _of_a_thing(heading):
            return f"heading_{name}"
    return ""


@cache
def is_weak_identity(heading: str) -> bool:
    """Does nothing but a word such as "id" make a heading one of a person's number?"""
    group = _read()["refuse"]["identity"]
    strong = squeezed(heading) in group["short"] or _any(heading, [*group["en"], *group["zh"], *group["more"]])
    return refused(heading) == "heading_identity" and not strong


def _of_a_thing(heading: str) -> bool:
    things = _read()["things"]
    return _any(heading, [*things["en"], *things["zh"]])


@cache
def asks_age_or_sex(heading: str) -> bool:
    group = _read()["ask"]["age_sex"]
    return squeezed(heading) in group["short"] or _any(heading, [*group["en"], *group["zh"], *group["more"]])


@cache
def speaks_of(heading: str, group: str) -> bool:
    """Does a heading belong to a group of the lexicon: period, area, category, note, code, money, rates?"""
    return _any(heading, [term for terms in _read()[group].values() for term in terms])


@cache
def may_number_rows(heading: str) -> bool:
    """Is the whole heading a word under which rows are only numbered, such as "no" or 序号?"""
    terms = _read()["running"]
    return squeezed(heading) in {squeezed(term) for term in [*terms["en"], *terms["zh"]]}


@cache
def is_multiplier(heading: str) -> bool:
    """Does the column say by which power of ten the figures beside it are multiplied?"""
    return _any(heading, _read()["attributes"]["multiplier"])


@cache
def is_amount(heading: str) -> bool:
    """Is a sum of money meant? "Amount" says so; "damage", "loss" or "fine" only beside a currency or a unit."""
    terms = _read()["money"]
    if _any(heading, [*terms["en"], *terms["zh"]]):
        return True
    units = any(sign in heading for sign in terms["signs"]) or _any(heading, terms["units"])
    return units and _any(heading, terms["weak"])


@cache
def names_offence(heading: str) -> bool:
    """Does a heading name a kind of offence, so that a private word in it says of what, not of whom ("Phone theft")?

    A word such as theft must end the heading; where only persons or places are spoken of ("Theft from the person"),
    it may stand anywhere.
    """
    terms, words = _read()["offences"], heading_words(heading)
    ends = any(words[-len(heading_words(term)) :] == heading_words(term) for term in terms["en"]) or squeezed(
        heading
    ).endswith(tuple(map(squeezed, terms["zh"])))
    return ends or (
        refused(heading) in ("heading_name", "heading_address") and _any(heading, [*terms["en"], *terms["zh"]])
    )


@cache
def is_total(text: str) -> bool:
    """Is this what a publisher calls the sum of the other rows or columns?"""
    return squeezed(text) in {squeezed(term) for terms in _read()["totals"].values() for term in terms}


@cache
def counts(heading: str) -> bool:
    """Does the heading say that the column holds how many?"""
    terms = _read()["counts"]
    start = " ".join(heading_words(heading))
    return (
        any(start == term or start.startswith(f"{term} ") for term in terms["begin"])
        or any(heading_words(term) == heading_words(heading)[-len(heading_words(term)) :] for term in terms["en"])
        or plain(heading).strip().endswith(tuple(map(plain, terms["zh_end"])))
    )


@cache
def counts_things(heading: str) -> bool:
    """Does a heading that names something private count it ("number of phone calls", 身份证办理量)?

    "phone number" does not: after a private word, "number" is the number itself.
    """
    return counts(heading) and (
        not heading_words(heading) or heading_words(heading)[-1] not in ("number", "n", "value")
    )


@cache
def axis(heading: str) -> str:
    """``lat``, ``lon`` or ``both`` for a heading that speaks of coordinates, otherwise ''."""
    terms = _read()["coordinates"]
    if _any(heading, terms["both"]) or (_any(heading, terms["lat"]) and _any(heading, terms["lon"])):
        return "both"
    return next((name for name in ("lat", "lon") if _any(heading, terms[name])), "")
