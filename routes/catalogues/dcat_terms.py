"""What a catalogue for data portals is made of: agents, places, dates, languages, each in the words of DCAT-AP 3.0."""

from __future__ import annotations

from language import LANGUAGES, Translator, translator
from language.numbers import written_date
from loaders import Place, Release, SourceCard, periods
from measures.store.boundaries import extent
from measures.store.shelf import Shelf
from routes.catalogues.csvw import tagged

TERMS = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "adms": "http://www.w3.org/ns/adms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcatap": "http://data.europa.eu/r5r/",
    "geo": "http://www.opengis.net/ont/geosparql#",
}
EU = "http://publications.europa.eu/resource/authority/"


def agent(card: SourceCard) -> dict:
    """Who released a dataset, with the address of its own pages."""
    return {"@type": "foaf:Agent", "foaf:name": tagged(card.publisher)} | homepage(card.publisher.get("url", ""))


def homepage(url: str) -> dict:
    """The address of an agent's own pages, where there is one."""
    return {"foaf:homepage": {"@id": url, "@type": "foaf:Document"}} if url else {}


def contact(shelf: Shelf) -> dict:
    """Whom to write to about a dataset, where ``site.toml`` says it."""
    url = shelf.contact.get("url", "")
    return {"dcat:contactPoint": {"@type": "vcard:Kind", "vcard:hasURL": {"@id": url}}} if url else {}


def spatial_coverage(shelf: Shelf, card: SourceCard) -> list[dict]:
    """Where the figures of a dataset are from: its place, or areas of its own beyond it; nothing of statements, which
    speak of many places.
    """
    if not card.is_table:
        return []
    place, areas = shelf.places[card.place], shelf.table(card.name).areas
    if {place.code, *(area.code for area in place.areas)} & set(areas):
        return [location(shelf, place)]
    names = shelf.area_names(card.place, card.name)
    return [{"@type": "dct:Location", "skos:prefLabel": tagged(names[area])} for area in areas]


def location(shelf: Shelf, place: Place) -> dict:
    """A place by its names and, where its boundaries are known, the rectangle around them (WGS 84)."""
    box = extent(shelf, place.id)
    name = {
        "@type": "dct:Location",
        "skos:prefLabel": tagged({code: f"{place.name[code]}, {place.country[code]}" for code in LANGUAGES}),
    }
    if not box:
        return name
    west, south, east, north = (f"{degrees:.6f}" for degrees in box)
    ring = f"POLYGON(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"
    return name | {"dcat:bbox": {"@value": ring, "@type": "geo:wktLiteral"}}


def temporal(first: str, last: str) -> dict:
    """From the first day of the first period to the last day of the last; nothing where the card names none."""
    if not first or not last:
        return {}
    days = {"dcat:startDate": periods.dates(first)[0], "dcat:endDate": periods.dates(last)[1]}
    return {
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            **{name: {"@value": day.isoformat(), "@type": "xsd:date"} for name, day in days.items()},
        }
    }


def dated(name: str, day: str) -> dict:
    """A date as exact as it was given: a day, a month or a year."""
    kinds = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}
    return {name: {"@value": day, "@type": kinds[len(day)]}} if len(day) in kinds else {}


def version_notes(release: Release) -> dict:
    """An approximate date says so."""
    words = {
        code: translator(code)("{date} (date approximate)", date=written_date(release.published, translator(code)))
        for code in LANGUAGES
    }
    return {"adms:versionNotes": tagged(words)} if release.about else {}


def tongues() -> dict:
    """The languages in which texts and labels stand."""
    return {
        "dct:language": [
            {"@id": f"{EU}language/{name}", "@type": "dct:LinguisticSystem"}
            for name in dict.fromkeys(language.authority for language in LANGUAGES.values())
            if name
        ]
    }


def public() -> dict:
    """Everything here may be read by anybody."""
    return {"dct:accessRights": {"@id": f"{EU}access-right/PUBLIC", "@type": "dct:RightsStatement"}}


def in_words(key: str) -> list[dict]:
    """One of the sentences of the catalogue, in every language."""
    return tagged({code: _words(translator(code))[key] for code in LANGUAGES})


def _words(say: Translator) -> dict[str, str]:
    return {
        "catalogue": say(
            "Published, aggregate figures on public safety, each with its source, licence, statuses and notes."
        ),
        "service": say("Extracts of the figures"),
        "parts": say("Any part of a dataset by area, category and period, as published or worked out as on the pages."),
        "latest": say("The newest figure of each period, with status, reason, release and licence in every row."),
        "release": say("The figures of one release, with status, reason and licence in every row."),
        "entries": say("Every entry with its source."),
    }
