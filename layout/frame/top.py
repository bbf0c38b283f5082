"""What stands above every article: the name of the site, the menu in three groups, the place and the languages. It is
HTML, the same on every surface, and needs no script.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from language import LANGUAGES
from language.fallback import marked
from layout.frame.markup import soft_link
from layout.frame.menu import MORE, READING, titles
from layout.frame.offers import in_menu
from layout.frame.reader import Reader
from layout.frame.written import HEADING
from routes.addresses import page_address


def top(reader: Reader, page: str, state: Mapping[str, str | Sequence[str]], title: str) -> Markup:
    """The head of every page. ``state``: what the address of this very view holds; ``title``: that of the window."""
    say = reader.say
    front = soft_link(page_address("home", reader.site_state), say.language.site)
    tongues = Markup("").join(
        Markup('<a class="tongue" lang="{}" href="{}" target="_self" data-soft>{}</a>').format(
            language.tag, page_address(page, {**state, "lang": code}), language.name
        )
        for code, language in LANGUAGES.items()
        if code != say.code
    )
    head = Markup(
        '<header class="top"><a class="skip" href="#{}">{}</a>'
        '<p class="site" lang="{}" data-title="{}" data-names="{}">{}</p>'
        '<nav aria-label="{}"><details class="menu"><summary>{}</summary><div class="list">{}{}{}</div>'
        "</details></nav>{}</header>"
    ).format(
        HEADING,
        say("Skip to the content"),
        say.language.tag,
        title,
        json.dumps(_names_of_parts(reader), ensure_ascii=False),
        front,
        say("Pages of this site"),
        say("Menu"),
        _places(reader),
        _reading(reader),
        _more(reader),
        tongues,
    )
    return marked(head, say.code)


def _names_of_parts(reader: Reader) -> dict[str, str]:
    """How the platform calls the parts of its controls, in English → in the reader's language (routes/takeover.js)."""
    say = reader.say
    names = {
        "Open": say("Open"),
        "Clear all": say("Clear all"),
        "Clear value": say("Clear"),
        "Selected values": say("Chosen"),
        "Remove *": say("Remove {name}", name="*"),
        "No results": say("No results"),
    }
    return {name: words for name, words in names.items() if name != words}


def _reading(reader: Reader) -> Markup:
    return _links(reader, READING, "reading")


def _more(reader: Reader) -> Markup:
    """The groups of what is looked up rather than read."""
    say = reader.say
    words = {"check": say("Check"), "data": say("Data"), "about": say("About")}
    groups = Markup("").join(
        Markup('<div class="group"><p>{}</p>{}</div>').format(words[name], _links(reader, pages, "looked-up"))
        for name, pages in MORE.items()
    )
    return Markup(
        '<details class="more" name="top"><summary>{}</summary><div class="groups">{}</div></details>'
    ).format(say("More"), groups)


def _links(reader: Reader, pages: Iterable[str], style: str) -> Markup:
    names, shown = titles(reader.say, reader.place), in_menu(reader)
    items = Markup("").join(
        Markup("<li>{}</li>").format(_entry(reader, page, names[page])) for page in pages if page in shown
    )
    return Markup('<ul class="{}">{}</ul>').format(style, items)


def _entry(reader: Reader, page: str, words: str) -> Markup:
    return soft_link(page_address(page, reader.site_state), words, here=page == reader.page)


def _places(reader: Reader) -> Markup:
    """The way to the other places; a new place starts its article afresh."""
    say = reader.say
    page = "home" if reader.page.startswith("_") else reader.page
    items = Markup("").join(
        Markup("<li>{}</li>").format(
            soft_link(
                page_address(page, {"lang": say.code, "place": place.id}),
                say.pick(place.name),
                here=place.id == reader.place.id,
            )
        )
        for place in reader.shelf.places.values()
    )
    return Markup(
        '<details class="places" name="top"><summary><span>{}</span>{}</summary><ul>{}</ul></details>'
    ).format(say("Place"), say.pick(reader.place.name), items)
