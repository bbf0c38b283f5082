"""The dashboard as a server under watch: its log, its memory, its descriptors and every connection that it opens to elsewhere."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from bench.raw import ask

PROJECT = Path(__file__).resolve().parents[2]
WATCH = '''"""Writes down every address that this process connects to or looks up."""
import os, sys, time
out = os.open(os.environ["OUTGOING"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto", "socket.getnameinfo")
sys.addaudithook(lambda event, args: os.write(out, f"{event} {args[-1] if event == 'socket.connect' else args}\\n".encode()) if event in WATCHED else None)

def pause(event, args):
    if event == "import" and args[0] == os.environ.get("PAUSE_AT"):  # its folder is being imported by this thread: others may come now
        os.environ.pop("PAUSE_AT")
        open(os.environ["OUTGOING"] + ".paused", "w").close()
        time.sleep(1)
if os.environ.get("PAUSE_AT"):
    sys.addaudithook(pause)
'''


@dataclass(frozen=True)
class Guarded:
    """A running dashboard. ``log``: what it writes; ``outgoing``: one line for each connection or look-up that it begins."""

    port: int
    process: subprocess.Popen
    log: Path
    outgoing: Path

    @property
    def words(self) -> str:
        return self.log.read_text("utf-8", "replace")

    @property
    def calls(self) -> list[str]:
        return self.outgoing.read_text("utf-8").splitlines()

    def memory(self) -> float:
        """Resident memory in MB."""
        return int(self._status("VmRSS").split()[0]) / 1000

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def processor(self) -> float:
        """Processor seconds used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def is_healthy(self) -> bool:
        return self.process.poll() is None and ask(self.port, "/_stcore/health").body == b"ok"

    def at_rest(self) -> None:
        """Come back when the server has nothing left to do: it used next to no processor for a second. Raises TimeoutError after two minutes."""
        for _ in range(120):
            before = self.processor()
            time.sleep(1)
            if self.processor() - before < 0.05:
                return
        raise TimeoutError("the server does not come to rest")

    def _status(self, name: str) -> str:
        return Path(f"/proc/{self.process.pid}/status").read_text().split(f"{name}:")[1].split("\n")[0]


def watching(folder: Path) -> dict[str, str]:
    """The environment in which a Python process writes down its outgoing connections; they stand in ``folder/outgoing``."""
    (folder / "watch").mkdir(parents=True)
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, "utf-8")
    (folder / "outgoing").touch()
    return {**os.environ, "PYTHONPATH": str(folder / "watch"), "OUTGOING": str(folder / "outgoing")}


def rules_with(folder: Path, changes: dict[str, dict[str, float]]) -> Path:
    """The rules of the door with other numbers in some of their sections."""
    rules = tomlkit.parse((PROJECT / "routes" / "door.toml").read_text("utf-8"))
    for section, numbers in changes.items():
        assert numbers.keys() <= rules[section].keys(), "the test must be brought up to date"
        rules[section].update(numbers)
    path = folder / "rules.toml"
    path.write_text(tomlkit.dumps(rules), "utf-8")
    return path


@contextmanager
def guarded(
    folder: Path,
    rules: Path | None = None,
    descriptors: int = 0,
    address: str = "127.0.0.1",
    options: tuple[str, ...] = (),
    pause_at: str = "",
    warm: bool = False,
):
    """Start the dashboard under watch. ``rules``: other rules of the door; ``descriptors``: all that the system gives; ``warm``: it works out beforehand what readers may want, as ours do; '' binds no address; ``pause_at``: the module before whose first import it waits."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = (
        watching(folder)
        | ({} if warm else {"FIGURES_WARM_UP": "no"})
        | ({"FIGURES_DOOR": str(rules)} if rules else {})
        | ({"PAUSE_AT": pause_at} if pause_at else {})
    )
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    command += ["--server.address", address] if address else []
    limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))) if descriptors else None
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log, preexec_fn=limit)
    server = Guarded(port, process, folder / "log", folder / "outgoing")
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(server: Guarded) -> None:
    for _ in range(600):
        if server.process.poll() is not None:
            raise RuntimeError(f"the dashboard stopped before it was healthy: {server.words[-2000:]}")
        try:
            if server.is_healthy():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the dashboard was not healthy within a minute")
