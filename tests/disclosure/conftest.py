"""The invented publisher's data folder, protected and built once; and copies of it that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from measures.build import build
from measures.shelf import Shelf

EXAMPLE = Path(__file__).parent / "example"
PACKAGE = "open/invented_publisher/invented_counts"


@pytest.fixture(scope="session")
def example_root(tmp_path_factory) -> Path:
    """The example as ``make data`` leaves it: protected, audited and built."""
    root = tmp_path_factory.mktemp("example") / "data"
    shutil.copytree(EXAMPLE, root)
    assert build(root) == 0
    return root


@pytest.fixture(scope="session")
def example(example_root) -> Shelf:
    return Shelf(example_root)


@pytest.fixture
def spoilt(example_root, tmp_path) -> Path:
    """A copy of the built example for a test to spoil."""
    root = tmp_path / "data"
    shutil.copytree(example_root, root)
    return root
