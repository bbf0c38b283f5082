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


def csvw(asked: ExtractRequest, shelf: Shelf) -> str:
    """The description of the CSV of an extract, as JSON; ``notes`` holds what JSON and Parquet hold under 'about'."""
    about, schema = head_of(asked, shelf), schema_of(asked, shelf)
    licence = about["licenses"][0]
    said = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": SPOKEN_IN_CODE}],
        "url": address_of(asked, "csv"),
        "dc:title": tagged(about["title"]),
        "dc:description": tagged(about["description"]),
        "dc:publisher": tagged(about["publisher"]),
        "dc:license": {"@id": licence["url"]} if licence.get("url") else licence["name"],
        "dc:source": [{"@id": one["url"]} for one in about["sources"] if one.get("url")],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "notes": [about],
        "tableSchema": {"columns": [_column(one) for one in schema]}
        | ({"primaryKey": list(key)} if (key := key_columns(asked, shelf)) else {}),
    }
    return json.dumps(said, ensure_ascii=False)


def tagged(words: dict) -> list[dict]:
    """A text in every language that it is there in, as JSON-LD writes it."""
    return [{"@value": words[code], "@language": code} for code in LANGUAGES if words.get(code)]


def schema_of(asked: ExtractRequest, shelf: Shelf) -> list[tuple[str, str]]:
    """Name and type of every column, from the very rows that an extract gives."""
    first = next(tables_of(asked, shelf)).schema
    return [(one.name, _type(one.type)) for one in first]


def _type(kind: pa.DataType) -> str:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return _TYPES.get(str(kind), "string")


def key_columns(asked: ExtractRequest, shelf: Shelf) -> tuple[str, ...]:
    """The columns that tell the rows apart; none of statements and of a register, whose rows are those of the
    file, and none where one of them was not asked for."""
    card = shelf.cards[asked.dataset]
    if card.kind not in ("observations", "areas"):
        return ()
    names = tuple(name for name in KEY if name != "category_code" or card.tree.nodes)
    names += ("later_release",) if asked.release == REVISIONS else ()
    return names if not asked.columns or set(names) <= set(asked.columns) else ()


def _column(one: tuple[str, str]) -> dict:
    name, kind = one
    words = {code: meaning(name, translator(code)) for code in LANGUAGES}
    return {"name": name, "titles": name, "datatype": kind} | (
        {"dc:description": tagged(words)} if words[SPOKEN_IN_CODE] else {}
    )
