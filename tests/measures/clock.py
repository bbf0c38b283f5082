"""A watch over a data folder whose clock the test sets, and which does its work at once instead of in the background."""

from __future__ import annotations

from pathlib import Path

from measures.store import reload
from measures.store.continued import unread
from measures.store.reload import Watched
from measures.store.shelf import Shelf, renew


class Clock:
    """A clock that a test sets, in the place of the machine's."""

    def __init__(self):
        self.time = 1000.0

    def monotonic(self) -> float:
        return self.time


class Looked:
    """A data folder as readers see it who come so many seconds one after the other."""

    def __init__(self, root: Path, monkeypatch, make=Shelf):
        self._clock = Clock()
        monkeypatch.setattr(reload, "time", self._clock)
        self._watched = Watched(root, make, renew, unread, lambda work: work())

    def after(self, seconds: float) -> Shelf:
        self._clock.time += seconds
        return self._watched.now()
