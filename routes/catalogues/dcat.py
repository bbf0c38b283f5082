"""The catalogue for data portals: every dataset, its releases and files, and the service that gives parts of them
(DCAT-AP 3.0, JSON-LD).

https://semiceu.github.io/DCAT-AP/releases/3.0.0/ What nobody said is left out: no date of issue of the catalogue, no
kind of publisher, no contact while ``site.toml`` has none. How often a publisher releases is not known either; only of
a series that has ended it is: never.
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
    homepage,
    in_words,
    location,
    public,
    spatial_coverage,
    temporal,
    tongues,
    version_notes,
)

_YEARS = dict.fromkeys(("year", "fiscal_year", "school_year"), "P1Y")
_GRAINS = {"month": "P1M", "quarter": "P3M", "half": "P6M", "week": "P7D", **_YEARS}
_MEDIA = "https://www.iana.org/assignments/media-types/"
CATALOGUE, SERVICE, OURS = "/data/catalogue.jsonld", "/data/openapi.json#service", "/data/catalogue.jsonld#publisher"


@remembered()
def dcat(shelf: Shelf) -> str:
    """The catalogue as JSON-LD; every address of ours is relative to the site."""
    cards = datasets(shelf)
    newest = max((card.accessed for card in cards), default="")
    description = {
        "@context": TERMS,
        "@id": CATALOGUE,
        "@type": "dcat:Catalog",
        "dct:title": _site_names(),
        "dct:description": in_words("catalogue"),
        "dct:publisher": _publisher(shelf),
        "foaf:homepage": {"@id": "/", "@type": "foaf:Document"},
        **tongues(),
        **dated("dct:modified", newest),
        "dcat:themeTaxonomy": {"@id": f"{EU}data-theme", "@type": "skos:ConceptScheme"},
        "dct:spatial": [
            location(shelf, place) for place in shelf.places.values() if any(card.place == place.id for card in cards)
        ],
        "dcat:dataset": [dataset for card in cards for dataset in _of_card(shelf, card)],
        "dcat:service": _service(cards),
    }
    return json.dumps(description, ensure_ascii=False)


def _publisher(shelf: Shelf) -> dict:
    """Who runs this copy of the site, with an address where ``site.toml`` has one."""
    return {"@id": OURS, "@type": "foaf:Agent", "foaf:name": _site_names(), **homepage(shelf.contact.get("url", ""))}


def _site_names() -> list[dict]:
    return tagged({code: language.site for code, language in LANGUAGES.items()})


def _service(cards: list[SourceCard]) -> dict:
    return {
        "@id": SERVICE,
        "@type": "dcat:DataService",
        "dct:title": in_words("service"),
        "dct:description": in_words("parts"),
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
    dates = dated("dct:issued", first.published) | dated("dct:modified", last.published)
    dates |= temporal(first.first, last.last)
    main = {
        "@id": _dataset(card),
        "@type": "dcat:Dataset",
        "dct:identifier": card.name,
        "dct:title": tagged(card.title),
        **about,
        **dates,
        **_version(card, last, "latest"),
    }
    ids = [name for name in release_ids(card) if name != "latest"]
    if len(ids) < 2:
        return [main]
    series = {
        "@id": f"{_dataset(card)}#releases",
        "@type": "dcat:DatasetSeries",
        "dct:title": tagged({code: _series(translator(code), card) for code in LANGUAGES}),
        **about,
        **dates,
    }
    return [
        main | {"dct:source": [{"@id": _dataset(card, name)} for name in ids]},
        series,
        *(_released(card, release, about) for release in card.releases),
    ]


def _series(say: Translator, card: SourceCard) -> str:
    return say("Releases: {title}", title=say.pick(card.title))


def _released(card: SourceCard, release: Release, about: dict) -> dict:
    """One release of the publisher: a dataset of its own, for it holds its own periods."""
    number = card.releases.index(release)
    before = {"dcat:prev": {"@id": _dataset(card, card.releases[number - 1].id)}} if number else {}
    title = {code: f"{translator(code).pick(card.title)} ({release.id})" for code in LANGUAGES}
    return {
        "@id": _dataset(card, release.id),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{card.name}/{release.id}",
        "dct:title": tagged(title),
        **about,
        "dcat:inSeries": {"@id": f"{_dataset(card)}#releases"},
        **before,
        **dated("dct:issued", release.published),
        **temporal(release.first, release.last),
        **_version(card, release, release.id),
    }


def _version(card: SourceCard, release: Release, name: str) -> dict:
    """The release with its files; ``name``: what it is called in their addresses."""
    files = [_distribution(card, name, form) for form in FORMATS]
    return {**version_notes(release), "dcat:version": release.id, "dcat:distribution": files}


def _about(shelf: Shelf, card: SourceCard) -> dict:
    """What holds for a dataset and each of its releases."""
    measures = [measure for measure in shelf.measures.values() if measure.dataset == card.name]
    themes = list(
        dict.fromkeys(theme for measure in measures for theme in shelf.site.every_domain.get(measure.domain, ()))
    )
    grain = _GRAINS.get(card.frequency.partition("-")[0]) if card.kind == "observations" else None
    description = {
        "dct:description": tagged(card.description),
        "dct:publisher": agent(card),
        "dct:spatial": spatial_coverage(shelf, card),
        "dcat:theme": [{"@id": f"{EU}data-theme/{theme}"} for theme in themes],
        "dcat:keyword": [word for measure in measures for word in tagged(measure.title)],
        "dct:accrualPeriodicity": {"@id": f"{EU}frequency/{'NEVER' if card.ended else 'UNKNOWN'}"},
        **tongues(),
        **public(),
        "foaf:page": [{"@id": source["url"], "@type": "foaf:Document"} for source in card.sources if source.get("url")],
        **contact(shelf),
        "dcat:temporalResolution": [{"@value": grain, "@type": "xsd:duration"}] if grain else [],
    }
    return {name: value for name, value in description.items() if value != []}


def _distribution(card: SourceCard, release: str, form: str) -> dict:
    address, licence = extract_address(card.place, card.name, form, release), card.licenses[0]
    content = ("latest" if release == "latest" else "release") if card.is_table else "entries"
    document = {"@type": "dct:LicenseDocument", "dct:title": tagged(licence["title"])}
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": f"{card.name} {release} {form}",
        "dct:description": in_words(content),
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
