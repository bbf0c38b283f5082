"""What the server does while nobody asks: it loads and warms up after it is healthy, and looks for new data.

Nothing here imports pandas, Arrow or Altair before it is needed.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

LOOK = 3.0  # seconds between two looks at the data folder


async def load_later(load: Callable[[], None], loaded: asyncio.Event) -> None:
    """Load and warm up in a thread of its own, after the server has begun to be healthy."""
    await asyncio.sleep(0.05)
    loop = asyncio.get_running_loop()
    arguments = (load, lambda: loop.call_soon_threadsafe(loaded.set))
    threading.Thread(target=_load_and_warm, args=arguments, daemon=True).start()


def _load_and_warm(load: Callable[[], None], when_loaded: Callable[[], None]) -> None:
    """One thread imports, the others wait for it: where two import at once, Python may show one of them half of a
    module. Nothing is worked out beforehand where ``FIGURES_WARM_UP`` is ``no``.
    """
    try:
        load()
    finally:
        when_loaded()
    if os.environ.get("FIGURES_WARM_UP") != "no":
        warm_up()


async def look_after() -> None:
    """Look every few seconds whether the data folder has changed, also while nobody asks: else the first answers after
    a quiet night would be old.
    """
    while True:
        await asyncio.sleep(LOOK)
        await run_in_threadpool(_look)


def _look() -> None:
    from measures.store.shelf import open_shelf

    with suppress(Exception):  # a folder that cannot be read is told to whoever asks for a page
        open_shelf()


def warm_up() -> None:
    """Read every dataset, import what a chart needs and work out every map once, so that no reader pays for it."""
    import charts
    from measures.about.coverage import coverage_lines
    from measures.change import trend_fits
    from measures.change.revisions import warm_revisions
    from measures.claims.search import claims_card, filed
    from measures.maps.map import warm_maps
    from measures.store.shelf import open_shelf
    from routes.catalogues.descriptions import warm as warm_descriptions
    from routes.conditional import state_of

    shelf = open_shelf()
    state_of(shelf)
    charts.warm_charts()
    trend_fits.warm_models()
    for work in (warm_maps, warm_revisions):
        for _ in work(shelf):
            time.sleep(0.01)  # a reader who is already there goes first
    for place in shelf.places:
        coverage_lines(shelf, place)
        card = claims_card(shelf, place)
        if card and shelf.readable(card.name):
            filed(shelf, card.name)
    warm_descriptions(shelf)
