"""Servers behind the proxy as they are deployed: real processes on 127.0.0.1, the configuration of deploy/nginx."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from bench.raw import Answer, ask
from tests.deploy.find import find_nginx
from tests.waiting import until

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATE = PROJECT / "deploy" / "nginx" / "nginx.conf.template"
HOST = "figures.test"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Replica:
    """One server. ``environment``: beside that of the tests; ``log``: what it writes, of all its starts."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    metrics: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    def start(self) -> Replica:
        """Begin to start; ``ready`` says when it is there."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        own = {"FIGURES_METRICS": str(self.metrics), "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.address", "127.0.0.1"],
                cwd=PROJECT,
                env={**os.environ, "FIGURES_WARM_UP": "no", **own, **self.environment},
                stdout=log,
                stderr=log,
            )
        return self

    def ready(self) -> Answer:
        """What it says to whoever may send readers to it; status 0 while it does not answer."""
        try:
            return ask(self.port, "/_ready")
        except OSError:
            return Answer(0)

    def until_ready(self) -> Replica:
        until(lambda: self.ready().status == 200, lambda: self.process.poll() is None)
        return self

    def until_written(self) -> Replica:
        """The first page of a server may take longer, on a busy machine, than a reader waits for its article."""
        until(lambda: b'id="article"' in ask(self.port, "/").body, lambda: self.process.poll() is None)
        return self

    def end(self, how: int = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)


class Proxy:
    """nginx with the configuration that is deployed; ports, folders and the site's name are those of the test."""

    def __init__(self, folder: Path, replicas: list[Replica], twin: Path):
        self.folder, self.plain, self.port = folder, free_port(), free_port()
        self.access, self.errors = folder / "access", folder / "errors"
        (folder / "run").mkdir(parents=True)
        _certify(folder)
        names = {
            "SERVERS": " ".join(f"server 127.0.0.1:{each.port} max_fails=0;" for each in replicas),
            "HOST": HOST,
            "ORIGIN": f"https://{HOST}:{self.port}",
            "HTTP_PORT": f"127.0.0.1:{self.plain}",
            "HTTPS_PORT": f"127.0.0.1:{self.port}",
            "CERTIFICATES": folder,
            "TWIN": twin,
            "NOTICES": PROJECT / "deploy" / "nginx" / "notices",
            "RUN": folder / "run",
            "LOG_TO": self.access,
        }
        self.settings = folder / "nginx.conf"
        self.settings.write_text(filled(TEMPLATE.read_text("utf-8"), names), "utf-8")
        self.process: subprocess.Popen | None = None

    def start(self) -> Proxy:
        who = "user root; " if os.geteuid() == 0 else ""  # its workers must reach the folder of the test
        command = [find_nginx(), "-e", "stderr", "-c", str(self.settings), "-g", f"{who}daemon off;"]
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(command, stderr=errors)
        until(self.answers, lambda: self.process.poll() is None)
        return self

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2):
            return True
        return False

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)


def filled(text: str, names: dict[str, object]) -> str:
    """A template as envsubst fills it in, of our own names alone; nginx's own variables stay."""
    for name, value in names.items():
        text = text.replace(f"${{FIGURES_{name}}}", str(value))
    assert "${FIGURES_" not in text, "a name of the template is not filled in: the test must be brought up to date"
    assert Template(text)
    return text


def _certify(folder: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "site.key"), "-out", str(folder / "site.crt")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
