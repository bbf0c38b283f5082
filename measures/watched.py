"""Has the data folder changed since it was read? Then it is read anew, beside the readers, and the new shelf takes the old one's place.

A look costs a few dozen file dates and happens every few seconds at most, whoever asks; no row is ever read for it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Made = TypeVar("Made")
SECONDS = 3.0  # between two looks
WATCHED = ("open/*/*/source.toml", "places/*.toml", "measures/*.toml", "site.toml", "disclosure.toml")
BUILT = "built/attack.json"  # the last file of a build


class Watched(Generic[Made]):
    """What ``make`` makes of a data folder. ``ready`` is done with a new one before readers get it."""

    def __init__(self, root: Path, make: Callable[[Path], Made], ready: Callable[[Made], object]):
        self._root, self._make, self._ready = root, make, ready
        self._stamp = self._refused = stamp(root)
        self._made = make(root)
        self._looked = time.monotonic()
        self._at_work = threading.Lock()

    def now(self) -> Made:
        """The newest that is ready. Never waits."""
        if time.monotonic() - self._looked >= SECONDS and self._at_work.acquire(blocking=False):
            self._looked = time.monotonic()
            found = stamp(self._root)
            building = BUILT in self._stamp and BUILT not in found
            if building or found in (self._stamp, self._refused):
                self._at_work.release()
            else:
                threading.Thread(target=self._renew, args=(found,), daemon=True).start()
        return self._made

    def _renew(self, found: dict) -> None:
        """Make it anew; what cannot be read, or has changed again meanwhile, leaves the old one in its place."""
        try:
            made = self._make(self._root)
            self._ready(made)
            if stamp(self._root) == found:
                self._made, self._stamp = made, found
        except Exception as error:
            self._refused = found
            print(f"the data folder has changed and cannot be read; what was read before goes on serving.\n{error}", file=sys.stderr)
        finally:
            self._at_work.release()


def stamp(root: Path) -> dict[str, tuple[int, int, int]]:
    """Path under ``root`` → when it was written, its size and its number on the disk, of everything that says what is published."""
    found = {}
    for path in (one for pattern in (*WATCHED, BUILT) for one in root.glob(pattern)):
        try:
            said = path.stat()
        except FileNotFoundError:
            continue
        found[path.relative_to(root).as_posix()] = (said.st_mtime_ns, said.st_size, said.st_ino)
    return found
