"""A server that is killed: it wrote nothing, and the next one says the same; where it may not start, one line says why."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from bench.raw import ask
from disclosure.builds import HOME
from loaders.data_folder import PROJECT
from measures.__main__ import main as measures
from tests.deploy.find import find_nginx
from tests.deploy.proxied import Proxy
from tests.deploy.readers import Line, whole
from tests.faults.moments import calm, contents, killed
from tests.faults.test_kills import published_anew
from tests.forked import in_child
from tests.waiting import LONGEST, until

CSV = "/data/simulated/counts/latest.csv"


class Server:
    """The dashboard as a process of its own over a data folder. ``log``: what it writes, of all its starts."""

    def __init__(self, root: Path, log: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._environment = {**os.environ, "FIGURES_DATA": str(root), "FIGURES_WARM_UP": "no"}
        self.log = log

    def start(self) -> None:
        words = ["-m", "streamlit", "run", "app.py", "--server.port", str(self.port), "--server.address", "127.0.0.1"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words], cwd=PROJECT, env=self._environment, stdout=log, stderr=log
            )

    def until_healthy(self) -> None:
        until(self._answers, lambda: self.process.poll() is None)

    def _answers(self) -> bool:
        try:
            return ask(self.port, CSV).status == 200
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        assert self.process.wait(timeout=30) == -signal.SIGKILL, "it had not ended by itself"


def test_a_server_killed_at_its_start_and_among_readers_wrote_nothing_and_the_next_one_says_the_same(
    root, dice, tmp_path
):
    there = contents(root)
    server = Server(root, tmp_path / "log")
    for _ in range(4):
        server.start()
        try:
            server.process.wait(dice.random() * 1.5)
        except subprocess.TimeoutExpired:
            server.kill()
    try:
        server.start()
        server.until_healthy()
        told = ask(server.port, CSV)
        page = ask(server.port, "/trends?lang=en")
        assert page.status == 200 and b"Simulated place" in page.body
        the_proxy_gone(server, tmp_path, whole(told).body)
        server.kill()
        assert contents(root) == there
        server.start()
        server.until_healthy()
        again = ask(server.port, CSV)
        assert (again.body, again.headers["etag"]) == (told.body, told.headers["etag"])
        changes_under_readers(server, root, dice, told.body)
        calm(server.log.read_text("utf-8"))
    finally:
        server.process.kill()
        server.process.wait(LONGEST)


def the_proxy_gone(server: Server, folder: Path, told: bytes) -> None:
    """Killed with all its workers, as a service manager ends what is left of it, and begun again: it has lost nothing."""
    if not find_nginx():
        return  # tests/deploy says so, and fails where CI has none
    proxy = Proxy(folder / "proxy", [server], folder / "twin")
    line = Line(proxy.port, proxy.folder / "site.crt")
    try:
        for _ in range(2):
            proxy.start()
            assert line.ask(CSV).body == told
            workers = Path(f"/proc/{proxy.process.pid}/task/{proxy.process.pid}/children").read_text().split()
            for number in (proxy.process.pid, *map(int, workers)):
                os.kill(number, signal.SIGKILL)
            assert proxy.process.wait(timeout=30) == -signal.SIGKILL
            until(lambda: line.ask(CSV).status == 0)
        proxy.start()
        assert line.ask(CSV).body == told
    finally:
        proxy.end()


def changes_under_readers(server: Server, root: Path, dice, before: bytes) -> None:
    """While a build of other figures is killed, begun again and ends, readers get the one file or the other, whole."""
    published_anew(root, 5)
    for _ in range(3):
        killed(lambda: measures(["build"]), dice.random() * 0.4)
    assert in_child(lambda: measures(["build"])) == 0
    seen = {before}
    until(lambda: seen.add(ask(server.port, CSV).body) or len(seen) > 1)
    later = [ask(server.port, CSV).body for _ in range(5)]
    assert len(seen) == 2 and set(later) == seen - {before}
    assert (root / HOME).is_dir()
