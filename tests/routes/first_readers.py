"""Readers who come the moment the server is healthy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.raw import request, talk
from tests.routes.guarded import Guarded
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


@dataclass(frozen=True)
class First:
    """What those got who came first: the statuses of files, and of each page the marks of a whole one."""

    files: list[int]
    pages: dict[str, set[bytes]]


def first_readers(server: Guarded) -> First:
    """All at once, while the server that was told to pause imports one of its modules."""
    with ThreadPoolExecutor(16) as pool:
        until(server.outgoing.with_name("outgoing.paused").exists, lambda: server.process.poll() is None)
        files = [pool.submit(talk, server.port, request(address), LONGEST) for address in FILES]
        pages = [pool.submit(drawn, server.port, page) for page in PAGES]
        return First(
            [one.result().status for one in files],
            {name: marks(page.result()) for name, page in zip(PAGES, pages, strict=True)},
        )
