"""Reads measure cards from the data folder."""

from __future__ import annotations

from pathlib import Path

from loaders.cards.measure_card import MeasureCard
from loaders.errors import CardError, Fault, FaultyInput
from loaders.schema.model import read_toml, repaired, validated


def read_measure(path: Path) -> MeasureCard:
    """One card as its file says it. Raises CardError with every fault of the file."""
    where = f"measures/{path.name}"
    card = validated(MeasureCard, read_toml(path, where, CardError), where, CardError)
    if card.name != path.stem:
        raise CardError(
            where,
            [Fault(where, "'name' is not that of the file", path.stem, card.name, f'Write name = "{path.stem}".')],
        )
    return card


def read_measures(root: Path, broken: dict[str, FaultyInput], to_check: bool = False) -> dict[str, MeasureCard]:
    """Every measure by name, in the order of the menus.

    A card that cannot be used is left out (``to_check``: or is there as far as it can be followed) and put into
    ``broken``, under ``measures/<file>``.
    """
    cards = []
    for path in sorted(root.glob("measures/*.toml")):
        try:
            cards.append(read_measure(path))
        except CardError as error:
            broken[f"measures/{path.name}"] = error
            cards += [_to_check(path)] if to_check else []
    return {card.name: card for card in sorted(filter(None, cards), key=lambda card: (card.order, card.name))}


def _to_check(path: Path) -> MeasureCard | None:
    try:
        card = repaired(MeasureCard, read_toml(path, path.name, CardError))
    except CardError:
        return None
    return card and card.model_copy(update={"name": path.stem})
