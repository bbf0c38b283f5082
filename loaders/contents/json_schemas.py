"""The JSON Schemas of cards, places, measures and the site, for editors: ``python -m loaders schemas`` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from loaders.cards.measure_card import MeasureCard
from loaders.cards.site import Site
from loaders.cards.source_card import SourceCard
from loaders.data_folder import PROJECT
from loaders.places.place import Place
from loaders.schema.model import json_schema

MODELS = {"source": SourceCard, "place": Place, "measure": MeasureCard, "site": Site}
FOLDER = PROJECT / "docs" / "schemas"


def schemas() -> dict[Path, str]:
    """Where each schema stands, and its text."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        FOLDER / f"{name}.schema.json": json.dumps(dialect | json_schema(model), ensure_ascii=False, indent=1) + "\n"
        for name, model in MODELS.items()
    }
