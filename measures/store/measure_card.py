"""The cards of measures, as the loaders read them."""

from __future__ import annotations

from loaders.cards.measure_card import KINDS, VIEWS, MeasureCard, read_measures

__all__ = ["KINDS", "VIEWS", "MeasureCard", "read_measures"]
