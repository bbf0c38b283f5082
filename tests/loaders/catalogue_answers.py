"""What publishers' catalogues answer, shaped as each is documented; everything in them is invented."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.loaders.publisher import Answers, portal, table

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def as_json(answer: object) -> dict:
    return {"body": json.dumps(answer).encode(), "headers": JSON}


def routed(ways: dict[str, dict | Callable]) -> tuple[list, Callable[[Answers], None]]:
    """A turn for ``publisher`` that answers by the path asked for, and what it is to be given: the running answers.

    An answer may be made of the address of the server itself: ``lambda base: …``.
    """
    running: list[Answers] = []

    def turn(*_):
        answers = running[0]
        way = ways.get(answers.requests[-1][0].partition("?")[0], {"status": 404})
        return way(f"http://127.0.0.1:{answers.port}") if callable(way) else way

    return turn, running.append


FILE = {"body": table(11)}
ROWS = [
    dict(zip(("area", "kind", "month", "count"), row.split(","), strict=True))
    for row in table(11).decode().splitlines()[1:]
]
COUNTED = {"body": portal(ROWS), "headers": JSON}
LAYER = {"body": json.dumps({"features": [{"attributes": row} for row in ROWS]}).encode(), "headers": JSON}
GROUPS = 'group_by = ["area", "kind", "month"]\ncount = "count"\n'


def ckan(*resources: dict, **result) -> dict:
    """``package_show`` of CKAN 2."""
    named = {"id": "6d1f", "name": "counts", "title": "Counts", "metadata_modified": "2026-03-02T08:00:00.0"}
    return as_json({"help": "…", "success": True, "result": {**named, "resources": list(resources), **result}})


def ckan_resource(name: str, url: str, **more) -> dict:
    about = {"id": "ab-1", "name": name, "url": url, "format": "CSV", "mimetype": None, "state": "active"}
    return {**about, "created": "2025-01-01T00:00:00.0", "last_modified": "2026-03-02T08:00:00.123456", **more}


def hub(*features: dict) -> dict:
    """A page of items of ArcGIS Hub (OGC API Records)."""
    links = [{"rel": "self", "type": "application/geo+json", "href": "…"}]
    known = {"numberMatched": len(features), "numberReturned": len(features), "links": links}
    return as_json({"type": "FeatureCollection", "features": list(features), **known})


def hub_item(name: str, kind: str, url: str, title: str = "Counts") -> dict:
    about = {"id": name, "title": title, "type": kind, "url": url, "created": 1_600_000_000_000}
    return {"id": name, "type": "Feature", "geometry": None, "properties": {**about, "modified": 1_772_438_400_000}}


def dcat(*datasets: dict) -> dict:
    """``data.json`` of DCAT-US 1.1."""
    head = {"@type": "dcat:Catalog", "conformsTo": "https://project-open-data.cio.gov/v1.1/schema"}
    return as_json({**head, "dataset": list(datasets)})


def dcat_dataset(identifier: str, title: str, *distributions: dict) -> dict:
    about = {"@type": "dcat:Dataset", "identifier": identifier, "title": title, "modified": "2026-03-02"}
    return {**about, "distribution": [{"@type": "dcat:Distribution", **entry} for entry in distributions]}


def pxweb_folder(*tables: tuple[str, str, str]) -> dict:
    """A folder of PxWeb's API 1: (id, words, date of the last update) of each table, and a folder below."""
    listed = [{"id": name, "type": "t", "text": text, "updated": day} for name, text, day in tables]
    return as_json([{"id": "BE0101", "type": "l", "text": "Further down"}, *listed])


def pxweb_tables(base: str, *tables: tuple[str, str, str]) -> dict:
    """A search in PxWeb's API 2."""
    listed = [
        {
            "type": "Table",
            "id": name,
            "label": label,
            "updated": day,
            "firstPeriod": "2024M01",
            "lastPeriod": "2025M11",
            "variableNames": ["area", "kind", "month"],
            "links": [
                {"rel": "self", "hreflang": "en", "href": f"{base}/api/v2/tables/{name}?lang=en"},
                {"rel": "data", "hreflang": "en", "href": f"{base}/api/v2/tables/{name}/data?lang=en"},
            ],
        }
        for name, label, day in tables
    ]
    page = {"pageNumber": 1, "pageSize": 20, "totalElements": len(tables), "totalPages": 1}
    return as_json({"language": "en", "tables": listed, "page": page})


def collection(*items: tuple[str, str, str]) -> dict:
    """A JSON-stat collection: (label, address, date) of each data set."""
    listed = [{"class": "dataset", "label": label, "href": url, "updated": day} for label, url, day in items]
    return as_json({"version": "2.0", "class": "collection", "label": "Tables", "link": {"item": listed}})


def cube() -> dict:
    """The table as a JSON-stat data set."""
    axes = {axis: list(dict.fromkeys(row[axis] for row in ROWS)) for axis in ("area", "kind", "month")}
    figures = {(row["area"], row["kind"], row["month"]): int(row["count"]) for row in ROWS}
    values = [figures[area, kind, month] for area in axes["area"] for kind in axes["kind"] for month in axes["month"]]
    dimension = {axis: {"category": {"index": codes}} for axis, codes in axes.items()}
    size = [len(codes) for codes in axes.values()]
    head = {"version": "2.0", "class": "dataset", "label": "Counts", "updated": "2026-03-02T08:00:00Z"}
    return as_json({**head, "id": list(axes), "size": size, "dimension": dimension, "value": values})


def socrata_search(base: str, *found: tuple[str, str, str]) -> dict:
    """``/api/catalog/v1`` of Socrata: (id, name, type) of each."""
    domain = base.partition("//")[2]
    listed = [
        {
            "resource": {
                "id": name,
                "name": title,
                "type": kind,
                "updatedAt": "2026-03-03T00:00:00.000Z",
                "data_updated_at": "2026-03-02T08:00:00.000Z",
                "blob_mime_type": "text/csv" if kind == "file" else None,
            },
            "metadata": {"domain": domain},
            "permalink": f"https://{domain}/d/{name}",
        }
        for name, title, kind in found
    ]
    return as_json({"results": listed, "resultSetSize": len(listed), "timings": {"serviceMillis": 3}})


def socrata_view() -> dict:
    """``/api/views/abcd-1234.json`` of Socrata: a data set that is a file."""
    about = {"id": "abcd-1234", "name": "Counts", "assetType": "file", "viewLastModified": 1_772_438_400}
    return as_json({**about, "blobId": "b7", "blobFilename": "counts.csv", "blobMimeType": "text/csv"})


def page(*links: tuple[str, str]) -> dict:
    """A web page with links: (address, words) of each."""
    listed = "".join(f'<li><a class="f" href="{url}"><b>{words}</b> file</a></li>' for url, words in links)
    return {"body": f"<!DOCTYPE html><html><body><ul>{listed}</ul></body></html>".encode(), "headers": HTML}
