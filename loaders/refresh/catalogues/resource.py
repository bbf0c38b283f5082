"""A file or table that a publisher's catalogue lists, and how what the catalogue says of it is read with distrust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

LONGEST = 500  # letters of a title or of an address's name that are looked at
_TYPES = {
    "csv": ("csv", "text/csv", "application/csv", "comma-separated values"),
    "tsv": ("tsv", "text/tab-separated-values"),
    "xlsx": ("xlsx", "excel (xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "json": ("json", "application/json"),
    "json-stat": ("json-stat", "json-stat2", "jsonstat", "json-stat 2.0"),
    "sdmx-csv": ("sdmx-csv", "application/vnd.sdmx.data+csv"),
    "sdmx-json": ("sdmx-json", "application/vnd.sdmx.data+json"),
}
_WORDS = {word: kind for kind, words in _TYPES.items() for word in words}
_ENDINGS = {f".{kind}": kind for kind in ("csv", "tsv", "xlsx", "ods", "parquet", "json")}
_AS_WRITTEN = {"json-stat": "json", "sdmx-json": "json", "sdmx-csv": "csv"}  # what their files end in


class NoCatalogue(Exception):
    """An answer that is no catalogue of its kind, or does not list what was asked about."""

    def __init__(self, what: str, expected: str, found: str, todo: str = "Look at the address and fix [refresh]."):
        super().__init__(what)
        self.what, self.expected, self.found, self.todo = what, expected, found, todo


@dataclass(frozen=True)
class Resource:
    """One file or table as a catalogue lists it.

    ``address``: whole; ``format``: one of the words of ``[refresh]``, '' where the catalogue and the address say none;
    ``modified``: 2026-04-20T09:30:00 in UTC, '' where it is not said or cannot be; ``id``: a portal's own;
    ``body``: what is sent along where the table must be asked for with a question.
    """

    title: str
    address: str
    format: str = ""
    modified: str = ""
    id: str = ""
    body: bytes = b""

    @property
    def file(self) -> str:
        """The name at the end of the address; it is compared, and never becomes the name of a file of ours."""
        head, _, query = self.address.partition("#")[0].partition("?")
        name = head.rsplit("/", 1)[-1]
        if "." not in name and "/" in unquote(query):
            name = unquote(query).rsplit("/", 1)[-1].partition("&")[0]
        return unquote(name)[:LONGEST]

    def is_of(self, kind: str) -> bool:
        """Is it of this format, as far as the catalogue says? A JSON-stat cube may be called JSON."""
        return self.format in (kind, _AS_WRITTEN.get(kind))


def format_named(*words: str, address: str = "") -> str:
    """The first of these words that names a format, else what the address ends in, else ''."""
    known = (_WORDS.get(word.strip().strip(".").partition(";")[0].strip().casefold(), "") for word in words)
    ending = Resource("", address).file.casefold()
    return next(filter(None, (*known, *(kind for end, kind in _ENDINGS.items() if ending.endswith(end)))), "")


def moment(*values: Any) -> str:
    """The first of these values that is a moment: ISO 8601, or seconds or milliseconds since 1970. Not one to come."""
    for value in values:
        try:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                when = datetime.fromtimestamp(value / (1000 if value > 1e11 else 1), UTC)
            else:
                when = datetime.fromisoformat(str(value).strip())
            when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        except (ValueError, OverflowError, OSError):
            continue
        if when <= datetime.now(UTC) + timedelta(days=1):
            return when.strftime("%Y-%m-%dT%H:%M:%S")
    return ""


def text_of(entry: dict, *keys: str) -> str:
    """The first text that stands under one of these keys, on one line and not longer than is looked at; else ''."""
    texts = (entry.get(key) for key in keys)
    return next((" ".join(text.split())[:LONGEST] for text in texts if isinstance(text, str) and text.strip()), "")


def address_of(entry: dict, *keys: str) -> str:
    """The first address under one of these keys, as it is written; else ''."""
    return next((entry[key].strip() for key in keys if isinstance(entry.get(key), str) and entry[key].strip()), "")


def joined(base: str, address: str) -> str:
    """An address as it stands in a list, made whole; one that cannot be read stays as it is, and is refused later."""
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return address


def entries(value: Any, what: str) -> Iterator[dict]:
    """The tables of a list; whatever else stands in it is passed over. Raises NoCatalogue when it is no list."""
    if not isinstance(value, list):
        raise NoCatalogue("is no catalogue of this kind", what, _kind(value))
    yield from (entry for entry in value if isinstance(entry, dict))


def table_of(value: Any, what: str) -> dict:
    """The table itself. Raises NoCatalogue when it is none."""
    if not isinstance(value, dict):
        raise NoCatalogue("is no catalogue of this kind", what, _kind(value))
    return value


def whole(listed: int, known: Any) -> None:
    """Nothing, when the answer lists all that fits its question. Raises NoCatalogue when there is more of it."""
    if isinstance(known, int) and known > listed:
        todo = "Narrow the question in url, or ask for more of it at once."
        raise NoCatalogue("lists a part only", f"all {known}", str(listed), todo)


def origin(url: str) -> str:
    """https://data.example.org, with the port where one is said."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _kind(value: Any) -> str:
    return "nothing" if value is None else {dict: "a table", list: "a list"}.get(type(value), "something else")
