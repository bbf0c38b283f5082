"""The README's pictures of six pages in both languages: ``make screens``."""

from __future__ import annotations

import sys

from tests.browser.conftest import PROJECT, Visit, serving
from tests.browser.find import FLAGS, find_browser

PAGES = {
    "home": "/?",
    "notable": "/notable?",
    "trends": "/trends?category=robbery&area=E09000007&area=E09000022&",
    "map": "/map?",
    "district": "/district?area=E09000007&",
    "claims": "/claims?place=shanghai&",
}


def main() -> None:
    """Open every page at 1280 pixels and keep what the first screen shows."""
    from playwright.sync_api import sync_playwright

    target = PROJECT / "docs" / "screens"
    target.mkdir(parents=True, exist_ok=True)
    with serving() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, address in PAGES.items():
            for lang, ending in (("en", ""), ("zh", "-zh")):
                visit = Visit(browser, base).open(f"{address}lang={lang}")
                visit.page.set_viewport_size({"width": 1280, "height": 1080})
                visit.page.wait_for_timeout(2500)
                visit.page.screenshot(path=str(target / f"{name}{ending}.png"))
                visit.context.close()
        browser.close()


if __name__ == "__main__":
    if not find_browser():
        sys.exit("no Chromium on this machine")
    main()
