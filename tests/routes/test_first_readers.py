"""Who comes the moment the server is healthy gets what everybody gets, however many they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.raw import request, talk
from tests.routes.guarded import guarded
from tests.waiting import LONGEST, until

FILES = (
    "/data/catalogue.json",
    "/data/openapi.json",
    "/data/london/road_casualties/latest.csv?period=2010",
    "/boundaries/x",
)
WHOLE = {b"<h1", b'class="foot"'}
PAGES = ("", "trends", "claims", "register", "privacy", "map", "compare", "coverage")


def drawn(port: int, page: str) -> bytes:
    """What a page is sent until it stands."""
    sent: list[bytes] = []
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        proxy=None,
        open_timeout=LONGEST,
    ) as client:
        client.send(BackMsg(rerun_script={"query_string": "lang=en", "page_name": page}).SerializeToString())
        while not sent or ForwardMsg.FromString(sent[-1]).WhichOneof("type") != "script_finished":
            sent.append(client.recv(timeout=LONGEST))
    return b"".join(sent)


def marks(sent: bytes) -> set[bytes]:
    return {mark for mark in WHOLE if mark in sent}


def test_threads_that_start_together_see_no_half_of_a_module(tmp_path):
    """Python shows a thread half of a module where two wait for one another: the first file of a fresh server was a fault, and nothing was warmed up."""
    with (
        guarded(tmp_path / "server", pause_at="charts.published.coverage", warm=True) as server,
        ThreadPoolExecutor(16) as pool,
    ):
        until(server.outgoing.with_name("outgoing.paused").exists, lambda: server.process.poll() is None)
        files = [pool.submit(talk, server.port, request(address), LONGEST) for address in FILES]
        pages = [pool.submit(drawn, server.port, page) for page in PAGES]
        assert [one.result().status for one in files] == [200, 200, 200, 404]
        without = [name for name, page in zip(PAGES, pages, strict=True) if marks(page.result()) < WHOLE]
        assert without == [], "a page lacks its head or its foot"
        assert "Traceback" not in server.words, server.words[-2000:]
