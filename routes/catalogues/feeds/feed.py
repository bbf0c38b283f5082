"""What was released when: releases.json and releases.atom, the newest first, made from the cards."""

from __future__ import annotations

import json
import uuid
from xml.sax.saxutils import escape, quoteattr

from disclosure.remembered import remembered
from language import LANGUAGES, Translator, translator
from language.numbers import written_date
from loaders import Release, SourceCard
from measures.figures.fresh import may_be_revised
from measures.store.shelf import Shelf
from routes.addresses import FORMATS, extract_address
from routes.catalogues.data_package import datasets, release_ids


def _listed(shelf: Shelf) -> list[tuple[SourceCard, Release]]:
    """Every release, the newest first."""
    return sorted(
        ((card, release) for card in datasets(shelf) for release in card.releases),
        key=lambda pair: (pair[1].published, pair[0].name),
        reverse=True,
    )


@remembered()
def releases_json(shelf: Shelf) -> str:
    """The changelog of releases, the newest first; ``published`` is as exact as the publisher says. No hash of a
    protected file.
    """
    listed = [
        {
            "place": card.place,
            "dataset": card.name,
            "title": card.title,
            "release": release.id,
            "published": release.published,
            "about": release.about,
            "publisher": card.publisher,
            "from": release.first,
            "to": release.last,
            "addresses": {form: extract_address(card.place, card.name, form, name) for form in FORMATS},
            "revisions": extract_address(card.place, card.name, "json", "revisions") if may_be_revised(card) else "",
        }
        | ({} if card.disclosure == "protect" else {"sha256": release.sha256, "rows": release.rows})
        for card, release in _listed(shelf)
        for name in [_name_of(card, release)]
    ]
    return json.dumps({"releases": listed}, ensure_ascii=False)


@remembered()
def releases_atom(shelf: Shelf) -> str:
    """The same as an Atom feed (RFC 4287); an entry whose day the publisher does not say is dated to the first day it
    may be.

    Every id is a UUID made from place, dataset and release: the same on every copy of the server, for good.
    """
    entries = "".join(_entry(card, release) for card, release in _listed(shelf))
    newest = max((moment(release) for _, release in _listed(shelf)), default="1970-01-01T00:00:00Z")
    name = " · ".join(language.site for language in LANGUAGES.values())
    head = (
        f"<id>{urn('releases')}</id><title>{escape(name)}</title><updated>{newest}</updated>"
        f"<author><name>{escape(name)}</name></author>"
    )
    links = (
        '<link rel="self" type="application/atom+xml" href="/data/releases.atom"/><link rel="alternate" '
        'type="application/json" href="/data/releases.json"/>'
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed '
        f'xmlns="http://www.w3.org/2005/Atom">{head}{links}{entries}</feed>'
    )


def _entry(card: SourceCard, release: Release) -> str:
    name = _name_of(card, release)
    words = " · ".join(card.title[code] for code in LANGUAGES)
    links = "".join(
        (
            f'<link rel="alternate" type={quoteattr(kind.partition(";")[0])} '
            f"href={quoteattr(extract_address(card.place, card.name, form, name))}/>"
        )
        for form, kind in FORMATS.items()
    )
    title = (
        f"<title>{escape(words)} "
        f"({escape(release.id)})</title><id>{urn(f'{card.place}/{card.name}/{release.id}')}</id>"
        f"<updated>{moment(release)}</updated>"
    )
    licence = " · ".join(card.licenses[0]["title"][code] for code in LANGUAGES)
    about = " · ".join(f"{card.publisher[code]}, {_released(release, translator(code))}" for code in LANGUAGES)
    return f"<entry>{title}{links}<summary>{escape(about)}</summary><rights>{escape(licence)}</rights></entry>"


def _name_of(card: SourceCard, release: Release) -> str:
    """What stands for a release in the address of its file."""
    return release.id if release.id in release_ids(card) else "latest"


def _released(release: Release, say: Translator) -> str:
    """The day, month or year of a release, as exact as it is known."""
    day = written_date(release.published, say)
    return say("{date} (date approximate)", date=day) if release.about else day


def moment(release: Release) -> str:
    """The first moment of a release, as exact as it is dated."""
    return f"{(release.published + '-01-01')[:10]}T00:00:00Z"


def urn(name: str) -> str:
    """An id that is the same on every copy of the site, for good."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'safety-in-figures/' + name)}"
