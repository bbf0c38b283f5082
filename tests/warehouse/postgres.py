"""A server of PostgreSQL in a folder of its own, on a port of this machine, and a proxy that writes down what passes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.waiting import until

SECRET = "s3cret-of-the-tests"


def programs() -> Path | None:
    """Where the newest server of this machine lies."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), Path(shutil.which("initdb") or "/none")]
    return next((path.parent for path in found if path.exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """A running server; its address. It refuses to be root, so it runs as its own user then."""
    own = {} if os.getuid() else {"user": "postgres", "group": "postgres", "extra_groups": []}
    with tempfile.TemporaryDirectory(prefix="postgres") as folder:
        password, data, port = Path(folder, "password"), Path(folder, "data"), free_port()
        password.write_text(SECRET, encoding="utf-8")
        if own:
            shutil.chown(folder, "postgres", "postgres")
            shutil.chown(password, "postgres", "postgres")
        first = ["-U", "keeper", f"--pwfile={password}", "-A", "scram-sha-256", "-N", "-D", data]
        words = [programs() / "initdb", *first, "-E", "UTF8", "--locale=C"]
        subprocess.run(words, check=True, capture_output=True, cwd="/", **own)
        yield from _running(data, port, own)


def _running(data: Path, port: int, own: dict) -> Iterator[str]:
    settings = ["-F", "-h", "127.0.0.1", "-p", str(port), "-k", str(data.parent), "-c", "shared_buffers=16MB"]
    words = [programs() / "postgres", "-D", data, *settings]
    running = subprocess.Popen(words, cwd="/", stderr=subprocess.DEVNULL, **own)
    try:
        asked = [programs() / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-t", "30"]
        until(lambda: not subprocess.run(asked, capture_output=True).returncode, lambda: running.poll() is None)
        yield f"postgres://keeper:{SECRET}@127.0.0.1:{port}/postgres"
    finally:
        running.terminate()
        running.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Wire:
    """A proxy before a server: ``sent`` and ``came`` hold every byte of either direction. ``cut`` ends all connections
    and refuses new ones until ``mend``."""

    def __init__(self, target: int):
        self.sent, self.came, self._target, self._open, self._whole = bytearray(), bytearray(), target, [], True
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.port = self._listens.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._whole = False
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._whole = True

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listens.accept()
                if not self._whole:
                    client.close()
                    continue
                upstream = socket.create_connection(("127.0.0.1", self._target))
                self._open += [client, upstream]
                for source, target, record in ((client, upstream, self.sent), (upstream, client, self.came)):
                    threading.Thread(target=self._pass, args=(source, target, record), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket, record: bytearray) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                record += piece
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
