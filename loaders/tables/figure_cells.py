"""The cells of a table while they are read: numbers, statuses, reasons, and what the card says of each variable."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.cards.source_card import SourceCard
from loaders.cards.tables import is_counted


class FigureCells:
    """What the cells of a table hold: values, statuses (numbers of STATUSES) and reasons (numbers of ``reasons``)."""

    def __init__(self, rows: int, width: int):
        self.rows = rows
        self.value = np.empty(rows * width)
        self.status, self.reason = np.zeros(rows * width, dtype=np.int8), np.zeros(rows * width, dtype=np.int32)
        self.reasons = [""]

    def reason_number(self, why: str) -> int:
        if why not in self.reasons:
            self.reasons.append(why)
        return self.reasons.index(why)


class VariableRules:
    """What the card says of the variable of each cell: whole numbers only, never below zero, corrections, its scale."""

    def __init__(self, card: SourceCard, variables: pd.Categorical):
        declared, codes = [card.variables[code] for code in variables.categories], variables.codes
        counted = np.array([is_counted(variable) for variable in declared])
        self.corrections = np.array([variable.get("corrections", False) for variable in declared])[codes]
        self.whole = np.array([variable.get("whole", is_counted(variable)) for variable in declared])[codes]
        self.unsigned = counted[codes] & ~self.corrections
        self.scales = np.array([variable.get("scale", 1) for variable in declared])[codes]
