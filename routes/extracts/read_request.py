"""Reads the address of an extract, and refuses one that names what does not exist or asks for too much."""

from __future__ import annotations

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
from routes.extracts.request import (
    MOST_COMPARED,
    MOST_REPEATED,
    REVISIONS,
    BadAddress,
    ExtractRequest,
    FileAddress,
    most_rows,
)

_ROWS = ("area", "category", "from", "to", "period", "measure", "view", "method", "anyway")
NAMES = (*_ROWS, *FILTERS, *CLAIM_FILTERS, "claim", "columns", "as_of")
LISTED = "/data/catalogue.json lists them."


def read_request(shelf: Shelf, address: FileAddress, query: QueryParams) -> ExtractRequest:
    """Check every part of an address. Raises BadAddress with the first thing that does not exist."""
    _check_file(shelf, address, "as_of" in query)
    if set(query) - set(NAMES):
        raise BadAddress(400, f"Known names are {', '.join(NAMES)}.")
    if any(len(query.getlist(name)) > MOST_REPEATED for name in query):
        raise BadAddress(400, f"A name may be given at most {MOST_REPEATED} times.")
    extract = ExtractRequest(
        *address[:3],
        areas=tuple(dict.fromkeys(query.getlist("area"))),
        categories=tuple(dict.fromkeys(query.getlist("category"))),
        first=query.get("from", ""),
        last=query.get("to", ""),
        **{name: query.get(name, "") for name in ("measure", "view", "method", "as_of")},
        filters=tuple((name, query[name]) for name in (*FILTERS, *CLAIM_FILTERS, "claim") if name in query),
        chosen=tuple(dict.fromkeys(query.getlist("period"))),
        anyway=query.get("anyway", "") == "yes",
        columns=tuple(dict.fromkeys(name for text in query.getlist("columns") for name in text.split(",") if name)),
    )
    _check(extract, shelf, most_rows(address.form, bool(extract.view)))
    return extract


def _check_file(shelf: Shelf, address: FileAddress, frozen: bool) -> None:
    """``frozen``: the releases of an earlier day are asked for. Raises the fault of a dataset that cannot be read."""
    dataset = address.dataset
    card = shelf.cards.get(dataset)
    if card is None and frozen:
        raise BadAddress(404, "There is no such dataset, or none of its releases was out on that day.")
    if address.place not in shelf.places or (card is None and dataset not in shelf.faults):
        raise BadAddress(404, f"There is no such place or dataset; {LISTED}")
    if dataset in shelf.faults:
        raise shelf.faults[dataset]
    if card.place != address.place or card.kind == "boundaries":
        raise BadAddress(404, f"This place has no such dataset; {LISTED}")
    releases = ["latest", *(release.id for release in card.releases), *([REVISIONS] if may_be_revised(card) else [])]
    if address.release not in releases:
        raise BadAddress(404, f"There is no such release; {LISTED}")


def _check(extract: ExtractRequest, shelf: Shelf, most: int) -> None:
    card = shelf.cards[extract.dataset]
    shelf.working_dataset(extract.dataset)
    _check_periods(extract, card)
    _check_filters(extract, shelf)
    if not card.is_table:
        if extract.areas or extract.categories or extract.measure or extract.view or extract.method or extract.anyway:
            raise BadAddress(400, "This dataset is given whole.")
        return
    table = shelf.table(extract.dataset, "latest" if extract.release == REVISIONS else extract.release)
    if not all(table.has(area=area) for area in extract.areas):
        raise BadAddress(400, "There is no such area in this dataset.")
    if not all(table.has(category=category) for category in extract.categories):
        raise BadAddress(400, "There is no such category in this dataset.")
    _check_measure(extract, shelf)
    if extract.method:
        _check_method(extract, shelf, table)
    _check_size(extract, table, most)


def _check_size(extract: ExtractRequest, table: SafeTable, most: int) -> None:
    """An answer is no larger than a reader's program and the server can bear; revised cells are fewer than the
    cells.
    """
    codes = len(extract.categories or table.categories) * len(extract.areas or table.areas)
    rows = (1 if extract.view else len(table.variables)) * codes * sum(map(extract.takes, table.periods))
    if rows > most:
        todo = "choose areas, categories or periods, or another format"
        raise BadAddress(400, f"An answer holds at most {most:,} rows and this has {rows:,}: {todo}.")


def _check_measure(extract: ExtractRequest, shelf: Shelf) -> None:
    if extract.release == REVISIONS and (extract.measure or extract.view):
        raise BadAddress(400, "Revised cells are given as published: without measure and view.")
    measure = shelf.measures.get(extract.measure)
    if (extract.measure or extract.view) and (
        measure is None or measure.dataset != extract.dataset or extract.view not in measure.views
    ):
        raise BadAddress(400, "There is no such measure or view of this dataset.")
    if extract.anyway and not (extract.view and 1 < len(extract.areas) * len(extract.chosen) <= MOST_COMPARED):
        raise BadAddress(
            400, "'anyway' goes with a 'view' and with the figures compared: 'area' and 'period' once for each."
        )
    if measure is not None and measure.rate:
        shelf.working_dataset(measure.rate["dataset"])


def _check_periods(extract: ExtractRequest, card: SourceCard) -> None:
    for period in (extract.first, extract.last, *extract.chosen):
        if period and (not card.is_table or periods.parse(period, card.frequency) != period):
            raise BadAddress(
                400, f"'from', 'to' and 'period' are written as a {card.frequency}, such as {card.latest.last}."
            )


def _check_method(extract: ExtractRequest, shelf: Shelf, table: SafeTable) -> None:
    """How areas compare with their place can be asked for a rate or share of one period."""
    if extract.method != DIFFERS:
        raise BadAddress(400, f"'method' is {DIFFERS}, or is left out.")
    queries = (
        Query(extract.place, extract.measure, (), category, extract.view, release=extract.release)
        for category in extract.categories or table.categories
    )
    one_period = extract.first == extract.last and extract.first in table.periods
    if not extract.measure or not one_period or not any(funnel_possible(query, shelf) for query in queries):
        raise BadAddress(
            400, f"'method={DIFFERS}' is for one period ('from' and 'to' the same) of a rate or share of areas."
        )


def _check_filters(extract: ExtractRequest, shelf: Shelf) -> None:
    """Only a register has entries and only claims have statements to choose from. Raises SourceError when what stands
    beside them is faulty.
    """
    known: dict = {}
    if shelf.cards[extract.dataset].kind == "register":
        known = {
            "region": set(register_notes(shelf, extract.dataset).regions),
            "individual": set(INDIVIDUAL),
            "figures": {"yes", "no"},
        }
    elif extract.filters and shelf.cards[extract.dataset].kind == "claims":
        known = {**filed(shelf, extract.dataset), "claim": by_id(shelf, extract.dataset)}
    if any(value not in known.get(name, ()) for name, value in extract.filters):
        raise BadAddress(400, "There is no such choice in this dataset.")
