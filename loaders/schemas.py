"""The JSON Schemas of cards, places, measures and the site, for editors: ``python -m loaders schemas`` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from loaders.cards import SourceCard
from loaders.folders import PROJECT
from loaders.measure_cards import MeasureCard
from loaders.places import Place
from loaders.schema import json_schema
from loaders.site import Site

MODELS = {"source": SourceCard, "place": Place, "measure": MeasureCard, "site": Site}
FOLDER = PROJECT / "docs" / "schemas"


def schemas() -> dict[Path, str]:
    """Where each schema stands, and its text."""
    said = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        FOLDER / f"{name}.schema.json": json.dumps(said | json_schema(model), ensure_ascii=False, indent=1) + "\n" for name, model in MODELS.items()
    }
