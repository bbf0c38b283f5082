"""The apps under measurement: started, watched and stopped, each as a process of its own on 127.0.0.1."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.table import OUT, PROJECT

APPS = {
    "ours": "app.py",
    "plain": "bench/apps/plain_app.py",
    "one_line": "bench/apps/one_line_app.py",
    "one_chart": "bench/apps/one_chart_app.py",
}
DEFAULTS = ("--server.headless=true", "--browser.gatherUsageStats=false")
LONGEST_START = 60.0


@dataclass(frozen=True)
class Server:
    """A running app. ``healthy``: seconds from the start of the process to its first healthy answer."""

    port: int
    process: subprocess.Popen
    healthy: float

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> float:
        """Resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1000

    def processor(self) -> float:
        """Processor seconds used so far; other processes on the machine do not count in it."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cores() -> list[int]:
    """The processor cores that this process may use."""
    return sorted(os.sched_getaffinity(0))


@contextmanager
def running(app: str, core: int | None = None, data: Path | None = None) -> Iterator[Server]:
    """Start an app, wait until it is healthy, stop it in the end. ``core``: the one processor core that it may use;
    ``data``: another data folder."""
    port = _free_port()
    began = time.perf_counter()
    process = _start(app, port, data)
    try:
        if core is not None:
            os.sched_setaffinity(process.pid, {core})
        yield Server(port, process, _wait(app, port, process, began))
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    """Ask a process to end, and end it where it does not."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _start(app: str, port: int, data: Path | None) -> subprocess.Popen:
    """Ours runs as ``make run`` starts it; the others from a folder without settings, so that Streamlit's own hold."""
    home = OUT / "home"
    apart = OUT / "plain"
    for folder in (home, apart):
        folder.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")} | {
        "HOME": str(home)
    }
    environment |= {"FIGURES_DATA": str(data)} if data else {}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(PROJECT / APPS[app]),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
    ]
    with (OUT / f"{app}.log").open("ab") as log:
        return subprocess.Popen(
            command if app == "ours" else [*command, *DEFAULTS],
            cwd=PROJECT if app == "ours" else apart,
            env=environment,
            stdout=log,
            stderr=log,
        )


def _wait(app: str, port: int, process: subprocess.Popen, began: float) -> float:
    while time.perf_counter() - began < LONGEST_START:
        if process.poll() is not None:
            raise RuntimeError(f"{APPS[app]} ended at its start; see {OUT / app}.log")
        if _is_healthy(port):
            return time.perf_counter() - began
        time.sleep(0.01)
    raise RuntimeError(f"{APPS[app]} was not healthy within {LONGEST_START:.0f} s; see {OUT / app}.log")


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
