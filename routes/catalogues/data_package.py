"""A place as a Data Package: what each of its files holds, by which columns, with which constraints and code lists.

Everything is generated from the cards and from the very rows that an extract gives; addresses are relative, so that any
copy of the
server says the same. https://specs.frictionlessdata.io/
"""

from __future__ import annotations

import json

from disclosure.remembered import MB, remembered
from language import LANGUAGES, SPOKEN_IN_CODE, status_words, translator
from loaders import SourceCard
from loaders.statuses import IN_WORDS, WITHOUT_VALUE
from measures.store.shelf import Shelf
from routes.catalogues.csvw import key_columns, schema_of
from routes.extracts.columns import DATES, meaning
from routes.extracts.request import ExtractRequest

_ALWAYS = (
    "place",
    "area_code",
    "period",
    "period_start",
    "period_end",
    "variable",
    "release",
    "publisher",
    "licence",
    "described_at",
)


def datasets(shelf: Shelf, place: str = "") -> list[SourceCard]:
    """The readable datasets of a place, or of all, that are given as rows."""
    return [
        card
        for card in shelf.cards.values()
        if card.kind != "boundaries" and place in ("", card.place) and shelf.readable(card.name)
    ]


def release_ids(card: SourceCard) -> list[str]:
    """The words that may stand for a release in the address of a dataset."""
    return ["latest", *(release.id for release in card.releases)] if card.is_table else ["latest"]


@remembered(16 * MB)
def data_package(shelf: Shelf, place: str) -> str:
    """The place as a Data Package: a table for every dataset, as its newest figures and as each of its releases, and
    its code lists.
    """
    cards = datasets(shelf, place)
    name = shelf.places[place].name
    package = {
        "profile": "data-package",
        "name": place,
        "title": name[SPOKEN_IN_CODE],
        "titles": name,
        "licenses": [
            _licence(licence)
            for licence in {licence["name"]: licence for card in cards for licence in card.licenses}.values()
        ],
        "resources": [
            *(_resource(shelf, card, release) for card in cards for release in release_ids(card)),
            *(resource for card in cards if card.is_table for resource in _code_lists(shelf, card)),
            *([_statuses()] if any(card.is_table for card in cards) else []),
        ],
    }
    return json.dumps(package, ensure_ascii=False)


def _resource(shelf: Shelf, card: SourceCard, release: str) -> dict:
    return {
        "profile": "tabular-data-resource",
        "name": f"{card.name}-{release}".lower(),
        "path": f"{card.name}/{release}.csv",
        "title": card.title[SPOKEN_IN_CODE],
        "titles": card.title,
        "description": card.description[SPOKEN_IN_CODE],
        "descriptions": card.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": list(map(_licence, card.licenses)),
        "sources": [{"title": source["title"], "path": source["url"]} for source in card.sources if source.get("url")],
        "notes": card.notes,
        "release": release,
        "publisher": card.publisher,
        "schema": _schema(shelf, card, release),
    }


def _licence(licence: dict) -> dict:
    return {"name": licence["name"], "title": licence["title"][SPOKEN_IN_CODE]} | (
        {"path": licence["url"]} if licence.get("url") else {}
    )


def _schema(shelf: Shelf, card: SourceCard, release: str) -> dict:
    """The Table Schema of an extract: its columns, what may stand in them, and the lists in which its codes stand."""
    table = card.is_table and shelf.table(card.name, release)
    few = {"categories": table.categories[:1], "first": table.periods[-1]} if table else {}
    extract = ExtractRequest(card.place, card.name, release, **few)
    fields = [_field(name, kind, card) for name, kind in schema_of(extract, shelf)]
    keys = {"primaryKey": list(key_columns(extract, shelf)), "foreignKeys": _foreign(card)} if table else {}
    return {"fields": fields, "missingValues": [""], **keys}


def _field(name: str, kind: str, card: SourceCard) -> dict:
    """A column with its type and constraints; a status that is none of ours, a value below zero or a row without a
    release is a fault.
    """
    constraints: dict = {}
    if card.is_table:
        constraints |= {"required": True} if name in _ALWAYS and not (name == "release" and card.pauses) else {}
        constraints |= {"enum": list(IN_WORDS)} if name == "status" else {}
        constraints |= {"enum": list(card.variables)} if name == "variable" else {}
        constraints |= {"minimum": 0} if name == "value" else {}
        kind = "date" if name in DATES else kind
    words = meaning(name, translator(SPOKEN_IN_CODE))
    return (
        {"name": name, "type": kind}
        | ({"description": words} if words else {})
        | ({"constraints": constraints} if constraints else {})
    )


def _foreign(card: SourceCard) -> list[dict]:
    """Every code of a row stands in a list that gives its words."""
    lists = {"area_code": f"{card.name}-areas", "release": f"{card.name}-releases", "status": "statuses"}
    lists |= {"category_code": f"{card.name}-categories"} if card.tree.nodes else {}
    return [
        {"fields": [name], "reference": {"resource": reference, "fields": ["code"]}}
        for name, reference in lists.items()
    ]


def _code_lists(shelf: Shelf, card: SourceCard) -> list[dict]:
    """Areas, categories and releases of a dataset with their words."""
    names = shelf.area_names(card.place, card.name)
    areas = dict.fromkeys(area for release in release_ids(card) for area in shelf.table(card.name, release).areas)
    nodes = [_words(code, node.name) | {"parent": node.parent} for code, node in card.tree.nodes.items()]
    releases = [
        {"code": release.id, "published": release.published, "from": release.first, "to": release.last}
        for release in card.releases
    ]
    lists = {"areas": [_words(code, names[code]) for code in areas], "categories": nodes, "releases": releases}
    return [_list(f"{card.name}-{name}", rows) for name, rows in lists.items() if rows]


def _statuses() -> dict:
    """The codes that say what is special about a figure; ``without_value``: no figure stands beside it."""
    words = {status: {code: status_words(status, translator(code)) for code in LANGUAGES} for status in IN_WORDS}
    return _list(
        "statuses",
        [_words(status, texts) | {"without_value": status in WITHOUT_VALUE} for status, texts in words.items()],
    )


def _words(code: str, words: dict) -> dict:
    return {"code": code, **{language: words[language] for language in LANGUAGES}}


def _list(name: str, rows: list[dict]) -> dict:
    """A code list that stands in the package itself."""
    fields = [
        {"name": field, "type": "boolean" if isinstance(value, bool) else "string"} for field, value in rows[0].items()
    ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "data": rows,
        "schema": {"fields": fields, "primaryKey": ["code"]},
    }
