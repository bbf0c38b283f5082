"""Writes the site as files: documents first, then the pictures and data that they lead to, then what programs ask
for."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from markupsafe import escape
from starlette.datastructures import QueryParams

from language import LANGUAGES
from layout.document import body_of
from layout.document_head import head_of
from layout.exported import drawn
from layout.frame.blocks import Block, Choice, Columns, Fold, Row
from layout.frame.menu import PAGES
from layout.frame.reader import Reader, address_of, reader_of
from layout.sheets import sheet_of
from layout.static_site.addresses import Addresses, Document, each
from measures.change.revisions import may_be_revised
from measures.store.shelf import Shelf
from routes.addresses import CHART_WIDTHS
from routes.catalogues.csvw import csvw
from routes.catalogues.data_package import data_package, datasets, release_ids
from routes.catalogues.descriptions import DESCRIPTIONS
from routes.catalogues.release_calendar import calendar
from routes.extracts.metadata import BESIDE
from routes.extracts.metadata import head_of as about_of
from routes.extracts.read_request import read_request
from routes.extracts.request import REVISIONS, FileAddress
from routes.extracts.rows import tables_of
from routes.extracts.writers import MAKERS
from routes.feeds import CALENDAR, written_feed
from routes.headers import STYLE, style_address
from routes.pictures import PictureQuestion
from routes.shell import page_html

FORMS = ("csv", "xlsx", "parquet")  # of every dataset, whole; as JSON they would be several times as large
_FORM = re.compile(r"<form.*?</form>", re.S)


@dataclass(frozen=True)
class Plan:
    """What is written, and for where. ``base``: the address at which the files will be served. ``live``: the address of
    the site with its dashboard, to which choices lead; '' where there is none.
    """

    folder: Path
    base: str
    live: str = ""
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = tuple(LANGUAGES)
    pages: tuple[str, ...] = PAGES
    areas: int = 1_000_000  # of each place, at most


@dataclass
class StaticSite:
    """One writing of the site. ``told``: gets a line for each thing that is being written."""

    plan: Plan
    shelf: Shelf
    told: Callable[[str], None] = field(default=print)

    def write(self) -> int:
        """Write everything; returns how many documents were written."""
        documents = list(self.documents())
        addresses = self.write_documents(documents)
        for address, path in each(self.told, "picture", addresses.pictures.items()):
            self._save(path, drawn(self._picture(address)))
        for address in each(self.told, "file of data", dict.fromkeys((*self._files(), *addresses.data))):
            self._extract(address)
        for address, path in each(self.told, "feed", addresses.feeds.items()):
            self._save(path, self._feed(address, addresses))
        self._for_programs(documents)
        return len(documents)

    def write_documents(self, documents: list[Document]) -> Addresses:
        """Write the documents and the front page; what comes back knows the pictures and data that they lead to."""
        front = next(document for document in documents if document.page == "home")
        addresses = Addresses(self.plan.base, self.plan.live, frozenset(documents), front, frozenset(PAGES))
        for document in each(self.told, "document", documents):
            self._save(document.path, addresses.rewritten(self._document(document), document.path))
        self._save("index.html", addresses.rewritten(self._document(front), "index.html"))
        return addresses

    def documents(self) -> Iterator[Document]:
        """Every page of every place in every language; of the page of an area one for each."""
        for place in self.plan.places or self.shelf.places:
            for language in self.plan.languages:
                for page in self.plan.pages:
                    yield Document(page, place, language)
                    if page == "district":
                        areas = self.shelf.places[place].areas[: self.plan.areas]
                        yield from (Document(page, place, language, area.code) for area in areas)

    def _document(self, document: Document) -> str:
        address = address_of(document.page, document.pairs, None, self.plan.base)
        sheet, reader = sheet_of(address, self.shelf), reader_of(address, self.shelf)
        blocks = None if self.plan.live else tuple(_without_choices(sheet.still))
        body = body_of(sheet, reader, alone=True, blocks=blocks)
        if not self.plan.live:
            body = _FORM.sub("", _FORM.sub(self._places(document, reader), body, count=1))
        return page_html(reader.say, head_of(sheet, reader), body, "")

    def _places(self, document: Document, reader: Reader) -> str:
        """The way to the other places, where no form can lead there."""
        others = [name for name in self.plan.places or self.shelf.places if name != document.place]
        return "".join(
            f'<p><a href="/{"" if document.page == "home" else document.page}?lang={document.language}&amp;'
            f'place={name}">'
            f"{escape(reader.say.pick(self.shelf.places[name].name))}</a></p>"
            for name in others
        )

    def _picture(self, address: str) -> PictureQuestion:
        path, _, query = address.partition("?")
        page, _, name = path.removeprefix("/picture/").partition("/")
        block, _, form = name.partition(".")
        asked = QueryParams(query)
        pairs = tuple((name, value) for name, value in asked.multi_items() if name not in ("size", "width"))
        width = int(asked.get("width", CHART_WIDTHS[0]))
        return PictureQuestion(page, block, form, asked.get("size", ""), width, pairs, "", self.plan.base)

    def _files(self) -> Iterator[str]:
        """Every dataset of the places as its newest figures, as each of its releases, and what was revised."""
        for card in datasets(self.shelf):
            if card.place in (self.plan.places or self.shelf.places):
                revised = [REVISIONS] if may_be_revised(card) else []
                for release in (*release_ids(card), *revised):
                    yield from (f"/data/{card.place}/{card.name}/{release}.{form}" for form in FORMS)

    def _extract(self, address: str) -> None:
        """A whole file of data, and beside a CSV what describes it."""
        _, _, place, dataset, name = address.split("/")
        release, _, form = name.rpartition(".")
        extract = read_request(self.shelf, FileAddress(place, dataset, release, form), QueryParams())
        self._put(address.lstrip("/"), MAKERS[form](tables_of(extract, self.shelf), about_of(extract, self.shelf)))
        if form == "csv":
            self._save(f"{address.lstrip('/')}{BESIDE}", csvw(extract, self.shelf))

    def _feed(self, address: str, addresses: Addresses) -> str:
        """What is new as a file, with addresses of files."""
        path, _, query = address.partition("?")
        parts, _, form = path.removeprefix("/feeds/").rpartition(".")
        language = QueryParams(query).get("lang", "")
        if form == CALENDAR:
            return calendar(self.shelf, parts, language)
        text = written_feed(self.shelf, parts.split("/"), form, language, self.plan.base)
        return addresses.told_by_feed(text)

    def _for_programs(self, documents: Iterable[Document]) -> None:
        """Catalogues, feeds, style sheet, icons, robots.txt and the sitemap."""
        for name, (make, _) in DESCRIPTIONS.items():
            if name != "openapi.json":  # no questions can be asked of files
                self._save(f"data/{name}", _as_written(name, make(self.shelf)))
        for place in {document.place for document in documents}:
            self._save(f"data/{place}/datapackage.json", data_package(self.shelf, place))
        self._save(style_address(), STYLE.read_bytes())
        for name in ("favicon.svg", "favicon.ico"):
            shutil.copy(STYLE.with_name(name), self.plan.folder / name)
        self._save("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {self.plan.base}/sitemap.xml\n")
        urls = "".join(f"<url><loc>{self.plan.base}/{document.path}</loc></url>" for document in documents)
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        self._save("sitemap.xml", f"{head}{urls}</urlset>")

    def _save(self, path: str, content: str | bytes) -> None:
        self._put(path, [content.encode("utf-8", "replace") if isinstance(content, str) else content])

    def _put(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file beside the one before it, then let it take its place: a server of files never sends half."""
        file = self.plan.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.new")
        try:
            with fresh.open("wb") as open_file:
                open_file.writelines(pieces)
            os.replace(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)


def _without_choices(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without what only a server can answer."""
    for block in blocks:
        if isinstance(block, Fold):
            yield replace(block, blocks=tuple(_without_choices(block.blocks)))
        elif isinstance(block, Columns):
            yield replace(block, columns=tuple(tuple(_without_choices(column)) for column in block.columns))
        elif not isinstance(block, Choice | Row):
            yield block


def _as_written(name: str, text: str) -> str:
    """A description of the data that names the files that were written, and no other."""
    if name.endswith(".atom"):
        return re.sub(r'<link rel="alternate" type="application/json" href="/data/[^"]*/[^"]*"/>', "", text)
    return json.dumps(_of_files(json.loads(text)), ensure_ascii=False)


def _of_files(told):
    """What is told without what needs a server and without formats that are not written."""
    if isinstance(told, dict):
        kept = {
            name: value for name, value in told.items() if name not in ("json", "dcat:service", "dcat:accessService")
        }
        return {name: _of_files(value) for name, value in kept.items()}
    if isinstance(told, list):
        return [_of_files(value) for value in told if not _is_json(value)]
    return told.removesuffix(".json") + ".csv" if _is_json(told) else told


def _is_json(told) -> bool:
    """Is it the address of a dataset as JSON, or what describes one?"""
    address = told.get("@id", "") if isinstance(told, dict) else told
    return (
        isinstance(address, str)
        and address.startswith("/data/")
        and address.count("/") > 3
        and address.endswith(".json")
    )
