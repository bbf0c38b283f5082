"""Where does a shown number come from? Its parts, down to the cells of the published file, and the steps since.

A number is worked out from figures of one or two datasets (a rate also from residents), a figure is a sum of published
cells, and a cell stands in a row and column of a file with a hash. Of a protected dataset nothing below the figure is
told: where its cells stand, what they hold and the hash of its file would help to work out what is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from disclosure import STATUS_WORDS
from disclosure.remembered import MB, remembered
from loaders import SourceCard, periods
from loaders.observations.read import read_cells
from loaders.tables.column_roles import words_of
from measures.figures.compute import Measure, compute
from measures.lines.denominators import areas_of, of_years, residents
from measures.lines.query import Query
from measures.lines.scope import divided
from measures.lines.seasonal import ADJUSTED
from measures.lines.views import window_of
from measures.store.shelf import Shelf

AXES = ("variable", "category", "area", "period")
FORMULAS = {
    "count": "value = sum(numerator)",
    "rolling": "value = sum(numerator) over the periods that end here",
    "rate": "value = sum(numerator) / sum(denominator) * per",
    "rolling_rate": "value = sum(numerator) over the periods that end here / sum(denominator) * per",
    "share": "value = sum(numerator) / sum(denominator) * per",
    "density": "value = sum(numerator) / sum(denominator)",
    "index": "value = sum(numerator) / sum(base) * (number of base periods) * 100",
    ADJUSTED: "value = the figure without its season, worked out from the whole series of the numerator (STL); "
    "not to be had from these cells alone",
}


@dataclass(frozen=True)
class Part:
    """Figures of one dataset that a number was worked out from. ``role``: numerator, denominator or base."""

    role: str
    dataset: str
    variable: str
    category: str
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    release: str = "latest"


def figure_parts(query: Query, shelf: Shelf, variable: str = "") -> list[Part]:
    """What the figure of one area and period (``query.last``) in a view was worked out from; ``variable`` for a figure
    as published."""
    card = shelf.measures.get(query.measure)
    if card is None:
        return []
    area, period, view = query.areas[0], query.last, query.view
    names = (variable,) if variable else divided(card, view)
    table = shelf.table(card.dataset, query.release)
    window = tuple(member for member in window_of(period, view) if table.position(member) is not None)
    parts = [Part("numerator", card.dataset, names[0], query.category, (area,), window, query.release)]
    parts += [
        Part("denominator", card.dataset, name, query.category, (area,), window, query.release) for name in names[1:]
    ]
    if "rate" in view:
        parts += _residents(query, shelf)
    if view == "index":
        parts.append(replace(parts[0], role="base", periods=_base(query, shelf)))
    return parts


def _residents(query: Query, shelf: Shelf) -> list[Part]:
    """The residents that a rate divides by: of every area of the place that the dataset covers, or of the one area."""
    card, inside = shelf.measures[query.measure], areas_of(query, shelf, query.areas[0])
    people = shelf.table(card.rate["dataset"])
    year = residents(replace(query, areas=query.areas[:1]), shelf, (query.last,)).years[0, 0]
    when = of_years(people.periods).get(int(year))
    return [Part("denominator", card.rate["dataset"], card.rate["variable"], "", inside, (when,))] if when else []


def _base(query: Query, shelf: Shelf) -> tuple[str, ...]:
    """The periods whose mean is 100: the first year of figures of the line as it is drawn, from ``query.first`` on."""
    counts = compute(replace(query, view="index", last=""), shelf).table
    known = counts[np.isfinite(counts["value"])]["period"].tolist()
    cuts = [
        cut.at
        for cut in shelf.cards[shelf.measures[query.measure].dataset].breaks
        if cut.effect == "cut" and cut.touches(query.areas[0], query.category)
    ]
    end = min((start for start in cuts if known and start > known[0]), default="")
    return tuple(period for period in known[: periods.per_year(query.last)] if not end or period < end)


def series_traced(query: Query, shelf: Shelf) -> Measure:
    """The figures among which the one of ``query.last`` stands; an index needs the whole first year, of which that
    period may be a part."""
    return compute(replace(query, last="") if query.view == "index" else query, shelf)


def cells_of(part: Part, shelf: Shelf) -> pd.DataFrame:
    """The published cells below a part; one row = one cell that may be there, none of a protected dataset.

    Columns: the codes, ``release``, ``file``, ``sheet``, ``row`` and ``column_number`` (0 = the file has no such row),
    ``column``, ``published`` (the number in the file), ``counted`` (what it adds to the sum; NaN makes the sum without
    value), ``status``.
    """
    card, table = shelf.cards[part.dataset], shelf.table(part.dataset, part.release)
    if card.disclosure == "protect":
        return pd.DataFrame()
    leaves = card.tree.leaves(part.category) if part.category in card.tree.nodes else [part.category]
    frames = [
        _of_release(part, published, shelf, leaves)
        for published in dict.fromkeys(table.release_of[table.position(period)] for period in part.periods)
    ]
    return pd.concat(frames, ignore_index=True)


def _of_release(part: Part, release: str, shelf: Shelf, leaves) -> pd.DataFrame:
    card, table = shelf.cards[part.dataset], shelf.table(part.dataset, part.release)
    wanted = [period for period in part.periods if table.release_of[table.position(period)] == release]
    axes = ([part.variable], list(leaves), [code for area in part.areas for code in _areas(shelf, card, area)], wanted)
    frame = pd.MultiIndex.from_product(axes, names=AXES).to_frame(index=False)
    published = _published(shelf, part.dataset, release)
    cells = frame.merge(_narrowed(published, axes), on=list(AXES), how="left")
    cells["status"], cells["counted"] = _as_guarded(cells, table)
    cells["row"], cells["column_number"] = (
        cells["row"].fillna(0).astype(int),
        cells["column_number"].fillna(0).astype(int),
    )
    return cells.assign(release=release, **_file(card, release))


def _areas(shelf: Shelf, card: SourceCard, area: str) -> list[str]:
    """The areas that a figure of the place is the sum of; an area itself otherwise."""
    table = shelf.table(card.name)
    whole = area == shelf.places[card.place].code and len(table.areas) > 1 and table.areas[0] == area
    return list(table.areas[1:]) if whole else [area]


def _as_guarded(frame: pd.DataFrame, table) -> tuple[list[str], np.ndarray]:
    """Status of each cell as it is shown, and what it adds to a sum: what is not applicable or not covered adds
    nothing."""
    status, counted = np.full(len(frame), "", object), np.full(len(frame), np.nan)
    for (variable, category), rows in frame.groupby(["variable", "category"], sort=False).indices.items():
        areas, periods_ = (
            pd.Index(getattr(table, name)).get_indexer(frame[axis].iloc[rows])
            for name, axis in (("areas", "area"), ("periods", "period"))
        )
        cells = table.block(variable, category).only(areas, periods_)
        nothing = [
            word == "z" or "not_covered" in why.split("|")
            for word, why in zip(STATUS_WORDS[cells.status], table.reason_words[cells.reason], strict=True)
        ]
        status[rows], counted[rows] = STATUS_WORDS[cells.status], np.where(nothing, 0.0, cells.values)
    return status.tolist(), counted


def _file(card: SourceCard, release: str) -> dict[str, str]:
    publication = next(publication for publication in card.releases if publication.id == release)
    return {
        "file": publication.file,
        "sheet": str(words_of(card, publication).get("sheet", "")),
        "sha256": publication.sha256,
    }


def _narrowed(published: pd.DataFrame, axes) -> pd.DataFrame:
    keep = np.ones(len(published), dtype=bool)
    for axis, codes in zip(AXES, axes, strict=True):
        column = published[axis].cat
        keep &= np.isin(column.codes, column.categories.get_indexer(codes))
    return published[keep].astype(dict.fromkeys(AXES, object))


@remembered(32 * MB)
def _published(shelf: Shelf, dataset: str, release: str) -> pd.DataFrame:
    """The cells of one published file with their places in it. Raises SourceError."""
    card = shelf.cards[dataset]
    publication = next(publication for publication in card.releases if publication.id == release)
    cells, _, _ = read_cells(card, publication, shelf.places[card.place])
    cells = cells.rename(columns={"value": "published", "number": "column_number"})[
        [*AXES, "row", "column", "column_number", "published"]
    ]
    return cells.astype(dict.fromkeys((*AXES, "column"), "category"))


def per_of(query: Query, shelf: Shelf) -> int:
    """The factor of the formula."""
    card = shelf.measures[query.measure]
    return 100 if query.view in ("share", "index") else card.rate.get("per", 1) if "rate" in query.view else 1
