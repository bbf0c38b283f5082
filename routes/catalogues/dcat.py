"""The catalogue for data portals: every dataset, its releases and files, and the service that gives parts of them
(DCAT-AP 3.0, JSON-LD).

https://semiceu.github.io/DCAT-AP/releases/3.0.0/ What nobody said is left out: no date of issue of the catalogue, no
kind of publisher, no
contact while ``site.toml`` has none. How often a publisher releases is not known either; only of a series that has
ended it is: never.
"""

from __future__ import annotations

import json

from disclosure.remembered import remembered
from language import LANGUAGES, Translator, translator
from loaders import Release, SourceCard
from measures.store.shelf import Shelf
from routes.addresses import FORMATS, extract_address
from routes.catalogues.csvw import tagged
from routes.catalogues.data_package import datasets, release_ids
from routes.catalogues.dcat_terms import (
    EU,
    TERMS,
    agent,
    contact,
    dated,
    location,
    public,
    spatial_coverage,
    temporal,
    tongues,
    version_notes,
)

_GRAINS = {
    "month": "P1M",
    "quarter": "P3M",
    "half": "P6M",
    "year": "P1Y",
    "week": "P7D",
    "fiscal_year": "P1Y",
    "school_year": "P1Y",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
CATALOGUE, SERVICE, OURS = "/data/catalogue.jsonld", "/data/openapi.json#service", "/data/catalogue.jsonld#publisher"


@remembered()
def dcat(shelf: Shelf) -> str:
    """The catalogue as JSON-LD; every address of ours is relative to the site."""
    cards = datasets(shelf)
    newest = max((card.accessed for card in cards), default="")
    said = {
        "@context": TERMS,
        "@id": CATALOGUE,
        "@type": "dcat:Catalog",
        "dct:title": tagged({code: one.site for code, one in LANGUAGES.items()}),
        "dct:description": _said("catalogue"),
        "dct:publisher": _publisher(shelf),
        "foaf:homepage": {"@id": "/", "@type": "foaf:Document"},
        **tongues(),
        **dated("dct:modified", newest),
        "dcat:themeTaxonomy": {"@id": f"{EU}data-theme", "@type": "skos:ConceptScheme"},
        "dct:spatial": [
            location(shelf, place) for place in shelf.places.values() if any(card.place == place.id for card in cards)
        ],
        "dcat:dataset": [one for card in cards for one in _of_card(shelf, card)],
        "dcat:service": _service(cards),
    }
    return json.dumps(said, ensure_ascii=False)


def _publisher(shelf: Shelf) -> dict:
    """Who runs this copy of the site, with an address where ``site.toml`` has one."""
    url = shelf.contact.get("url", "")
    name = {"foaf:name": tagged({code: one.site for code, one in LANGUAGES.items()})}
    return {"@id": OURS, "@type": "foaf:Agent", **name} | (
        {"foaf:homepage": {"@id": url, "@type": "foaf:Document"}} if url else {}
    )


def _service(cards: list[SourceCard]) -> dict:
    return {
        "@id": SERVICE,
        "@type": "dcat:DataService",
        "dct:title": _said("service"),
        "dct:description": _said("parts"),
        "dcat:endpointURL": {"@id": "/data/"},
        "dcat:endpointDescription": {"@id": "/data/openapi.json"},
        "dct:publisher": {"@id": OURS},
        "dct:conformsTo": {"@id": "https://spec.openapis.org/oas/v3.1.0", "@type": "dct:Standard"},
        **public(),
        "dcat:servesDataset": [{"@id": _dataset(card)} for card in cards],
    }


def _of_card(shelf: Shelf, card: SourceCard) -> list[dict]:
    """The dataset with its newest figures and, where there are several releases, their series and each of them."""
    about = _about(shelf, card)
    first, last = card.releases[0], card.latest
    main = {
        "@id": _dataset(card),
        "@type": "dcat:Dataset",
        "dct:identifier": card.name,
        "dct:title": tagged(card.title),
        **about,
        **dated("dct:issued", first.published),
        **dated("dct:modified", last.published),
        **temporal(first.first, last.last),
        **version_notes(last),
        "dcat:version": last.id,
        "dcat:distribution": [_distribution(card, "latest", form) for form in FORMATS],
    }
    ids = [one for one in release_ids(card) if one != "latest"]
    if len(ids) < 2:
        return [main]
    series = {
        "@id": f"{_dataset(card)}#releases",
        "@type": "dcat:DatasetSeries",
        "dct:title": tagged({code: _series(translator(code), card) for code in LANGUAGES}),
        **about,
        **dated("dct:issued", first.published),
        **dated("dct:modified", last.published),
        **temporal(first.first, last.last),
    }
    return [
        main | {"dct:source": [{"@id": _dataset(card, one)} for one in ids]},
        series,
        *(_released(card, one, about) for one in card.releases),
    ]


def _series(say: Translator, card: SourceCard) -> str:
    return say("Releases: {title}", title=say.pick(card.title))


def _released(card: SourceCard, one: Release, about: dict) -> dict:
    """One release of the publisher: a dataset of its own, for it holds its own periods."""
    number = card.releases.index(one)
    before = {"dcat:prev": {"@id": _dataset(card, card.releases[number - 1].id)}} if number else {}
    title = {code: f"{translator(code).pick(card.title)} ({one.id})" for code in LANGUAGES}
    return {
        "@id": _dataset(card, one.id),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{card.name}/{one.id}",
        "dct:title": tagged(title),
        **about,
        "dcat:inSeries": {"@id": f"{_dataset(card)}#releases"},
        **before,
        **dated("dct:issued", one.published),
        **temporal(one.first, one.last),
        **version_notes(one),
        "dcat:version": one.id,
        "dcat:distribution": [_distribution(card, one.id, form) for form in FORMATS],
    }


def _about(shelf: Shelf, card: SourceCard) -> dict:
    """What holds for a dataset and each of its releases."""
    measures = [one for one in shelf.measures.values() if one.dataset == card.name]
    themes = list(dict.fromkeys(theme for one in measures for theme in shelf.site.every_domain.get(one.domain, ())))
    grain = _GRAINS.get(card.frequency.partition("-")[0]) if card.kind == "observations" else None
    said = {
        "dct:description": tagged(card.description),
        "dct:publisher": agent(card),
        "dct:spatial": spatial_coverage(shelf, card),
        "dcat:theme": [{"@id": f"{EU}data-theme/{one}"} for one in themes],
        "dcat:keyword": [word for one in measures for word in tagged(one.title)],
        "dct:accrualPeriodicity": {"@id": f"{EU}frequency/{'NEVER' if card.ended else 'UNKNOWN'}"},
        **tongues(),
        **public(),
        "foaf:page": [{"@id": one["url"], "@type": "foaf:Document"} for one in card.sources if one.get("url")],
        **contact(shelf),
        "dcat:temporalResolution": [{"@value": grain, "@type": "xsd:duration"}] if grain else [],
    }
    return {name: value for name, value in said.items() if value != []}


def _distribution(card: SourceCard, release: str, form: str) -> dict:
    address, licence = extract_address(card.place, card.name, form, release), card.licenses[0]
    held = ("latest" if release == "latest" else "release") if card.kind in ("observations", "areas") else "entries"
    document = {"@type": "dct:LicenseDocument", "dct:title": tagged(licence["title"])}
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": f"{card.name} {release} {form}",
        "dct:description": _said(held),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:accessService": {"@id": SERVICE},
        **tongues(),
        "dcat:mediaType": {"@id": _MEDIA + FORMATS[form].partition(";")[0], "@type": "dct:MediaType"},
        "dct:format": {"@id": f"{EU}file-type/{form.upper()}", "@type": "dct:MediaTypeOrExtent"},
        "dct:license": document | ({"@id": licence["url"]} if licence.get("url") else {}),
        "dcatap:availability": {"@id": f"{EU}planned-availability/STABLE"},
    }


def _dataset(card: SourceCard, release: str = "") -> str:
    return f"/data/{card.place}/{card.name}" + (f"/{release}" if release else "")


def _said(key: str) -> list[dict]:
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
