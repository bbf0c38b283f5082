"""What does a data folder hold? Every card, place and measure that can be used, and of every other file what is wrong with it.

The build, the server, ``check`` and the tests read a folder by this road. A file with faults silences what it describes and nothing
else; a place that names what is not there goes on without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from loaders.cards.measure_card import MeasureCard, read_measures
from loaders.cards.site import Site, read_site
from loaders.cards.source_card import SourceCard, card_to_check, find_cards, read_card
from loaders.contents.references import card_faults, measure_faults, place_faults
from loaders.errors import CardError, Fault, FaultyInput, PlaceError, SourceError
from loaders.places.place import Place, read_places
from loaders.schema.faults import unknown


@dataclass
class Contents:
    """Datasets, places and measures by name. ``silent``: dataset → why it cannot be used; ``faulty``: file under the folder → its faults."""

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

    ``to_check``: files with faults are there too, as far as they can be followed, so that no fault hides another; nothing of it may be shown.
    """
    found = Contents()
    try:
        found.site = read_site(root)
    except CardError as error:
        found.silence("site.toml", error)
    for path in find_cards(root):
        _take_card(path, root, to_check, found)
    broken: dict[str, FaultyInput] = dict(found.silent)
    found.places = read_places(root, found.cards, broken, to_check)
    found.measures = read_measures(root, broken, to_check)
    for name, error in broken.items():
        if name.endswith(".toml"):
            found.silence(name, error)
        elif name not in found.silent:
            found.silent[name] = error
            found.silence(_file(found.cards[name].folder / "source.toml", root), error)
    _check_cards(root, found, to_check)
    _check_measures(found, to_check)
    _check_places(found, to_check)
    return found


def _take_card(path: Path, root: Path, to_check: bool, found: Contents) -> None:
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
        found.silence(file, error)
        card = card_to_check(path) if to_check else None
        if card and name not in found.cards:
            found.cards[name] = card.model_copy(update={"name": name})
        elif name not in found.cards:
            found.silent[name] = error
        return
    other = found.cards.get(name)
    if other and _rank(root, other) <= _rank(root, card):
        card, other = other, card
    found.cards[name] = card
    found.silent.pop(name, None)
    if other:
        fault = Fault(
            f"{other.id}/source.toml",
            "another dataset has this 'name'",
            "a name for each",
            card.id,
            f"Call it {other.place}_{name}.",
        )
        found.silence(_file(other.folder / "source.toml", root), SourceError(other.id, [fault]))


def _file(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _rank(root: Path, card: SourceCard) -> tuple:
    """Where the place of a card stands in the menu: the first come keep their names."""
    place = read_places(root, {}, {}).get(card.place)
    return (place is None, place.order if place else 0, card.place, card.id)


def _check_cards(root: Path, found: Contents, to_check: bool) -> None:
    """A dataset of no place, or that names what is not there, is silent."""
    there = sorted(path.stem for path in root.glob("places/*.toml"))
    for name, card in list(found.cards.items()):
        place, where = found.places.get(card.place), f"{card.id}/source.toml"
        if place:
            faults = list(card_faults(card, place, found.cards, {*found.silent}))
        elif card.place in there:
            faults = [
                Fault(
                    where,
                    "its place cannot be used",
                    f"places/{card.place}.toml without a fault",
                    "faults",
                    "Mend the place first.",
                )
            ]
        else:
            faults = [unknown(where, "'place' is unknown", card.place, there)]
        if not faults:
            continue
        if place or card.place not in there:  # else the fault is that of the place
            found.silence(_file(card.folder / "source.toml", root), SourceError(card.id, faults))
        if not to_check:
            found.silent.setdefault(name, SourceError(card.id, faults))
            del found.cards[name]


def _check_measures(found: Contents, to_check: bool) -> None:
    """A measure that names what is not there is silent; one whose dataset is silent waits for it."""
    for name, card in list(found.measures.items()):
        faults = list(measure_faults(card, found.cards, {*found.silent}, found.site))
        if faults:
            found.silence(f"measures/{name}.toml", CardError(f"measures/{name}.toml", faults))
            if not to_check:
                del found.measures[name]


def _check_places(found: Contents, to_check: bool) -> None:
    """A place goes on without what it names in vain."""
    broken = {*found.silent, *found.faulty}
    for name, place in list(found.places.items()):
        faults = list(place_faults(place, found.measures, found.cards, broken))
        if faults:
            found.silence(f"places/{name}.toml", PlaceError(f"{name}.toml", faults))
        if not to_check:
            found.places[name] = _without(place, found, {fault.where for fault in faults})
    defaults = [name for name, place in found.places.items() if place.default]
    silenced = any(
        path.startswith("places/") and path.removeprefix("places/").removesuffix(".toml") not in found.places
        for path in found.faulty
    )
    if len(defaults) > 1 or not (defaults or silenced):
        fault = Fault(
            "places",
            "the default place",
            "exactly one",
            ", ".join(defaults) or "none",
            "Set default = true in one file.",
        )
        found.silence("places", PlaceError("places", [fault]))


def _without(place: Place, found: Contents, wrong: set[str]) -> Place:
    """The place without what leads nowhere: measures, boundaries, examples and characteristics."""
    where = f"{place.id}.toml"
    own = {
        name: card
        for name, card in found.measures.items()
        if card.dataset in found.silent or found.cards[card.dataset].place == place.id
    }
    boundaries = place.boundaries if place.boundaries in found.silent or place.boundaries in found.cards else ""
    kept = {
        "measures": tuple(name for name in place.measures if name in own),
        "boundaries": boundaries
        if not boundaries or boundaries in found.silent or found.cards[boundaries].kind == "boundaries"
        else "",
        "headlines": tuple(
            one
            for number, one in enumerate(place.headlines, 1)
            if one["measure"] in own and f"{where}, [[headlines]] {number}" not in wrong
        ),
        "similar": {} if any("[[similar.by]]" in one for one in wrong) else place.similar,
        "residents_misleading": [
            one
            for number, one in enumerate(place.residents_misleading, 1)
            if f"{where}, [residents_misleading] {number}" not in wrong
        ],
    }
    return place.model_copy(update=kept)
