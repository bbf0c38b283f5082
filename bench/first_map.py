"""How long until a reader who comes for the first time sees the first words, a map, and the dashboard?"""

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

REPEATS, LONGEST = 3, 60.0
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
LIVE = "path[aria-roledescription=geoshape]"
SEEN = {  # app → its page, what is its map, and how many marks that has; ours is first a picture and then the dashboard
    "ours": ("map", "#article .st-key-map path", 30),
    "stands": ("map", f"body:not(:has(#article)) {LIVE}", 30),
    "plain": ("", LIVE, 30),
    "one_chart": ("", "[data-testid=stVegaLiteChart] .mark-line path", 1),
}
ROWS = {  # what → what of ours, of how many times the one-chart app's
    "First words in a fresh browser": ("paint", 0.2),
    "First map in a fresh browser": ("map", 0.4),
    "Dashboard with its map in a fresh browser": ("stands", 1.2),
}
WATCH = """(() => {
  const look = () => {
    if (document.querySelectorAll(%r).length >= %d) window.benchSeen = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def find_browser() -> str | None:
    """The system's Chromium or Chrome; None means Playwright's own."""
    return next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)


def measure() -> list[Row]:
    """Medians of three, each in a profile of its own, on servers that have already shown the page once."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in SEEN}
    with ExitStack() as stack:
        servers = {app: stack.enter_context(running(app)) for app in ("ours", "plain", "one_chart")}
        for app, server in servers.items():
            asyncio.run(_warm(server, SEEN[app][0]))
        playwright = stack.enter_context(sync_playwright())
        for _ in range(REPEATS):
            for name in SEEN:
                seen[name].append(_visit(playwright, servers.get(name, servers["ours"]), *SEEN[name]))
    paint, drawn = ({name: median(pair[n] for pair in pairs) for name, pairs in seen.items()} for n in (0, 1))
    ours = {"paint": paint["ours"], "map": drawn["ours"], "stands": drawn["stands"]}
    rows = []
    for what, (name, most) in ROWS.items():
        others = paint if name == "paint" else drawn
        rows.append(beside_the_least(what, {**others, "ours": ours[name]}, "one_chart", most))
    return rows


async def _warm(server: Server, page: str) -> None:
    visitor = Visitor(server.port, page)
    await visitor.open()
    await visitor.close()


def _visit(playwright: Playwright, server: Server, page: str, selector: str, count: int) -> tuple[float, float]:
    """Seconds from following the link to the first words, and to ``count`` marks on the page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        size = {"width": 1280, "height": 1600}
        context = playwright.chromium.launch_persistent_context(
            str(Path(profile)), executable_path=find_browser(), args=list(FLAGS), viewport=size, locale="en-GB"
        )
        try:
            tab = context.new_page()
            tab.add_init_script(WATCH % (selector, count))
            tab.goto(f"{server.address}/{page}", wait_until="commit")
            marks = _wait(tab)
            return tab.evaluate(PAINT) / 1000, marks
        finally:
            context.close()


def _wait(tab: Page) -> float:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        paints = tab.evaluate(
            f"{PAINTED} ? window.benchSeen || 0 : 0"
        )  # marks are there a frame before they are painted
        if paints:
            return paints / 1000
        tab.wait_for_timeout(50)
    raise RuntimeError(f"nothing was drawn on {tab.url} within {LONGEST:.0f} s")
