"""The data routes, asked as a reader's browser asks them, and a calendar that stands still."""

from __future__ import annotations

import os

import pytest

from layout.frame.footer import stale_words
from layout.frame.take_away import take_away
from tests.acceptance import pages
from tests.clock import it_is_today
from tests.routes.conftest import get

__all__ = ["get"]


@pytest.fixture(scope="session", autouse=True)
def today():
    """The age of a source and the day on which a sentence was read are those of one day."""
    with it_is_today(stale_words, take_away):
        yield


@pytest.fixture(scope="session", autouse=True)
def opened_once(tmp_path_factory):
    """What a page says is kept for all workers of a run: none opens what another has opened."""
    base = tmp_path_factory.getbasetemp()
    pages.shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "pages"
    pages.shared.mkdir(exist_ok=True)
    yield
    pages.shared = None
