"""Checks that cards, places and measures name only what is there; else names the nearest that is."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.cards.code_lists import read_rows
from loaders.cards.measure_card import MeasureCard
from loaders.cards.site import Site
from loaders.cards.source_card import COUNTED, SourceCard
from loaders.cards.tables import is_counted
from loaders.errors import Fault, FaultyInput
from loaders.places.place import Place
from loaders.schema.faults import unknown

NO_CATEGORIES = (
    'Write default_category = "" and home_categories = [""], or home_categories = [] for no card on the first page.'
)


def card_faults(card: SourceCard, place: Place, cards: dict[str, SourceCard], broken: set[str]) -> Iterator[Fault]:
    """Categories, areas and statements that a source card names and that are not there."""
    where = f"{card.id}/source.toml"
    areas = [place.code, *(area.code for area in (*place.areas, *place.unallocated)), *card.area_labels]
    if card.claims and card.claims not in broken and (card.claims not in cards or cards[card.claims].kind != "claims"):
        yield unknown(
            where,
            "'claims' names no statements",
            card.claims,
            [name for name, card_of in cards.items() if card_of.kind == "claims"],
        )
    for key in ("place_codes", "within"):
        for spelling, code in getattr(card, key).items():
            if code not in areas:
                yield unknown(f"{where}, [{key}] {spelling}", "an area that the place does not have", code, areas)
    if card.is_table:
        yield from _parts_of(card, where, areas)


def _parts_of(card: SourceCard, where: str, areas: list[str]) -> Iterator[Fault]:
    """Areas and categories of breaks, cells and spellings."""
    try:
        codes = list(card.tree.nodes)
    except FaultyInput as error:
        yield from error.faults
        return
    named = [(f"{where}, break {number}", "areas", cut.areas, areas) for number, cut in enumerate(card.breaks, 1)]
    named += [
        (f"{where}, break {number}", "categories", cut.categories, codes) for number, cut in enumerate(card.breaks, 1)
    ]
    for number, cell in enumerate(card.declared, 1):
        named += [
            (f"{where}, [cells] {number}", key, cell.get(key, ()), known)
            for key, known in (("areas", areas), ("categories", codes))
        ]
    for number, release in enumerate(card.releases, 1):
        named.append(
            (f"{where}, [releases.categories] {number}", "categories", (release.categories or {}).values(), codes)
        )
    for position, key, codes_named, known in named:
        for code in dict.fromkeys(codes_named):
            if code not in known:
                yield unknown(position, f"'{key}' names what is not there", code, known)


def measure_faults(card: MeasureCard, cards: dict[str, SourceCard], broken: set[str], site: Site) -> Iterator[Fault]:
    """Datasets, variables, categories, domains and words that a measure names and that are not there.

    What is ``broken`` is not its fault.
    """
    where = f"measures/{card.name}.toml"
    if card.domain not in site.every_domain:
        yield unknown(where, "'domain' is unknown", card.domain, list(site.every_domain))
    for term in card.terms:
        if term not in site.every_term:
            yield unknown(where, "'terms' names no word of the glossary", term, site.every_term)
    yield from _rate_faults(card, cards, broken, where)
    if card.dataset in broken:
        return
    source = cards.get(card.dataset)
    kinds = ("claims",) if card.kind == "statements" else COUNTED
    if source is None or source.kind not in kinds:
        yield unknown(
            where, "'dataset' is unknown", card.dataset, [name for name, known in cards.items() if known.kind in kinds]
        )
        return
    for key in ("variable", "numerator", "denominator") if card.kind != "statements" else ():
        if getattr(card, key) and getattr(card, key) not in source.variables:
            yield unknown(
                where, f"'{key}' is no variable of '{card.dataset}'", getattr(card, key), list(source.variables)
            )
    if card.variable in source.variables:
        yield from _variable_faults(card, source, where)
    yield from _category_faults(card, source, where)


def _variable_faults(card: MeasureCard, source: SourceCard, where: str) -> Iterator[Fault]:
    """A rate or change of the publisher's own is shown as it is; what has parts of units is no count of events."""
    variable = source.variables[card.variable]
    if not is_counted(variable):
        views = [view for view in card.views if view != "count"]
        if views:
            what = f"'views' works with '{card.variable}', a {variable['kind']} of the publisher's own"
            yield Fault(where, what, 'views = ["count"]', ", ".join(views), "Show it as it was published.")
        if card.tested:
            what = f"'{card.variable}' is a {variable['kind']} of the publisher's own but is counted"
            yield Fault(where, what, "tested = false", "tested = true", "Write tested = false.")
    elif card.tested and not variable.get("whole", True):
        what = f"'{card.variable}' has parts of units but is counted"
        todo = (
            f"Add scale to [variables.{card.variable}], such as 10000, or keep it out of verdicts with tested = false."
        )
        yield Fault(where, what, "whole numbers, or tested = false", "whole = false", todo)


def _rate_faults(card: MeasureCard, cards: dict[str, SourceCard], broken: set[str], where: str) -> Iterator[Fault]:
    people = cards.get(card.rate.get("dataset", ""))
    if not card.rate or card.rate["dataset"] in broken:
        return
    position = f"{where}, [rate]"
    if people is None or not people.is_table:
        yield unknown(
            position,
            "'dataset' is unknown",
            card.rate["dataset"],
            [name for name, known in cards.items() if known.is_table],
        )
        return
    if card.rate["variable"] not in people.variables:
        yield unknown(
            position, f"'variable' is no variable of '{people.name}'", card.rate["variable"], list(people.variables)
        )
    if people.grain == "year_to_date":
        todo = "Divide by residents of days, months, quarters or years."
        yield Fault(
            position,
            f"residents of '{people.name}' cannot be divided by",
            "periods of which one holds the middle of a year",
            people.grain,
            todo,
        )
    if people.tree.nodes:
        yield Fault(
            position,
            f"residents of '{people.name}' cannot be divided by",
            "no categories",
            "categories.csv",
            "Take it out of that folder.",
        )


def _category_faults(card: MeasureCard, source: SourceCard, where: str) -> Iterator[Fault]:
    """A dataset without categories has only ''; one of statements has its indicators."""
    try:
        codes = _indicators(source) if source.kind == "claims" else list(source.tree.nodes)
    except FaultyInput:
        return  # the card's own fault
    for key, named in (("default_category", (card.default_category,)), ("home_categories", card.home_categories)):
        for code in named:
            if code in codes or (source.kind == "claims" and key == "default_category") or (not codes and code == ""):
                continue
            if not codes:
                yield Fault(
                    where,
                    f"'{key}' names a category",
                    f"none: '{source.name}' has no categories",
                    f"'{code}'",
                    NO_CATEGORIES,
                )
            else:
                yield unknown(where, f"'{key}' names no category of '{source.name}'", code, codes)


def _indicators(card: SourceCard) -> list[str]:
    return [row.get("code", "") for row in read_rows(card.folder / "indicators.csv")]
