"""Work in a process of its own without a new interpreter: it may be killed, filled up or robbed of its rights."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable

MOST_SECONDS = 120  # after which a child ends itself, whatever it waits for


def forked(work: Callable[[], object]) -> int:
    """Begin ``work`` in a child; its process number. What it returns is its exit status."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    status = 99
    try:
        signal.alarm(MOST_SECONDS)
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
    return ended(forked(work))
