"""How much more does a series fluctuate than chance alone would make it?

Counted events that come one by one, independently, vary by chance with a variance equal to their number. Offences do
not:
weather, holidays, campaigns and late entries move them together. The factor between the two is estimated here, once at
build time for every series, and every comparison of a count, rate or share is widened by it. Method:
docs/decisions/0032-fluctuation.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from disclosure.remembered import MB, remembered
from loaders.cards.measure_card import MeasureCard
from measures.figures.change_verdict import TESTED
from measures.figures.estimates import estimates
from measures.inference.fluctuation import Fluctuation
from measures.lines.scope import Scope, divided
from measures.store import artifacts
from measures.store.shelf import Shelf

_FILE = "dispersion.parquet"
_COLUMNS = ("factor", "df", "first", "last")


def fluctuation(shelf: Shelf, card: MeasureCard, view: str, category: str, width: int) -> Fluctuation | None:
    """What figures of ``width`` periods of the default release are judged by; arrays ``[area, period]``. None where
    none is asked for."""
    if not (card.judges(view) and view in TESTED):
        return None
    both = factors(shelf, card.dataset, divided(card, view), category)
    return Fluctuation(*(getattr(both, name)[0 if width == 1 else 1] for name in _COLUMNS))


def noise_of(scope: Scope, width: int = 0) -> Fluctuation:
    """The same for the areas and periods of a scope, ``[area, period]``; ``first`` and ``last`` as numbers of the
    default release's periods. ``width``: how many periods a figure counts where that is not what its view says."""
    query, table = scope.query, scope.shelf.table(scope.card.dataset)
    all_areas = fluctuation(scope.shelf, scope.card, query.view, query.category, width or scope.width)
    shape = (len(query.areas), len(scope.shown))
    if all_areas is None:
        return Fluctuation(np.full(shape, np.nan), np.zeros(shape), *(np.full(shape, -1) for _ in range(2)))
    rows = np.array([table.areas.index(area) for area in query.areas], dtype=int)
    numbers = [table.position(period) for period in scope.shown]
    known = np.array([-1 if number is None else number for number in numbers], dtype=int)
    parts = [getattr(all_areas, name)[rows] for name in _COLUMNS]
    return Fluctuation(*(np.broadcast_to(part, shape) if part.shape[1] == 1 else part[:, known] for part in parts))


@remembered()
def factors(shelf: Shelf, dataset: str, variables: tuple[str, ...], category: str) -> Fluctuation:
    """The factors of every area of the default release; as the build stored them, or estimated now."""
    stored = _stored(shelf, dataset).get("/".join(variables))
    table, card = shelf.table(dataset), shelf.cards[dataset]
    if stored is not None:
        number = table.categories.index(category)
        return Fluctuation(*(getattr(stored, name)[number] for name in _COLUMNS))
    return estimates(card, table, variables, category, shelf.places[card.place])


def write_factors(shelf: Shelf, dataset: str) -> Path:
    """Estimate every series of the default release and write the factors beside its built table; the path.

    One row = one kind of figure (``figure``: its variables): the arrays ``[category, width, area, period]`` in their
    order, and how
    many values stand along ``period``. Series of a card without any tested measure are left out.
    """
    card, table = shelf.cards[dataset], shelf.table(dataset)
    place = shelf.places[card.place]
    judged = sorted(
        {
            divided(measure, view)
            for measure in shelf.measures.values()
            if measure.dataset == dataset
            for view in measure.views
            if view in TESTED and measure.judges(view)
        }
    )
    rows = []
    for variables in judged:
        factors_of = [estimates(card, table, variables, category, place) for category in table.categories]
        arrays = {name: np.stack([getattr(factor, name) for factor in factors_of]) for name in _COLUMNS}
        rows.append(
            {"figure": "/".join(variables), "along": arrays["factor"].shape[3]}
            | {name: values.ravel() for name, values in arrays.items()}
        )
    types = {"figure": pa.string(), "along": pa.int32(), "factor": pa.list_(pa.float64()), "df": pa.list_(pa.float64())}
    schema = pa.schema(types | {"first": pa.list_(pa.int32()), "last": pa.list_(pa.int32())})
    return artifacts.keep_table(shelf.built, card, _FILE, pa.Table.from_pylist(rows, schema))


@remembered(16 * MB)
def _stored(shelf: Shelf, dataset: str) -> dict[str, Fluctuation]:
    """Kind of figure → factors ``[category, width, area, period]``; nothing when file, card or code have changed
    since the build."""
    flat, table = artifacts.kept_table(shelf.built, shelf.cards[dataset], _FILE), shelf.table(dataset)
    if flat is None:
        return {}
    shape = (len(table.categories), 2, len(table.areas))
    stored = {}
    for row, figure in enumerate(flat["figure"].to_pylist()):
        along = flat["along"][row].as_py()
        stored[figure] = Fluctuation(*(flat[name][row].values.to_numpy().reshape(*shape, along) for name in _COLUMNS))
    return stored
