"""What was hidden in a dataset, by which rule, and when was it last attacked?"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from disclosure.protection.protected import folder_of
from disclosure.remembered import remembered
from measures.store.shelf import Shelf


@dataclass(frozen=True)
class Safety:
    """``hidden``: how many of ``counts`` cells are withheld. ``checked``: the day of the last attack ('' = none yet).

    ``rule`` is the rule of a protected dataset, empty for one shown as published. ``not_examined``: how many of the
    hidden cells nothing published speaks of, so that nothing was proved of them.
    """

    hidden: int
    counts: int
    checked: str
    rule: dict
    not_examined: int = 0


@remembered()
def safety_of(shelf: Shelf, dataset: str) -> Safety | None:
    """None when the dataset cannot be read. The figures of a protected dataset are those of its audit."""
    if not shelf.readable(dataset):
        return None
    card = shelf.cards[dataset]
    checked = shelf.attacked.date if dataset in shelf.attacked.datasets else ""
    if card.disclosure == "protect":
        audit = json.loads((folder_of(card) / "audit.json").read_text(encoding="utf-8"))
        return Safety(audit["hidden"], audit["lattice"]["counts"], audit["audited"], audit["rule"])
    if not card.is_table:
        return Safety(0, 0, checked or shelf.attacked.date, {})
    table = shelf.table(dataset)
    counts = sum(int(np.isfinite(block.values).sum()) for _, _, block in table.blocks())
    unknown = shelf.attacked.datasets.get(dataset, {}).get("not_examined", 0)
    return Safety(table.count("c"), counts, checked, {}, unknown)
