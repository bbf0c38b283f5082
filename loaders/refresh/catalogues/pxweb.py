"""PxWeb: a folder of tables (API 1) or ``/tables?query=…`` (API 2); the card chooses what is asked of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from loaders.refresh.catalogues.resource import Resource, address_of, entries, joined, moment, table_of, text_of, whole

FORMATS = {"json-stat": "json-stat2", "csv": "csv", "xlsx": "xlsx"}  # ours → PxWeb's


def resources(answer: Any, asked: dict) -> Iterator[Resource]:
    """Every table of the folder or of the search, with the question that ``select`` makes of it."""
    if isinstance(answer, list):
        yield from _in_folder(answer, asked)
        return
    what = "a folder of tables, or 'tables'"
    answer = table_of(answer, what)
    listed = list(entries(answer.get("tables"), what))
    page = answer.get("page")
    whole(len(listed), page.get("totalElements") if isinstance(page, dict) else None)
    for entry in listed:
        links = [link for link in entry.get("links") or [] if isinstance(link, dict)]
        data = next((address_of(link, "href") for link in links if link.get("rel") == "data"), "")
        own = f"{asked['url'].partition('?')[0].rstrip('/')}/{quote(text_of(entry, 'id'), safe='')}/data"
        address = joined(asked["url"], data or own)
        codes = {f"valueCodes[{name}]": ",".join(chosen) for name, chosen in asked["select"].items()}
        question = urlencode({**codes, "outputFormat": FORMATS[asked["format"]]})
        address += f"{'&' if '?' in address else '?'}{question}"
        yield Resource(text_of(entry, "label"), address, asked["format"], moment(entry.get("updated")))


def _in_folder(answer: list, asked: dict) -> Iterator[Resource]:
    """API 1 is asked for a table with a question that is sent along."""
    for entry in entries(answer, "a list of tables"):
        if entry.get("type") != "t":
            continue
        chosen = [_chosen(name, codes) for name, codes in asked["select"].items()]
        body = json.dumps({"query": chosen, "response": {"format": FORMATS[asked["format"]]}}).encode()
        name = text_of(entry, "id")
        address = f"{asked['url'].partition('?')[0].rstrip('/')}/{quote(name, safe='')}"
        yield Resource(text_of(entry, "text"), address, asked["format"], moment(entry.get("updated")), name, body)


def _chosen(name: str, codes: list[str]) -> dict:
    return {"code": name, "selection": {"filter": "all" if "*" in codes else "item", "values": codes}}
