"""The data described for programs: datapackage.json of a place, catalogue.jsonld (DCAT-AP), openapi.json, releases.json and releases.atom.

Everything is generated from the cards, and every address in it is relative to the site, so that any copy of the server says the same.
"""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa

from disclosure import STATUSES
from language import LANGUAGES, SPOKEN_IN_CODE
from loaders import Release, SourceCard
from measures.revisions import may_be_revised
from measures.shelf import Shelf
from routes.addresses import FORMATS, extract_address
from routes.asked import Asked
from routes.rows import tables_of

_TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean"}
_KEY = ["place", "area_code", "category_code", "period", "variable"]
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "json": "application/json"}
_EVERY = {"month": "MONTHLY", "quarter": "QUARTERLY", "year": "ANNUAL", "half": "ANNUAL_2", "week": "WEEKLY"}


def datasets(shelf: Shelf, place: str = "") -> list[SourceCard]:
    """The readable datasets of a place, or of all, that are given as rows."""
    return [card for card in shelf.cards.values() if card.kind != "boundaries" and place in ("", card.place) and shelf.readable(card.name)]


@lru_cache(maxsize=32)
def data_package(shelf: Shelf, place: str) -> str:
    """The place as a Data Package: a table resource for every dataset, as its newest figures and as each of its releases."""
    cards = datasets(shelf, place)
    said = {
        "profile": "data-package", "name": place, "title": shelf.places[place].name[SPOKEN_IN_CODE], "titles": shelf.places[place].name,
        "licenses": [_licence(one) for one in {one["name"]: one for card in cards for one in card.licenses}.values()],
        "resources": [_resource(shelf, card, release) for card in cards for release in _releases(card)],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)


def _releases(card: SourceCard) -> list[str]:
    return ["latest", *(one.id for one in card.releases)] if card.kind in ("observations", "areas") else ["latest"]


def _resource(shelf: Shelf, card: SourceCard, release: str) -> dict:
    return {
        "profile": "tabular-data-resource", "name": f"{card.name}-{release}".lower(), "path": f"{card.name}/{release}.csv",
        "title": card.title[SPOKEN_IN_CODE], "titles": card.title, "description": card.description[SPOKEN_IN_CODE], "descriptions": card.description,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "licenses": list(map(_licence, card.licenses)),
        "sources": [{"title": one["title"], "path": one["url"]} for one in card.sources if one.get("url")], "notes": card.notes,
        "release": release, "publisher": card.publisher, "schema": _schema(shelf, card, release),
    }  # fmt: skip


def _licence(one: dict) -> dict:
    return {"name": one["name"], "title": one["title"][SPOKEN_IN_CODE]} | ({"path": one["url"]} if one.get("url") else {})


def _schema(shelf: Shelf, card: SourceCard, release: str) -> dict:
    """The Table Schema of an extract, from the very rows that it gives."""
    table = card.kind in ("observations", "areas") and shelf.table(card.name, release)
    first = (table.categories[0],) if table else ()
    last = table.periods[-1] if table else ""
    rows = next(tables_of(Asked(card.place, card.name, release, (), first, last, "", "", ""), shelf))
    fields = [{"name": one.name, "type": _type(one.type)} for one in rows.schema]
    for field in fields:
        if field["name"] == "status" and table:
            field["constraints"] = {"enum": [one for one in STATUSES if one]}
    return {"fields": fields, "missingValues": [""]} | (
        {"primaryKey": [one for one in _KEY if table and (one != "category_code" or first[0])]} if table else {}
    )


def _type(kind: pa.DataType) -> str:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return _TYPES.get(str(kind), "any")


@lru_cache(maxsize=4)
def dcat(shelf: Shelf) -> str:
    """The catalogue as DCAT-AP in JSON-LD."""
    terms = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/"}
    name = [{"@value": "Safety in Figures", "@language": SPOKEN_IN_CODE}]
    catalogue = {
        "@context": terms, "@id": "/data/catalogue.jsonld", "@type": "dcat:Catalog", "dct:title": name,
        "dct:description": [{"@value": "Published, aggregate figures on public safety.", "@language": "en"}],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Safety in Figures"}, "dcat:dataset": [_dcat_dataset(card) for card in datasets(shelf)],
    }  # fmt: skip
    return json.dumps(catalogue, ensure_ascii=False)


def _tagged(words: dict) -> list[dict]:
    return [{"@value": words[code], "@language": code} for code in LANGUAGES if words.get(code)]


def _dcat_dataset(card: SourceCard) -> dict:
    every = _EVERY.get(str(card.frequency))
    authority = "http://publications.europa.eu/resource/authority/frequency/"
    return {
        "@id": f"/data/{card.place}/{card.name}", "@type": "dcat:Dataset", "dct:identifier": card.name, "dct:title": _tagged(card.title),
        "dct:description": _tagged(card.description), "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _tagged(card.publisher)},
        "dct:source": [{"@id": one["url"]} for one in card.sources if one.get("url")],
        "dcat:distribution": [_distribution(card, release, form) for release in _releases(card) for form in FORMATS],
    } | ({"dct:accrualPeriodicity": {"@id": authority + every}} if every else {})  # fmt: skip


def _distribution(card: SourceCard, release: str, form: str) -> dict:
    address, licence = extract_address(card.place, card.name, form, release), card.licenses[0]
    return {
        "@id": address, "@type": "dcat:Distribution", "dct:title": f"{card.name} {release} {form}", "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address}, "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{_MEDIA[form]}"},
        "dct:license": {"@id": licence["url"]} if licence.get("url") else {"@type": "dct:LicenseDocument", "dct:identifier": licence["name"]},
    }  # fmt: skip


def _listed(shelf: Shelf) -> list[tuple[SourceCard, Release]]:
    """Every release, the newest first."""
    return sorted(
        ((card, one) for card in datasets(shelf) for one in card.releases), key=lambda pair: (pair[1].published, pair[0].name), reverse=True
    )


@lru_cache(maxsize=4)
def releases_json(shelf: Shelf) -> str:
    """The changelog of releases, the newest first; ``published`` is as exact as the publisher says. No hash of a protected file."""
    listed = [
        {
            "place": card.place, "dataset": card.name, "title": card.title, "release": one.id, "published": one.published, "publisher": card.publisher,
            "from": one.first, "to": one.last, "addresses": {form: extract_address(card.place, card.name, form, release) for form in FORMATS},
            "revisions": extract_address(card.place, card.name, "json", "revisions") if may_be_revised(card) else "",
        } | ({} if card.disclosure == "protect" else {"sha256": one.sha256, "rows": one.rows})
        for card, one in _listed(shelf) for release in [one.id if one.id in _releases(card) else "latest"]
    ]  # fmt: skip
    return json.dumps({"releases": listed}, ensure_ascii=False)


@lru_cache(maxsize=4)
def releases_atom(shelf: Shelf) -> str:
    """The same as an Atom feed; an entry whose day the publisher does not say is dated to the first day it may be."""
    entries = "".join(_entry(card, one) for card, one in _listed(shelf))
    newest = max((_moment(one) for _, one in _listed(shelf)), default="1970-01-01T00:00:00Z")
    head = f"<id>{_urn('releases')}</id><title>Safety in Figures: releases</title><updated>{newest}</updated><author><name>Safety in Figures</name></author>"
    link = '<link rel="self" type="application/atom+xml" href="/data/releases.atom"/>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}{link}{entries}</feed>'


def _entry(card: SourceCard, one: Release) -> str:
    release = one.id if one.id in _releases(card) else "latest"
    words = " · ".join(card.title[code] for code in LANGUAGES)
    address = quoteattr(extract_address(card.place, card.name, "json", release))
    title = f"<title>{escape(words)} ({escape(one.id)})</title><id>{_urn(f'{card.place}/{card.name}/{one.id}')}</id><updated>{_moment(one)}</updated>"
    summary = f"<summary>{escape(card.publisher[SPOKEN_IN_CODE])}, {escape(one.published)}</summary>"
    return f'<entry>{title}<link rel="alternate" type="application/json" href={address}/>{summary}</entry>'


def _moment(one: Release) -> str:
    day = one.published if len(one.published) == 10 else f"{one.published}-01" if len(one.published) == 7 else f"{one.published[:4]}-01-01"
    return f"{day}T00:00:00Z"


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'safety-in-figures/' + name)}"
