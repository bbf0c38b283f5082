"""What a card asks a department's own records for: the words of ``[warehouse]``. Counts only.

The card says where the records stand and which of their columns are area, time and category; the question itself is
composed by ``loaders.warehouse``. A column that speaks of a person is refused here, by its name, before any engine is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictInt, ValidationInfo

from loaders import periods
from loaders.cards.tables import is_counted
from loaders.privacy import headings
from loaders.schema.fields import Period, fault_at, refuse, shown, table_type

FORMATS = {"csv": ".csv", "parquet": ".parquet"}
HEADINGS = ("area", "period", "category")  # of the file that is written; the counts stand under the variable's column
COLUMNS = ("area", "time", "category", "sum")  # keys of [warehouse] that name a column
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_NAME = re.compile(r"[^\W\d][\w$ -]{0,127}")


def _faults(request: dict) -> Iterator[tuple[tuple, Any]]:
    if not _VARIABLE.fullmatch(request["connection"]):
        todo = "Put the address into the environment, never into the card, and name that variable here."
        expected = "the name of an environment variable, such as FIGURES_WAREHOUSE"
        found = "an address" if "://" in request["connection"] else shown(request["connection"])
        yield fault_at(("connection",), "'connection' is no name of a variable", expected, found, todo)
    for part in request.get("schema", "").split(".") if "schema" in request else ():
        yield from _unnamed(part, "schema")
    yield from _unnamed(request["table"], "table")
    named = [(key, request[key]) for key in COLUMNS if key in request]
    for key, column in [*named, *(("where", column) for column in request.get("where", {}))]:
        yield from _unnamed(column, key)
        yield from _of_a_person(column, key)
    for column in sorted({column for _, column in named if [other for _, other in named].count(column) > 1}):
        yield fault_at((), "a column is named twice", "a column for each word", shown(column), "Name another.")
    for column, values in request.get("where", {}).items():
        if not values:
            yield fault_at(("where", column), "a choice of nothing", "values", "none", "Name them, or leave it out.")


def _unnamed(name: str, key: str) -> Iterator[tuple[tuple, Any]]:
    if not _NAME.fullmatch(name):
        expected = "letters, digits, _, $, - and blanks, the first a letter or _"
        yield fault_at((key,), f"'{key}' is no name of the engine", expected, shown(name), "Fix it, or make a view.")


def _of_a_person(column: str, key: str) -> Iterator[tuple[tuple, Any]]:
    if rule := headings.refused(column):
        expected, found = "a column of areas, times or categories", f"'{shown(column)}' ({rule})"
        todo = "Ask for counts by area, time and category only."
        yield fault_at((key,), f"'{key}' names a column about persons", expected, found, todo)


def _about(kind: Any, description: str) -> Any:
    return Annotated[kind, Field(description=description)]


_Values = list[str | StrictInt]
Warehouse = Annotated[
    table_type(
        "Warehouse",
        {
            "connection": _about(str, "the environment variable that holds the engine's address; never the address"),
            "table": _about(str, "the table or view of records, or of counts"),
            "time": _about(str, "the column of dates; of years, where the dataset is yearly"),
            "from": _about(Period, "the first period that is asked for"),
        },
        {
            "schema": _about(str, "where the engine keeps the table; with its catalogue: catalogue.schema"),
            "area": _about(str, "the column of areas; without it the whole place is counted"),
            "category": _about(str, "the column of categories; without it all rows are counted together"),
            "sum": _about(str, "a column of counts that is added up, instead of counting rows"),
            "where": _about(dict[str, _Values], "which rows are counted: column = [values]"),
            "categories": _about(dict[str, str], "what the engine calls a category = its code in categories.csv"),
            "to": _about(Period, "the last period; the last one that is over, where nothing is said"),
            "periods_at_once": _about(
                Annotated[StrictInt, Field(ge=1)], "how many periods one question covers; as many as fit, if left out"
            ),
            "format": _about(Literal[tuple(FORMATS)], "what is written beside the card; csv where nothing is said"),
        },
    ),
    AfterValidator(lambda table: refuse(table, _faults(table))),
]


def fits_card(request: dict, info: ValidationInfo) -> dict:
    """``[warehouse]`` beside the other keys of its card, for SourceCard's validator; each fault at the key it is
    about."""
    return refuse(request, _beside(request, info.data)) if request else request


def _beside(request: dict, card: dict) -> Iterator[tuple[tuple, Any]]:
    variables, table = card.get("variables", {}), card.get("table", {})
    if card.get("kind", "observations") != "observations":
        yield fault_at((), "only observations are pulled", "kind = observations", card["kind"], "Remove [warehouse].")
    if card.get("refresh"):
        yield fault_at((), "two ways to new figures", "[refresh] or [warehouse]", "both", "Remove one of them.")
    taken = [*HEADINGS, ""]
    if len(variables) != 1 or any(
        variable.get("column", "") in taken or not is_counted(variable) or not variable.get("whole", True)
        for variable in variables.values()
    ):
        expected = f"one variable of whole counts with a column of its own, none of {', '.join(HEADINGS)}"
        todo = 'Declare one variable with column = "count".'
        yield fault_at((), "the variables do not fit", expected, ", ".join(variables) or "none", todo)
    if table.get("layout", "long") != "long" or set(table) - {"layout"}:
        todo = "Leave nothing in [table] but layout."
        yield fault_at((), "[table] does not fit", 'layout = "long" alone', ", ".join(table), todo)
    if card.get("absent_rows") != "zero":
        todo = 'Say absent_rows = "zero".'
        yield fault_at((), "a group without records does not come", "absent_rows = zero", "error", todo)
    yield from _periods(request, card)


def _periods(request: dict, card: dict) -> Iterator[tuple[tuple, Any]]:
    grain = card.get("grain", "year")
    if grain == "year_to_date":
        todo = "Count months; a year to date is added up from them."
        yield fault_at((), "records cannot be counted so", "a frequency whose periods do not overlap", grain, todo)
        return
    frequency = periods.named(grain, card.get("first_month"))
    for key in ("from", "to"):
        if key in request and periods.parse(request[key], frequency) != request[key]:
            yield fault_at((key,), f"'{key}' is no period of the dataset", frequency, request[key], "Fix it.")
    if request.get("to", "9") < request["from"]:
        yield fault_at(("to",), "'to' comes before 'from'", f"{request['from']} or later", request["to"], "Fix it.")
