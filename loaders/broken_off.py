"""What a command says when the disk or a person stops it: one line with the reason and what to do."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STOPPED = 130  # exit status of a command that was told to stop, as shells have it
NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EPIPE))  # nothing can be written
_ROOM = "Free some space and run again."
_RIGHT = "Give the right to read and to write there, or run as who has it, and run again."
_TODO = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EROFS: "Mount the disk so that it can be written to, and run again.",
    errno.EACCES: _RIGHT,
    errno.EPERM: _RIGHT,
    errno.ENOENT: "Put it back, or name another, and run again.",
    errno.EISDIR: "Put the file back in the place of the folder, and run again.",
    errno.EPIPE: "Whoever read the answer went away; run again.",
}
_OTHER = "Look at the disk and run again."


def disk_words(error: OSError) -> str:
    """``FILE: why. What to do.`` The file is left out where the system names none."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{reason_of(error)}. {todo_of(error)}"


def reason_of(error: OSError) -> str:
    """Why, in the system's own words; libraries put words of their own into ``strerror``."""
    return os.strerror(error.errno) if error.errno else error.strerror or type(error).__name__


def todo_of(error: OSError) -> str:
    """What to do about it."""
    return _TODO.get(error.errno or 0, _OTHER)


def told(command: str, do: Callable[[], int], failed: int) -> int:
    """What ``do`` returns; ``failed`` with one line where the disk fails, STOPPED with one where a person or the system
    stops it. What it holds open is given back on the way.
    """
    try:
        with _stoppable():
            return do()
    except OSError as error:
        print(f"{command}: {disk_words(error)}", file=sys.stderr)
        return failed
    except KeyboardInterrupt:
        todo = "What was finished stands, what was not left nothing behind for readers; run it again."
        print(f"{command}: stopped before its end. {todo}", file=sys.stderr)
        return STOPPED


@contextmanager
def _stoppable() -> Iterator[None]:
    """The polite signal to end is taken like Ctrl-C, so that a command clears up what it had begun."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
