"""A publisher on 127.0.0.1 for the tests of refresh."""

from __future__ import annotations

import pytest

from tests.loaders.publisher import BEFORE, dataset, publisher


@pytest.fixture
def made(tmp_path):
    """``made(*turns)`` starts a publisher and gives it with the folder of a dataset that has its address."""
    started = []

    def make(*turns, refresh=None):
        server = publisher(*turns)
        answers = server.__enter__()
        started.append(server)
        return answers, dataset(tmp_path / "data", answers.url, BEFORE, refresh)

    yield make
    for server in started:
        server.__exit__(None, None, None)
