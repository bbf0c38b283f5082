"""What was announced, which figures were published about it, and is the statistic that would show its effect among
them?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.remembered import remembered
from loaders import Fault, SourceCard, SourceError
from loaders.claims.register import Entry, Register, Statistic, read_register
from loaders.claims.statements import Indicator
from measures.claims.collection import LEVELS, claims_table, indicators_and_wordings
from measures.store.readings import read_once
from measures.store.shelf import Shelf

NUMBERS = tuple(kind for kind in LEVELS if kind != "target")  # a target is not a result
MEASURED = ("number", "change", "other", "none")
FILTERS = ("region", "individual", "figures")


@dataclass(frozen=True)
class StatisticPublished:
    """Was a statistic published for the entry's own place, or about the entry itself?

    ``found``: as a number; as a change only; in words only; only for years before the announcement; only for other
    places; not at all. ``claims``: how many statements give it, from the year of the announcement on.
    """

    statistic: Statistic
    outcome: str
    claims: int


@dataclass(frozen=True)
class System:
    """One entry: ``row`` as published (with every language), ``claims`` the statements about it, ``answers`` one for
    each statistic.

    ``measured``: its statistic was published as a number; as a change or in words only; other figures about it were
    published; no figure was found.
    """

    entry: Entry
    row: dict
    place: str
    region: str
    claims: tuple[dict, ...]
    answers: tuple[StatisticPublished, ...]

    @property
    def figures(self) -> bool:
        """Was any figure published about it: in the article that names it, or in a statement linked to it?"""
        return int(self.row["published_figures"] or 0) > 0 or any(np.isfinite(claim["number"]) for claim in self.claims)

    @property
    def measured(self) -> str:
        """The strongest of what was found, as one of MEASURED."""
        outcomes = {answer.outcome for answer in self.answers}
        if "number" in outcomes:
            return "number"
        return "change" if outcomes & {"change", "words"} else "other" if self.figures else "none"


def register_card(shelf: Shelf, place: str) -> SourceCard | None:
    """The register of a place, or None when there is none."""
    return next((card for card in shelf.cards.values() if card.kind == "register" and card.place == place), None)


@remembered()
@read_once("register")
def register_notes(shelf: Shelf, dataset: str) -> Register:
    """What is noted beside a register. Raises SourceError when it or its statements are faulty."""
    card = shelf.cards[dataset]
    indicators, systems = set(), set()
    if card.claims:
        _need(shelf, card)
        indicators = set(indicators_listed(shelf, card.claims))
        systems = set(shelf.statements(card.claims)["system"])
    return read_register(card, shelf.statements(dataset), indicators, systems)


def _need(shelf: Shelf, card: SourceCard) -> None:
    if card.claims not in shelf.cards and card.claims not in shelf.faults:
        fault = Fault(
            f"{card.id}/source.toml",
            "'claims' is unknown",
            "the name of a dataset under data/open",
            card.claims,
            "Fix the name.",
        )
        raise SourceError(card.id, [fault])
    shelf.working_dataset(card.claims)


@remembered()
def indicators_listed(shelf: Shelf, claims: str) -> dict[str, Indicator]:
    """Every indicator of a dataset of statements by code, also those that speak of other places."""
    return indicators_and_wordings(shelf, claims)[0]


@remembered()
def systems_of(shelf: Shelf, dataset: str) -> tuple[System, ...]:
    """Every entry of the register, in the published order. Raises SourceError."""
    noted = register_notes(shelf, dataset)
    claims = shelf.cards[dataset].claims
    spoken = claims_table(shelf, claims).to_dict("records") if claims else []
    return tuple(_system(row, noted, spoken) for row in claims_table(shelf, dataset).to_dict("records"))


def _system(row: dict, noted: Register, spoken: list[dict]) -> System:
    entry = noted.entries[row["system_zh"]]
    place, region = noted.places[row["place"]]
    own = tuple(claim for claim in spoken if claim["system"] in entry.spoken_of)
    near = [
        claim
        for claim in spoken
        if noted.places.get(claim["place"], ("", ""))[0] == place or claim["system"] in entry.spoken_of
    ]
    answers = tuple(_answer(noted.statistics[code], near, spoken, entry.year) for code in entry.statistics)
    return System(entry, row, place, region, own, answers)


def _answer(statistic: Statistic, near: list[dict], spoken: list[dict], year: str) -> StatisticPublished:
    own = [claim for claim in near if claim["indicator"] in statistic.indicators and claim["kind"] != "target"]
    since = [claim for claim in own if not year or (claim["end"] or claim["published"])[:4] >= year]
    kinds = {claim["kind"] for claim in since}
    if kinds & set(NUMBERS):
        outcome = "number"
    elif kinds:
        outcome = "change" if "percent_change" in kinds else "words"
    elif own:
        outcome = "before"
    else:
        outcome = "elsewhere" if any(claim["indicator"] in statistic.indicators for claim in spoken) else "none"
    return StatisticPublished(statistic, outcome, len(since))


def systems_chosen(
    systems: tuple[System, ...], region: str = "", individual: str = "", figures: str = ""
) -> tuple[System, ...]:
    """The entries of a region, with an answer about data on individuals, with figures ('yes') or without ('no'); ''
    means all."""
    return tuple(
        system
        for system in systems
        if region in ("", system.region)
        and individual in ("", system.entry.individual)
        and (not figures or system.figures == (figures == "yes"))
    )


def by_year(systems: tuple[System, ...]) -> dict[str, Counter]:
    """Year of the announcement → how many entries of each of MEASURED; years without an entry too, '' (not stated)
    last."""
    counts: dict[str, Counter] = {}
    years = sorted({entry.entry.year for entry in systems if entry.entry.year})
    spanned = [str(year) for year in range(int(years[0]), int(years[-1]) + 1)] if years else []
    for year in [*spanned, *([""] if any(not entry.entry.year for entry in systems) else [])]:
        counts[year] = Counter(entry.measured for entry in systems if entry.entry.year == year)
    return counts


def register_table(shelf: Shelf, dataset: str, **chosen: str) -> pd.DataFrame:
    """The register as a file: its published columns, and what is noted beside it; one row = one entry."""
    systems = systems_chosen(systems_of(shelf, dataset), **chosen)
    names = list(claims_table(shelf, dataset).columns)
    noted = [
        {
            "code": system.entry.code,
            "region": system.region,
            "year": system.entry.year,
            "individual": system.entry.individual,
            "known_by": system.entry.known_by,
            "figures": "yes" if system.figures else "no",
            "measured": system.measured,
            "statistics": " ".join(f"{answer.statistic.code}:{answer.outcome}" for answer in system.answers),
            "linked_claims": " ".join(claim["claim_id"] for claim in system.claims),
        }
        for system in systems
    ]
    columns = [
        *names,
        "code",
        "region",
        "year",
        "individual",
        "known_by",
        "figures",
        "measured",
        "statistics",
        "linked_claims",
    ]
    return pd.DataFrame([{**system.row, **more} for system, more in zip(systems, noted, strict=True)], columns=columns)
