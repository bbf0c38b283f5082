"""A client that keeps to no rule: raw requests and raw frames over a socket of the system."""

from __future__ import annotations

import base64
import os
import socket
import struct
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 20.0  # seconds until a client gives up
STREAM = "/_stcore/stream"


@dataclass(frozen=True)
class Answer:
    """An answer as it came: ``status`` 0 = the connection ended without one. Header names are in small letters."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def connect(port: int, patience: float = PATIENCE) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=patience)


def request(target: str, method: str = "GET", headers: Iterable[tuple[str, str]] = (), body: bytes = b"") -> bytes:
    """The bytes of a request; nothing in it is checked."""
    lines = [
        f"{method} {target} HTTP/1.1",
        "Host: figures.test",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def ask(
    port: int, target: str, method: str = "GET", headers: Iterable[tuple[str, str]] = (), body: bytes = b""
) -> Answer:
    """Send one request and read its answer to the end."""
    return talk(port, request(target, method, headers, body))


def talk(port: int, data: bytes, patience: float = PATIENCE) -> Answer:
    """Send bytes and read until the other side closes."""
    with connect(port, patience) as client:
        with suppress(OSError):  # it closed before everything was sent; what it said can still be read
            client.sendall(data)
        return parsed(_rest(client))


def parsed(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) < 2 or not words[1].isdigit():
        return Answer(0)
    pairs = (line.partition(":") for line in lines)
    return Answer(int(words[1]), {name.lower(): value.strip() for name, _, value in pairs}, body)


def _rest(client: socket.socket) -> bytes:
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except OSError:
        pass  # reset: what came before it counts
    return b"".join(parts)


def opening(headers: Iterable[tuple[str, str]] = (), target: str = STREAM, compressed: bool = False) -> bytes:
    """The request that opens a socket, as a browser sends it but for what is given."""
    sent = list(headers)
    own = [] if any(name.lower() == "host" for name, _ in sent) else [("Host", "figures.test")]
    own += [
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Protocol", "streamlit"),
    ]
    own += [("Sec-WebSocket-Key", base64.b64encode(os.urandom(16)).decode())]
    own += [("Sec-WebSocket-Extensions", "permessage-deflate")] if compressed else []
    return (
        f"GET {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in own + sent) + "\r\n"
    ).encode("latin-1")


def open_socket(
    port: int,
    headers: Iterable[tuple[str, str]] = (),
    target: str = STREAM,
    compressed: bool = False,
    patience: float = PATIENCE,
) -> tuple[socket.socket, Answer]:
    """An opened socket, or a refused one with the answer; the caller closes it."""
    client = connect(port, patience)
    client.sendall(opening(headers, target, compressed))
    data = b""
    try:
        while b"\r\n\r\n" not in data and (part := client.recv(1)):
            data += part
    except OSError:
        pass
    return client, parsed(data)


def frame(data: bytes, opcode: int = 2, final: bool = True, compressed: bool = False, masked: bool = True) -> bytes:
    """One frame of the web socket protocol, as a browser masks it."""
    if compressed:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = (packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
    size, mask = len(data), 0x80 if masked else 0
    first = (0x80 if final else 0) | (0x40 if compressed else 0) | opcode
    if size < 126:
        head = struct.pack("!BB", first, mask | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, mask | 126, size)
    else:
        head = struct.pack("!BBQ", first, mask | 127, size)
    return head + (b"\0\0\0\0" if masked else b"") + data  # a mask of zeros leaves the data as they are


def closed_with(client: socket.socket) -> int | None:
    """Read frames to the end. Comes back: the code of the close frame, 0 where the connection ended without one, None
    where it did not end."""
    try:
        while True:
            first, second = _exactly(client, 2)
            size = second & 0x7F
            if size > 125:
                size = int.from_bytes(_exactly(client, 2 if size == 126 else 8), "big")
            data = _exactly(client, size)
            if first & 0x0F == 8:
                return int.from_bytes(data[:2], "big")
    except TimeoutError:
        return None
    except OSError:
        return 0


def _exactly(client: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = client.recv(size - len(data))
        if not part:
            raise ConnectionResetError
        data += part
    return bytes(data)
