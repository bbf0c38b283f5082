"""The cards of measures, as the loaders read them."""

from __future__ import annotations

from loaders.measure_cards import KINDS, VIEWS, MeasureCard, read_measures

__all__ = ["KINDS", "VIEWS", "MeasureCard", "read_measures"]
