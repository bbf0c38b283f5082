"""Socrata: ``/api/catalog/v1?…`` lists data sets, ``/api/views/abcd-1234.json`` the files of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from loaders.refresh.catalogues.resource import (
    Resource,
    entries,
    format_named,
    moment,
    origin,
    table_of,
    text_of,
    whole,
)

_ID = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}")
_WHAT = "'results', or the 'id' of a view"


def resources(answer: Any, asked: dict) -> Iterator[Resource]:
    """The data sets that a search lists, or the files of one data set."""
    answer = table_of(answer, _WHAT)
    yield from _found(answer, asked) if "id" not in answer else _files(answer, asked)


def _found(answer: dict, asked: dict) -> Iterator[Resource]:
    results = list(entries(answer.get("results"), _WHAT))
    whole(len(results), answer.get("resultSetSize"))
    for result in results:
        resource = table_of(result.get("resource"), "'resource' in each of the results")
        name, about = text_of(resource, "id"), result.get("metadata")
        if not _ID.fullmatch(name):
            continue
        domain = text_of(about, "domain") if isinstance(about, dict) else ""
        base = f"{origin(asked['url']).partition('://')[0]}://{domain}" if domain else origin(asked["url"])
        mime, changed = (
            text_of(resource, "blob_mime_type"),
            (resource.get("data_updated_at"), resource.get("updatedAt")),
        )
        is_file = resource.get("type") == "file"
        address = f"{base}/download/{name}/{quote(mime, safe='')}" if is_file else f"{base}/resource/{name}.json"
        yield Resource(
            text_of(resource, "name"), address, format_named(mime) if is_file else "socrata", moment(*changed), name
        )


def _files(view: dict, asked: dict) -> Iterator[Resource]:
    """The file that a data set is, and those attached to it; else the data set itself, to be counted in groups."""
    name, base = text_of(view, "id"), origin(asked["url"])
    changed = moment(view.get("rowsUpdatedAt"), view.get("viewLastModified"))
    if not _ID.fullmatch(name):
        return
    about = view.get("metadata") if isinstance(view.get("metadata"), dict) else {}
    attached = [entry for entry in about.get("attachments") or [] if isinstance(entry, dict)]
    own = {"filename": text_of(view, "blobFilename"), "blobId": text_of(view, "blobId"), "name": text_of(view, "name")}
    for entry in ([own] if own["blobId"] else []) + attached:
        file, blob = text_of(entry, "filename", "name"), text_of(entry, "assetId", "blobId")
        address = f"{base}/api/views/{name}/files/{quote(blob, safe='')}?filename={quote(file, safe='')}"
        yield Resource(text_of(entry, "name", "filename"), address, format_named(address=f"/{file}"), changed, name)
    if not own["blobId"]:
        yield Resource(text_of(view, "name"), f"{base}/resource/{name}.json", "socrata", changed, name)
