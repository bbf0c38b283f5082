"""What the tests share: the shelf of the real data, opened once, and copies of the data that a test may spoil."""

from __future__ import annotations

import csv
import fcntl
import gc
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from loaders import Fault, SourceCard, SourceError, data_folder, read_card
from loaders.places.boundaries import read_boundaries
from measures.build import build
from measures.claims.collection import claims_table
from measures.store.shelf import Shelf, open_shelf
from tests.sampling import in_turn

settings.register_profile("rules", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("rules")


# Files that take longest, and browser tests, which wait as much as they work: begun first, so that neither of two workers is left alone at the end.
LONGEST = (
    "browser/test_every_page.py",
    "deploy/",
    "loaders/test_lint.py",
    "routes/test_work.py",
    "routes/test_hostile.py",
    "faults/",
    "field/test_grid.py",
    "loaders/test_every_fault.py",
    "field/",
    "browser/",
    "pages/test_no_hidden_byte.py",
    "test_every_sentence.py",
    "acceptance/",
    "loaders/",
    "routes/",
    "disclosure/",
    "gate/",
    "test_every_",
    "measures/",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-case", action="store_true", help="every combination of what tests are tried with")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The cases that are tried, whole files in the order of ``LONGEST``; within a file nothing changes its place."""
    if not config.getoption("--every-case"):
        kept = in_turn(items)
        tried = set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item not in tried])
        items[:] = kept
    folder = Path(__file__).parent
    names = {
        path: path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        for path in {item.path for item in items}
    }
    place = {
        path: next((n for n, start in enumerate(LONGEST) if name.startswith(start)), len(LONGEST))
        for path, name in names.items()
    }
    items.sort(key=lambda item: place[item.path])


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end: the collector of garbage need not look at it again."""
    gc.freeze()


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The shelf of the real data; the routes use the same one."""
    return open_shelf()


@pytest.fixture(scope="session")
def site():
    """The dashboard on a port of this machine, one for all tests of a worker that only read from it; its address."""
    from tests.browser.conftest import serving

    with serving() as base:
        yield base


class Copy:
    """A copy of the whole data folder. A spoilt file is recorded anew in its card, so that only the fault under test is left."""

    def __init__(self, root: Path):
        self.root = root

    def card(self, dataset: str) -> SourceCard:
        return read_card(self.card_path(dataset))

    def card_path(self, dataset: str) -> Path:
        return next(self.root.glob(f"open/*/{dataset}/source.toml"))

    def spoil(self, dataset: str, change: Callable[[list[list[str]]], None], release: int = -1) -> None:
        """Change the rows of a release's file (row 0 = headings) and record its new bytes."""
        path = self._file(dataset, release)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        self.record(dataset, release)

    def write(self, dataset: str, data: bytes, release: int = -1) -> None:
        """Put other bytes in the place of a release's file; the card still has the old ones."""
        self._file(dataset, release).write_bytes(data)

    def record(self, dataset: str, release: int = -1) -> None:
        entry = self.card(dataset).releases[release]
        digest = hashlib.sha256(self._file(dataset, release).read_bytes()).hexdigest()
        self.change_card(dataset, entry.sha256, digest)

    def change_card(self, dataset: str, old: str, new: str) -> None:
        path = self.card_path(dataset)
        text = path.read_text(encoding="utf-8")
        assert old in text, f"the card of {dataset} has no {old!r}: the test must be brought up to date"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def change_place(self, name: str, old: str, new: str) -> None:
        path = self.root / "places" / f"{name}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name}.toml has no {old!r}: the test must be brought up to date"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def change_outlines(self, dataset: str, old: str, new: str) -> None:
        """Change the text of boundaries and record the new bytes."""
        path = self._file(dataset, -1)
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        self.record(dataset)

    def faults(self, dataset: str) -> tuple[Fault, ...]:
        """What is wrong with a dataset, found on the way that a reader of the site takes."""
        with pytest.raises(SourceError) as error:
            read(Shelf(self.root), dataset)
        return error.value.faults

    def _file(self, dataset: str, release: int) -> Path:
        card = self.card(dataset)
        return card.folder / card.releases[release].file


def read(shelf: Shelf, dataset: str):
    """Read a dataset of any kind. Raises SourceError."""
    if dataset in shelf.faults:
        raise shelf.faults[dataset]
    card = shelf.cards[dataset]
    if card.kind == "boundaries":
        return read_boundaries(card, shelf.places[card.place])
    return claims_table(shelf, dataset) if card.kind in ("claims", "register") else shelf.table(dataset)


def copied(folder: Path, built: bool = False) -> Copy:
    """A copy of the data folder under ``folder``; ``built``: with what the build made, as a server has it."""
    root = folder / "data"
    shutil.copytree(data_folder(), root, ignore=shutil.ignore_patterns("built"))
    if built:
        (root / "built").symlink_to(data_folder() / "built", target_is_directory=True)
    return Copy(root)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the data folder (without what was built) in a folder of its own."""
    return copied(tmp_path)


@pytest.fixture(scope="session")
def judged_shares(tmp_path_factory) -> Shelf:
    """The data with shares that count as a sample: their changes are judged."""
    root = copied(tmp_path_factory.mktemp("judged"), built=True).root
    path = root / "measures" / "online_uptake.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("full_counts = true\n", ""), encoding="utf-8")
    return Shelf(root)


@pytest.fixture
def served(tmp_path: Path) -> Copy:
    """A copy with what the build made: what a test spoils is read anew from its file, the rest is not."""
    return copied(tmp_path, built=True)


EXAMPLE = Path(__file__).parent / "disclosure" / "example"
PACKAGE = "open/invented_publisher/invented_counts"


@pytest.fixture(scope="session")
def example_root(tmp_path_factory) -> Path:
    """The example as ``make data`` leaves it: protected, audited and built, once for all workers of a run."""
    home = tmp_path_factory.getbasetemp()
    home = home.parent if "PYTEST_XDIST_WORKER" in os.environ else home
    root, stamp = home / "example" / "data", home / "example" / "made"
    root.parent.mkdir(exist_ok=True)
    with (home / "example" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists():
            shutil.copytree(EXAMPLE, root)
            assert build(root) == 0
            stamp.touch()
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
