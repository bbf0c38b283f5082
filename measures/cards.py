"""What does a measure divide by what, why does it matter, and what can it not tell? Its card says it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from language import LANGUAGES
from loaders import CardError, Fault

Words = dict[str, str]
KINDS = ("count", "share", "density", "statements")
VIEWS = ("count", "rate", "rolling", "rolling_rate", "index", "adjusted", "share", "density", "statements")


@dataclass(frozen=True)
class MeasureCard:
    """One measure as its card declares it; every field is the card's own key of that name.

    ``tested``: are its figures counts of events, so that chance has a say in a change? Estimates of residents are not.
    """

    name: str
    domain: str
    kind: str
    dataset: str
    title: Words
    what: Words
    why: Words
    cannot_tell: list[Words]
    views: tuple[str, ...]
    order: int = 9
    variable: str = ""
    numerator: str = ""
    denominator: str = ""
    rate: dict = field(default_factory=dict)
    default_category: str = ""
    home_categories: tuple[str, ...] = ()
    tested: bool = True
    said: Words = field(default_factory=dict)
    said_by_view: dict[str, Words] = field(default_factory=dict)
    terms: tuple[str, ...] = ()
    lower_is_better: str = ""
    grains: tuple[str, ...] = ()
    written_by: str = ""
    next_review: str = ""

    def said_of(self, view: str) -> Words:
        """How a figure of a view is said: the card's wording for that view, or the one for all."""
        return self.said_by_view.get(view, self.said)

    @property
    def map_view(self) -> str:
        """The view that fills a map: a rate where one exists, else the measure's own first view."""
        return next((view for view in ("rolling_rate", "rate") if view in self.views), self.views[0])


def read_measures(root: Path, datasets: set[str]) -> dict[str, MeasureCard]:
    """Every measure card by name, in the order of the menus. Raises CardError with every fault of the first faulty card."""
    cards = [_read(path, datasets) for path in sorted(root.glob("measures/*.toml"))]
    return {card.name: card for card in sorted(cards, key=lambda card: (card.order, card.name))}


def _read(path: Path, datasets: set[str]) -> MeasureCard:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = list(_faults(raw, path.name, datasets))
    if faults:
        raise CardError(path.name, faults)
    known = {key: value for key, value in raw.items() if key in MeasureCard.__dataclass_fields__}
    several = {key: tuple(raw.get(key, ())) for key in ("views", "grains", "home_categories", "terms")}
    return MeasureCard(**{**known, **several})


def _faults(raw: dict, name: str, datasets: set[str]):
    for key in ("name", "domain", "kind", "dataset", "views", "cannot_tell", "written_by", "next_review"):
        if not raw.get(key):
            yield Fault(name, f"'{key}' is missing", "a value", "nothing", f"Add {key} to the card.")
    for key in ("title", "what", "why"):
        for language in LANGUAGES:
            if not (raw.get(key) or {}).get(language):
                yield Fault(name, f"'{key}' has no '{language}'", "a text", "nothing", f"Add {key}.{language}.")
    if raw.get("kind") not in KINDS:
        yield Fault(name, "'kind' is unknown", " | ".join(KINDS), str(raw.get("kind")), "Choose one of them.")
    for view in raw.get("views", []):
        if view not in VIEWS:
            yield Fault(name, "a view is unknown", " | ".join(VIEWS), view, "Choose from them.")
    if raw.get("dataset") not in datasets:
        yield Fault(name, "'dataset' is unknown", "the name of a dataset under data/open", str(raw.get("dataset")), "Mend the name.")
