"""Asks a publisher's catalogue and says which file of it is to be fetched, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from loaders.cards.refresh_schema import address
from loaders.errors import SourceError
from loaders.refresh.catalogues import arcgis_hub, ckan, dcat, json_stat, page, pxweb, socrata
from loaders.refresh.catalogues.choose import Choice, chosen
from loaders.refresh.catalogues.resource import NoCatalogue, Resource
from loaders.refresh.response import Limits, Request, refusal

LARGEST = 32 * 1024 * 1024  # bytes of a catalogue: the data.json of a large portal has about ten million
LARGEST_PAGE = 4 * 1024 * 1024
MOST = 100_000  # files of one catalogue
_JSON = {
    "ckan": ckan,
    "socrata": socrata,
    "arcgis-hub": arcgis_hub,
    "dcat": dcat,
    "pxweb": pxweb,
    "json-stat": json_stat,
}


@dataclass(frozen=True)
class Source:
    """What is to be fetched: the address, what is sent along, and why it is this one (None where the card itself gives
    the address)."""

    url: str
    body: bytes = b""
    choice: Choice | None = None

    @property
    def day(self) -> str:
        """The day that the catalogue gives it, '' where it gives none."""
        return self.choice.resource.modified[:10] if self.choice else ""


def source_of(request: Request, asked: dict, folder: Path, limits: Limits) -> Source:
    """Where the newest table of a dataset stands: the card's own address, or what its catalogue says.

    ``request``: the question to the address of the card; ``folder`` takes the catalogue's answer for a moment. Raises
    SourceError.
    """
    if "catalogue" not in asked:
        return Source(address(asked))
    request = replace(request, kind="page" if asked["catalogue"] == "page" else "catalogue")
    listed = _listed(request, asked, folder, limits)
    try:
        choice = chosen(listed, asked)
    except NoCatalogue as error:
        raise _refused(request, error) from None
    resource = choice.resource
    url = resource.address
    if asked["format"] in ("ckan", "socrata", "arcgis"):
        url = address({**asked, "url": url.partition("?")[0], "resource": resource.id})
    return Source(url, resource.body, choice)


def _listed(request: Request, asked: dict, folder: Path, limits: Limits) -> list[Resource]:
    from loaders.refresh.download import fetch

    web = request.kind == "page"
    size = min(limits.size, LARGEST_PAGE if web else LARGEST)
    path = folder / "catalogue"
    fetch(request, path, replace(limits, size=size))
    answer = path.read_bytes()
    path.unlink()
    try:
        found = page.resources(answer, asked) if web else _JSON[asked["catalogue"]].resources(_read(answer), asked)
        listed = [resource for resource, _ in zip(found, range(MOST + 1), strict=False)]
        if len(listed) > MOST:
            raise NoCatalogue("lists too many files", f"at most {MOST}", "more", "Narrow the question in url.")
    except NoCatalogue as error:
        raise _refused(request, error) from None
    return listed


def _read(answer: bytes) -> Any:
    """The JSON of an answer, however it was made to be read. Raises NoCatalogue."""
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as error:
        found = "more levels than are read" if isinstance(error, RecursionError) else "something else"
        raise NoCatalogue("is no catalogue of this kind", "JSON", found) from None


def _refused(request: Request, error: NoCatalogue) -> SourceError:
    return refusal(request, f"the catalogue {error.what}", error.expected, error.found, error.todo)
