"""Where does an address of the site stand among its files? Links between files work without a server."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import parse_qsl, urlsplit

from language import SPOKEN_IN_CODE

_LINKS = re.compile(r'(\s(?:href|src|srcset|content)=")([^"]*)(")')
_ACTIONS = re.compile(r'(\saction=")(/[^"]*")')  # only a live site answers a form
_TOLD = re.compile(r'("(?:contentUrl|url)": ")([^"]*)(")')  # in what a document tells search engines as JSON
_SPELT = re.compile(r'(<code class="(?:address|quote)">)(.*?)(</code>)', re.DOTALL)  # texts to copy
_ANSWERED = re.compile(
    r'<details class="(?:copy|image|embed)".*?</details>|<ul class="pictures">.*?</ul>', re.DOTALL
)  # only a live site gives them
_DATA = re.compile(r"/data/([a-z0-9_]+)/([a-z0-9_]+)/[^/]+\.[a-z]+")
_LISTS = re.compile(r"/data/(?:[a-z0-9_]+/)?[a-z]+\.(?:json|jsonld|atom)")
HELD = frozenset(("lang", "place", "area"))  # what says which file a document is


@dataclass(frozen=True, order=True)
class Document:
    """One page of a place in a language; ``area``: of the page of an area, which one."""

    page: str
    place: str
    language: str
    area: str = ""

    @property
    def path(self) -> str:
        """Where it stands, from the folder of the site."""
        name = "index" if self.page == "home" else self.page
        return f"{self.language}/{self.place}/{name}{f'/{self.area}' if self.area else ''}.html"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What its address on the live site holds."""
        pairs = (("lang", self.language), ("place", self.place), ("area", self.area))
        return [(name, value) for name, value in pairs if value]


@dataclass
class Addresses:
    """The files of a site. ``base``: where they will be served, ``live``: the address of the site with its dashboard,
    '' where there is none. ``documents``: those that are written; ``pictures``, ``data`` and ``feeds``: addresses on
    the site → their files, as links to them were met.
    """

    base: str
    live: str
    documents: frozenset[Document]
    front: Document
    pages: frozenset[str]
    pictures: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)

    def rewritten(self, html: str, path: str) -> str:
        """A document with its links as they are among the files; ``path``: where it will stand."""
        html = _ACTIONS.sub(lambda found: f"{found[1]}{escape(self.live)}{found[2]}", html)
        html = _SPELT.sub(lambda found: found[1] + self._spelt(found[2], path) + found[3], html)
        html = html if self.live else _ANSWERED.sub("", html)
        html = _TOLD.sub(lambda found: found[1] + self._local(found[2], path) + found[3], html)
        return _LINKS.sub(lambda found: found[1] + escape(self._local(unescape(found[2]), path)) + found[3], html)

    def told_by_feed(self, text: str) -> str:
        """A feed with its addresses as they are among the files; of other feeds and pages those that are written."""
        if not self.base:
            return text
        address = re.compile(rf'(?<="){re.escape(self.base)}/[^"]*(?=")')
        as_json = text.startswith("{")

        def local(found: re.Match) -> str:
            kept = self._local(found[0] if as_json else unescape(found[0]), "index.html")
            return kept if as_json else escape(kept)

        return address.sub(local, text)

    def _spelt(self, text: str, path: str) -> str:
        """A text to copy with the addresses in it: those of the live site, else of the files."""
        if self.live or not self.base:
            return text.replace(f"{self.base}/", f"{self.live}/") if self.live else text
        address = re.compile(rf"{re.escape(self.base)}/[^\s,，。<]*")
        return address.sub(lambda found: escape(self._local(unescape(found[0]), path)), text)

    def _local(self, address: str, path: str) -> str:
        """One address, from the folder of a file; in full where it was in full."""
        inside = address.removeprefix(self.base) if self.base else address
        if not inside.startswith("/") or inside.startswith("//"):
            return address
        target = self._target(inside)
        if target.startswith(("http://", "https://")):
            return target
        return f"{self.base}/{target}" if inside != address else posixpath.relpath(target, posixpath.dirname(path))

    def _target(self, address: str) -> str:
        """The file of an address, or the address on the live site."""
        parts = urlsplit(address)
        page = parts.path.strip("/") or "home"
        if page in self.pages:
            return self._document(page, dict(parse_qsl(parts.query)), address)
        if parts.path.startswith("/picture/"):
            if self.live and "as_of" in dict(parse_qsl(parts.query)):
                return self.live + address  # drawn for whoever takes it
            return self.pictures.setdefault(address, _named(address, parts.path))
        if parts.path.startswith("/data/"):
            return self._file(address, parts.path)
        if parts.path.startswith("/feeds/"):
            return self.feeds.setdefault(address, _feed(parts.path, dict(parse_qsl(parts.query))))
        if parts.path.startswith(("/oembed", "/embed/")):
            return self.live + address if self.live else self.front.path
        return parts.path.lstrip("/")

    def _document(self, page: str, asked: dict[str, str], address: str) -> str:
        """The document; where other choices are asked for the live site, else what comes nearest."""
        place, language = asked.get("place", self.front.place), asked.get("lang", SPOKEN_IN_CODE)
        document = Document(page, place, language, asked.get("area", "") if page == "district" else "")
        extra = set(asked) - HELD or (asked.get("area") and not document.area)
        if document in self.documents and not (extra and self.live):
            return document.path
        if self.live:
            return self.live + address
        nearest = (Document(page, place, language), Document("home", place, language), self.front)
        return next(one for one in nearest if one in self.documents).path

    def _file(self, address: str, path: str) -> str:
        """A file of data: whole ones are written, parts are given by the live site."""
        whole = "?" not in address
        if not whole and self.live:
            return self.live + address
        if path == "/data/openapi.json":  # describes questions, which files do not answer
            return self.live + address if self.live else "data/catalogue.json"
        if _LISTS.fullmatch(path):
            return path.lstrip("/")
        found = _DATA.fullmatch(path)
        form = next((form for form in ("xlsx", "parquet") if path.endswith(form)), "csv")
        written = path if whole or found is None else f"/data/{found[1]}/{found[2]}/latest.{form}"
        if written.endswith("/provenance.json"):
            written = written.replace("provenance.json", "latest.csv")
        return self.data.setdefault(written, written.lstrip("/"))


def _feed(path: str, asked: dict[str, str]) -> str:
    """The file of a feed, by its language: a file has no question behind its name."""
    return f"feeds/{asked.get('lang', SPOKEN_IN_CODE)}{path.removeprefix('/feeds')}"


def _named(address: str, path: str) -> str:
    form = path.rsplit(".", 1)[1]
    return f"pictures/{hashlib.sha256(address.encode()).hexdigest()[:16]}.{form}"


def each(told: Callable[[str], None], what: str, items):
    """The items, telling how far it is."""
    listed = list(items)
    for number, item in enumerate(listed, 1):
        told(f"{what} {number} of {len(listed)}")
        yield item
