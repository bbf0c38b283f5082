"""When is something to come? The releases that publishers have announced, as a calendar (RFC 5545)."""

from __future__ import annotations

from datetime import date, timedelta

from disclosure.remembered import remembered
from language import translator
from loaders import SourceCard
from measures.store.shelf import Shelf
from routes.catalogues.data_package import datasets
from routes.catalogues.feeds.feed import urn

_WIDE = 75  # bytes of a line


@remembered()
def announced(shelf: Shelf, place: str) -> tuple[tuple[SourceCard, str, str], ...]:
    """Card, day or month, and where the publisher says so, of every announced release of a place, the soonest first."""
    told = [
        (card, entry["date"], entry.get("url", ""))
        for card in datasets(shelf)
        if card.place == place
        for entry in card.announced
    ]
    return tuple(sorted(told, key=lambda entry: (entry[1], entry[0].name)))


@remembered()
def calendar(shelf: Shelf, place: str, language: str) -> str:
    """The calendar of a place, an event for each announced day, month or year; '' where nothing is announced, for a
    calendar has an event at least."""
    entries = announced(shelf, place)
    if not entries:
        return ""
    say = translator(language)
    name = say("Announced releases, {place}", place=say.pick(shelf.places[place].name))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(say.language.site)}//EN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        lines += _event(*entry, language)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(card: SourceCard, when: str, url: str, language: str) -> list[str]:
    say = translator(language)
    first, after = _days(when)
    summary = say("{publisher}: {title}", publisher=say.pick(card.publisher), title=say.pick(card.title))
    accessed = _days(card.accessed)[0]
    return [
        "BEGIN:VEVENT",
        f"UID:{urn(f'announced/{card.place}/{card.name}/{when}/{language}')}",
        f"DTSTAMP:{accessed:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        *([f"URL:{url}"] if url else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _days(text: str) -> tuple[date, date]:
    """The first day of a date as exact as it is known, and the first day after it."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts) + timedelta(days=1)
    year, month = (*parts, 1)[:2]
    months = 1 if len(parts) == 2 else 12
    later = year * 12 + month - 1 + months
    return date(year, month, 1), date(later // 12, later % 12 + 1, 1)


def _text(words: str) -> str:
    """A text value: backslashes, semicolons, commas and line breaks are escaped."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of more than 75 bytes goes on in the next, which begins with a space; no character is torn."""
    parts, room = [""], _WIDE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(" ")
            room = _WIDE - 1
        parts[-1] += sign
        room -= size
    return "\r\n".join(parts)
