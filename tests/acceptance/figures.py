"""Which figures are tried: every measure and view of the shelf, and of its many categories, areas and periods a fixed sample."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from layout.trends.series import file_of
from loaders import periods
from loaders.cards.measure_card import MeasureCard
from measures.about.statements import name_of
from measures.figures.compute import Measure, Query, compute
from measures.store.shelf import Shelf, open_shelf
from tests.sampling import apart
from tests.test_every_measure import COMPUTED

SEED = 4
VIEWS = [(card, view) for card in COMPUTED for view in card.views]
EVERY_VIEW = apart(  # one at a time, for all rules of a file: what is worked out is then remembered
    ("card", "view"), VIEWS, ids=lambda value: getattr(value, "name", value), scope="module"
)
YEARS = 6  # of a line that ends with the period under test


@dataclass(frozen=True)
class Figure:
    """One figure that a reader may come upon."""

    measure: str
    view: str
    category: str
    area: str
    period: str

    def line(self, shelf: Shelf) -> Measure:
        """The line that ends with the figure, as a chart shows it."""
        first = periods.shift(self.period, -YEARS * periods.per_year(self.period))
        known = shelf.table(shelf.measures[self.measure].dataset).periods
        return compute(
            Query(
                place_of(self.measure, shelf),
                self.measure,
                (self.area,),
                self.category,
                self.view,
                max(first, known[0]),
                self.period,
            ),
            shelf,
        )


@st.composite
def figures(draw) -> Figure:
    """Any figure of any measure on the shelf."""
    shelf = open_shelf()
    card, view = draw(st.sampled_from(VIEWS))
    table = shelf.table(card.dataset)
    return Figure(
        card.name,
        view,
        draw(st.sampled_from(table.categories)),
        draw(st.sampled_from(areas_of(card, shelf))),
        draw(st.sampled_from(table.periods)),
    )


def place_of(measure: str, shelf: Shelf) -> str:
    return shelf.cards[shelf.measures[measure].dataset].place


def areas_of(card: MeasureCard, shelf: Shelf) -> tuple[str, ...]:
    """The place and its areas, as far as the dataset has them; what was allocated to none of them is no area."""
    unallocated = {area.code for area in shelf.places[place_of(card.name, shelf)].unallocated}
    return tuple(code for code in shelf.table(card.dataset).areas if code not in unallocated)


def categories_of(card: MeasureCard, shelf: Shelf, most: int) -> list[str]:
    """The default category and a sample of the others."""
    others = [code for code in shelf.table(card.dataset).categories if code != card.default_category]
    return [card.default_category, *random.Random(SEED).sample(others, min(most - 1, len(others)))]


def measured(card: MeasureCard, view: str, shelf: Shelf, most: int = 4) -> Iterator[Measure]:
    """A measure in a view, for every area and some categories, over all periods."""
    for category in categories_of(card, shelf, most):
        yield compute(Query(place_of(card.name, shelf), card.name, areas_of(card, shelf), category, view), shelf)


def names_of(measure: Measure, code: str) -> dict[str, str]:
    return {area: name_of(measure, area)[code] for area in measure.query.areas}


def file_rows(measure: Measure, get) -> dict[tuple[str, str], dict[str, str]]:
    """The file that the page links to, by area and period."""
    answer = get(file_of(measure))
    assert answer.status_code == 200, (file_of(measure), answer.text)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return {(row["area_code"], row["period"]): row for row in rows}


def number(text: str) -> float:
    """A cell of a file; an empty one is no number."""
    return float(text) if text else float("nan")
