"""Are the columns that the card names there, and of a kind that can be counted by? By the engine's own schema, before
any row is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError
from loaders.warehouse.engine import Engine
from loaders.warehouse.question import columns_named

if TYPE_CHECKING:
    import ibis.expr.types as ir


def checked_table(engine: Engine, card: SourceCard) -> ir.Table:
    """The table that the card names. Raises SourceError with everything about its columns that does not fit."""
    asked = card.warehouse
    table = engine.table(asked["table"], asked.get("schema", ""))
    faults = list(_faults(dict(table.schema().items()), card))
    if not faults and engine.has_moments(asked["table"], asked.get("schema", ""), asked["time"]):
        faults.append(_moments(card, asked["time"]))
    if faults:
        raise SourceError(card.id, faults)
    return table


def _faults(schema: dict[str, Any], card: SourceCard) -> Iterator[Fault]:
    asked = card.warehouse
    where = f"{card.id}, table {asked['table']}"
    if missing := [column for column in columns_named(asked) if column not in schema]:
        listed = ", ".join(sorted(schema)[:30])
        yield Fault(where, "a column is not there", listed, ", ".join(missing), "Fix [warehouse].")
        return
    if moment := _wrong_time(schema[asked["time"]], card):
        yield moment
    for key in ("area", "category"):
        kind = schema[asked[key]] if key in asked else None
        if kind is not None and not (kind.is_string() or kind.is_integer()):
            yield _wrong(where, asked[key], "texts or whole numbers", kind, "Name another column, or make a view.")
    if "sum" in asked and not schema[asked["sum"]].is_integer():
        yield _wrong(where, asked["sum"], "whole numbers", schema[asked["sum"]], "Only counts are added up.")
    for column, values in asked.get("where", {}).items():
        kind = schema[column]
        if not all(kind.is_integer() if isinstance(value, int) else kind.is_string() for value in values):
            yield _wrong(where, column, "values of the kind of the column", kind, "Fix 'where'.")


def _wrong_time(kind: Any, card: SourceCard) -> Fault | None:
    column, yearly = card.warehouse["time"], card.frequency == "year"
    if kind.is_timestamp() and kind.timezone:
        return _moments(card, column)
    if kind.is_date() or kind.is_timestamp() or (yearly and kind.is_integer()):
        return None
    expected = "a date, or a timestamp without a time zone" + (", or a whole number (a year)" if yearly else "")
    return _wrong(f"{card.id}, table {card.warehouse['table']}", column, expected, kind, "Make a view that has one.")


def _moments(card: SourceCard, column: str) -> Fault:
    todo = "Make a view with a column of dates, in which the day is that of your own time zone, and name it as 'time'."
    what, expected = f"column '{column}' holds moments with a time zone", "a day that is the same for everybody"
    return Fault(f"{card.id}, table {card.warehouse['table']}", what, expected, "moments", todo)


def _wrong(where: str, column: str, expected: str, kind: Any, todo: str) -> Fault:
    return Fault(where, f"column '{column}' is of another kind", expected, str(kind), todo)
