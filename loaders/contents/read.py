"""Reads a data folder: what can be used, and of every other file what is wrong with it.

The build, the server, ``check`` and the tests read a folder by this road. A file with faults silences what it describes
and nothing else; a place that names what is not there goes on without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from loaders.cards.measure_card import MeasureCard
from loaders.cards.read_card import card_to_check, find_cards, read_card
from loaders.cards.read_measures import read_measures
from loaders.cards.site import Site, read_site
from loaders.cards.source_card import SourceCard
from loaders.claims.tables import table_faults
from loaders.contents.place_references import place_faults
from loaders.contents.references import card_faults, measure_faults
from loaders.errors import CardError, Fault, FaultyInput, PlaceError, SourceError
from loaders.places.place import Place
from loaders.places.read_places import read_places
from loaders.schema.faults import unknown


@dataclass
class Contents:
    """Datasets, places and measures by name.

    ``silent``: dataset → why it cannot be used; ``faulty``: file under the folder → its faults.
    """

    cards: dict[str, SourceCard] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    measures: dict[str, MeasureCard] = field(default_factory=dict)
    site: Site = field(default_factory=Site)
    silent: dict[str, FaultyInput] = field(default_factory=dict)
    faulty: dict[str, FaultyInput] = field(default_factory=dict)

    def silence(self, path: str, error: FaultyInput) -> None:
        """Note the faults of a file, beside those that it had."""
        known = self.faulty[path].faults if path in self.faulty else ()
        self.faulty[path] = type(error)(error.subject, list(dict.fromkeys((*known, *error.faults))))


def read_contents(root: Path, to_check: bool = False) -> Contents:
    """Everything in the folder. Raises nothing for what a file says.

    ``to_check``: files with faults are there too, as far as they can be followed, so that no fault hides another;
    nothing of it may be shown.
    """
    contents = Contents()
    try:
        contents.site = read_site(root)
    except CardError as error:
        contents.silence("site.toml", error)
    for path in find_cards(root):
        _take_card(path, root, to_check, contents)
    broken: dict[str, FaultyInput] = dict(contents.silent)
    contents.places = read_places(root, contents.cards, broken, to_check)
    contents.measures = read_measures(root, broken, to_check)
    for name, error in broken.items():
        if name.endswith(".toml"):
            contents.silence(name, error)
        elif name not in contents.silent:
            contents.silent[name] = error
            contents.silence(_file(contents.cards[name].folder / "source.toml", root), error)
    _check_cards(root, contents, to_check)
    _check_measures(contents, to_check)
    _check_claims(contents, to_check)
    _check_places(contents, to_check)
    return contents


def _take_card(path: Path, root: Path, to_check: bool, contents: Contents) -> None:
    """Read one card. Of two datasets of one name the one whose place stands first in the menu keeps it."""
    name, file = path.parent.name, _file(path, root)
    try:
        card = read_card(path)
        if card.name != name:
            fault = Fault(
                f"{card.id}/source.toml", "'name' is not that of the folder", name, card.name, "Name both alike."
            )
            raise SourceError(card.id, [fault])
    except SourceError as error:
        contents.silence(file, error)
        card = card_to_check(path) if to_check else None
        if card and name not in contents.cards:
            contents.cards[name] = card.model_copy(update={"name": name})
        elif name not in contents.cards:
            contents.silent[name] = error
        return
    other = contents.cards.get(name)
    if other and _rank(root, other) <= _rank(root, card):
        card, other = other, card
    contents.cards[name] = card
    contents.silent.pop(name, None)
    if other:
        fault = Fault(
            f"{other.id}/source.toml",
            "another dataset has this 'name'",
            "a name for each",
            card.id,
            f"Call it {other.place}_{name}.",
        )
        contents.silence(_file(other.folder / "source.toml", root), SourceError(other.id, [fault]))


def _file(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _rank(root: Path, card: SourceCard) -> tuple:
    """Where the place of a card stands in the menu: the first come keep their names."""
    place = read_places(root, {}, {}).get(card.place)
    return (place is None, place.order if place else 0, card.place, card.id)


def _check_cards(root: Path, contents: Contents, to_check: bool) -> None:
    """A dataset of no place, or that names what is not there, is silent."""
    names = sorted(path.stem for path in root.glob("places/*.toml"))
    for name, card in list(contents.cards.items()):
        place, where = contents.places.get(card.place), f"{card.id}/source.toml"
        if place:
            faults = list(card_faults(card, place, contents.cards, {*contents.silent}))
        elif card.place in names:
            todo = "Fix the place first."
            faults = [
                Fault(where, "its place cannot be used", f"places/{card.place}.toml without a fault", "faults", todo)
            ]
        else:
            faults = [unknown(where, "'place' is unknown", card.place, names)]
        if not faults:
            continue
        if place or card.place not in names:  # else the fault is that of the place
            contents.silence(_file(card.folder / "source.toml", root), SourceError(card.id, faults))
        if not to_check:
            contents.silent.setdefault(name, SourceError(card.id, faults))
            del contents.cards[name]


def _check_claims(contents: Contents, to_check: bool) -> None:
    """Statements that name a table that is not there are silent; one whose table is at fault goes on without it."""
    broken = {path for path in contents.faulty if path.startswith("measures/")}
    for name, card in list(contents.cards.items()):
        faults = list(table_faults(card, contents.measures, contents.cards, broken)) if card.kind == "claims" else []
        if not faults:
            continue
        error = SourceError(card.id, faults)
        contents.silence(f"open/{card.id}/source.toml", error)
        if not to_check:
            contents.silent.setdefault(name, error)
            del contents.cards[name]


def _check_measures(contents: Contents, to_check: bool) -> None:
    """A measure that names what is not there is silent; one whose dataset is silent waits for it."""
    for name, card in list(contents.measures.items()):
        faults = list(measure_faults(card, contents.cards, {*contents.silent}, contents.site))
        if faults:
            contents.silence(f"measures/{name}.toml", CardError(f"measures/{name}.toml", faults))
            if not to_check:
                del contents.measures[name]


def _check_places(contents: Contents, to_check: bool) -> None:
    """A place goes on without what it names in vain."""
    broken = {*contents.silent, *contents.faulty}
    for name, place in list(contents.places.items()):
        faults = list(place_faults(place, contents.measures, contents.cards, broken))
        if faults:
            contents.silence(f"places/{name}.toml", PlaceError(f"{name}.toml", faults))
        if not to_check:
            contents.places[name] = _without(place, contents, {fault.where for fault in faults})
    defaults = [name for name, place in contents.places.items() if place.default]
    if len(defaults) > 1:
        todo = "Leave default = true in one file, or in none: then the fullest and freshest place opens first."
        fault = Fault("places", "the default place", "one at most", ", ".join(defaults), todo)
        contents.silence("places", PlaceError("places", [fault]))


def _without(place: Place, contents: Contents, wrong: set[str]) -> Place:
    """The place without what leads nowhere: measures, boundaries, examples and characteristics."""
    where = f"{place.id}.toml"
    own = {
        name: card
        for name, card in contents.measures.items()
        if card.dataset in contents.silent or contents.cards[card.dataset].place == place.id
    }
    boundaries = place.boundaries if place.boundaries in contents.silent or place.boundaries in contents.cards else ""
    parts = {
        "measures": tuple(name for name in place.measures if name in own),
        "boundaries": boundaries
        if not boundaries or boundaries in contents.silent or contents.cards[boundaries].kind == "boundaries"
        else "",
        "headlines": tuple(
            entry
            for number, entry in enumerate(place.headlines, 1)
            if entry["measure"] in own and f"{where}, [[headlines]] {number}" not in wrong
        ),
        "similar": {} if any("[[similar.by]]" in entry for entry in wrong) else place.similar,
        "residents_misleading": [
            entry
            for number, entry in enumerate(place.residents_misleading, 1)
            if f"{where}, [residents_misleading] {number}" not in wrong
        ],
    }
    return place.model_copy(update=parts)
