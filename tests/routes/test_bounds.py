"""Bounds of what concerns connections: heads, silence, unread answers, readers and descriptors."""

from __future__ import annotations

import re
import resource
import select
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.raw import ask, closed_with, connect, frame, open_socket, opening, parsed, request, talk
from routes.connections.transport import BoundedHttp, BoundedSocket, raise_descriptors
from routes.rules import RULES, read_rules
from tests.routes.guarded import guarded, rules_with

RERUN = BackMsg(rerun_script={"query_string": "lang=en"}).SerializeToString()
SHORT = {"socket": {"first_seconds": 1}, "connection": {"head_seconds": 1, "unread_seconds": 2}}
DESCRIPTORS = 600  # 600 − 484 that are spoken for: 19 readers, half of them from one address
LARGE = "/data/london/recorded_crime/latest.json"
ENDED = 30.0  # seconds until a test gives up


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """A server that waits a second or two where the rules say ten to thirty."""
    folder = tmp_path_factory.mktemp("hasty")
    with guarded(folder / "server", rules_with(folder, SHORT)) as found:
        yield found


@pytest.fixture(scope="module")
def narrow(tmp_path_factory):
    """A server on a system that gives few descriptors."""
    with guarded(tmp_path_factory.mktemp("narrow"), descriptors=DESCRIPTORS) as found:
        yield found


def is_ended(client: socket.socket) -> bool:
    """Has the other side ended the connection, within the time of a test? What it still sends is read and dropped."""
    client.settimeout(ENDED)
    try:
        while client.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


UNFINISHED = [
    b"",
    b"G",
    b"\r\n",
    b"GET / HTTP/1.1\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX-A: half",
    opening()[:-4],
    b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\n\r\nGET / HT",
    b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\n\r\n\r\n",
    b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf",
]


@pytest.fixture(scope="module")
def unfinished(hasty):
    """Connections that sent a part of a head, all at once: they wait beside one another."""
    with ExitStack() as stack:
        clients = {sent: stack.enter_context(connect(hasty.port)) for sent in UNFINISHED}
        for sent, client in clients.items():
            client.sendall(sent)
        yield clients


@pytest.mark.parametrize("sent", UNFINISHED)
def test_a_head_that_does_not_come_to_its_end_ends_the_connection(sent, unfinished):
    assert is_ended(unfinished[sent])


def test_a_head_that_comes_drop_by_drop_ends_all_the_same(hasty):
    with connect(hasty.port) as client:
        poll = select.poll()
        poll.register(client, select.POLLIN | select.POLLHUP | select.POLLERR)
        for sign in b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 300:
            if poll.poll(100):
                break
            client.send(bytes([sign]))
        else:
            pytest.fail("a head may come for ever")


@pytest.mark.parametrize("size", [40_000, 20_000_000])
@pytest.mark.parametrize("where", ["header", "address", "many", "name", "socket"])
def test_a_head_of_more_than_32_kb_is_refused_before_it_is_kept(where, size, hasty):
    big = "a" * size
    data = {
        "header": request("/", headers=[("X-A", big)]),
        "address": request(f"/?{big}"),
        "name": request("/", headers=[(big, "a")]),
        "many": request("/", headers=[("X", "y" + "\r\nX: y" * (size // 6))]),
        "socket": opening([("X-A", big)]),
    }[where]
    before = hasty.memory()
    assert talk(hasty.port, data).status in (431, 0)  # 0: reset, while the rest was still being sent
    assert hasty.memory() - before < 20
    assert hasty.is_healthy()


def test_a_head_of_usual_size_is_read(hasty):
    assert ask(hasty.port, "/", headers=[("Cookie", "a" * 16_000), ("X-A", "b" * 8_000)]).status == 200
    assert ask(hasty.port, "/data/catalogue.json?" + "a" * 6000).status in (200, 400)


def test_the_size_of_a_head_is_counted_afresh_for_each_request_of_a_connection(hasty):
    one = b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 20_000 + b"\r\n\r\n"
    with connect(hasty.port) as client:
        for _ in range(5):
            client.sendall(one)
            data = b""
            while not data.endswith(b"ok"):
                data += client.recv(65536)
            assert parsed(data).status == 200


def test_a_socket_that_says_nothing_is_closed(hasty):
    client, answer = open_socket(hasty.port)
    with client:
        client.settimeout(ENDED)
        assert answer.status == 101 and closed_with(client) == 1008


def test_a_socket_that_spoke_stays_open(hasty):
    client, _ = open_socket(hasty.port)
    with client:
        client.sendall(frame(RERUN))
        client.settimeout(4 * SHORT["socket"]["first_seconds"])
        assert closed_with(client) is None


def unread(port: int, data: bytes) -> socket.socket:
    """A client with a small buffer that asks and does not read."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(data)
    return client


def test_an_answer_that_nobody_reads_ends(hasty):
    clients = [
        unread(hasty.port, request(LARGE)) for _ in range(2)
    ]  # a third waits for its turn and is told to come again
    for client in clients:
        poll = select.poll()
        poll.register(client, select.POLLHUP | select.POLLERR)
        assert poll.poll(ENDED * 1000), "an answer may stay unread for ever"
        client.close()
    assert hasty.is_healthy()


def test_a_slow_reader_gets_the_whole_answer(hasty):
    whole = ask(hasty.port, LARGE + "?category=robbery").body
    assert len(whole) > 1_000_000
    client = unread(hasty.port, request(LARGE + "?category=robbery"))
    slice_of = len(whole) // 16 + 1  # in 16 quarters of a second: twice as long as an answer may stay unread
    data = b""
    with client:
        client.settimeout(ENDED)
        while True:
            part = b""
            while len(part) < slice_of and (more := client.recv(slice_of - len(part))):
                part += more
            data += part
            if not part:
                break
            time.sleep(0.25)  # the slowness is what is tried
    assert parsed(data).body == whole


def test_many_pings_whose_answers_nobody_reads_end_the_socket(hasty):
    before = hasty.memory()
    client = unread(hasty.port, opening())
    client.settimeout(ENDED)
    pings = frame(b"a" * 125, opcode=9) * 1000
    with client, pytest.raises((ConnectionResetError, BrokenPipeError)):
        for _ in range(400):  # 52 MB
            client.sendall(pings)
    assert hasty.memory() - before < 30


def test_who_sends_messages_without_a_pause_waits(hasty):
    """As many as the burst are taken at once; the others one after the other, so that a socket of 60 messages is not done at once."""
    from routes.connections.sockets import Places, Sockets, Wire

    assert hasty.is_healthy()
    waited = []

    async def run() -> None:
        import asyncio

        from app import door

        platform = next(one.kwargs["platform"] for one in door if "platform" in one.kwargs)

        async def receive():
            return {"type": "websocket.receive", "bytes": RERUN}

        async def send(message):
            pytest.fail("nothing is refused")

        wire = Wire(receive, send, Sockets(None, platform, Places(RULES), RULES))
        for _ in range(RULES.socket.burst + 2):
            began = asyncio.get_running_loop().time()
            await wire.receive()
            waited.append(asyncio.get_running_loop().time() - began)

    from tests.routes.conftest import alone

    alone(run())
    assert all(one < 0.1 for one in waited[: RULES.socket.burst])
    assert sum(waited[RULES.socket.burst :]) > 1 / RULES.socket.a_second


def readers(port: int, most: int, address: str = "") -> tuple[list[socket.socket], int]:
    """Sockets of one address, opened until one is refused: (those that are open, the status of the refusal)."""
    held = []
    for _ in range(most):
        client, answer = open_socket(port, [("X-Forwarded-For", address)] if address else [])
        if answer.status != 101:
            client.close()
            return held, answer.status
        client.sendall(frame(RERUN))
        held.append(client)
    return held, 101


def wait_for_place(server) -> None:
    for _ in range(300):
        if ask(server.port, "/").status == 200:
            return
        time.sleep(0.1)
    pytest.fail("the places of those who left are not given back")


def test_when_one_address_holds_half_of_the_places_it_is_told_so_calmly_and_others_get_in(narrow):
    held, status = readers(narrow.port, 40, "203.0.113.1")
    try:
        assert status == 503 and 8 <= len(held) <= 12
        for language, words in (("en", "Many people are reading this site"), ("zh", "当前访问人数较多")):
            answer = ask(narrow.port, f"/trends?lang={language}", headers=[("X-Forwarded-For", "203.0.113.1")])
            assert (answer.status, answer.headers["retry-after"], answer.headers["cache-control"]) == (
                503,
                "30",
                "no-store",
            )
            assert words in answer.body.decode()
        assert ask(narrow.port, "/trends").status == 200 and ask(narrow.port, "/data/catalogue.json").status == 200
        others, _ = readers(narrow.port, 1)
        assert len(others) == 1
        others[0].close()
    finally:
        for client in held:
            client.close()
    wait_for_place(narrow)


def test_when_all_places_are_taken_a_reader_is_told_so_and_figures_are_still_answered(narrow):
    held, refused = [], 101
    for number in range(1, 40):
        found, refused = readers(narrow.port, 1, f"203.0.113.{number}")
        held += found
        if refused != 101:
            break
    try:
        assert refused == 503 and 19 <= len(held) <= 22
        assert ask(narrow.port, "/").status == ask(narrow.port, "/nothing").status == 503
        assert ask(narrow.port, "/data/catalogue.json").status == 200 and narrow.is_healthy()
        (light,) = re.findall(
            r'href="(/trends[^"]*surface=document)"', ask(narrow.port, "/trends?lang=en").body.decode()
        )
        assert b'id="article"' in ask(narrow.port, light.replace("&amp;", "&")).body, "a document takes no place"
    finally:
        for client in held:
            client.close()
    wait_for_place(narrow)
    assert "Traceback" not in narrow.words


def test_more_silent_connections_than_there_are_descriptors_shut_nobody_out(narrow):
    silent = [connect(narrow.port) for _ in range(DESCRIPTORS + 100)]
    try:
        assert narrow.is_healthy() and ask(narrow.port, "/trends").status == 200
        assert narrow.descriptors() < DESCRIPTORS
    finally:
        for client in silent:
            client.close()
    assert "Traceback" not in narrow.words and "accept" not in narrow.words


def test_the_soft_limit_of_open_files_is_raised():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
        assert raise_descriptors() == min(before[1], RULES.descriptors.most) > 1024
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize("limit", [256, 600, 1024, 4096, 20_000, 65_536])
def test_readers_and_connections_fit_together_under_a_limit_of_open_files(limit):
    rules = RULES.descriptors
    sessions = rules.sessions(limit, RULES.sessions.most)
    connections = rules.connections(limit, sessions)
    assert 1 <= sessions <= RULES.sessions.most
    if limit >= 600:
        assert connections + sessions * (rules.a_session - 1) + rules.kept + rules.spare <= limit
        assert connections > sessions


def test_the_bounds_stand_around_the_protocols_that_serve():
    """uvicorn's own names: where one is gone, a bound would silently be none."""
    for kind, names in (
        (BoundedHttp, ("on_headers_complete", "on_body", "data_received")),
        (BoundedSocket, ("handle_text", "data_received")),
    ):
        assert all(hasattr(kind.__bases__[-1], name) for name in names)


@pytest.mark.parametrize("change", [("largest = 65536", "greatest = 65536"), ("head_bytes = 32768", "")])
def test_rules_that_miss_a_number_do_not_start(change, tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(
        (Path(__file__).resolve().parents[2] / "routes" / "door.toml").read_text("utf-8").replace(*change), "utf-8"
    )
    with pytest.raises(TypeError):
        read_rules(path)
