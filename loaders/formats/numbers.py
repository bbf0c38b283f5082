"""How does a number that a file holds as a number look as a text? As its publisher would show it."""

from __future__ import annotations

from decimal import Decimal

_LONGEST = 40  # digits; a longer number stays as it was written, and the reader of cells refuses it


def number_text(value, point: str = ".") -> str:
    """A number with the decimal sign ``point``, a whole one without any; nothing where there is none."""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:  # nearly every number of a workbook
            return str(int(value))
        value = Decimal(repr(value))
    if not isinstance(value, Decimal):
        return "" if value is None else str(value)
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return str(value)
    return str(int(value)) if value == value.to_integral_value() else format(value, "f").replace(".", point)
