"""An address that is no page: which of them was meant, and what is said then."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from layout.frame.blocks import Blocks, heading, paragraph
from layout.frame.footer import short_foot
from layout.frame.markup import link
from layout.frame.reader import Reader
from routes.addresses import page_address

MISSING = "missing"
LONGEST = 80  # characters of a name that is looked at


def unknown_name(url: str | None, pages: tuple[str, ...]) -> str:
    """The last part of an address when it is none of the pages; '' when it is one, the front page, or nothing that
    could be a name.
    """
    try:
        name = unquote(urlsplit(url or "").path).rstrip("/").rpartition("/")[2].strip()
    except ValueError:
        return ""
    return name if name not in pages and 0 < len(name) <= LONGEST and name.isprintable() else ""


def show_missing(reader: Reader) -> Blocks:
    """One calm sentence and the way to the front page; the menu stands above."""
    say = reader.say
    yield heading(say("There is no such page"), 1)
    yield paragraph(
        say("The address may be mistyped, or the page may have moved."), say("The menu above leads to every page.")
    )
    front = page_address("home", {"lang": say.code, "place": reader.place.id})
    yield paragraph(link(front, say("Overview")))
    yield from short_foot(reader, [])
