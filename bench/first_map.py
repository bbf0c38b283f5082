"""How long until a reader who comes for the first time sees a map?"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, Playwright, sync_playwright

from bench.servers import Server, running
from bench.table import Row, beside_the_least
from bench.visitor import Visitor

REPEATS, MOST, LONGEST = 3, 1.3, 60.0
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
SEEN = {
    "ours": ("map", "path[aria-roledescription=geoshape]", 30),
    "plain": ("", "path[aria-roledescription=geoshape]", 30),
    "one_chart": ("", "[data-testid=stVegaLiteChart] .mark-line path", 1),
}
WATCH = """(() => {
  const look = () => {
    if (document.querySelectorAll(%r).length >= %d) window.benchSeen = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


def find_browser() -> str | None:
    """The system's Chromium or Chrome; None means Playwright's own."""
    return next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)


def measure() -> list[Row]:
    """Median of three, each in a profile of its own, on servers that have already shown the page once."""
    seconds: dict[str, list[float]] = {app: [] for app in SEEN}
    with ExitStack() as stack:
        servers = {app: stack.enter_context(running(app)) for app in SEEN}
        for app, server in servers.items():
            asyncio.run(_warm(server, SEEN[app][0]))
        playwright = stack.enter_context(sync_playwright())
        for _ in range(REPEATS):
            for app, server in servers.items():
                seconds[app].append(_visit(playwright, server, *SEEN[app]))
    middle = {app: median(values) for app, values in seconds.items()}
    return [beside_the_least("First map in a fresh browser", middle, "one_chart", MOST)]


async def _warm(server: Server, page: str) -> None:
    visitor = Visitor(server.port, page)
    await visitor.open()
    await visitor.close()


def _visit(playwright: Playwright, server: Server, page: str, selector: str, count: int) -> float:
    """Seconds from following the link to ``count`` marks on the page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        size = {"width": 1280, "height": 1600}
        context = playwright.chromium.launch_persistent_context(
            str(Path(profile)), executable_path=find_browser(), args=list(FLAGS), viewport=size, locale="en-GB"
        )
        try:
            tab = context.new_page()
            tab.add_init_script(WATCH % (selector, count))
            tab.goto(f"{server.address}/{page}", wait_until="commit")
            return _wait(tab)
        finally:
            context.close()


def _wait(tab: Page) -> float:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        seen = tab.evaluate("window.benchSeen || 0")
        if seen:
            return seen / 1000
        tab.wait_for_timeout(50)
    raise RuntimeError(f"nothing was drawn on {tab.url} within {LONGEST:.0f} s")
