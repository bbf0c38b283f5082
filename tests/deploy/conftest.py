"""Two servers over one folder behind the proxy; two releases, of which the second may take the place of the first."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders import data_folder
from measures.build import build
from tests.conftest import Copy, copied
from tests.deploy.find import find_nginx
from tests.deploy.proxied import Proxy, Replica
from tests.deploy.readers import Line
from tests.deploy.twin import write_twin
from tests.forked import Forked
from tests.routes.guarded import rules_with

SWITCH = 4.0  # seconds after which both servers take a release up
FEW = {"pictures": {"waiting": 2}, "extracts": {"wait_seconds": 0.2}}  # so that a test comes to the bounds soon


@dataclass(frozen=True)
class Site:
    """``current``: the link that both servers read; ``releases``: the folders that it may lead to."""

    replicas: list[Replica]
    proxy: Proxy
    line: Line
    current: Path
    releases: list[Path]

    def show(self, release: int) -> None:
        """Let a release take the place of what is shown, in one step, as docs/deploying.md has it."""
        fresh = self.current.with_name("fresh")
        fresh.symlink_to(self.releases[release])
        os.replace(fresh, self.current)


@pytest.fixture(scope="session")
def nginx() -> str:
    path = find_nginx()
    if not path:
        if os.environ.get("REQUIRE_PROXY"):
            pytest.fail("REQUIRE_PROXY is set and there is no nginx")
        warnings.warn("NO NGINX FOUND: THE TESTS OF THE DEPLOYMENT ARE SKIPPED", stacklevel=1)
        pytest.skip("no nginx on this machine")
    return path


def another(root: Path, folder: Path) -> Path:
    """The next release of the invented data, built: twice as many residents."""
    shutil.copytree(root, folder)

    def double(rows: list[list[str]]) -> None:
        for row in rows[1:]:
            row[2] = str(2 * int(row[2]))

    Copy(folder).spoil("invented_residents", double)
    shutil.rmtree(folder / "built")  # nothing of the release before it
    assert build(folder) == 0
    return folder


@pytest.fixture(scope="module")
def behind_proxy(nginx, example_root, tmp_path_factory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("deployed")
    releases = [home / "first", home / "second"]
    shutil.copytree(example_root, releases[0])
    current = home / "current"
    current.symlink_to(releases[0])
    environment = {
        "FIGURES_DATA": str(current),
        "FIGURES_SWITCH_AFTER": str(SWITCH),
        "FIGURES_LOG": "json",
        "FIGURES_DOOR": str(rules_with(home, FEW)),
    }
    replicas = [Replica(environment, home / f"server{number}.log") for number in (1, 2)]
    proxy = Proxy(home / "proxy", replicas, home / "twin")
    try:
        for replica in replicas:
            replica.start()
        another(example_root, releases[1])
        assert Forked(releases[0], write_twin, home / "twin").ended() == 0
        for replica in replicas:
            replica.until_ready().until_written()
        proxy.start()
        yield Site(replicas, proxy, Line(proxy.port, proxy.folder / "site.crt"), current, releases)
    finally:
        for process in (proxy, *replicas):
            process.end()


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[Replica]:
    """Another server over a copy of its own of all that is served, with other dates of its files."""
    copy = copied(tmp_path).root
    shutil.copytree(data_folder() / "built", copy / "built", copy_function=shutil.copyfile)
    replica = Replica({"FIGURES_DATA": str(copy)}, tmp_path / "log").start()
    try:
        yield replica.until_ready()
    finally:
        replica.end()
