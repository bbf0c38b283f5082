"""/data/catalogue.json: every dataset of every place, its releases, licence and addresses."""

from __future__ import annotations

import json

from measures.figures.fresh import may_be_revised
from measures.store.shelf import Shelf
from routes.addresses import FORMATS
from routes.extracts.request import REVISIONS


def catalogue(shelf: Shelf) -> str:
    """The list as JSON."""
    listed = [
        {
            "place": card.place,
            "dataset": card.name,
            "title": card.title,
            "description": card.description,
            "publisher": card.publisher,
            "licenses": card.licenses,
            "frequency": card.frequency,
            "releases": [release.id for release in card.releases],
            "revisions": [f"/data/{card.place}/{card.name}/{REVISIONS}.{form}" for form in FORMATS]
            if may_be_revised(card)
            else [],
            "addresses": {form: f"/data/{card.place}/{card.name}/latest.{form}" for form in FORMATS},
        }
        for card in shelf.cards.values()
        if card.kind != "boundaries"
    ]
    return json.dumps({"datasets": listed}, ensure_ascii=False)
