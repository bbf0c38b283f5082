"""What does the site publish? The list that the attacker reads: every table, view, release and geography, from the
cards.

Nobody keeps it by hand: it is made from data/measures, the source cards and the places, after the tables are built.
Where a dataset has withheld cells, every figure that a reader can fetch of it is written beside the list.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from disclosure.builds import LISTED
from disclosure.remembered import remembered
from loaders import SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from measures.figures.compute import Query, compute
from measures.store.artifacts import table_name
from measures.store.shelf import Shelf

MODELLED = (
    "adjusted",
)  # worked out from the published figures of one line alone, so it says nothing about a hidden cell


def releases_published(card: SourceCard) -> list[str]:
    """The releases under which a dataset is published; a protected one has its newest only."""
    return (
        ["latest", *(release.id for release in card.releases)]
        if len(card.releases) > 1 and card.disclosure != "protect"
        else ["latest"]
    )


def write_publications(shelf: Shelf) -> Path:
    """Write ``publications.json`` into the build, and the figures of datasets with withheld cells; the list's path."""
    listed: dict[str, list] = {"datasets": [], "publications": []}
    for name, card in shelf.cards.items():
        if card.is_table and name not in shelf.faults:
            listed["datasets"].append(_dataset(shelf, card))
            listed["publications"] += _views(shelf, card)
    return shelf.built.write_text(LISTED, json.dumps(listed, indent=1, ensure_ascii=False) + "\n")


def _dataset(shelf: Shelf, card: SourceCard) -> dict:
    table = shelf.table(card.name)
    return {
        "dataset": card.name,
        "package": card.id,
        "place": card.place,
        "disclosure": card.disclosure,
        "frequency": card.frequency,
        "variables": list(table.variables),
        "areas": list(table.areas),
        "categories": list(table.categories),
        "periods": [table.periods[0], table.periods[-1]],
        "tables": {release: table_name(card.name, release) for release in releases_published(card)},
        "withheld": {release: withheld(shelf, card.name, release) for release in releases_published(card)},
    }


@remembered()
def withheld(shelf: Shelf, dataset: str, release: str) -> int:
    """How many cells of a table are withheld."""
    return shelf.table(dataset, release).count("c")


def _views(shelf: Shelf, card: SourceCard):
    """Every view of every measure of the dataset: an extract has an address also where no page shows the measure."""
    for measure in shelf.measures.values():
        if measure.dataset == card.name and card.place in shelf.places and shelf.working(measure.name):
            for release in releases_published(card):
                for view in measure.views:
                    yield _view(shelf, card, measure, release, view)


def _view(shelf: Shelf, card: SourceCard, measure: MeasureCard, release: str, view: str) -> dict:
    rolling = periods.per_year(shelf.table(card.name).periods[0]) if view.startswith("rolling") else 1
    figures = ""
    if withheld(shelf, card.name, release) and view not in MODELLED:
        figures = f"{card.name}/figures-{measure.name}-{view}-{release}.parquet"
        shelf.built.write(
            figures,
            _figures(shelf, card.name, Query(card.place, measure.name, (), "", view, release=release)).to_parquet,
        )
    return {
        "dataset": card.name,
        "measure": measure.name,
        "place": card.place,
        "release": release,
        "view": view,
        "width": rolling,
        "variable": measure.numerator or measure.variable,
        "denominator": measure.denominator,
        "residents": measure.rate.get("dataset", "") if "rate" in view else "",
        "per": measure.rate.get("per", 1) if "rate" in view else 100 if view in ("share", "index") else 1,
        "decimals": None,
        "figures": figures,
    }


def _figures(shelf: Shelf, dataset: str, query: Query) -> pd.DataFrame:
    """Every figure of one view as a reader gets it, unrounded (``decimals`` None: the extracts do not round)."""
    table = shelf.table(dataset, query.release)
    parts = []
    for category in table.categories:
        figures = compute(
            Query(query.place, query.measure, table.areas, category, query.view, release=query.release), shelf
        ).table
        parts.append(
            figures.assign(category=category)[
                ["area", "category", "period", "value", "numerator", "denominator", "status"]
            ]
        )
    frame = pd.concat(parts, ignore_index=True)
    return frame[np.isfinite(frame[["value", "numerator"]]).any(axis=1)].reset_index(drop=True)
