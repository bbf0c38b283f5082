"""A web page that lists files: its links, with their words."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.refresh.catalogues.resource import LONGEST, NoCatalogue, Resource, format_named, joined


def resources(page: bytes, asked: dict) -> Iterator[Resource]:
    """Every link of the page that leads to an address of the web; ``javascript:`` and its like lead to none."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, UnicodeDecodeError):
        raise NoCatalogue("is no web page", "a page with links", "something else") from None
    if any("depth" in entry.message for entry in parser.error_log):  # what stands deeper was passed over
        raise NoCatalogue("is no web page", "levels that are read", "more of them")
    said = next((element.get("href") for element in tree.iter("base") if element.get("href")), "").strip()
    base = joined(asked["url"], said) or asked["url"]
    for link in tree.iter("a"):
        address = joined(base, (link.get("href") or "").strip())
        if not address.startswith(("https://", "http://")):
            continue
        words = " ".join(" ".join(link.itertext()).split())[:LONGEST]
        title = words or " ".join((link.get("title") or link.get("aria-label") or "").split())[:LONGEST]
        yield Resource(title, address, format_named(address=address))
