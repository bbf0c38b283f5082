"""The catalogue is DCAT-AP 3.0: everything mandatory is there, and what is recommended and missing is what nobody said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef
from rdflib.namespace import SH

from language import LANGUAGES
from loaders.cards.unpublished import recorded_release
from measures.store.shelf import Shelf
from routes.addresses import FORMATS
from routes.catalogues.dcat import dcat

BASE = "https://figures.test"
SHAPES = Path(__file__).with_name("dcat_ap.ttl")
DCAT, FOAF, SKOS = map(
    Namespace, ("http://www.w3.org/ns/dcat#", "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2004/02/skos/core#")
)
# What the cards do not say, and is left out rather than invented.
LEFT_OUT = {
    (DCAT.Catalog, DCTERMS.license),
    (DCAT.Catalog, DCTERMS.issued),
    (DCAT.Dataset, DCAT.contactPoint),
    (DCAT.DatasetSeries, DCAT.contactPoint),
    (DCAT.DataService, DCAT.contactPoint),
    (DCAT.DataService, DCAT.theme),
    (DCAT.DataService, DCAT.keyword),
    (FOAF.Agent, DCTERMS.type),
    (DCTERMS.LicenseDocument, DCTERMS.type),
    (DCTERMS.Location, DCAT.centroid),
    (DCTERMS.Location, DCAT.bbox),
}
LEFT_OUT_OF_ENTRIES = {
    (DCAT.Dataset, one) for one in (DCTERMS.spatial, DCTERMS.temporal, DCAT.theme, DCAT.keyword)
}  # of statements and the register


def graph_of(text: str) -> Graph:
    return Graph().parse(data=text, format="json-ld", base=f"{BASE}/data/catalogue.jsonld")


def found(graph: Graph) -> list[tuple]:
    """(severity, class of the node, property, node) of everything that the shapes find."""
    _, report, _ = validate(graph, shacl_graph=Graph().parse(SHAPES), advanced=False)
    return [
        (
            report.value(one, SH.resultSeverity),
            graph.value(report.value(one, SH.focusNode), RDF.type),
            report.value(one, SH.resultPath),
            report.value(one, SH.focusNode),
        )
        for one in report.subjects(RDF.type, SH.ValidationResult)
    ]


@pytest.fixture(scope="module")
def graph(shelf) -> Graph:
    return graph_of(dcat(shelf))


def test_nothing_mandatory_is_missing_and_nothing_is_of_the_wrong_kind(graph):
    assert [one for one in found(graph) if one[0] == SH.Violation] == []


def test_what_is_recommended_and_missing_is_what_nobody_said(graph, shelf):
    entries = {
        URIRef(f"{BASE}/data/{card.place}/{card.name}")
        for card in shelf.cards.values()
        if card.kind in ("claims", "register")
    }
    for severity, kind, name, node in found(graph):
        if severity == SH.Warning:
            assert (kind, name) in LEFT_OUT or (node in entries and (kind, name) in LEFT_OUT_OF_ENTRIES), (
                kind,
                name,
                node,
            )


MUST = [
    ("dcat:Dataset", "dct:title"),
    ("dcat:Dataset", "dct:description"),
    ("dcat:Distribution", "dcat:accessURL"),
    ("dcat:Catalog", "dct:publisher"),
    ("dcat:Distribution", "dct:license"),
    ("dcat:DataService", "dcat:endpointURL"),
    ("dcat:DatasetSeries", "dct:title"),
]


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(("kind", "name"), MUST)
def test_the_shapes_would_find_what_is_missing(kind, name, shelf):
    said = json.loads(dcat(shelf))
    every = [
        said,
        said["dcat:service"],
        *said["dcat:dataset"],
        *(one for item in said["dcat:dataset"] for one in item.get("dcat:distribution", ())),
    ]
    del next(one for one in every if one["@type"] == kind)[name]
    assert any(one[0] == SH.Violation for one in found(graph_of(json.dumps(said))))


def test_every_dataset_and_release_of_rows_is_listed_in_every_format(graph, shelf):
    listed = {str(one) for one in graph.objects(None, DCAT.downloadURL)}
    for card in shelf.cards.values():
        releases = ["latest", *(one.id for one in card.releases if len(card.releases) > 1)]
        if card.kind != "boundaries":
            assert {
                f"{BASE}/data/{card.place}/{card.name}/{one}.{form}" for one in releases for form in FORMATS
            } <= listed


def test_every_file_that_is_listed_is_there(graph, get, head):
    """Each as CSV; of the other formats, which are made of the same rows, the head."""
    for address in sorted(map(str, graph.objects(None, DCAT.downloadURL))):
        if "recorded_crime" not in address:
            ask = get if address.endswith(".csv") else head
            assert ask(address.removeprefix(BASE)).status_code == 200
    assert get(str(next(graph.objects(None, DCAT.endpointDescription))).removeprefix(BASE)).status_code == 200


def test_a_country_wide_dataset_is_not_said_to_be_of_the_city(graph, shelf):
    where = graph.value(URIRef(f"{BASE}/data/london/digital_take_up"), DCTERMS.spatial)
    names = shelf.area_names("london", "digital_take_up")["united_kingdom"]
    assert {str(one) for one in graph.objects(where, SKOS.prefLabel)} == {names[code] for code in LANGUAGES}
    assert graph.value(where, DCAT.bbox) is None


def test_a_contact_is_named_where_the_site_has_one(served):
    path = served.root / "site.toml"
    path.write_text(
        path.read_text("utf-8").replace('url = ""', 'url = "https://figures.test/contact"', 1), encoding="utf-8"
    )
    made = graph_of(dcat(Shelf(served.root)))
    assert [one for one in found(made) if one[0] == SH.Violation or one[1:3] == (DCAT.Dataset, DCAT.contactPoint)] == []


def test_a_protected_dataset_is_listed_without_its_hash_or_file(example):
    text = dcat(example)
    assert "invented_counts" in text
    assert not any(
        one in text for one in (recorded_release(example.cards["invented_counts"]).sha256, "invented_counts.csv")
    )
