"""What does a publisher's address answer now? One polite, bounded question; only ``python -m loaders refresh`` asks it.

Nothing of the web side imports this module (a contract in pyproject.toml holds it), and httpx is imported nowhere else.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from loaders.errors import Fault, SourceError

AGENT = "SafetyInFigures/0.1 (refresh of published aggregate statistics, run by hand)"
_WEB_PAGES = ("text/html", "application/xhtml+xml")
_AGAIN = (429, 500, 502, 503, 504)


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
class Asked:
    """One question: the address, and what is remembered of the last answer (``etag``, ``last_modified``)."""

    subject: str
    url: str
    remembered: dict[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        said = {"If-None-Match": self.remembered.get("etag"), "If-Modified-Since": self.remembered.get("last_modified")}
        return {"User-Agent": AGENT, "Accept": "*/*", **{name: one for name, one in said.items() if one}}


@dataclass(frozen=True)
class Answer:
    """What came: its bytes stand in ``path``. ``day`` is the publisher's date of the file (2026-11-22), or ''."""

    path: Path
    etag: str
    last_modified: str

    @property
    def day(self) -> str:
        try:
            return parsedate_to_datetime(self.last_modified).date().isoformat()
        except (TypeError, ValueError):
            return ""


class _Later(Exception):
    """The answer may be better in a moment."""

    def __init__(self, said: str, after: float = 0.0):
        super().__init__(said)
        self.after = after


def fetch(asked: Asked, path: Path, limits: Limits) -> Answer | None:
    """The answer, its bytes in ``path`` and on the disk; None when nothing has changed. Raises SourceError."""
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    with httpx.Client(timeout=timeout, follow_redirects=False, headers=asked.headers(), trust_env=True) as client:
        for attempt in range(1, limits.attempts + 1):
            try:
                return _once(client, asked, path, limits)
            except (_Later, httpx.TransportError, httpx.DecodingError) as error:
                said = str(error) or type(error).__name__
                if attempt == limits.attempts:
                    raise _refusal(asked, "did not answer", "an answer", f"{said}, {attempt} times", "Try again later.") from None
                time.sleep(min(max(limits.pause * 2 ** (attempt - 1), getattr(error, "after", 0.0)), limits.longest_pause))
    raise _refusal(asked, "was not asked", "at least one attempt", str(limits.attempts), "Mend the limits.")


def _once(client: httpx.Client, asked: Asked, path: Path, limits: Limits) -> Answer | None:
    url = httpx.URL(asked.url)
    for _ in range(limits.redirects + 1):
        with client.stream("GET", url) as response:
            if response.status_code == 304:
                return None
            if not response.has_redirect_location:
                _check(response, asked, limits)
                _keep(response, asked, path, limits)
                return Answer(path, response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
            url = _followed(url, response.headers["Location"], asked)
    raise _refusal(asked, "sends from one address to the next", f"at most {limits.redirects} redirects", "more", "Give the last address.")


def _followed(url: httpx.URL, location: str, asked: Asked) -> httpx.URL:
    """Where a redirect leads: the same host only, and never from https back to http."""
    there = url.join(location)
    same = there.host == url.host and ((there.scheme, there.port) == (url.scheme, url.port) or (url.scheme, there.scheme) == ("http", "https"))
    if not same:
        found, todo = f"{there.scheme}://{there.netloc.decode()}", "If it is the publisher's, put the new address into [refresh]."
        raise _refusal(asked, "sends to another host", f"{url.scheme}://{url.netloc.decode()}", found, todo)
    return there


def _check(response: httpx.Response, asked: Asked, limits: Limits) -> None:
    code = response.status_code
    if code in _AGAIN:
        after = response.headers.get("Retry-After", "")
        raise _Later(f"status {code}", float(after) if after.isdigit() else 0.0)
    if code != 200:
        raise _refusal(asked, "answers with an error", "status 200", f"status {code}", "Look at the address in a browser and mend [refresh].")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    if kind in _WEB_PAGES:
        raise _refusal(asked, "answers with a web page", "a table", kind, "Look at the address in a browser and mend [refresh].")
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > limits.size:
        raise _too_large(asked, limits)


def _keep(response: httpx.Response, asked: Asked, path: Path, limits: Limits) -> None:
    """Write the answer as it comes. Too much of it, or too slowly, is refused; a break in the middle is asked for again."""
    length = response.headers.get("Content-Length", "")
    came, ends = 0, time.monotonic() + limits.whole
    with path.open("wb") as file:
        for piece in response.iter_bytes():
            came += len(piece)
            if came > limits.size:
                raise _too_large(asked, limits)
            if time.monotonic() > ends:
                raise _refusal(asked, "answers too slowly", f"all of it in {limits.whole:g} seconds", f"{came} bytes", "Try again later.")
            file.write(piece)
            _bar(asked.subject, response.num_bytes_downloaded, int(length) if length.isdigit() else 0)
        file.flush()
        os.fsync(file.fileno())
    _bar(asked.subject, -1, 0)


def _bar(subject: str, came: int, of: int) -> None:
    """One line that is written over itself, for a person at a terminal; a negative number wipes it."""
    if not sys.stderr.isatty():
        return
    done = f"[{'#' * (20 * came // of):<20}] {came / of:4.0%}" if 0 < came <= of else ""
    line = f"{subject}: {came / 1e6:.1f} MB {done}" if came >= 0 else ""
    print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)


def _too_large(asked: Asked, limits: Limits) -> SourceError:
    return _refusal(asked, "answers with too much", f"at most {limits.size} bytes", "more", "Raise max_mb in [refresh] if that is right.")


def _refusal(asked: Asked, what: str, expected: str, found: str, todo: str) -> SourceError:
    return SourceError(asked.subject, [Fault(f"{asked.subject}: {asked.url.partition('?')[0]}", what, expected, found, todo)])
