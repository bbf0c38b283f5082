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
SLOWEST = 60_000  # milliseconds until a page stands, on a machine that has other work too


@contextmanager
def serving(data: Path | None = None):
    """Start the dashboard on a free port, wait until it is healthy, and stop it at the end. It works nothing out before somebody asks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FIGURES_WARM_UP": "no", **({"FIGURES_DATA": str(data)} if data else {})}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
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
    """One reader's tab: what went wrong in it and, where it is watched (which costs a tenth of a second a page), what it asked other hosts for."""

    def __init__(
        self,
        browser,
        site: str,
        *,
        width: int = 1280,
        height: int = 2400,
        dark: bool = False,
        locale: str | None = "en-GB",
        watched: bool = False,
        zone: str = "",
    ):
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            accept_downloads=True,
            timezone_id=zone or None,
            color_scheme="dark" if dark else "light",
        )
        self.page = self.context.new_page()
        self.outside: list[str] | None = [] if watched else None
        self.errors: list[str] = []
        if watched:
            self.page.on("request", self._asks)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asks(self, request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.outside.append(request.url)

    def afresh(self) -> Visit:
        """The tab for another reader: nothing is left of the one before but the platform's scripts, which every visit would load again."""
        if self.page.url.startswith(self.site):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.outside = None if self.outside is None else []
        self.errors.clear()
        return self

    def open(self, address: str) -> Visit:
        self.page.goto(self.site + address, timeout=SLOWEST)
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the dashboard has taken over from the article, its foot stands and no run is going on."""
        self.page.wait_for_selector("#article", state="detached", timeout=SLOWEST)
        self.page.wait_for_selector("footer.foot", timeout=SLOWEST)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=SLOWEST)

    def chart(self) -> None:
        self.page.wait_for_selector(
            ".stVegaLiteChart svg .mark-line path, .stVegaLiteChart svg .mark-rule line, .stVegaLiteChart svg path",
            timeout=SLOWEST,
        )

    @property
    def words(self) -> str:
        return self.page.inner_text("[data-testid=stMain]")


@pytest.fixture(scope="session")
def tabs(browser, site):
    """A tab for each width and language of a browser, opened once: a new one would load and compile all of the platform's scripts again."""
    visits: dict[tuple, Visit] = {}

    def tab(**choices) -> Visit:
        key = tuple(sorted(choices.items()))
        if key not in visits:
            visits[key] = Visit(browser, site, **choices)
        return visits[key].afresh()

    yield tab
    for visit in visits.values():
        visit.context.close()


@pytest.fixture
def visit(tabs):
    """``visit(address)``: a reader who comes to the site by this address. The next one takes the same tab."""
    return lambda address="/", **choices: tabs(**choices).open(address)
