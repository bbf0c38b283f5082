"""The page on who can use this site: what works, what does not, how that was checked, and whom to tell."""

from __future__ import annotations

from language import LANGUAGES
from layout.frame.blocks import Blocks, Listing, paragraph
from layout.frame.markup import link, outward
from layout.frame.reader import Reader
from routes.addresses import page_address


def what_works(reader: Reader) -> Listing:
    """What a reader may count on."""
    say = reader.say
    tongues = say.joined([language.name for language in LANGUAGES.values()])
    return Listing(
        (
            say("Every page can be used with a keyboard alone; the first stop leads past the menu to the heading."),
            say("Every figure that a picture shows also stands in a table, with its status, behind “Table”."),
            say("Every picture has a description in words, and what a choice changes is read out by screen readers."),
            say("Colour is never the only sign: arrows, words, letters and outlines say the same."),
            say("Light and dark follow your device, as do forced colours and reduced motion."),
            say("Text can be enlarged to 400%, and pages fit a screen that is 320 pixels wide without panning."),
            say("Pages work without scripts, as plain documents that can be printed."),
            say("Everything is there in every language of the site, in its own words: {languages}.", languages=tongues),
        )
    )


def not_yet(reader: Reader) -> Listing:
    """What a reader may stumble over."""
    say = reader.say
    return Listing(
        (
            say("Wide tables scroll inside their own box, with the arrow keys once the box has the focus."),
            say("Pictures as PDF files have no tags for screen readers; the page they come from has."),
            say("There is no version in easy language and none in sign language."),
        )
    )


def how_checked(reader: Reader) -> Listing:
    """How the statement came about."""
    say = reader.say
    return Listing(
        (
            say(
                "By ourselves, with the program axe and by hand with the keyboard, on every kind of page, in every "
                "language, wide and narrow, light and dark. The program runs again with every change of the site."
            ),
            say("No outside body has examined the site, and no panel of readers with disabilities has tried it yet."),
        )
    )


def whom_to_tell(reader: Reader) -> Blocks:
    """Where to report what does not work, and what helps in the meantime."""
    say, contact = reader.say, reader.shelf.contact
    yield paragraph(say.pick(contact.get("words", {})))
    if contact.get("url"):
        yield paragraph(outward(contact["url"], contact["url"]))
    light = page_address("home", {**reader.site_state, "surface": "document"})
    yield paragraph(link(light, say("The site without scripts")))
