"""What a card asks its publisher for: the words of ``[refresh]``, and the address that they make.

A portal (CKAN, Socrata, ArcGIS) is asked for counts of groups, added up at the source: no record ever crosses the wire.
A card whose request would fetch records is refused. Where the address of the table changes, ``catalogue`` says how the
publisher lists its files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlencode, urlsplit

from pydantic import AfterValidator, Field, StrictInt

from loaders.cards.catalogue_schema import CATALOGUE_WORDS, catalogue_faults
from loaders.privacy import headings
from loaders.schema.fields import fault_at, refuse, table_type

PORTALS = ("ckan", "socrata", "arcgis")
ENDINGS = {"csv": ".csv", "tsv": ".tsv", "xlsx": ".xlsx", "ods": ".ods", "json": ".json", "json-stat": ".json"}
ENDINGS |= {"sdmx-csv": ".csv", "sdmx-json": ".json", "parquet": ".parquet", **dict.fromkeys(PORTALS, ".json")}
LOCAL = ("127.0.0.1", "localhost", "::1")
_RECORDS = re.compile(
    r"datastore_search|/datastore/dump|/(feature|map)server/\d+|/records\b"
    r"|/resource/\w{4}-\w{4}|/views/\w{4}-\w{4}(?!/files/)",
    re.I,
)
_NAME = re.compile(r"\w+")
_LATER = re.compile(r";|--|/\*|\*(?!\))")
ALL_ROWS = 5_000_000


def _faults(request: dict) -> Iterator[tuple[tuple, Any]]:
    yield from _address_faults(request)
    yield from _grouping_faults(request) if request["format"] in PORTALS else _no_grouping(request)
    yield from catalogue_faults(request, _host(request["url"]) in LOCAL)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def asks_for_records(path: str) -> bool:
    """Is this the path of an address that is known to give rows one by one?"""
    return _RECORDS.search(path) is not None


def _address_faults(request: dict) -> Iterator[tuple[tuple, Any]]:
    url, kind, listed = request["url"], request["format"], "catalogue" in request
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0) and url.isprintable() and " " not in url
    except ValueError:
        known, parts = False, urlsplit("")
    if (
        not known
        or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))
        or parts.username
    ):
        yield fault_at(
            (), "'url' is no address to ask", "https://…", f"'{url}'", "Give the publisher's address of the table."
        )
    if kind in PORTALS and parts.query and not listed:
        todo = "Leave out everything from '?'; group_by, count and where say it."
        yield fault_at(
            (), "'url' brings a question of its own", "the address without a query", f"'?{parts.query}'", todo
        )
    if kind not in PORTALS and not listed and asks_for_records(parts.path):
        todo = "Say format = ckan, socrata or arcgis, with group_by and count."
        yield fault_at(
            (), "the request would fetch records", "counts of groups, added up at the source", f"'{parts.path}'", todo
        )


def _grouping_faults(request: dict) -> Iterator[tuple[tuple, Any]]:
    """A portal is asked for counts of groups, or not at all."""
    groups = request.get("group_by")
    if not groups or not request.get("count"):
        todo = 'Add group_by = ["district", "month"] and count = "cases".'
        yield fault_at((), "the request would fetch records", "'group_by' and 'count'", "no grouping", todo)
        return
    expressions = [request.get(word) for word in ("count", "sum", "where", "resource", "id_field") if word in request]
    if not all(text.strip() and not _LATER.search(text) for text in [*groups, *expressions]):
        yield fault_at(
            (),
            "a word of the request is none",
            "names and expressions of the source",
            str([*groups, *expressions]),
            "Fix it.",
        )
        return
    for text in groups:
        field, alias = _named(text)
        if headings.refused(alias) or (_NAME.fullmatch(field) and headings.refused(field)):
            todo = "Group by area, period and category only."
            yield fault_at(
                (), "the request would fetch records", "groups of areas, periods and categories", f"'{text}'", todo
            )
    if request["format"] == "ckan" and not request.get("resource") and "catalogue" not in request:
        yield fault_at((), "'resource' is missing", "the id of the CKAN resource", "nothing", "Add resource.")
    for text in (request["count"], *(request[word] for word in ("sum", "id_field") if word in request)):
        if not _NAME.fullmatch(text):
            yield fault_at((), "a name of a column is none", "letters, digits and _", f"'{text}'", "Fix it.")


def _no_grouping(request: dict) -> Iterator[tuple[tuple, Any]]:
    for word in ("group_by", "count", "sum", "where", "resource", "id_field"):
        if word in request:
            yield fault_at(
                (),
                f"'{word}' is a word for portals",
                "format = ckan, socrata or arcgis",
                str(request.get("format")),
                f"Remove {word}.",
            )


Refresh = Annotated[
    table_type(
        "Refresh",
        {
            "url": Annotated[
                str,
                Field(
                    description="the publisher's address of the table, or of the catalogue that lists it: https, "
                    "without a question of its own for portals"
                ),
            ],
            "format": Annotated[
                Literal[tuple(ENDINGS)],
                Field(description="what comes back; ckan, socrata and arcgis are asked for counts of groups"),
            ],
        },
        {
            "group_by": Annotated[
                list[str], Field(description="portals: the fields to count by, such as district and month")
            ],
            "count": Annotated[str, Field(description="portals: what the column of counts is to be called")],
            "sum": Annotated[str, Field(description="portals: the field that is added up, where rows are not counted")],
            "where": Annotated[str, Field(description="portals: which rows are counted")],
            "resource": Annotated[str, Field(description="ckan: the id of the resource")],
            "id_field": Annotated[
                str, Field(description="arcgis: the field that numbers the rows, where it is not OBJECTID")
            ],
            "max_mb": Annotated[
                StrictInt,
                Field(ge=1, le=1024, description="the most that an answer may weigh; 256 where nothing is said"),
            ],
            **CATALOGUE_WORDS,
        },
    ),
    AfterValidator(lambda table: refuse(table, _faults(table))),
]


def address(request: dict) -> str:
    """The whole address of a request: a portal's with the grouping in it.

    The words were checked when the card was read.
    """
    query_of = {"ckan": _ckan, "socrata": _socrata, "arcgis": _arcgis}.get(request["format"])
    return f"{request['url']}?{urlencode(query_of(request))}" if query_of else request["url"]


def _named(group: str) -> tuple[str, str]:
    """``date_trunc_ym(reported) as month`` → what is grouped by, and what its column is called."""
    field, _, alias = re.sub(r"\s+as\s+", "\0", group.strip(), flags=re.I).partition("\0")
    return field.strip(), alias.strip() or field.strip()


def _socrata(request: dict) -> dict[str, str]:
    groups = [field for field, _ in map(_named, request["group_by"])]
    number = f"sum({request['sum']})" if "sum" in request else "count(*)"
    query = {
        "$select": ", ".join([*request["group_by"], f"{number} as {request['count']}"]),
        "$group": ", ".join(groups),
    }
    query |= {"$where": request["where"]} if "where" in request else {}
    return query | {"$order": ", ".join(groups), "$limit": str(ALL_ROWS)}


def _ckan(request: dict) -> dict[str, str]:
    named = [
        (f'"{field}"' if _NAME.fullmatch(field) else field, alias) for field, alias in map(_named, request["group_by"])
    ]
    number = f'sum("{request["sum"]}")' if "sum" in request else "count(*)"
    chosen = ", ".join([*(f'{field} AS "{alias}"' for field, alias in named), f'{number} AS "{request["count"]}"'])
    groups = ", ".join(field for field, _ in named)
    where = f" WHERE {request['where']}" if "where" in request else ""
    return {"sql": f'SELECT {chosen} FROM "{request["resource"]}"{where} GROUP BY {groups} ORDER BY {groups}'}


def _arcgis(request: dict) -> dict[str, str]:
    field = request.get("sum") or request.get("id_field", "OBJECTID")
    number = {
        "statisticType": "sum" if "sum" in request else "count",
        "onStatisticField": field,
        "outStatisticFieldName": request["count"],
    }
    groups = ",".join(field for field, _ in map(_named, request["group_by"]))
    return {
        "where": request.get("where", "1=1"),
        "groupByFieldsForStatistics": groups,
        "orderByFields": groups,
        "outStatistics": json.dumps([number]),
        "returnGeometry": "false",
        "f": "json",
    }
