"""What does the address of an extract ask for, and does it exist?"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from disclosure import SafeTable
from loaders import SourceCard, periods
from loaders.claims.register import INDIVIDUAL
from measures.about.register import FILTERS, register_notes
from measures.claims.search import FILTERS as CLAIM_FILTERS
from measures.claims.search import by_id, filed
from measures.figures.compute import Query
from measures.figures.fresh import may_be_revised
from measures.maps.funnel import funnel_possible
from measures.maps.map import DIFFERS
from measures.store.shelf import Shelf

REVISIONS = "revisions"  # in the place of a release: the cells that two releases give differently
NAMES = (
    "area",
    "category",
    "from",
    "to",
    "period",
    "measure",
    "view",
    "method",
    "anyway",
    *FILTERS,
    *CLAIM_FILTERS,
    "claim",
    "columns",
    "as_of",
)
MOST_COMPARED = 7  # figures: six areas and their place
MOST_ROWS = 5_000_000  # of one answer: about 1.8 GB of CSV, so that one question does not hold the server for minutes
MOST_ROWS_OF_VIEW = (
    500_000  # of one answer as JSON that is worked out: about 650 MB, and as long to work out as the other
)
MOST_ROWS_OF_WORKBOOK = 1_000_000  # a sheet ends at 1,048,576
MOST_REPEATED = 500  # values of one name: every area of a large place
LONGEST = 8_000  # characters of an address, which servers and proxies in between let through


class BadAddress(ValueError):
    """The address names something that does not exist; ``status`` is the HTTP answer."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class ExtractRequest:
    """One extract: codes only, every one of them known. Empty areas or categories mean all; '' measure means as
    published.

    ``method``: 'differs' for the map of what differs from the place, else ''.
    ``chosen``: the single periods asked for (none: all from ``first`` to ``last``). ``anyway``: a comparison against
    advice.
    ``as_of``: the day on which the releases were out ('': those of today).
    ``columns``: the names of those asked for, in order (none: all).
    ``kept``: which entries of a register or which statements, as (name, value) of their FILTERS.
    """

    place: str
    dataset: str
    release: str
    areas: tuple[str, ...]
    categories: tuple[str, ...]
    first: str
    last: str
    measure: str
    view: str
    method: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    anyway: bool = False
    columns: tuple[str, ...] = ()
    as_of: str = ""

    def takes(self, period: str) -> bool:
        """Is the period asked for?"""
        inside = (not self.first or period >= self.first) and (not self.last or period <= self.last)
        return inside and (not self.chosen or period in self.chosen)


def read_asked(shelf: Shelf, place: str, dataset: str, release: str, form: str, query: QueryParams) -> ExtractRequest:
    """Check every part of an address. Raises BadAddress with the first thing that does not exist."""
    card = shelf.cards.get(dataset)
    if card is None and "as_of" in query:
        raise BadAddress(404, "There is no such dataset, or none of its releases was out on that day.")
    if place not in shelf.places or (card is None and dataset not in shelf.faults):
        raise BadAddress(404, "There is no such place or dataset; /data/catalogue.json lists them.")
    if dataset in shelf.faults:
        raise shelf.faults[dataset]
    if card.place != place or card.kind == "boundaries":
        raise BadAddress(404, "This place has no such dataset; /data/catalogue.json lists them.")
    if release not in ("latest", *(one.id for one in card.releases), *([REVISIONS] if may_be_revised(card) else [])):
        raise BadAddress(404, "There is no such release; /data/catalogue.json lists them.")
    if set(query) - set(NAMES):
        raise BadAddress(400, f"Known names are {', '.join(NAMES)}.")
    if any(len(query.getlist(name)) > MOST_REPEATED for name in query):
        raise BadAddress(400, f"A name may be given at most {MOST_REPEATED} times.")
    asked = ExtractRequest(
        place,
        dataset,
        release,
        tuple(dict.fromkeys(query.getlist("area"))),
        tuple(dict.fromkeys(query.getlist("category"))),
        query.get("from", ""),
        query.get("to", ""),
        query.get("measure", ""),
        query.get("view", ""),
        query.get("method", ""),
        tuple((name, query[name]) for name in (*FILTERS, *CLAIM_FILTERS, "claim") if name in query),
        tuple(dict.fromkeys(query.getlist("period"))),
        query.get("anyway", "") == "yes",
        tuple(dict.fromkeys(name for text in query.getlist("columns") for name in text.split(",") if name)),
        query.get("as_of", ""),
    )
    _check(asked, shelf, most_rows(form, bool(asked.view)))
    return asked


def _check(asked: ExtractRequest, shelf: Shelf, most: int) -> None:
    card = shelf.cards[asked.dataset]
    shelf.working_dataset(asked.dataset)
    _check_periods(asked, card)
    _check_kept(asked, shelf)
    if card.kind not in ("observations", "areas"):
        if asked.areas or asked.categories or asked.measure or asked.view or asked.method or asked.anyway:
            raise BadAddress(400, "This dataset is given whole.")
        return
    table = shelf.table(asked.dataset, "latest" if asked.release == REVISIONS else asked.release)
    if not all(table.has(area=area) for area in asked.areas):
        raise BadAddress(400, "There is no such area in this dataset.")
    if not all(table.has(category=category) for category in asked.categories):
        raise BadAddress(400, "There is no such category in this dataset.")
    _check_measure(asked, shelf)
    if asked.method:
        _check_method(asked, shelf, table)
    _check_size(asked, table, most)


def most_rows(form: str, worked_out: bool) -> int:
    """How many rows an answer may hold in a format. ``worked_out``: the rows are those of a view."""
    if form == "xlsx":
        return MOST_ROWS_OF_WORKBOOK
    return MOST_ROWS_OF_VIEW if worked_out and form == "json" else MOST_ROWS


def _check_size(asked: ExtractRequest, table: SafeTable, most: int) -> None:
    """An answer is no larger than a reader's program and the server can bear; revised cells are fewer than the
    cells.
    """
    shown = sum(map(asked.takes, table.periods))
    rows = (
        (1 if asked.view else len(table.variables))
        * len(asked.categories or table.categories)
        * len(asked.areas or table.areas)
        * shown
    )
    if rows > most:
        raise BadAddress(
            400,
            f"An answer holds at most {most:,} rows and this has {rows:,}: choose areas, categories or periods, or another format.",
        )


def _check_measure(asked: ExtractRequest, shelf: Shelf) -> None:
    if asked.release == REVISIONS and (asked.measure or asked.view):
        raise BadAddress(400, "Revised cells are given as published: without measure and view.")
    measure = shelf.measures.get(asked.measure)
    if (asked.measure or asked.view) and (
        measure is None or measure.dataset != asked.dataset or asked.view not in measure.views
    ):
        raise BadAddress(400, "There is no such measure or view of this dataset.")
    if asked.anyway and not (asked.view and 1 < len(asked.areas) * len(asked.chosen) <= MOST_COMPARED):
        raise BadAddress(
            400, "'anyway' goes with a 'view' and with the figures compared: 'area' and 'period' once for each."
        )
    if measure is not None and measure.rate:
        shelf.working_dataset(measure.rate["dataset"])


def _check_periods(asked: ExtractRequest, card: SourceCard) -> None:
    for period in (asked.first, asked.last, *asked.chosen):
        if period and (card.kind not in ("observations", "areas") or periods.parse(period, card.frequency) != period):
            raise BadAddress(
                400, f"'from', 'to' and 'period' are written as a {card.frequency}, such as {card.latest.last}."
            )


def _check_method(asked: ExtractRequest, shelf: Shelf, table: SafeTable) -> None:
    """How areas compare with their place can be asked for a rate or share of one period."""
    if asked.method != DIFFERS:
        raise BadAddress(400, f"'method' is {DIFFERS}, or is left out.")
    queries = (
        Query(asked.place, asked.measure, (), one, asked.view, release=asked.release)
        for one in asked.categories or table.categories
    )
    one_period = asked.first == asked.last and asked.first in table.periods
    if not asked.measure or not one_period or not any(funnel_possible(query, shelf) for query in queries):
        raise BadAddress(
            400, f"'method={DIFFERS}' is for one period ('from' and 'to' the same) of a rate or share of areas."
        )


def _check_kept(asked: ExtractRequest, shelf: Shelf) -> None:
    """Only a register has entries and only claims have statements to choose from. Raises SourceError when what stands
    beside them is faulty.
    """
    known: dict = {}
    if shelf.cards[asked.dataset].kind == "register":
        known = {
            "region": set(register_notes(shelf, asked.dataset).regions),
            "individual": set(INDIVIDUAL),
            "figures": {"yes", "no"},
        }
    elif asked.kept and shelf.cards[asked.dataset].kind == "claims":
        known = {**filed(shelf, asked.dataset), "claim": by_id(shelf, asked.dataset)}
    if any(value not in known.get(name, ()) for name, value in asked.kept):
        raise BadAddress(400, "There is no such choice in this dataset.")
