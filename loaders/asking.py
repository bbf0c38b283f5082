"""What does a card ask its publisher for? The words of ``[refresh]``, and the address that they make.

A portal (CKAN, Socrata, ArcGIS) is asked for counts of groups, added up at the source: no record ever crosses the wire. A card
whose request would fetch records is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from loaders import lexicon
from loaders.errors import Fault

PORTALS = ("ckan", "socrata", "arcgis")
ENDINGS = {"csv": ".csv", "tsv": ".tsv", "xlsx": ".xlsx", "ods": ".ods", "json": ".json", "json-stat": ".json", "sdmx-csv": ".csv"}
ENDINGS |= {"sdmx-json": ".json", "parquet": ".parquet", **dict.fromkeys(PORTALS, ".json")}
WORDS = ("url", "format", "group_by", "count", "sum", "where", "resource", "id_field", "max_mb")
LOCAL = ("127.0.0.1", "localhost", "::1")
_RECORDS = re.compile(r"datastore_search|/datastore/dump|/(feature|map)server/\d+|/resource/\w{4}-\w{4}|/views/\w{4}-\w{4}|/records\b", re.I)
_NAME = re.compile(r"\w+")
_LATER = re.compile(r";|--|/\*|\*(?!\))")
ALL_ROWS = 5_000_000


def refresh_faults(raw: dict, name: str) -> Iterator[Fault]:
    """Every fault of a card's ``[refresh]``; none when it has no such table."""
    asked, where = raw.get("refresh"), f"{name}, [refresh]"
    if asked is None:
        return
    if not isinstance(asked, dict):
        yield Fault(where, "it is no table", "[refresh]", str(asked), "Write it as a table.")
        return
    if raw.get("kind") != "observations" or raw.get("disclosure") != "as_published":
        found = f"{raw.get('kind')}, {raw.get('disclosure')}"
        yield Fault(where, "only published observations are refreshed", "observations, as_published", found, "Remove [refresh].")
    for word in asked:
        if word not in WORDS:
            yield Fault(where, "a word that is not known", ", ".join(WORDS), f"'{word}'", "Mend or remove it.")
    if asked.get("format") not in ENDINGS:
        yield Fault(where, "'format' is unknown", " | ".join(ENDINGS), str(asked.get("format")), "Choose one of them.")
    if not isinstance(asked.get("max_mb", 1), int) or not 0 < asked.get("max_mb", 1) <= 1024:
        yield Fault(where, "'max_mb' does not fit", "1 to 1024", str(asked.get("max_mb")), "Mend it.")
    yield from _address_faults(str(asked.get("url", "")), asked.get("format"), where)
    yield from _grouping_faults(asked, where) if asked.get("format") in PORTALS else _no_grouping(asked, where)


def _address_faults(url: str, kind: str, where: str) -> Iterator[Fault]:
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0) and url.isprintable() and " " not in url
    except ValueError:
        known, parts = False, urlsplit("")
    if not known or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)) or parts.username:
        yield Fault(where, "'url' is no address to ask", "https://…", f"'{url}'", "Give the publisher's address of the table.")
    if kind in PORTALS and parts.query:
        todo = "Leave out everything from '?'; group_by, count and where say it."
        yield Fault(where, "'url' brings a question of its own", "the address without a query", f"'?{parts.query}'", todo)
    if kind not in PORTALS and _RECORDS.search(parts.path):
        todo = "Say format = ckan, socrata or arcgis, with group_by and count."
        yield Fault(where, "the request would fetch records", "counts of groups, added up at the source", f"'{parts.path}'", todo)


def _grouping_faults(asked: dict, where: str) -> Iterator[Fault]:
    """A portal is asked for counts of groups, or not at all."""
    groups = asked.get("group_by")
    if not isinstance(groups, list) or not groups or not asked.get("count"):
        todo = 'Add group_by = ["district", "month"] and count = "cases".'
        yield Fault(where, "the request would fetch records", "'group_by' and 'count'", "no grouping", todo)
        return
    said = [asked.get(word) for word in ("count", "sum", "where", "resource", "id_field") if word in asked]
    if not all(isinstance(one, str) and one.strip() and not _LATER.search(one) for one in [*groups, *said]):
        yield Fault(where, "a word of the request is none", "names and expressions of the source", str([*groups, *said]), "Mend it.")
        return
    for one in groups:
        field, alias = _named(one)
        if lexicon.refused(alias) or (_NAME.fullmatch(field) and lexicon.refused(field)):
            todo = "Group by area, period and category only."
            yield Fault(where, "the request would fetch records", "groups of areas, periods and categories", f"'{one}'", todo)
    if asked["format"] == "ckan" and not asked.get("resource"):
        yield Fault(where, "'resource' is missing", "the id of the CKAN resource", "nothing", "Add resource.")
    for one in (asked["count"], *(asked[word] for word in ("sum", "id_field") if word in asked)):
        if not _NAME.fullmatch(one):
            yield Fault(where, "a name of a column is none", "letters, digits and _", f"'{one}'", "Mend it.")


def _no_grouping(asked: dict, where: str) -> Iterator[Fault]:
    for word in ("group_by", "count", "sum", "where", "resource", "id_field"):
        if word in asked:
            yield Fault(where, f"'{word}' is a word for portals", "format = ckan, socrata or arcgis", str(asked.get("format")), f"Remove {word}.")


def address(asked: dict) -> str:
    """The whole address of a request: a portal's with the grouping in it. The words were checked when the card was read."""
    made = {"ckan": _ckan, "socrata": _socrata, "arcgis": _arcgis}.get(asked["format"])
    return f"{asked['url']}?{urlencode(made(asked))}" if made else asked["url"]


def _named(group: str) -> tuple[str, str]:
    """``date_trunc_ym(reported) as month`` → what is grouped by, and what its column is called."""
    field, _, alias = re.sub(r"\s+as\s+", "\0", group.strip(), flags=re.I).partition("\0")
    return field.strip(), alias.strip() or field.strip()


def _socrata(asked: dict) -> dict[str, str]:
    groups = [field for field, _ in map(_named, asked["group_by"])]
    number = f"sum({asked['sum']})" if "sum" in asked else "count(*)"
    query = {"$select": ", ".join([*asked["group_by"], f"{number} as {asked['count']}"]), "$group": ", ".join(groups)}
    query |= {"$where": asked["where"]} if "where" in asked else {}
    return query | {"$order": ", ".join(groups), "$limit": str(ALL_ROWS)}


def _ckan(asked: dict) -> dict[str, str]:
    named = [(f'"{field}"' if _NAME.fullmatch(field) else field, alias) for field, alias in map(_named, asked["group_by"])]
    number = f'sum("{asked["sum"]}")' if "sum" in asked else "count(*)"
    chosen = ", ".join([*(f'{field} AS "{alias}"' for field, alias in named), f'{number} AS "{asked["count"]}"'])
    groups = ", ".join(field for field, _ in named)
    where = f" WHERE {asked['where']}" if "where" in asked else ""
    return {"sql": f'SELECT {chosen} FROM "{asked["resource"]}"{where} GROUP BY {groups} ORDER BY {groups}'}


def _arcgis(asked: dict) -> dict[str, str]:
    field = asked.get("sum") or asked.get("id_field", "OBJECTID")
    number = {"statisticType": "sum" if "sum" in asked else "count", "onStatisticField": field, "outStatisticFieldName": asked["count"]}
    groups = ",".join(field for field, _ in map(_named, asked["group_by"]))
    return {
        "where": asked.get("where", "1=1"), "groupByFieldsForStatistics": groups, "orderByFields": groups,
        "outStatistics": json.dumps([number]), "returnGeometry": "false", "f": "json",
    }  # fmt: skip
