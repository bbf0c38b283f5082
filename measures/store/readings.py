"""What was read of the datasets of a shelf, each part once, and which datasets cannot be read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from loaders import Fault, FaultyInput, SourceError
from loaders.broken_off import reason_of, todo_of

if TYPE_CHECKING:
    from measures.store.shelf import Shelf

Content = TypeVar("Content")


class Readings:
    """Parts of datasets (a table, statements, boundaries), read when first asked for. Several threads may ask at once.

    ``faults``: by dataset, why it cannot be read; it stays so for this shelf, and a later shelf tries again.
    ``continued``: by dataset, why what is shown is what an earlier shelf had read.
    """

    def __init__(self, faults: dict[str, FaultyInput]):
        self.faults = faults
        self.continued: dict[str, FaultyInput] = {}
        self._parts: dict[tuple[str, str], object] = {}
        self._lock = threading.RLock()

    def part(self, dataset: str, name: str, read: Callable[[], Content]) -> Content:
        """A part as read before, or read now. Raises SourceError, also where the disk fails."""
        key = (dataset, name)
        if key in self._parts:
            return self._parts[key]
        if dataset in self.faults:
            raise self.faults[dataset]
        with self._lock:
            if key not in self._parts:
                try:
                    self._parts[key] = _guarded(dataset, read)
                except SourceError as error:
                    if dataset not in self.continued:
                        self.faults[dataset] = error
                    raise
        return self._parts[key]

    def has(self, dataset: str) -> bool:
        """Was anything of the dataset read?"""
        return any(name == dataset for name, _ in list(self._parts))

    def go_on_from(self, before: Readings, dataset: str) -> None:
        """Show what an earlier shelf read of a dataset, in the place of what cannot be read now."""
        with self._lock:
            self._parts |= {key: content for key, content in list(before._parts.items()) if key[0] == dataset}
            self.continued[dataset] = self.faults.pop(dataset)


def read_once(*kinds: str) -> Callable[[Callable[[Shelf, str], Content]], Callable[[Shelf, str], Content]]:
    """Work out a part of datasets of these kinds once for a shelf; it goes on where a dataset cannot be read any
    more."""

    def wrapped(work: Callable[[Shelf, str], Content]) -> Callable[[Shelf, str], Content]:
        @wraps(work)
        def part(shelf: Shelf, dataset: str) -> Content:
            return shelf.readings.part(dataset, work.__name__, lambda: work(shelf, dataset))

        for kind in kinds:
            _PARTS.setdefault(kind, []).append(part)
        return part

    return wrapped


def parts_of(kind: str) -> tuple[Callable[[Shelf, str], object], ...]:
    """Everything that is read once of a dataset of this kind, beside its table."""
    return tuple(_PARTS.get(kind, ()))


_PARTS: dict[str, list[Callable[[Shelf, str], object]]] = {}


def _guarded(dataset: str, read: Callable[[], Content]) -> Content:
    try:
        return read()
    except OSError as error:
        where, todo = str(error.filename or dataset), f"{todo_of(error)} A server at work tries again by itself."
        raise SourceError(dataset, [Fault(where, "cannot be read", "its bytes", reason_of(error), todo)]) from error
