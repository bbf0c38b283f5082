"""How a card names a file in a publisher's catalogue: the words of ``[refresh]`` for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool

from loaders.cards.name_patterns import check_pattern
from loaders.schema.fields import fault_at, shown

CATALOGUES = ("ckan", "socrata", "arcgis-hub", "dcat", "pxweb", "json-stat", "page")
_COUNTED_IN = {"ckan": "ckan", "socrata": "socrata", "arcgis": "arcgis-hub"}  # format of a portal → its catalogue
_ASKED_OF_PXWEB = ("json-stat", "csv", "xlsx")
_HOST = re.compile(r"(?=.{1,253}(?::|$))[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.I)
_NUMBERS = re.compile(r"[\d.:]+")

CATALOGUE_WORDS = {
    "catalogue": Annotated[
        Literal[CATALOGUES],
        Field(description="how the publisher lists its files, where url is the address of the list and not of a table"),
    ],
    "title": Annotated[
        str,
        Field(
            description="catalogues: what the file is called in the list; * stands for anything, {year}, {month_name} "
            "and the other parts of period_format for a period, of which the latest is taken"
        ),
    ],
    "file": Annotated[str, Field(description="catalogues: the same for the name at the end of the file's address")],
    "newest": Annotated[
        StrictBool,
        Field(description="catalogues: of several files that fit, take the one with the latest date in the catalogue"),
    ],
    "dataset": Annotated[str, Field(description="dcat: the identifier or the title of the data set in data.json")],
    "select": Annotated[
        dict[str, list[str]],
        Field(description='pxweb: the codes that are asked for, dimension by dimension; ["*"] for all'),
    ],
    "hosts": Annotated[
        list[str],
        Field(
            description="further hosts at which the publisher keeps its files; a catalogue or a redirect may lead to "
            "them and to no other"
        ),
    ],
}


def catalogue_faults(request: dict, local: bool) -> Iterator[tuple[tuple, Any]]:
    """Everything that does not fit in the words for catalogues; ``local``: is this machine asked, as tests do?"""
    yield from _host_faults(request.get("hosts", []), local)
    kind = request.get("catalogue")
    if kind is None:
        for word in ("title", "file", "newest", "dataset", "select"):
            if word in request:
                what = f"'{word}' is a word for catalogues"
                yield fault_at((), what, " | ".join(CATALOGUES), "no 'catalogue'", f"Add catalogue, or remove {word}.")
        return
    yield from _pattern_faults(request)
    counted_in = _COUNTED_IN.get(request["format"])
    if counted_in not in (None, kind):
        what = "'format' does not fit 'catalogue'"
        yield fault_at((), what, f"catalogue = {counted_in}", kind, "Fix one of them.")
    if "resource" in request:
        yield fault_at((), "'resource' is found in the catalogue", "title", "resource", "Remove resource.")
    yield from _words_of_one_kind(request, kind)


def _words_of_one_kind(request: dict, kind: str) -> Iterator[tuple[tuple, Any]]:
    for word, only in (("dataset", "dcat"), ("select", "pxweb")):
        if word in request and kind != only:
            yield fault_at((), f"'{word}' is a word for {only}", f"catalogue = {only}", kind, f"Remove {word}.")
    chosen = request.get("select")
    if kind == "pxweb" and not (
        chosen and all(codes and all(code.strip() for code in codes) for codes in chosen.values())
    ):
        todo = 'Add select = { Region = ["*"], Tid = ["*"] }.'
        yield fault_at((), "'select' is missing", "codes for each dimension of the table", "nothing", todo)
    if kind == "pxweb" and request["format"] not in _ASKED_OF_PXWEB:
        yield fault_at((), "'format' is none of PxWeb's", " | ".join(_ASKED_OF_PXWEB), request["format"], "Fix it.")
    if kind == "json-stat" and request["format"] != "json-stat":
        yield fault_at((), "'format' does not fit 'catalogue'", "json-stat", request["format"], "Fix it.")
    if kind == "page" and not {"title", "file"} & set(request):
        todo = 'Add file = "counts_{year}.csv", or title.'
        yield fault_at((), "a page is asked for any of its files", "'title' or 'file'", "neither", todo)


def _pattern_faults(request: dict) -> Iterator[tuple[tuple, Any]]:
    for word in ("title", "file"):
        try:
            check_pattern(request.get(word, "x"))
        except ValueError as error:
            todo = "Fix it: '*' for anything, parts as {year} and {month} for a period."
            what = f"'{word}' is no pattern"
            yield fault_at((), what, "a name with * and parts of a period", f"{shown(request[word])} ({error})", todo)


def _host_faults(hosts: list[str], local: bool) -> Iterator[tuple[tuple, Any]]:
    """Names of hosts on the web; numbers only where this machine itself is asked."""
    for host in hosts:
        public = "." in host and not _NUMBERS.fullmatch(host) and not host.casefold().endswith((".local", ".localhost"))
        if not _HOST.fullmatch(host) or not (public or local):
            expected = "names of hosts, such as files.example.org"
            yield fault_at((), "'hosts' names no host of the web", expected, f"'{shown(host)}'", "Fix it.")
