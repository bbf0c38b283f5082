"""Processes that are killed at a moment that nobody chose, and what must be true of a data folder afterwards."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from disclosure.builds import current_build
from measures.figures.compute import Query, compute
from measures.store.shelf import Shelf
from tests.forked import begun, ended

QUERY = Query("simulated", "simulated_counts", ("area_001", "whole"), "group_01", "rolling_rate")


def duration(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes in a child when nobody disturbs it."""
    began = time.monotonic()
    assert ended(begun(work)) == 0
    return time.monotonic() - began


def moments(number: int, lasts: float, dice: random.Random) -> Iterator[float]:
    """So many moments of a work that lasts so long, one at random in each part of it and a little beyond its end."""
    for part in dice.sample(range(number), number):
        yield 1.1 * lasts * (part + dice.random()) / number


def killed(work: Callable[[], object], after: float) -> bool:
    """Begin ``work`` in a child and kill it after so many seconds; False where it had ended by itself before."""
    child = begun(work)
    handle = os.pidfd_open(child)
    try:
        if not select.select([handle], [], [], after)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(handle)
    return ended(child) == -signal.SIGKILL


def figures(root: Path) -> np.ndarray:
    """What a reader who comes now is shown."""
    return compute(QUERY, Shelf(root)).table["value"].to_numpy()


def whole_build(root: Path) -> str:
    """The name of the build that a reader gets, every file of which is the one that was written."""
    build = current_build(root)
    assert build.folder is not None and build.files
    assert all(build.path(name) for name in build.files)
    return build.folder.name


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def calm(said: str) -> str:
    """What a command said, which holds no trace of a stack and no kind of an exception."""
    assert not re.search(r'^(Traceback|\s+File "|\w*(Error|Exception)\b)', said, re.MULTILINE), said
    return said
