"""The pages in the order of the menu, and their names."""

from __future__ import annotations

from language import Translator
from loaders import Place

READING = ("home", "notable", "district", "map", "trends", "compare")
MORE = {
    "check": ("claims", "register", "origin"),
    "data": ("download", "coverage", "places", "online"),
    "about": ("sources", "privacy", "accessibility"),
}  # what stands behind "More", in groups
PAGES = (*READING, *(name for group in MORE.values() for name in group))


def titles(say: Translator, place: Place) -> dict[str, str]:
    """The pages' names, in the reader's language; an area is called what the place calls it."""
    return {
        "home": say("Overview"),
        "notable": say("What stands out"),
        "trends": say("Trends"),
        "map": say("Map"),
        "compare": say("Compare"),
        "district": say("My {area}", area=say.pick(place.area_word)),
        "online": say("Online services"),
        "claims": say("Does a headline hold?"),
        "register": say("Register of systems"),
        "coverage": say("What is published"),
        "places": say("All places"),
        "download": say("Download"),
        "sources": say("Sources and methods"),
        "privacy": say("Privacy"),
        "accessibility": say("Accessibility"),
        "origin": say("Where a figure comes from"),
        "missing": say("There is no such page"),
    }


def file_of_page(page: str) -> str:
    """The name of a page's file, which is that of the page but for the page that says that there is none."""
    return page if page in PAGES else "_missing"
