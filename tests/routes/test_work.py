"""What is asked for under /data never stops the server: two extracts at once, in pieces, and what nobody reads takes no memory.

A real server in a process of its own, real sockets; memory is what the kernel says of that process.
"""

from __future__ import annotations

import io
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pyarrow.parquet as pq
import pytest

from routes.rules import RULES
from tests.routes.first_readers import WHOLE as WHOLE_PAGE
from tests.routes.first_readers import First, first_readers
from tests.routes.guarded import Guarded as Server
from tests.routes.guarded import guarded, rules_with

WHOLE = "/data/london/recorded_crime/latest"
VIEW = "?measure=recorded_crime&view=rate"
SMALL = "/data/london/road_casualties/latest"
ENDED = 60.0  # seconds until a test gives up
MB = 80.0  # by which memory may differ
AT_ONCE, COME_AGAIN = RULES.extracts.at_once, RULES.extracts.retry_seconds
WAIT, UNREAD = 1, 3  # seconds, where the rules say two and ten


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Iterator[tuple[Server, First, str]]:
    """The dashboard that warms up while its first readers come; what they got, and what it wrote down meanwhile."""
    folder = tmp_path_factory.mktemp("work")
    rules = rules_with(folder, {"extracts": {"wait_seconds": WAIT, "unread_seconds": UNREAD}})
    with guarded(folder / "server", rules, pause_at="charts.published.coverage", warm=True) as one:
        yield one, first_readers(one), one.words


def test_threads_that_start_together_see_no_half_of_a_module(fresh):
    """Python shows a thread half of a module where two wait for one another: the first file of a fresh server was a fault, and nothing was warmed up."""
    _, first, words = fresh
    assert first.files == [200, 200, 200, 404]
    without = [name for name, found in first.pages.items() if found < WHOLE_PAGE]
    assert without == [], "a page lacks its head or its foot"
    assert "Traceback" not in words, words[-2000:]


@pytest.fixture(scope="module")
def server(fresh) -> Server:
    """The same, when it has warmed up: its memory stands still."""
    one, *_ = fresh
    with httpx.Client(base_url=f"http://127.0.0.1:{one.port}", timeout=60) as client:
        (
            client.get("/data/openapi.json"),
            client.get(f"{WHOLE}.parquet{VIEW}"),
            client.get(f"{WHOLE}.json?category=robbery"),
        )
    seen = [0.0, settled(one)]
    assert until(lambda: seen.append(settled(one)) or abs(seen[-1] - seen[-2]) < 2, 90)
    return one


def settled(server: Server) -> float:
    server.at_rest()
    return server.memory()


def until(holds: Callable[[], bool], seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < ends:
        time.sleep(0.05)
    return held


@pytest.fixture
def web(server) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}", timeout=60, headers={"Accept-Encoding": "identity"}
    ) as client:
        yield client
    assert until(lambda: asked(server, f"{SMALL}.csv")[0] == 200, 30), "every test leaves the places free"


def ask(server: Server, address: str, method: str = "GET", more: str = "", small: bool = False) -> socket.socket:
    """A socket that has asked and not read."""
    one = socket.socket()
    if small:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.settimeout(60)
    one.connect(("127.0.0.1", server.port))
    one.sendall(
        f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n{more}\r\n".encode()
    )
    return one


def asked(server: Server, address: str, method: str = "GET") -> tuple[int, str, bytes]:
    """Status, head and body of an address that no client would write as it stands here."""
    data = b""
    with ask(server, address, method) as one:
        while part := one.recv(1 << 16):
            data += part
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), head.decode().lower(), body


@contextmanager
def unread(server: Server, number: int = AT_ONCE) -> Iterator[list[socket.socket]]:
    """Extracts that have begun, and of which nobody reads more than the beginning."""
    with ExitStack() as stack:
        held = [
            stack.enter_context(ask(server, f"{WHOLE}.json{VIEW}&from=2010-0{4 + one}", small=True))
            for one in range(number)
        ]
        for one in held:
            assert b" 200 " in one.recv(100)
        yield held


@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_whoever_finds_both_places_taken_is_told_when_to_come_again(form, server, web):
    with unread(server):
        answer = web.get(f"{SMALL}.{form}")
    assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (
        503,
        str(COME_AGAIN),
        "no-store",
    )
    words = {
        "csv": lambda: answer.text,
        "json": lambda: json.loads(answer.text)["error"],
        "parquet": lambda: pq.read_table(io.BytesIO(answer.content))["error"][0].as_py(),
    }[form]()
    assert f"again in {COME_AGAIN} seconds" in words


def test_what_takes_no_work_is_answered_while_both_places_are_taken(server, web):
    mark = web.get(f"{SMALL}.csv").headers["etag"]
    with unread(server):
        assert web.get(f"{SMALL}.csv", headers={"If-None-Match": mark}).status_code == 304
        assert web.head(f"{SMALL}.csv").status_code == 200
        assert web.get(f"{SMALL}.csv?area=x").status_code == 400
        assert web.get("/data/catalogue.json").status_code == 200
        assert web.get("/_stcore/health").status_code == 200


def test_a_place_is_free_when_its_reader_has_gone(server, web):
    with unread(server) as held:
        held[0].close()
        assert web.get(f"{SMALL}.csv").status_code == 200, (
            "within the wait, which is shorter than a place may be unread"
        )


def test_a_place_whose_reader_does_not_read_is_given_to_who_asks(server, web):
    with unread(server) as held:
        assert until(lambda: web.get(f"{SMALL}.csv").status_code == 200, ENDED)
        assert any(map(_ends, held)), "the answer that was left unread has ended without its last piece"


def _ends(one: socket.socket) -> bool:
    """Read what is there: does the answer break off? A whole one ends with an empty chunk."""
    last = b""
    one.settimeout(3)
    try:
        while part := one.recv(1 << 16):
            last = (last + part)[-5:]
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return last != b"0\r\n\r\n"


def test_a_reader_who_reads_keeps_his_place_to_the_last_byte(server, web):
    """Slowly, and while others ask for it."""
    with ask(server, f"{WHOLE}.csv?category=robbery", small=True) as one:
        data = one.recv(2000)
        ends = time.monotonic() + UNREAD + 2
        with unread(server, 1):
            while time.monotonic() < ends:
                web.get(f"{SMALL}.csv")
                data += one.recv(60_000)
            while part := one.recv(1 << 16):
                data += part
    assert data.endswith(b"0\r\n\r\n")


def test_sixty_answers_that_nobody_reads_take_no_memory(server, web):
    before, most = server.memory(), 0.0
    with ExitStack() as stack:
        for number in range(60):
            form = ("json", "csv", "parquet")[number % 3]
            stack.enter_context(ask(server, f"{WHOLE}.{form}{VIEW}&from=2010-{4 + number % 9:02}", small=True))
        for _ in range(5):  # until well after the first two have had their time and others have their places
            most = max(most, settled(server))
    assert most - before < MB
    assert until(lambda: settled(server) - before < MB, 20)


def test_sixty_unread_answers_one_after_another_take_no_memory(server, web):
    """Each is given a place, because the one before has gone."""
    before = server.memory()
    for number in range(60):
        with ask(server, f"{WHOLE}.json?from=2010-{4 + number % 9:02}", small=True) as one:
            one.recv(10)
    assert until(lambda: settled(server) - before < MB, 20)


def test_sixty_distinct_extracts_take_no_memory(server, web):
    before = server.memory()
    views, categories = (
        ("count", "rate", "rolling_rate", "index"),
        ("robbery", "burglary", "homicide", "theft", "arson_and_criminal_damage", "drug_offences"),
    )
    for number in range(58):
        chosen = f"view={views[number % 4]}&category={categories[number // 10]}&from={2021 + number // 12 % 4}-{number % 12 + 1:02}"
        assert (
            web.get(f"{WHOLE}.{('csv', 'json', 'parquet')[number % 3]}?measure=recorded_crime&{chosen}").status_code
            == 200
        )
    for number in range(2):
        assert web.get(f"{WHOLE}.parquet{VIEW}&from={2021 + number // 12}-{number % 12 + 1:02}").status_code == 200
    assert until(lambda: settled(server) - before < MB / 2, 20)


STRANGE = [
    "/data/../{0}",
    "/data/london/..%2f..%2f{0}",
    "/data/%00{0}",
    "/data/london/%2e%2e/{0}",
    "/data/london\\..\\{0}",
    "/data/a%00b.{0}",
]


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
@pytest.mark.parametrize("address", STRANGE)
def test_an_address_that_climbs_or_holds_a_null_byte_is_answered_in_the_promised_format(address, form, server):
    status, head, body = asked(server, address.format(f"x.{form}"))
    kinds = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
    assert status == 404 and f"content-type: {kinds[form]}" in head and "content-security-policy" in head
    assert b"/data/<place>/" in (
        pq.read_table(io.BytesIO(body))["error"][0].as_py().encode() if form == "parquet" else body
    )
    assert asked(server, address.format(f"x.{form}"), "POST")[0] == 405


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_a_part_asked_for_by_bytes_is_given_whole_and_head_promises_no_parts(form, web):
    whole, part = web.get(f"{SMALL}.{form}"), web.get(f"{SMALL}.{form}", headers={"Range": "bytes=0-10"})
    assert (part.status_code, part.content) == (200, whole.content)
    assert web.head(f"{SMALL}.{form}").headers["accept-ranges"] == whole.headers["accept-ranges"] == "none"
