"""Which areas are most like one another, by what was published about who lives there? Nothing that is being compared
goes in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.remembered import Frame, remembered
from loaders import Place, SourceError, periods
from measures.store import artifacts
from measures.store.shelf import Shelf

FAR = 2.0  # usual spreads; where even the nearest area is farther away than this, none is really alike
MEASURED = "areas.json"  # square kilometres of every area, measured by the build on the published boundaries


@dataclass(frozen=True)
class Similar:
    """``areas``: the areas nearest to one area, the nearest first. ``first`` and ``last``: the periods used.

    ``table``: one row = the area itself, then each of ``areas``; columns ``area``, one column a characteristic by its
    number (in its own unit: a count, residents per km², a growth a year as a ratio), ``distance`` (0 for the area
    itself).
    """

    areas: tuple[str, ...]
    table: pd.DataFrame = Frame()
    first: str
    last: str

    @property
    def alone(self) -> bool:
        """Is even the nearest area far away?"""
        return bool(self.table["distance"].iloc[1] > FAR)


@remembered()
def similar(place: str, area: str, shelf: Shelf) -> Similar | None:
    """The areas most like ``area``; None where the place names no characteristics or one of them has no figure.

    The distance is Euclidean over the characteristics, each standardised over all areas of the place
    (``standardised``), of the logarithm for ``log`` and ``density``. 1 is the usual spread (one standard deviation) of
    one characteristic.
    """
    site = shelf.places[place]
    figures = characteristics(place, shelf) if site.similar.get("by") else None
    if figures is None or area not in figures.index or not np.isfinite(figures.loc[area]).all():
        return None
    known = figures[np.isfinite(figures).all(axis=1)]
    scaled = standardised(known, [entry["as"] for entry in site.similar["by"]])
    distance = np.sqrt(((scaled - scaled.loc[area]) ** 2).sum(axis=1))
    nearest = distance.drop(area).sort_values(kind="stable").index[: site.similar["count"]]
    rows = known.loc[[area, *nearest]].assign(distance=distance)
    shown = shelf.table(site.similar["by"][0]["dataset"]).periods
    return Similar(tuple(nearest), rows.rename_axis("area").reset_index(), shown[0], shown[-1])


def standardised(table: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """Every column as steps of its usual spread; one in which all areas are alike counts for nothing.

    Robust, so that one unusual area (a centre with few residents) does not make all others look alike: the median is 0
    and the quartiles lie 1.349 apart, as those of a normal distribution with standard deviation 1 do.
    """
    logged = pd.DataFrame(
        {n: np.log(table[n]) if kind in ("log", "density") else table[n] for n, kind in enumerate(kinds)},
        index=table.index,
    )
    spread = (logged.quantile(0.75) - logged.quantile(0.25)) / 1.349
    return (logged - logged.median()) / spread.replace(0, np.inf)


@remembered()
def characteristics(place: str, shelf: Shelf) -> pd.DataFrame | None:
    """One row = one area; one column a characteristic. None when one of the datasets cannot be read."""
    site = shelf.places[place]
    try:
        columns = {
            n: [_figure(site, area.code, entry, shelf) for area in site.areas]
            for n, entry in enumerate(site.similar["by"])
        }
    except SourceError:
        return None
    return pd.DataFrame(columns, index=[area.code for area in site.areas])


def _figure(place: Place, area: str, entry: dict, shelf: Shelf) -> float:
    """The newest figure of an area, that figure per km², or its growth a year since the first one."""
    table = shelf.table(entry["dataset"])
    if not table.has(area=area):
        return np.nan
    values = table.series(entry["variable"], "", area).values
    if entry["as"] == "growth":
        years = (len(values) - 1) / periods.per_year(table.periods[0])
        return float((values[-1] / values[0]) ** (1 / years) - 1) if years and values[0] > 0 else np.nan
    if entry["as"] == "density":
        size = (
            table.series(entry["area"], "", area).values[-1]
            if "area" in entry
            else square_kilometres(place.id, shelf).get(area, np.nan)
        )
        return float(values[-1] / size) if size > 0 else np.nan
    return float(values[-1])


@remembered()
def square_kilometres(place: str, shelf: Shelf) -> dict[str, float]:
    """The area of every area: as the build measured it, or measured now where there is nothing that fits; none without
    boundaries."""
    site = shelf.places[place]
    card = shelf.cards.get(site.boundaries)
    if card is None:
        return {}
    try:
        return shelf.readings.part(
            card.name,
            f"areas {place}",
            lambda: artifacts.kept(shelf.built, card, MEASURED) or characteristics_measured(site, shelf),
        )
    except SourceError:
        return {}


def characteristics_measured(place: Place, shelf: Shelf) -> dict[str, float]:
    """Square kilometres on the published boundaries, in an equal-area projection of the whole earth (EPSG:6933)."""
    from loaders.places.boundaries import read_boundaries

    frame = read_boundaries(shelf.cards[place.boundaries], place).to_crs("EPSG:6933")
    return {str(code): round(float(size), 3) for code, size in (frame.geometry.area / 1e6).items()}


def write_areas(place: Place, shelf: Shelf) -> None:
    """Measure the areas of a place at build time, so that no reader waits for it."""
    artifacts.keep(shelf.built, shelf.cards[place.boundaries], MEASURED, characteristics_measured(place, shelf))
