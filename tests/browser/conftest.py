"""A real server on 127.0.0.1 and a real browser; one of each for the whole run of a worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.find import FLAGS, find_browser

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(data: Path | None = None):
    """Start the dashboard on a free port, wait until it is healthy, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **({"FIGURES_DATA": str(data)} if data else {})}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}/_stcore/health", process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the dashboard stopped before it was healthy")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the dashboard was not healthy within 30 seconds")


@pytest.fixture(scope="session")
def site():
    with serving() as base:
        yield base


@pytest.fixture(scope="session")
def browser():
    path = find_browser()
    if not path:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and there is no Chromium")
        warnings.warn("NO CHROMIUM FOUND: THE BROWSER TESTS ARE SKIPPED", stacklevel=1)
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """One reader's tab: what it asked other hosts for, and what went wrong in it."""

    def __init__(self, browser, site: str, *, width: int = 1280, locale: str = "en-GB"):
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": 2400}, locale=locale, accept_downloads=True)
        self.page = self.context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: None if request.url.startswith((site, "data:", "blob:")) else self.outside.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, address: str) -> Visit:
        self.page.goto(self.site + address)
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the foot of the page stands and no run is going on."""
        self.page.wait_for_selector("footer.foot", timeout=30000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30000)

    def chart(self) -> None:
        self.page.wait_for_selector(
            ".stVegaLiteChart svg .mark-line path, .stVegaLiteChart svg .mark-rule line, .stVegaLiteChart svg path", timeout=30000
        )

    @property
    def words(self) -> str:
        return self.page.inner_text("[data-testid=stMain]")


@pytest.fixture
def visit(browser, site):
    made: list[Visit] = []

    def start(address: str = "/", **choices) -> Visit:
        made.append(Visit(browser, site, **choices))
        return made[-1].open(address)

    yield start
    for one in made:
        one.context.close()
