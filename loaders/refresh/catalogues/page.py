"""A web page that lists files: its links, with their words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from loaders.refresh.catalogues.resource import LONGEST, NoCatalogue, Resource, format_named


def resources(page: bytes, asked: dict) -> Iterator[Resource]:
    """Every link of the page that leads to an address of the web; ``javascript:`` and its like lead to none."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(page, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, UnicodeDecodeError):
        raise NoCatalogue("is no web page", "a page with links", "something else") from None
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    for link in tree.iter("a"):
        try:
            address = urljoin(urljoin(asked["url"], base.strip()), (link.get("href") or "").strip())
        except ValueError:
            continue
        if not address.startswith(("https://", "http://")):
            continue
        words = " ".join(" ".join(link.itertext()).split())[:LONGEST]
        said = words or " ".join((link.get("title") or link.get("aria-label") or "").split())[:LONGEST]
        yield Resource(said, address, format_named(address=address))
