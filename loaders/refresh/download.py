"""Fetches what a publisher's address answers: one polite, bounded request; only ``python -m loaders refresh`` asks.

Nothing of the web side imports this module (a contract in pyproject.toml holds it), and httpx is imported nowhere else.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from loaders.refresh.clocks import day_answered
from loaders.refresh.response import Later, Limits, Request, check_response, refusal, save_body, unanswered


@dataclass(frozen=True)
class Download:
    """What came: its bytes stand in ``path``. ``day`` is the publisher's date of the file (2026-11-22), ``answered``
    the day of the answer by the publisher's clock; or ''."""

    path: Path
    etag: str
    last_modified: str
    answered: str = ""

    @property
    def day(self) -> str:
        try:
            return parsedate_to_datetime(self.last_modified).date().isoformat()
        except (TypeError, ValueError, OverflowError, IndexError):
            return ""


class _TooSlow(Exception):
    """The time for one answer is over."""


def fetch(request: Request, path: Path, limits: Limits) -> Download | None:
    """The answer, its bytes in ``path`` and on the disk; None when nothing has changed. Raises SourceError."""
    try:
        return _asked_again(request, path, limits)
    except httpx.InvalidURL:
        raise refusal(
            request, "is or leads to no address", "https://…", "an address that cannot be read", "Fix url in [refresh]."
        ) from None
    except _TooSlow:
        expected = f"all of it in {limits.whole:g} seconds"
        raise unanswered(request, "answers too slowly", expected, "less", "Try again later.") from None


def _asked_again(request: Request, path: Path, limits: Limits) -> Download | None:
    """Ask until there is an answer, with longer and longer pauses. Raises SourceError when there is none."""
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    with httpx.Client(timeout=timeout, follow_redirects=False, headers=request.headers(), trust_env=True) as client:
        for attempt in range(1, limits.attempts + 1):
            try:
                with _no_longer_than(limits.whole):
                    return _once(client, request, path, limits)
            except (Later, httpx.TransportError, httpx.DecodingError) as error:
                reason = str(error) or type(error).__name__
                if attempt == limits.attempts:
                    found, todo = f"{reason}, {attempt} times", "Try again later."
                    raise unanswered(request, "did not answer", "an answer", found, todo) from None
                time.sleep(
                    min(max(limits.pause * 2 ** (attempt - 1), getattr(error, "after", 0.0)), limits.longest_pause)
                )
    raise refusal(request, "was not asked", "at least one attempt", str(limits.attempts), "Fix the limits.")


def _once(client: httpx.Client, request: Request, path: Path, limits: Limits) -> Download | None:
    url = httpx.URL(request.url)
    for _ in range(limits.redirects + 1):
        with client.stream(request.method, url, content=request.body or None) as response:
            if response.status_code == 304 and request.conditional:
                return None
            if not response.has_redirect_location:
                check_response(response, request, limits)
                save_body(response, request, path, limits)
                told = [response.headers.get(name, "") for name in ("ETag", "Last-Modified", "Date", "Age")]
                return Download(path, _sayable(told[0]), _sayable(told[1]), day_answered(*told[2:]))
            url = _followed(url, response.headers["Location"], request)
    todo = "Give the last address."
    raise refusal(request, "sends from one address to the next", f"at most {limits.redirects} redirects", "more", todo)


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """An answer that drips, header after header, never outlasts a time limit for single reads: an alarm ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _sayable(text: str) -> str:
    """What can be sent back as a header of a request; nothing of the rest."""
    return text if text.isascii() and text.isprintable() and len(text) <= 500 else ""


def _followed(url: httpx.URL, location: str, request: Request) -> httpx.URL:
    """Where a redirect leads: the same host and port only, or from http to https on their usual ports; or to a host
    that the card names. A question that was sent along is not sent on."""
    target = url.join(location)
    if request.body:
        todo = "Give the last address."
        raise refusal(request, "sends a question on", "an answer", f"a redirect to {target.host}", todo)
    safer = (url.scheme, target.scheme, url.port, target.port) == ("http", "https", None, None)
    same = target.host == url.host and ((target.scheme, target.port) == (url.scheme, url.port) or safer)
    known = target.scheme == url.scheme and target.netloc.decode("ascii").casefold() in request.hosts
    if not (same or known) or target.userinfo:
        host, todo = (
            f"{target.scheme}://{target.netloc.decode()}",
            "If it is the publisher's, put the new address into [refresh].",
        )
        raise refusal(request, "sends to another host", f"{url.scheme}://{url.netloc.decode()}", host, todo)
    return target
