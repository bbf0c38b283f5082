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
PAGES = ("", "trends", "claims", "register", "privacy", "map", "compare", "coverage")


def drawn(port: int, page: str) -> list[str]:
    """The kinds of messages that a page is sent until it stands."""
    kinds: list[str] = []
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        proxy=None,
        open_timeout=LONGEST,
    ) as client:
        client.send(BackMsg(rerun_script={"query_string": "lang=en", "page_name": page}).SerializeToString())
        while not kinds or kinds[-1] != "script_finished":
            kinds.append(ForwardMsg.FromString(client.recv(timeout=LONGEST)).WhichOneof("type"))
    return kinds


def test_threads_that_start_together_see_no_half_of_a_module(tmp_path):
    """Python shows a thread half of a module where two wait for one another: the first file of a fresh server was a fault, and nothing was warmed up."""
    with guarded(tmp_path / "server", pause_at="charts.coverage", warm=True) as server, ThreadPoolExecutor(16) as pool:
        until(server.outgoing.with_name("outgoing.paused").exists, lambda: server.process.poll() is None)
        files = [pool.submit(talk, server.port, request(address), LONGEST) for address in FILES]
        pages = [pool.submit(drawn, server.port, page) for page in PAGES]
        assert [one.result().status for one in files] == [200, 200, 200, 404]
        assert min(one.result().count("delta") for one in pages) > 5
        assert "Traceback" not in server.words, server.words[-2000:]
