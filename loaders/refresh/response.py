"""Checks and saves a publisher's answer: its status, kind, compression, size and end."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from loaders.errors import Fault, SourceError
from loaders.refresh.progress import show_bytes, show_progress

AGENT = "SafetyInFigures/0.1 (refresh of published aggregate statistics, run by hand)"
_WEB_PAGES = ("text/html", "application/xhtml+xml")
_NO_TABLES = ("image/", "audio/", "video/", "font/", "multipart/", "application/pdf")
_AGAIN = (408, 429, 500, 502, 503, 504)
_PIECE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How long, how often, how much. ``whole``: seconds for one answer from its first byte to its last."""

    size: int = 256 * 1024 * 1024
    connect: float = 10.0
    read: float = 30.0
    whole: float = 900.0
    attempts: int = 4
    pause: float = 1.0
    longest_pause: float = 60.0
    redirects: int = 5


@dataclass(frozen=True)
class Request:
    """One question: the address, and what is remembered of the last answer (``etag``, ``last_modified``).

    ``kind``: what is to come, a 'table', a 'catalogue' or a web 'page'; ``body``: a question that is sent along, in
    JSON; ``hosts``: further hosts to which the publisher may send on; ``ahead``: what the line of progress begins with.
    """

    subject: str
    url: str
    remembered: dict[str, str] = field(default_factory=dict)
    kind: str = "table"
    body: bytes = b""
    hosts: tuple[str, ...] = ()
    ahead: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    @property
    def conditional(self) -> bool:
        """Does it ask only for what has changed?"""
        return not self.body and bool(self.remembered.get("etag") or self.remembered.get("last_modified"))

    def headers(self) -> dict[str, str]:
        """The request's headers."""
        conditions = (
            {}
            if self.body
            else {
                "If-None-Match": self.remembered.get("etag"),
                "If-Modified-Since": self.remembered.get("last_modified"),
            }
        )
        return {
            "User-Agent": AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            **{name: condition for name, condition in conditions.items() if condition},
            **({"Content-Type": "application/json"} if self.body else {}),
        }


class Unanswered(SourceError):
    """The publisher could not be asked now; nothing is known to be wrong with what it has or with the card."""


class Later(Exception):
    """The answer may be better in a moment; ``after``: how many seconds the publisher asks to wait."""

    def __init__(self, reason: str, after: float = 0.0):
        super().__init__(reason)
        self.after = after


def check_response(response, request: Request, limits: Limits) -> None:
    """Nothing when the answer may be a table. Raises Later, and SourceError."""
    code = response.status_code
    if code in _AGAIN:
        after = _seconds(response.headers.get("Retry-After", ""))
        if after > limits.longest_pause:
            found, todo = f"status {code}, in {after:.0f} seconds", "Run again then."
            raise unanswered(request, "asks to come again later", "an answer", found, todo)
        raise Later(f"status {code}", after)
    if code != 200:
        todo = "Look at the address in a browser and fix [refresh]."
        raise refusal(request, "answers with an error", "status 200", f"status {code}", todo)
    _check_kind(response.headers.get("Content-Type", "").partition(";")[0].strip().casefold(), request)
    compression = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if compression not in ("identity", "gzip", ""):
        raise refusal(
            request,
            "answers in a compression that was not asked for",
            "gzip or nothing",
            compression[:40],
            "Ask the publisher.",
        )
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > limits.size:
        raise _too_large(request, limits)


def _check_kind(kind: str, request: Request) -> None:
    """Nothing when the answer is announced as what is to come, or as nothing in particular. Raises SourceError."""
    todo = "Look at the address in a browser and fix [refresh]."
    if kind in _WEB_PAGES and request.kind != "page":
        raise refusal(request, "answers with a web page", f"a {request.kind}", kind, todo)
    if request.kind == "page" and kind not in _WEB_PAGES:
        raise refusal(request, "answers with no web page", "a page that lists files", kind or "nothing said", todo)
    if kind.startswith(_NO_TABLES):
        raise refusal(request, f"answers with no {request.kind}", f"a {request.kind}", kind, todo)


def save_body(response, request: Request, path: Path, limits: Limits) -> None:
    """Write the answer as it comes.

    Too much of it, or too slowly, is refused; a break in the middle is asked for again.
    """
    length = response.headers.get("Content-Length", "")
    label = f"{request.ahead}{request.subject}"
    came, ends = 0, time.monotonic() + limits.whole
    with path.open("wb") as file:
        for piece in _decompressed(response):
            came += len(piece)
            if came > limits.size:
                raise _too_large(request, limits)
            if time.monotonic() > ends:
                expected = f"all of it in {limits.whole:g} seconds"
                raise unanswered(request, "answers too slowly", expected, f"{came} bytes", "Try again later.")
            file.write(piece)
            show_bytes(label, response.num_bytes_downloaded, int(length) if length.isdigit() else 0)
        file.flush()
        os.fsync(file.fileno())
    show_progress(label if request.ahead else "")


def _decompressed(response) -> Iterator[bytes]:
    """The answer in pieces of a mebibyte at most, however much a few compressed bytes hold.

    One that ends too early is asked for again.
    """
    if response.headers.get("Content-Encoding", "").strip().casefold() != "gzip":
        yield from response.iter_raw(_PIECE)
        return
    opened = zlib.decompressobj(wbits=31)
    try:
        for raw in response.iter_raw():
            while raw:
                yield opened.decompress(raw, _PIECE)
                raw = opened.unconsumed_tail
        yield opened.flush()
    except zlib.error:
        raise Later("an answer that cannot be decompressed") from None
    if not opened.eof or opened.unused_data:
        raise Later("an answer that ends too early" if not opened.eof else "an answer that goes on after its end")


def _seconds(after: str) -> float:
    """How long ``Retry-After`` asks to wait: seconds, or a moment; 0 where it says nothing."""
    if after.isdecimal() and len(after) < 10:
        return float(after)
    try:
        return max((parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError, OverflowError, IndexError):
        return 0.0


def _too_large(request: Request, limits: Limits) -> SourceError:
    todo = "Raise max_mb in [refresh] if that is right." if request.kind == "table" else "Narrow the question in url."
    return refusal(request, "answers with too much", f"at most {limits.size} bytes", "more", todo)


def refusal(request: Request, what: str, expected: str, found: str, todo: str) -> SourceError:
    return SourceError(request.subject, [_fault(request, what, expected, found, todo)])


def unanswered(request: Request, what: str, expected: str, found: str, todo: str) -> Unanswered:
    return Unanswered(request.subject, [_fault(request, what, expected, found, todo)])


def _fault(request: Request, what: str, expected: str, found: str, todo: str) -> Fault:
    return Fault(f"{request.subject}: {request.url.partition('?')[0]}", what, expected, found, todo)
