"""One page run as the server runs it, in this process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROUTER = Path(__file__).resolve().parents[2] / "pages" / "_router.py"

# A server looks once, at its start, for installed packages that bring components; AppTest would look anew for every page, for most of its time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def run(page: str, state: dict[str, str | list[str]]) -> AppTest:
    """The page after its run; ``state``: what its address holds."""
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    app.query_params.update(state)
    app.switch_page(f"{page}.py").run()
    assert not app.exception, (page, state, app.exception)
    return app


def sent(block):
    """The messages of a page to the browser, in order."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from sent(child)
        elif getattr(child, "proto", None) is not None:
            yield child
