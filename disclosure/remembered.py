"""What was worked out of a shelf or a table is remembered with it: up to so many bytes, once for all who ask, and
unchangeable.

``@remembered()`` stands before a function one of whose parameters is a Shelf, a SafeTable or a Funnel; the other
arguments are the key and must be hashable. Results are kept on that very object and go with it, the least recently
asked first when they take more than ``most`` bytes. Who asks for what is being worked out waits for it; nothing is kept
of a failure. Arrays are made read-only, lists become tuples, dicts refuse every change, and a frame is handed out as a
copy on write (of a dataclass by ``Frame``), so that no caller can spoil it for the rest. ``work.afresh`` is the
function itself, for those who ask for so much, or so seldom, that it should not be kept; ``work.held`` gives what is
remembered, and None where it would have to be worked out.
"""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache, wraps
from typing import Any

import numpy as np
import pandas as pd
from cachetools import LRUCache

KEEPERS = ("Shelf", "SafeTable", "Funnel")
MB = 1 << 20
_HERE = "_remembered"  # the name under which an object keeps what is remembered of it
# whose objects are held elsewhere anyway
_SHARED = ("loaders", "disclosure", "measures.store.shelf", "measures.lines.query")
_PLAIN = frozenset((str, bytes, int, float, bool, type(None)))
_OBJECT = 200  # bytes of a frame, an array or an object beside what it holds
_LOOKED_AT = 16  # items of a long list; the others are taken to be as large as these
MOST: dict[str, int] = {}  # name of each function that is remembered → most bytes on one shelf, table or funnel


def remembered(most: int = 4 * MB) -> Callable[[Callable], Callable]:
    """Remember what the function gives, up to ``most`` bytes on each shelf, table or funnel; a larger result is
    remembered alone."""

    def wrapped(work: Callable) -> Callable:
        name, number = _keeper(work)
        key_of_work = f"{work.__module__}.{work.__qualname__}"
        MOST[key_of_work] = most

        @wraps(work)
        def recalled(*args, **named):
            keeper = args[number] if number < len(args) else named[name]
            memories = keeper.__dict__.get(_HERE) or keeper.__dict__.setdefault(_HERE, {})
            memory = memories.get(key_of_work) or memories.setdefault(key_of_work, _Memory(most))
            return memory.get(_key(args, named, number, name), work, args, named)

        recalled.afresh = work
        recalled.held = lambda *args: _held(
            args[number].__dict__.get(_HERE, {}).get(key_of_work), _key(args, {}, number, name)
        )
        return recalled

    return wrapped


class Frame:
    """A field of a dataclass that holds a frame: whoever reads it gets a copy on write."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, holder: Any, owner: type) -> pd.DataFrame:
        if holder is None:
            raise AttributeError(self._name)  # so that the field has no default
        return holder.__dict__[self._name].copy(deep=False)

    def __set__(self, holder: Any, frame: pd.DataFrame) -> None:
        holder.__dict__[self._name] = frame


class _Memory:
    """The results of one function on one object. Several threads may ask at once."""

    def __init__(self, most: int):
        self._kept, self._lock = LRUCache(most, getsizeof=lambda result: min(size_of(result), most)), threading.Lock()
        self._at_work: dict[tuple, threading.RLock] = {}

    def get(self, key: tuple, work: Callable, args: tuple, named: dict):
        try:
            with self._lock:
                result = self._kept[key]
        except KeyError:
            result = self._work(key, work, args, named)
        return result.copy(deep=False) if isinstance(result, pd.DataFrame | pd.Series) else result

    def held(self, key: tuple):
        """The result where it is remembered, else None."""
        with self._lock:
            return self._kept.get(key)

    def _work(self, key: tuple, work: Callable, args: tuple, named: dict):
        with self._lock:
            turn = self._at_work.setdefault(key, threading.RLock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                result = unchangeable(work(*args, **named))
                with self._lock:
                    self._kept[key] = result
            finally:
                with self._lock:
                    self._at_work.pop(key, None)
        return result


def _held(memory: _Memory | None, key: tuple):
    return memory and memory.held(key)


class Fixed(dict):
    """A dict that cannot be changed."""

    def _refused(self, *args, **named):
        raise TypeError("what is remembered cannot be changed: take a copy with dict(...)")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refused


def unchangeable(result):
    """The same with read-only arrays, tuples for lists and dicts that refuse changes; frames are copied when they are
    handed out."""
    if isinstance(result, np.ndarray):
        result.setflags(write=False)
    elif type(result) is dict:
        return Fixed({key: unchangeable(value) for key, value in result.items()})
    elif type(result) in (list, tuple):
        return tuple(map(unchangeable, result))
    elif is_dataclass(result) and not _is_shared(result):
        for column in fields(result):
            if isinstance(value := getattr(result, column.name), np.ndarray):
                value.setflags(write=False)
    return result


def size_of(result) -> int:
    """How many bytes a result takes, about; what it only points to (cards, places, tables, the texts in arrays) is held
    elsewhere. Of a long list of texts or small objects (the rows of a table, the tiles of a map) a few are looked
    at."""
    return round(_size_of(result, set()))


def _size_of(result, seen: set[int]) -> float:
    total, left = 0.0, [result]
    while left:
        value = left.pop()
        kind = type(value)
        if kind in _PLAIN:
            total += sys.getsizeof(value)
        elif id(value) not in seen and not _is_shared(value):
            seen.add(id(value))
            if kind in (tuple, list) and _is_long_and_alike(value):
                total += sys.getsizeof(value) + _size_of_some(value, seen)
            else:
                total += _own_size(value, left)
    return total


def _is_long_and_alike(values: Sequence) -> bool:
    """Are these many items of one kind that is no array or frame, whose sizes differ widely?"""
    return (
        len(values) > 2 * _LOOKED_AT
        and len(set(map(type, values))) == 1
        and not isinstance(values[0], pd.DataFrame)
        and not hasattr(values[0], "nbytes")
    )


def _size_of_some(values: Sequence, seen: set[int]) -> float:
    """The bytes of all, from items evenly spread."""
    some = values[:: max(len(values) // _LOOKED_AT, 1)]
    return sum(_size_of(value, seen) for value in some) * len(values) / len(some)


def _own_size(result, left: list) -> int:
    """The bytes of a value alone; what it holds is added to what is ``left`` to be looked at."""
    kind = type(result)
    if kind is pd.DataFrame:
        return _OBJECT + (
            8 * result.size
            if all(isinstance(each, np.dtype) for each in result.dtypes)
            else int(result.memory_usage().sum())
        )
    if isinstance(size := getattr(result, "nbytes", None), int):  # arrays, columns, Arrow's tables, pictures
        return _OBJECT + size
    size = sys.getsizeof(result, _OBJECT)
    if isinstance(result, dict):
        left += [*result, *result.values()]
    elif isinstance(result, tuple | list | set | frozenset):
        left += result
    else:
        left += getattr(result, "__dict__", {}).values()
    return size


def _is_shared(value) -> bool:
    return _of_shared_kind(type(value)) or isinstance(value, type)


@lru_cache(maxsize=1024)
def _of_shared_kind(kind: type) -> bool:
    return kind.__module__.startswith(_SHARED) and not issubclass(kind, Fixed)


def _keeper(work: Callable) -> tuple[str, int]:
    """Name and number of the parameter that what is worked out is kept on."""
    parameters = enumerate(inspect.signature(work).parameters.items())
    return next((name, number) for number, (name, parameter) in parameters if parameter.annotation in KEEPERS)


def _key(args: tuple, named: dict, number: int, name: str) -> tuple:
    rest = args[:number] + args[number + 1 :]
    return (*rest, *sorted((key, value) for key, value in named.items() if key != name)) if named else rest
