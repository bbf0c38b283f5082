"""The pages in the order of the menu, and their names."""

from __future__ import annotations

from language import Translator

PAGES = (
    "home",
    "notable",
    "trends",
    "map",
    "compare",
    "district",
    "online",
    "claims",
    "register",
    "coverage",
    "places",
    "download",
    "sources",
    "privacy",
    "origin",
)
OUTSIDE_THE_MENU = ("origin",)  # reached from the foot of every page


def titles(say: Translator) -> dict[str, str]:
    """The pages' names, in the reader's language."""
    return {
        "home": say("At a glance"),
        "notable": say("What stands out"),
        "trends": say("Trends"),
        "map": say("Map"),
        "compare": say("Compare"),
        "district": say("One district"),
        "online": say("Online services"),
        "claims": say("Claims"),
        "register": say("Register of systems"),
        "coverage": say("What is published"),
        "places": say("All places"),
        "download": say("Download"),
        "sources": say("Sources and methods"),
        "privacy": say("Privacy"),
        "origin": say("Where a figure comes from"),
        "missing": say("There is no such page"),
    }


def file_of_page(page: str) -> str:
    """The name of a page's file, which is that of the page but for the page that says that there is none."""
    return page if page in PAGES else "_missing"
