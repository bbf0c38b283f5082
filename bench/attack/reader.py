"""A reader at another address, while somebody attacks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.raw import ask


@dataclass
class Reader:
    """Somebody at another address who asks for the front page again and again. ``worst``: the longest wait, in seconds;
    ``failed``: how often none came."""

    port: int
    worst: float = 0.0
    failed: int = 0
    requests: int = 0
    _done: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> None:
        while not self._done.wait(0.05):
            began = time.perf_counter()
            try:
                self.failed += ask(self.port, "/", headers=[("X-Forwarded-For", "198.51.100.1")]).status != 200
            except OSError:
                self.failed += 1
            self.requests += 1
            self.worst = max(self.worst, time.perf_counter() - began)

    def leave(self) -> None:
        self._done.set()


@contextmanager
def reading(port: int) -> Iterator[Reader]:
    """A reader beside the attack."""
    reader = Reader(port)
    thread = threading.Thread(target=reader)
    thread.start()
    try:
        yield reader
    finally:
        reader.leave()
        thread.join()
