"""An answer is made from one shelf from its mark to its last byte, and a kept copy is never confirmed by a shelf that says otherwise."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import suppress

import httpx
import pytest
from starlette.applications import Starlette

from loaders.data_folder import PROJECT
from measures.store.shelf import Shelf
from routes import boundaries, data, unasked
from routes.application import routes
from routes.catalogues import descriptions
from routes.conditional import state_of
from routes.unasked import look_after
from tests.conftest import copied
from tests.routes.conftest import alone

CASUALTIES = "/data/london/road_casualties"
EVERY = [
    *(f"{CASUALTIES}/latest.{form}" for form in ("csv", "json", "parquet", "csv-metadata.json")),
    f"{CASUALTIES}/provenance.json?area=E09000007&period=2010",
    f"{CASUALTIES}/latest.csv?area=x",
    "/data/london/datapackage.json",
    "/data/nothing",
    "/data/catalogue.json",
    "/data/catalogue.jsonld",
    "/data/openapi.json",
    "/data/releases.json",
    "/data/releases.atom",
]


def send(address: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=routes)), base_url="http://figures.test"
        ) as client:
            return await client.request(
                method, address, headers={name.replace("_", "-"): one for name, one in headers.items()}
            )

    return alone(asked())


@pytest.fixture(scope="module")
def shelves(tmp_path_factory) -> list[Shelf]:
    """The shelf of a folder, and the one after a title in it was changed."""
    copy = copied(tmp_path_factory.mktemp("changing"), built=True)
    before = Shelf(copy.root)
    copy.change_card("road_casualties", 'en = "', 'en = "Changed: ')
    return [before, Shelf(copy.root)]


@pytest.fixture
def changing(shelves, monkeypatch) -> list[Shelf]:
    """A server whose shelf changes with every question: the first is that of before, all others are the next one."""
    given = []

    def next_shelf() -> Shelf:
        given.append(shelves[min(len(given), 1)])
        return given[-1]

    monkeypatch.setattr(data, "open_shelf", next_shelf)
    monkeypatch.setattr(descriptions, "open_shelf", next_shelf)
    return given


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", EVERY)
def test_one_question_is_answered_from_one_shelf(address, method, changing):
    send(address, method)
    assert len(changing) == 1


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("address", [one for one in EVERY if not one.endswith(("area=x", "/nothing"))])
def test_a_copy_of_the_shelf_before_is_not_confirmed_by_the_next(address, changing):
    first = send(address)
    assert first.status_code == 200 and "Changed" not in first.text
    again = send(address, if_none_match=first.headers["etag"])
    assert again.status_code == 200 and again.headers["etag"] != first.headers["etag"]
    assert send(address, if_none_match=again.headers["etag"]).status_code == 304


def test_a_card_corrected_before_the_first_question_does_not_lend_its_mark_to_the_old_answer(served, monkeypatch):
    """The server starts, the card is corrected, and only then somebody asks: the answer is old, and so must be its mark."""
    old = Shelf(served.root)
    served.change_card("road_casualties", "ended = false", "ended = true")
    monkeypatch.setattr(data, "open_shelf", lambda: old)
    first = send(f"{CASUALTIES}/latest.json")
    assert first.json()["about"]["ended"] is False
    new = Shelf(served.root)
    monkeypatch.setattr(data, "open_shelf", lambda: new)
    second = send(f"{CASUALTIES}/latest.json", if_none_match=first.headers["etag"])
    assert (second.status_code, second.json()["about"]["ended"]) == (200, True)


def test_nothing_is_read_or_hashed_in_the_event_loop(served, monkeypatch):
    """Whoever opens the shelf, takes its state or reads boundaries does it in another thread, where no loop runs."""
    shelf, loops = Shelf(served.root), []

    def outside(work):
        def noted(*asked):
            with suppress(RuntimeError):
                loops.append(asyncio.get_running_loop())
            return work(*asked)

        return noted

    for module in (data, descriptions, boundaries):
        monkeypatch.setattr(module, "open_shelf", outside(lambda: shelf))
    monkeypatch.setattr("routes.conditional.state_of", outside(state_of))
    for name in ("read_request", "head_of", "tables_of", "provenance", "data_package", "csvw"):
        monkeypatch.setattr(data, name, outside(getattr(data, name)))
    described = {name: (outside(make), kind) for name, (make, kind) in descriptions.DESCRIPTIONS.items()}
    monkeypatch.setattr(descriptions, "DESCRIPTIONS", described)
    for address in (*EVERY, "/boundaries/london-x.topo.json"):
        send(address)
    assert loops == []


def test_the_folder_is_looked_after_while_nobody_asks(monkeypatch):
    """Else a quiet copy of the server would answer its first questions from the shelf of the night before."""
    looks = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 2:
            raise ValueError("a folder that cannot be read")

    monkeypatch.setattr(unasked, "LOOK", 0.01)
    monkeypatch.setattr("measures.store.shelf.open_shelf", look)

    async def quiet() -> None:
        task = asyncio.create_task(look_after())
        while len(looks) < 4:
            await asyncio.sleep(0.01)
        task.cancel()

    alone(asyncio.wait_for(quiet(), 20))


def test_the_description_says_what_a_busy_server_answers(shelf):
    said = json.loads(send("/data/openapi.json").text)
    for path in said["paths"].values():
        assert "Retry-After" in path["get"]["responses"]["503"]["headers"]


FIRST = """
import asyncio, sys
import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from routes.application import UnsafeAddresses, routes

found = set()

class Noting:
    def find_spec(self, name, path=None, target=None):
        if asyncio._get_running_loop() is not None and name.split(".")[0] in ("pandas", "pyarrow", "charts", "measures", "disclosure", "loaders"):
            found.add(name)

sys.meta_path.insert(0, Noting())

async def ask(address):
    transport = httpx.ASGITransport(Starlette(routes=routes, middleware=[Middleware(UnsafeAddresses)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://figures.test") as client:
        return (await client.get(address)).status_code

assert asyncio.run(ask(sys.argv[1])) in (200, 404)
print(sorted(found))
assert "pandas" in sys.modules and not found
"""


@pytest.mark.in_turn(1)
@pytest.mark.parametrize(
    "address", [f"{CASUALTIES}/latest.csv", "/data/openapi.json", "/boundaries/london-x.topo.json", "/data/%00.csv"]
)
def test_the_first_question_imports_nothing_in_the_event_loop(address):
    """There it would hold up every web socket, and meet the warm-up in modules that are half there: a 500, and no warm-up at all."""
    assert subprocess.run([sys.executable, "-c", FIRST, address], cwd=PROJECT, timeout=300).returncode == 0
