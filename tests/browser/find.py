"""Which Chromium do the tests use? One already on the machine; else it is installed where that is allowed.

``python -m tests.browser.find`` is what ``make test`` runs first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    own = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return str(own[-1]) if own else None


def install_browser() -> None:
    """Debian's package as root, else Playwright's own download; a failure is left for the tests to say."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium", "fonts-noto-cjk"]):
            subprocess.run(
                ["apt-get", *words],
                check=False,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
    if not find_browser():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not find_browser():
        install_browser()
    browser = find_browser()
    print(f"browser: {browser or 'NONE: the browser tests will be skipped'}")
    if not browser and os.environ.get("REQUIRE_BROWSER"):
        sys.exit("REQUIRE_BROWSER is set and there is no Chromium")
