"""What stands out as statements, which any language can say; and what is told of the place or of one of its areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from language.sentences.statement import Statement
from measures.about.statements import statement
from measures.figures.compute import Measure
from measures.lines.query import Query
from measures.notable.contributions import contributions
from measures.notable.discovered import discovered
from measures.notable.found import Extreme, Notable, Revised, Turned
from measures.store.shelf import Shelf


def measure_of(notable: Notable, shelf: Shelf, category: str) -> Measure:
    """The figures of one category as the release had them, at its one or two periods."""
    card = shelf.measures[notable.measure]
    source = shelf.cards[card.dataset]
    table = notable.table[notable.table["category"] == category].sort_values("period", kind="stable")
    areas = tuple(dict.fromkeys(table["area"]))
    order = {area: number for number, area in enumerate(areas)}
    table = table.sort_values("area", key=lambda codes: codes.map(order), kind="stable").reset_index(drop=True)
    shown = tuple(dict.fromkeys((notable.period, notable.newest)))
    query = Query(source.place, card.name, areas, category, notable.view, shown[0], shown[-1], notable.release)
    unit = source.variables[card.numerator or card.variable]["unit"]
    place = shelf.places[source.place]
    return Measure(query, card, place, table, unit, card.rate.get("per", 1), (), (source,), shown, {})


def told_of(notable: Notable, shelf: Shelf, category: str, area: str) -> Statement:
    """The statement on an area's latest final figure in that release."""
    return statement(measure_of(notable, shelf, category), area, notable.period)


@dataclass(frozen=True)
class Side:
    """In how many of ``areas`` a category is higher and in how many lower than a year before."""

    category: str
    higher: int
    lower: int
    areas: int


def same_way(notable: Notable) -> tuple[Side, ...]:
    """The categories in which so many areas went the same way that it stands among all categories."""
    rows = notable.rows()
    own = rows[np.isfinite(rows["areas_p"])]
    number = rows.loc[np.isfinite(rows["value"]), "area"].nunique() - 1
    kept = own[discovered(own["areas_p"].to_numpy())]
    return tuple(Side(row.category, int(row.areas_higher), int(row.areas_lower), number) for row in kept.itertuples())


@dataclass(frozen=True)
class Parts:
    """The change of the place in one category in counts, ``whole``; of each area (NaN where it is not comparable); and
    what ``remains``: whole = sum of the areas + remains."""

    category: str
    whole: float
    areas: dict[str, float]
    remains: float


def parts_of(notable: Notable, place: str) -> Iterator[Parts]:
    """How much of the change of the place came from each of its areas, category by category."""
    for category, rows in notable.rows().groupby("category", sort=False):
        own, areas = rows[rows["area"] == place].iloc[0], rows[rows["area"] != place]
        if not np.isfinite([own["value"], own["before"]]).all():
            continue
        differences, remains = contributions(areas["value"], areas["before"], (own["value"], own["before"]))
        yield Parts(category, own["value"] - own["before"], dict(zip(areas["area"], differences, strict=True)), remains)


@dataclass(frozen=True)
class OfArea:
    """What stands out in a release for the place or one of its areas, in ``categories``: those with a change that
    stands, those that change otherwise than all areas together, and what the release before said otherwise."""

    area: str
    categories: tuple[str, ...]
    changes: tuple[str, ...]
    differs: tuple[str, ...]
    turned: tuple[Turned, ...]
    revised: tuple[Revised, ...]
    extremes: tuple[Extreme, ...]

    @property
    def nothing(self) -> bool:
        return not (self.changes or self.differs or self.turned or self.extremes)


def of_area(notable: Notable, area: str, categories: tuple[str, ...] = ()) -> OfArea:
    """What stands out for an area; in some categories only, where they are named."""
    rows = notable.rows()
    own = rows[(rows["area"] == area) & (rows["category"].isin(categories) if categories else True)]

    def mine(entries: tuple) -> tuple:
        return tuple(entry for entry in entries if entry.area == area and entry.category in set(own["category"]))

    return OfArea(
        area,
        tuple(own["category"]),
        tuple(own.loc[own["stands"], "category"]),
        tuple(own.loc[own["differs"], "category"]),
        mine(notable.turned),
        mine(notable.revised),
        mine(notable.extremes),
    )
