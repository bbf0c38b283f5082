"""Readers of a site behind its proxy: over TLS, each from an address of its own (all of 127.0.0.0/8 is this machine)."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from websockets.asyncio.client import connect

from bench.raw import Answer, opening, parsed, request
from bench.visitor import Counting, Run, Visitor
from tests.deploy.proxied import HOST

PATIENCE = 30.0


def address_of(number: int) -> str:
    """The address of a reader by number."""
    return f"127.{1 + number // 60000}.{number // 250 % 240}.{2 + number % 250}"


@cache
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


@dataclass(frozen=True)
class Line:
    """How the site is reached. ``certificate``: whom to believe."""

    port: int
    certificate: Path

    def dial(self, number: int = 0, patience: float = PATIENCE) -> ssl.SSLSocket:
        """A connection from the address of a reader."""
        plain = socket.create_connection(("127.0.0.1", self.port), patience, (address_of(number), 0))
        return trusting(self.certificate).wrap_socket(plain, server_hostname=HOST)

    def talk(self, data: bytes, number: int = 0, patience: float = PATIENCE) -> Answer:
        """Send bytes and read until the other side closes; status 0 where it closes without an answer."""
        try:
            with self.dial(number, patience) as client:
                with suppress(OSError):
                    client.sendall(data)
                return parsed(_rest(client))
        except OSError:
            return Answer(0)

    def ask(self, target: str, number: int = 0, headers: Iterable[tuple[str, str]] = ()) -> Answer:
        """One question and its whole answer, unpacked; status 0 where it ended before it was whole."""
        return whole(self.talk(request(target, headers=headers), number))

    def open_socket(self, number: int, headers: Iterable[tuple[str, str]], frame: bytes = b"") -> Answer:
        """Open the socket of a page, send a frame, leave."""
        with self.dial(number) as client:
            client.sendall(opening(headers, compressed=True))
            data = b""
            with suppress(OSError):
                while b"\r\n\r\n" not in data and (part := client.recv(1)):
                    data += part
                client.sendall(frame)
            return parsed(data)


def whole(answer: Answer) -> Answer:
    """An answer with its body put together and unpacked; status 0 where a part of it is missing."""
    body = answer.body
    if answer.headers.get("transfer-encoding") == "chunked":
        body = _joined(body)
    elif "content-length" in answer.headers and len(body) != int(answer.headers["content-length"]):
        body = None
    if body is None:
        return Answer(0, answer.headers)
    packed = answer.headers.get("content-encoding") == "gzip"
    return Answer(answer.status, answer.headers, gzip.decompress(body) if packed and body else body)


def _joined(body: bytes) -> bytes | None:
    """The chunks of a body; None where its end did not come."""
    parts, rest = [], body
    while True:
        size, found, rest = rest.partition(b"\r\n")
        if not found:
            return None
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        if len(rest) < length + 2:
            return None
        parts.append(rest[:length])
        rest = rest[length + 2 :]


def _rest(client: socket.socket) -> bytes:
    parts = []
    with suppress(OSError):
        while part := client.recv(65536):
            parts.append(part)
    return b"".join(parts)


class Session(Visitor):
    """A reader with an open page, whose browser opens another socket where the one before has closed."""

    def __init__(self, line: Line, number: int, page: str, query: str):
        super().__init__(line.port, page, query)
        self.line, self.number = line, number
        self.words: list[str] = []

    async def open(self) -> Run:
        """Connect and see the page, for the first time or again, with all that the browser has kept."""
        self._socket = await connect(
            f"wss://{HOST}:{self.line.port}/_stcore/stream",
            host="127.0.0.1",
            port=self.line.port,
            local_addr=(address_of(self.number), 0),
            ssl=trusting(self.line.certificate),
            server_hostname=HOST,
            subprotocols=["streamlit"],
            origin=f"https://{HOST}:{self.line.port}",
            max_size=None,
            create_connection=Counting,
            additional_headers={"Accept-Language": "en"},
            proxy=None,
        )
        return await self._run()

    @property
    def address(self) -> str:
        """What stands after '?' in the browser's address."""
        return self._query

    async def _run(self) -> Run:
        self.words = []
        return await super()._run()

    def _read_element(self, element, seen: dict) -> int:
        kind = element.WhichOneof("type")
        if kind in ("html", "markdown"):
            self.words.append(getattr(element, kind).body)
        return super()._read_element(element, seen)


@dataclass
class Story:
    """What one reader saw: (when asked, when answered, address, status, body)."""

    seen: list[tuple[float, float, str, int, bytes]] = field(default_factory=list)

    def ask(self, line: Line, target: str, number: int) -> Answer:
        began = time.monotonic()
        answer = line.ask(target, number, [("Accept-Encoding", "gzip")])
        self.seen.append((began, time.monotonic(), target, answer.status, answer.body))
        return answer
