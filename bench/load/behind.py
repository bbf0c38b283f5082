"""Servers of ours behind nginx, with the very settings that are deployed (deploy/nginx)."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers import Server, end, running
from bench.table import PROJECT

HOST = "figures.test"
DEPLOYED = PROJECT / "deploy" / "nginx"
LONGEST_START = 20.0


@dataclass(frozen=True)
class Site:
    """``port`` of the proxy; ``certificate``: whom to believe; ``nginx``: its first process."""

    port: int
    certificate: Path
    servers: list[Server]
    nginx: subprocess.Popen

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    def dial(self, number: int, patience: float = 20.0) -> ssl.SSLSocket:
        """A connection from the address of a reader."""
        plain = socket.create_connection(("127.0.0.1", self.port), patience, (address_of(number), 0))
        return self.trust().wrap_socket(plain, server_hostname=HOST)

    def processor(self) -> float:
        """Processor seconds of the servers so far."""
        return sum(server.processor() for server in self.servers)

    def processor_of_proxy(self) -> float:
        """Processor seconds of nginx and its workers so far."""
        return sum(map(_processor, [self.nginx.pid, *_children(self.nginx.pid)]))

    def memory(self) -> float:
        """Resident memory of the servers in MB."""
        return sum(server.memory() for server in self.servers)


def address_of(number: int) -> str:
    """The address of a reader by number: all of 127.0.0.0/8 is this machine, and bounds hold for each address."""
    return f"127.{1 + number // 60000}.{number // 250 % 240}.{2 + number % 250}"


@contextmanager
def behind_proxy(cores: Sequence[int]) -> Iterator[Site]:
    """A server on each of these processor cores, and the proxy before them."""
    with ExitStack() as stack:
        servers = [stack.enter_context(running("ours", core)) for core in cores]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="figures-load-")))
        port, plain = _free_port(), _free_port()
        _certify(folder)
        settings = folder / "nginx.conf"
        settings.write_text(_settings(folder, servers, port, plain), encoding="utf-8")
        who = "user root; " if os.geteuid() == 0 else ""  # its workers must reach the folder
        nginx = subprocess.Popen(
            [_program(), "-e", "stderr", "-c", str(settings), "-g", f"{who}daemon off;"],
            stderr=(folder / "errors").open("wb"),
        )
        stack.callback(end, nginx)
        _wait(port, nginx, folder / "errors")
        yield Site(port, folder / "site.crt", servers, nginx)


def _settings(folder: Path, servers: Sequence[Server], port: int, plain: int) -> str:
    """The template as envsubst fills it in, of our own names alone; nginx's own variables stay."""
    (folder / "run").mkdir()
    names = {
        "SERVERS": " ".join(f"server 127.0.0.1:{server.port} max_fails=0;" for server in servers),
        "HOST": HOST,
        "ORIGIN": f"https://{HOST}:{port}",
        "HTTP_PORT": f"127.0.0.1:{plain}",
        "HTTPS_PORT": f"127.0.0.1:{port}",
        "CERTIFICATES": folder,
        "TWIN": folder / "none",
        "NOTICES": DEPLOYED / "notices",
        "RUN": folder / "run",
        "LOG_TO": "/dev/null",
    }
    text = (DEPLOYED / "nginx.conf.template").read_text(encoding="utf-8")
    for name, value in names.items():
        text = text.replace(f"${{FIGURES_{name}}}", str(value))
    return text


def _certify(folder: Path) -> None:
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "site.key"), "-out", str(folder / "site.crt")]
    subprocess.run(["openssl", "req", "-x509", *kind, *names, *files], check=True, capture_output=True)


def _program() -> str:
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not path:
        raise RuntimeError("there is no nginx on this machine: install Debian's nginx-light")
    return path


def _wait(port: int, nginx: subprocess.Popen, errors: Path) -> None:
    ends = time.monotonic() + LONGEST_START
    while time.monotonic() < ends and nginx.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nginx did not start: {errors.read_text('utf-8', 'replace')[-500:]}")


def _children(parent: int) -> list[int]:
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(number) for number in told.split()]


def _processor(number: int) -> float:
    fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
