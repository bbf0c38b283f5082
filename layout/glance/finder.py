"""The way to an area by its name: in any language, in part, or as residents call it."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape

from language import LANGUAGES
from layout.frame.blocks import Group
from layout.frame.menu import titles
from layout.frame.reader import Reader
from loaders.places.place import Area, Place
from routes.addresses import page_address

LONGEST = 60  # characters of a name


def finder(reader: Reader, value: str = "") -> Group:
    """A field that takes a name and leads to the page of the area; it works with and without scripts. ``value``: what
    was typed."""
    say = reader.say
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(code)}">' for name, code in reader.site_state.items()
    )
    names = "".join(f'<option value="{escape(name)}"></option>' for name in _listed(reader))
    label = titles(say, reader.place)["district"]
    return Group(
        "finder",
        (
            Markup(
                '<form action="{}" role="search"><label for="find">{}</label><span>'
                '<input id="find" type="text" name="find" value="{}" maxlength="{}" list="areas" autocomplete="off">'
                '<button>{}</button></span><datalist id="areas">{}</datalist>{}</form>'
            ).format(
                page_address("district", {}),
                say("{page}: type a name or part of a name", page=label),
                value,
                LONGEST,
                say("Show"),
                Markup(names),
                Markup(kept),
            ),
        ),
    )


def _listed(reader: Reader) -> list[str]:
    """The names offered while a reader types: those of the reader's language first."""
    codes = [reader.say.code, *(code for code in LANGUAGES if code != reader.say.code)]
    return list(dict.fromkeys(area.name[code] for code in codes for area in reader.place.areas if code in area.name))


def areas_named(place: Place, text: str) -> list[Area]:
    """The areas that a reader's words mean: those called exactly so, else those with a name that begins with them, else
    those with a name that holds them."""
    asked = plain(text)
    spelt = {area.code: [plain(name) for name in names_of(area)] for area in place.areas}
    tests = (
        lambda name: name == asked,
        lambda name: name.startswith(asked),
        lambda name: asked in name,
    )
    for test in tests if asked else ():
        found = [area for area in place.areas if any(map(test, spelt[area.code]))]
        if found:
            return found
    return []


def names_of(area: Area) -> list[str]:
    """Every name of an area: in all languages, short, and as published files spell it."""
    return [*area.name.values(), *(area.short or {}).values(), *area.aliases]


def plain(text: str) -> str:
    """A name without case, accents, spaces and hyphens."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return "".join(letter for letter in unicodedata.normalize("NFC", bare) if letter.isalnum())
