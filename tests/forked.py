"""Work in a process of its own without a new interpreter: it may be killed, filled up or robbed of its rights.

A ``Forked`` begins where its imports have ended: one process imports, and every other is forked from it. ``in_child``
begins where the test stands.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import runpy
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

import pytest

from tests.waiting import LONGEST

_IMPORTED = [
    "loaders.refresh.command",
    "loaders.lint.check_place",
    "loaders.draft.new_place",
    "loaders.adopt",
    "measures.store.shelf",
    __name__,
]
_FORK = multiprocessing.get_context("forkserver")
_FORK.set_forkserver_preload(_IMPORTED)


class Forked:
    """``target(*arguments)`` with the data folder ``data``; ``target`` is a function of a module."""

    def __init__(self, data: Path, target: Callable[..., object], *arguments: object):
        reads, writes = _FORK.Pipe(duplex=False)
        self._process = _FORK.Process(target=_enter, args=(writes, str(data), target, arguments), daemon=True)
        with (
            pytest.MonkeyPatch.context() as patch
        ):  # a page that ran in this process has left itself there as the program to begin with
            patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
            self._process.start()
        writes.close()
        os.set_blocking(reads.fileno(), False)
        self._reads, self._read = reads, b""

    def printed(self) -> str:
        """What it has written so far, on either stream."""
        with suppress(BlockingIOError):
            while piece := os.read(self._reads.fileno(), 1 << 16):
                self._read += piece
        return self._read.decode("utf-8", "replace")

    def alive(self) -> bool:
        """Is it at work? A process that has failed says why: the test that waits for it fails with these words."""
        assert not self._process.exitcode, self.printed()
        return self._process.is_alive()

    def kill(self) -> int:
        self._process.kill()
        return self.ended()

    def ended(self) -> int:
        """Its exit status, below zero for a signal; a process that does not end is killed, and the test fails."""
        self._process.join(LONGEST)
        if self._process.exitcode is None:
            self._process.kill()
            raise AssertionError(f"the command did not end within {LONGEST} seconds")
        return self._process.exitcode


def _enter(writes: Connection, data: str, target: Callable[..., object], arguments: tuple) -> None:
    os.environ["FIGURES_DATA"] = data
    os.dup2(writes.fileno(), 1)
    os.dup2(writes.fileno(), 2)
    sys.stdout, sys.stderr = (os.fdopen(stream, "w", 1, "utf-8", closefd=False) for stream in (1, 2))
    target(*arguments)


def command(*arguments: str) -> None:
    """``python -m loaders`` with these arguments, as it is typed."""
    sys.argv = ["loaders", *arguments]
    runpy.run_module("loaders", run_name="__main__", alter_sys=True)


def command_within(limits: dict[int, int], *arguments: str) -> None:
    """The same with limits of the operating system, such as ``{resource.RLIMIT_DATA: 1 << 30}``: bytes of memory or of a file, seconds of work."""
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    command(*arguments)


def command_killed(step: int, *arguments: str) -> None:
    """The same, killed before the ``step``-th call that touches the disk for good."""
    left = [step]

    def deadly(real: Callable) -> Callable:
        def call(*given, **named):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return call

    os.fsync, os.replace, os.link = deadly(os.fsync), deadly(os.replace), deadly(os.link)
    command(*arguments)


def begun(work: Callable[[], object]) -> int:
    """Begin ``work`` in a child of this process, with all that it holds; the child's number. What ``work`` returns is its exit status."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    status = 99
    try:
        signal.alarm(LONGEST)
        status = int(work() or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """Wait for a child; its exit status, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def in_child(work: Callable[[], object]) -> int:
    """Both."""
    return ended(begun(work))
