"""The file beside a CSV: what its columns hold, and what it says of itself, as the W3C's "CSV on the Web" has it.

A comment above the headings would break most readers of CSV, so notes and breaks stand here; every row names this file
(``described_at``),
and the answer's ``Link`` header too. https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

import json

import pyarrow as pa

from language import LANGUAGES, SPOKEN_IN_CODE, translator
from measures.store.shelf import Shelf
from routes.extracts.columns import meaning
from routes.extracts.metadata import address_of, head_of
from routes.extracts.request import REVISIONS, ExtractRequest
from routes.extracts.rows import tables_of

KEY = ("place", "area_code", "category_code", "period", "variable")
_TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean"}


def csvw(extract: ExtractRequest, shelf: Shelf) -> str:
    """The description of the CSV of an extract, as JSON; ``notes`` holds what JSON and Parquet hold under 'about'."""
    about, schema = head_of(extract, shelf), schema_of(extract, shelf)
    licence = about["licenses"][0]
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": SPOKEN_IN_CODE}],
        "url": address_of(extract, "csv"),
        "dc:title": tagged(about["title"]),
        "dc:description": tagged(about["description"]),
        "dc:publisher": tagged(about["publisher"]),
        "dc:license": {"@id": licence["url"]} if licence.get("url") else licence["name"],
        "dc:source": [{"@id": source["url"]} for source in about["sources"] if source.get("url")],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "notes": [about],
        "tableSchema": {"columns": [_column(column) for column in schema]}
        | ({"primaryKey": list(key)} if (key := key_columns(extract, shelf)) else {}),
    }
    return json.dumps(description, ensure_ascii=False)


def tagged(words: dict) -> list[dict]:
    """A text in every language that it is there in, as JSON-LD writes it."""
    return [{"@value": words[code], "@language": LANGUAGES[code].tag} for code in LANGUAGES if words.get(code)]


def schema_of(extract: ExtractRequest, shelf: Shelf) -> list[tuple[str, str]]:
    """Name and type of every column, from the very rows that an extract gives."""
    first = next(tables_of(extract, shelf)).schema
    return [(field.name, _type(field.type)) for field in first]


def _type(kind: pa.DataType) -> str:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return _TYPES.get(str(kind), "string")


def key_columns(extract: ExtractRequest, shelf: Shelf) -> tuple[str, ...]:
    """The columns that tell the rows apart; none of statements and of a register, whose rows are those of the
    file, and none where one of them was not asked for."""
    card = shelf.cards[extract.dataset]
    if not card.is_table:
        return ()
    names = tuple(name for name in KEY if name != "category_code" or card.tree.nodes)
    names += ("later_release",) if extract.release == REVISIONS else ()
    return names if not extract.columns or set(names) <= set(extract.columns) else ()


def _column(column: tuple[str, str]) -> dict:
    name, kind = column
    words = {code: meaning(name, translator(code)) for code in LANGUAGES}
    return {"name": name, "titles": name, "datatype": kind} | (
        {"dc:description": tagged(words)} if words[SPOKEN_IN_CODE] else {}
    )
