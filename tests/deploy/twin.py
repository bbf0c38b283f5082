"""The static twin of a release, which lies below /_twin/ of the site; of its pages two, which are enough to be led to."""

from __future__ import annotations

from pathlib import Path

from layout.static_site.write import Plan, StaticSite
from measures.store.shelf import open_shelf
from tests.deploy.proxied import HOST


def write_twin(folder: Path) -> None:
    """Of the data folder of this process."""
    plan = Plan(folder, f"https://{HOST}/_twin", f"https://{HOST}", pages=("home", "trends"), areas=1)
    StaticSite(plan, open_shelf(), lambda line: None).write()
