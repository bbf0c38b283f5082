"""The words that may leave the engine: what the card and its place call their areas and categories, and nothing
else."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError
from loaders.places.place import Place


@dataclass(frozen=True)
class Words:
    """What the engine may call an area or a category → our code. Empty where the card names no such column; the word ''
    stands for a record that has none."""

    areas: dict[str, str]
    categories: dict[str, str]

    @property
    def groups(self) -> int:
        """How many pairs of an area and a category a period can have, those that nobody knows among them."""
        return (len({*self.areas.values()}) + 1) * (len({*self.categories.values()}) + 1)

    @property
    def spelt(self) -> int:
        """The same where every spelling comes by itself."""
        return (len(self.areas) + 1) * (len(self.categories) + 1)


def words_known(card: SourceCard, place: Place) -> Words:
    """The words of a card with its place. Raises SourceError where it has none for a column that it names."""
    asked = card.warehouse
    areas = {text: area.code for area in place.areas for text in area.spellings()} if "area" in asked else {}
    areas |= card.area_codes if "area" in asked else {}
    return Words(areas, _categories(card) if "category" in asked else {})


def _categories(card: SourceCard) -> dict[str, str]:
    """Codes, names in every language and the card's own spellings of the categories that none stands below."""
    nodes = card.tree.nodes
    leaves = {code: node for code, node in nodes.items() if not card.tree.children(code)}
    named = {name: code for code, node in leaves.items() for name in node.name.values()}
    own = card.warehouse.get("categories", {})
    if wrong := sorted({*own.values()} - {*leaves}):
        found = ", ".join(wrong)
        fault = Fault(
            f"{card.id}/source.toml, [warehouse.categories]",
            "a code names no category",
            "a code of categories.csv below which no other stands",
            found,
            "Fix it, or add the category.",
        )
        raise SourceError(card.id, [fault])
    if not leaves:
        fault = Fault(card.id, "there are no categories", "categories.csv", "none", "List them, or leave out category.")
        raise SourceError(card.id, [fault])
    return {**named, **{code: code for code in leaves}, **own}
