"""A feed as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org), with full addresses."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape, quoteattr

from language import LANGUAGES, translator
from routes.addresses import page_address
from routes.catalogues.feeds.feed import urn
from routes.catalogues.feeds.feed_entries import Entry, Feed
from routes.catalogues.feeds.feed_scope import feed_address

FEED_KINDS = {"atom": "application/atom+xml", "json": "application/feed+json"}
_ANYBODY = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])  # no characters of XML


def atom(feed: Feed, host: str, whole: str) -> str:
    """The feed as Atom. ``host``: scheme and host of the site; ``whole``: the code of the place itself."""
    site = escape(translator(feed.language).language.site)
    links = "".join(
        f"<link rel={quoteattr(kind)} type={quoteattr(form)} href={quoteattr(address)}/>"
        for kind, form, address in (
            ("self", FEED_KINDS["atom"], host + feed_address(feed.scope, "atom", feed.language, whole)),
            ("alternate", FEED_KINDS["json"], host + feed_address(feed.scope, "json", feed.language, whole)),
            ("alternate", "text/html", host + _home(feed)),
        )
    )
    head = (
        f"<id>{urn(f'{feed.scope.name}/{feed.language}')}</id><title>{escape(feed.title)}</title>"
        f"<subtitle>{escape(feed.description)}</subtitle><updated>{feed.moment}</updated>"
        f"<author><name>{site}</name></author>"
    )
    entries = "".join(_entry(entry, host) for entry in feed.entries)
    tag = LANGUAGES[feed.language].tag
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tag}">'
        f"{head}{links}{entries}</feed>"
    )
    return text.translate(_ANYBODY)


def _entry(entry: Entry, host: str) -> str:
    link = f'<link rel="alternate" type="text/html" href={quoteattr(host + entry.address)}/>'
    return (
        f"<entry><id>{entry.id}</id><title>{escape(entry.title)}</title><published>{entry.moment}</published>"
        f'<updated>{entry.moment}</updated><category term="{entry.kind}"/>{link}'
        f'<content type="html">{escape(_html(entry))}</content></entry>'
    )


def json_feed(feed: Feed, host: str, whole: str) -> str:
    """The same as JSON Feed."""
    tag = LANGUAGES[feed.language].tag
    items = [
        {
            "id": entry.id,
            "url": host + entry.address,
            "title": entry.title,
            "content_html": _html(entry),
            "content_text": "\n".join(entry.texts),
            "date_published": entry.moment,
            "date_modified": entry.moment,
            "tags": [entry.kind],
            "language": tag,
        }
        for entry in feed.entries
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": host + _home(feed),
        "feed_url": host + feed_address(feed.scope, "json", feed.language, whole),
        "description": feed.description,
        "language": tag,
        "authors": [{"name": translator(feed.language).language.site}],
        "items": items,
    }
    return json.dumps(told, ensure_ascii=False)


def _html(entry: Entry) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in entry.texts)


def _home(feed: Feed) -> str:
    return page_address("notable", {"lang": feed.language, "place": feed.scope.place, "area": feed.scope.area})
