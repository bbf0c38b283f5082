"""What is published about a place, for which districts and years, by whom, and how fresh is it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from disclosure.remembered import MB, remembered
from language import LANGUAGES
from loaders import Place, periods
from loaders.cards.measure_card import MeasureCard
from loaders.statuses import WITHOUT_VALUE
from measures.claims.collection import claims_table, indicators_of
from measures.store.shelf import Shelf

Words = dict[str, str]
HOW = ("number", "change", "words")  # how a figure was published: as a number, as a change only, in words


@dataclass(frozen=True)
class CoverageCell:
    """One area and year: how many figures were published as what, the statuses of those that have none, and whether the
    dataset covers the area at all."""

    how: Counter
    without: frozenset[str] = frozenset()
    covered: bool = True

    @property
    def kind(self) -> str:
        """The strongest of HOW; without any figure 'c', 'x', 'z' or 'not_covered'. What nobody published is 'x', never
        a zero."""
        without = (
            "not_covered" if not self.covered else next((code for code in WITHOUT_VALUE if code in self.without), "x")
        )
        return next((word for word in HOW if self.how[word]), without)


@dataclass(frozen=True)
class Grid:
    """One measure and category (or indicator): ``cells`` by area and year, the whole place first, then its
    districts."""

    card: MeasureCard
    category: str
    whole: str
    areas: tuple[str, ...]
    years: tuple[str, ...]
    cells: dict[tuple[str, str], CoverageCell]

    @cached_property
    def totals(self) -> dict[str, CoverageCell]:
        """All years of each area together."""
        return {area: _together([self.cells[area, year] for year in self.years]) for area in self.areas}

    @cached_property
    def how(self) -> Counter:
        """How many figures were published as what, over all areas and years."""
        return _together(self.totals.values()).how

    def years_of(self, area: str) -> tuple[str, ...]:
        """The years in which anything was published about an area."""
        return tuple(year for year in self.years if self.cells[area, year].how.total())

    @cached_property
    def districts(self) -> int:
        """How many districts have a figure in any year."""
        return sum(cell.how.total() > 0 for area, cell in self.totals.items() if area != self.whole)


def _together(cells: Collection[CoverageCell]) -> CoverageCell:
    how, without = Counter(), set()
    for cell in cells:
        how.update(cell.how)
        without |= cell.without
    return CoverageCell(how, frozenset(without), any(cell.covered for cell in cells))


@dataclass(frozen=True)
class CoverageLine:
    """One measure or indicator of the list: where it is published, by whom, to which day, and when that was published
    last."""

    grid: Grid
    name: Words
    publishers: tuple[Words, ...]
    newest: str
    published: str


@remembered()
def coverage_lines(shelf: Shelf, place: str) -> tuple[CoverageLine, ...]:
    """A line for each measure that has tables, and for each indicator of statements. A faulty dataset has none."""
    cards = [shelf.measures[name] for name in shelf.places[place].measures if shelf.working(name)]
    stated = (
        _stated(shelf, place, card) if card.kind == "statements" else [_tabled(shelf, place, card)] for card in cards
    )
    return tuple(line for lines in stated for line in lines)


def _tabled(shelf: Shelf, place: str, card: MeasureCard) -> CoverageLine:
    source = shelf.cards[card.dataset]
    newest = periods.dates(source.latest.last)[1].isoformat() if source.latest.last else ""
    return CoverageLine(
        grid(shelf, place, card.name, usual(shelf, place, card)),
        card.title,
        (source.publisher,),
        newest,
        source.latest.published,
    )


def _stated(shelf: Shelf, place: str, card: MeasureCard) -> Iterable[CoverageLine]:
    names = indicators_of(shelf, card.dataset)
    for code, rows in _spoken(shelf, card.dataset).items():
        who = {row["publisher"]: {code: row[f"publisher_{code}"] for code in LANGUAGES} for row in rows}
        yield CoverageLine(
            grid(shelf, place, card.name, code),
            names[code].name,
            tuple(who.values()),
            _last(rows, "end"),
            _last(rows, "published"),
        )


@remembered(8 * MB)
def _spoken(shelf: Shelf, dataset: str) -> dict[str, list[dict]]:
    """The statements on the place and its districts by indicator, the newest first; a target is not a result and is
    left out."""
    table = claims_table(shelf, dataset)
    own = table[(table["area"] != "") & (table["kind"] != "target")].sort_values(["end", "published"], ascending=False)
    words: dict[str, list[dict]] = {code: [] for code in indicators_of(shelf, dataset)}
    for row in own.to_dict("records"):
        words[row["indicator"]].append(row)
    return {code: rows for code, rows in words.items() if rows}


def _last(rows: list[dict], key: str) -> str:
    return max((row[key] for row in rows if row[key]), default="")


def usual(shelf: Shelf, place: str, card: MeasureCard) -> str:
    """The category shown first: the card's own; of statements, the indicator published for the most districts."""
    if card.kind != "statements":
        return card.default_category
    return max(_spoken(shelf, card.dataset), key=lambda code: grid(shelf, place, card.name, code).districts)


@remembered(8 * MB)
def grid(shelf: Shelf, place: str, measure: str, category: str) -> Grid:
    """What was published on one measure and category, area by area and year by year. Raises SourceError."""
    card, column = shelf.measures[measure], shelf.places[place]
    read = _from_statements if card.kind == "statements" else _from_table
    return read(shelf, column, card, category)


def _from_table(shelf: Shelf, place: Place, card: MeasureCard, category: str) -> Grid:
    table = shelf.table(card.dataset)
    whole = place.code if table.has(area=place.code) else table.areas[0]
    areas = (whole, *(area.code for area in place.areas))
    of_year = np.array([period[:4] for period in table.periods])
    years = tuple(dict.fromkeys(period[:4] for period in table.periods))
    cells, variable = {}, card.variable or card.numerator
    for area in areas:
        known = table.has(area=area)
        line = table.series(variable, category or table.categories[0], area) if known else None
        for year in years:
            cells[area, year] = _cell(line, of_year == year)
    return Grid(card, category, whole, areas, years, cells)


def _cell(line, when: np.ndarray) -> CoverageCell:
    if line is None:
        return CoverageCell(Counter(), frozenset("x"))
    known = np.isfinite(line.values[when])
    without = frozenset(line.statuses[when][~known]) & set(WITHOUT_VALUE)
    covered = any("not_covered" not in reason for reason in line.reasons[when])
    return CoverageCell(Counter({"number": int(known.sum())}), without, covered)


def _from_statements(shelf: Shelf, place: Place, card: MeasureCard, indicator: str) -> Grid:
    areas = (place.code, *(area.code for area in place.areas))
    counts: dict[tuple[str, str], Counter] = {}
    measures = indicators_of(shelf, card.dataset)[indicator].measures
    for row in _spoken(shelf, card.dataset).get(indicator, []):
        if row["end"]:
            counts.setdefault((row["area"], row["end"][:4]), Counter())[_how(row, measures)] += 1
    years = sorted({year for _, year in counts})
    spanned = tuple(str(year) for year in range(int(years[0]), int(years[-1]) + 1)) if years else ()
    cells = {
        (area, year): CoverageCell(counts.get((area, year), Counter()), frozenset("x"))
        for area in areas
        for year in spanned
    }
    return Grid(card, indicator, place.code, areas, spanned, cells)


def _how(row: dict, measures: str) -> str:
    """What the collection calls a statement is words, also where it says that there was nothing at all, or that all
    were solved (``measures`` of its indicator)."""
    if measures == "words":
        return "words"
    return {"percent_change": "change", "statement": "words"}.get(row["kind"], "number")
