"""The words of a card's ``[table]``: how a published table is laid out, and whether the words fit together."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from language import LANGUAGES, REQUIRED
from loaders import period_formats
from loaders.schema.fields import (
    Bool,
    Count,
    Heading,
    Int,
    PeriodOrNone,
    Texts,
    fault,
    fault_at,
    refuse,
    shown,
    table_type,
)
from loaders.statuses import STATUSES

Layout = Literal["long", "wide", "crossed"]
Head = Literal["period", "category", "area", "variable", ""]
_MARK = 'a status, 0, "" for a footnote, or { status = "…", en = "…", zh = "…" }'


def _marks(marks: Any) -> dict:
    """A mark means a status, zero (the number 0), a status with words in every language, or nothing ("": a
    footnote)."""
    if not isinstance(marks, dict):
        raise fault("'{key}' is of another kind", "a table", shown(marks), "Fix it.")
    for text, meaning in marks.items():
        worded = isinstance(meaning, dict)
        status = meaning.get("status") if worded else meaning
        known = (type(status) is int and status == 0) or (isinstance(status, str) and status in STATUSES)
        complete = not worded or (
            {"status", *REQUIRED} <= set(meaning) <= {"status", *LANGUAGES}
            and all(isinstance(text, str) and text for key, text in meaning.items() if key != "status")
        )
        if not known or not complete or not text.strip():
            raise fault(f"the mark '{text}' is not explained", _MARK, shown(meaning), "Fix 'marks'.")
    return marks


def _sheet(value: Any) -> str | int:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise fault("'{key}' is of another kind", "a text or a whole number", shown(value), "Fix it.")
    return value


Marks = Annotated[Any, PlainValidator(_marks), WithJsonSchema({"type": "object"})]
Sheet = Annotated[Any, PlainValidator(_sheet), WithJsonSchema({"type": ["string", "integer"]})]


def _faults(words: dict) -> Iterator[tuple[tuple, Any]]:
    """Words that are of the right kind and still cannot be followed."""
    heads = words.get("heads", [])
    if heads and len(heads) != words.get("head_rows", len(heads) if len(heads) == 1 else 0):
        todo = "Fix 'head_rows' or 'heads'."
        yield fault_at((), "'heads' and 'head_rows' do not fit", "one word for each heading row", heads, todo)
    if words.get("thousands") and words["thousands"] == words.get("decimal", "."):
        yield fault_at((), "'thousands' and 'decimal' are the same sign", "two signs", words["thousands"], "Fix one.")
    for wording in (
        [words["period_format"]] if isinstance(words.get("period_format"), str) else words.get("period_format", [])
    ):
        try:
            period_formats.shape(wording)
        except ValueError as error:
            yield fault_at(
                (), "'period_format' has a part that is not known", "{year}, {month}, {quarter} …", error, "Fix it."
            )
    try:
        codecs.lookup(words.get("encoding", "utf-8"))
    except (LookupError, ValueError):
        yield fault_at((), "'encoding' is unknown", "such as gb18030", shown(words["encoding"]), "Fix it.")


def _whole(words: dict) -> dict:
    """The table of the whole dataset: what each heading row of a crossed table names is said in it."""
    missing = words.get("layout") == "crossed" and not words.get("heads")
    return refuse(
        words,
        [fault_at((), "'heads' is missing", "what each heading row names", "nothing", "Add 'heads' to [table].")]
        if missing
        else [],
    )


def _about(kind: Any, description: str) -> Any:
    return Annotated[kind, Field(description=description)]


_KEYS = {
    "layout": _about(
        Layout,
        "long: a row for each period; wide: a column for each period; crossed: headings one over another, see heads",
    ),
    "heads": _about(
        list[Head], "crossed tables: what each row of headings names, from above; '' for one that says nothing new"
    ),
    "head_rows": _about(Count, "how many rows of headings stand one over another"),
    "skip_rows": _about(Count, "rows of the file before the headings"),
    "sheet": _about(Sheet, "name or number of the sheet of a workbook; its other sheets are not read"),
    "ends_at": _about(str, "the text with which the first row below the table begins; '': the first blank row"),
    "fill_across": _about(list[Int], "numbers of heading rows whose joined cells say a text once for several columns"),
    "fill_down": _about(list[Heading], "headings of columns whose joined cells say a text once for several rows"),
    "ignore": _about(list[Heading], "headings (or one text of stacked headings) of columns that are left out"),
    "ignore_rows": _about(dict[Heading, Texts], "rows left out (totals): heading = [labels]"),
    "whole_rows": _about(
        dict[Heading, Texts], "rows of the publisher's own figures of the whole place: heading = [labels]"
    ),
    "where": _about(dict[Heading, Texts], "the only rows kept (a slice of a cube): heading = [labels]"),
    "marks": _about(Marks, f"what is no number: mark = {_MARK}"),
    "thousands": _about(str, "the sign between thousands, where there is one"),
    "decimal": _about(str, "the sign of decimals, where it is not ."),
    "period_format": _about(Texts, "the publisher's wording of periods, one or several, such as '{year}. {month}'"),
    "month_names": _about(list[str], "the publisher's names of the twelve months, for {month_name}"),
    "period": _about(PeriodOrNone, "the period, when the whole table is about one"),
    "area": _about(str, "the code of the area, when the whole table is about one"),
    "category": _about(str, "the code of the category, when the whole table is about one"),
    "add_up": _about(list[Heading], "headings of columns whose rows are added up by this site, such as of localities"),
    "value": _about(Heading, "the heading of the column of figures, beside a column of variables"),
    "labels": _about(
        Bool, "JSON-stat, SDMX-JSON: what codes are called stands beside them, in a column 'HEADING label'"
    ),
    "encoding": _about(str, "of a text file, only where the bytes do not say it"),
    "delimiter": _about(str, "of a text file, only where the bytes do not say it"),
}
ReleaseTable = Annotated[
    table_type("ReleaseTable", {}, _KEYS), AfterValidator(lambda table: refuse(table, _faults(table)))
]
Table = Annotated[
    table_type("Table", {}, _KEYS), AfterValidator(lambda table: refuse(table, _faults(table))), AfterValidator(_whole)
]
