"""How much more does a series fluctuate than chance alone would make it?"""

from __future__ import annotations


def scale_of(shelf, dataset: str, variables: str, category: str, area: str, width: int) -> float:
    return 1.0
