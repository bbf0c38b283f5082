"""Bounds of a connection, whatever is spoken over it: its head, its unread answers, its number.

uvicorn (0.54) has none of them: a head may come for ever and be of any size, an answer may stay unread for ever, and an
inflated message may have 200 MB. ``bound`` puts the bounds around its protocols when its server starts.
"""

from __future__ import annotations

import asyncio
import fcntl
import functools
import resource
import socket
import struct
import termios
import time
from dataclasses import dataclass, field

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from routes.rules import RULES, Rules

SLICE = 4096  # bytes that are looked at together: 4 kB of compressed messages inflate to some 3 MB at most
NO_TEXT = 1003  # the close code for a kind of message that is not taken
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Connection:
    """What is known of one connection. Moments are monotonic seconds; ``owed``: bytes that the other side has not taken
    yet.
    """

    transport: asyncio.Transport
    waiting: float | None  # since when a head is waited for; None while a request is at work, or over a socket
    head: int = 0
    taken: float = field(default_factory=time.monotonic)
    owed: int = 0

    def is_unread(self, now: float, rules: Rules) -> bool:
        """Has less of an answer been taken than must be, for too long?"""
        unsent = self.transport.get_write_buffer_size()
        owed = unsent + _in_system(self.transport) if unsent else 0
        if not owed or not self.owed or owed <= self.owed - rules.connection.unread_bytes:
            self.taken, self.owed = now, owed
        return now - self.taken > rules.connection.unread_seconds


class Connections:
    """All connections of the server. ``most`` is set at start from the descriptors that the system gives."""

    def __init__(self, rules: Rules = RULES):
        self.rules = rules
        self.most = 0
        self.open: dict[int, Connection] = {}

    def join(self, transport: asyncio.Transport, waiting: bool) -> Connection:
        """A new connection, or one that speaks another protocol from now on. Where there is no place, the one that kept
        silent longest goes.
        """
        since = time.monotonic() if waiting else None
        if id(transport) in self.open:
            self.open[id(transport)].waiting = since
            return self.open[id(transport)]
        if self.most and len(self.open) >= self.most:
            silent = [
                each for each in self.open.values() if each.waiting is not None and not each.transport.is_closing()
            ]
            if silent:
                min(silent, key=lambda each: each.waiting).transport.abort()
            else:
                transport.write(BUSY)
                transport.close()
        self.open[id(transport)] = Connection(transport, since)
        return self.open[id(transport)]

    def leave(self, transport: asyncio.Transport) -> None:
        self.open.pop(id(transport), None)

    def sweep(self) -> int:
        """End what waits too long for a head or leaves an answer unread; returns how many."""
        now, ended = time.monotonic(), 0
        for each in list(self.open.values()):
            late = each.waiting is not None and now - each.waiting > self.rules.connection.head_seconds
            if late or each.is_unread(now, self.rules):
                _reset(each.transport)
                ended += 1
        return ended

    async def watch(self) -> None:
        """Sweep every second, for ever."""
        while True:
            await asyncio.sleep(1)
            self.sweep()


CONNECTIONS = Connections()


class Bounded:
    """What both protocols tell the watch over connections."""

    def connection_lost(self, exc) -> None:
        CONNECTIONS.leave(self.transport)
        super().connection_lost(exc)

    def resume_writing(self) -> None:
        self.bounds.taken = time.monotonic()
        super().resume_writing()


class BoundedHttp(Bounded, HttpToolsProtocol):
    """uvicorn's HTTP with a bound on the head: its bytes and its seconds."""

    def connection_made(self, transport) -> None:
        self.bounds = CONNECTIONS.join(transport, waiting=True)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self.bounds.waiting is None and (self.cycle is None or self.cycle.response_complete):
            self.bounds.waiting = time.monotonic()
        for start in range(0, len(data), SLICE):
            if self.transport.is_closing() or self.transport.get_protocol() is not self:
                return
            part = data[start : start + SLICE]
            self.bounds.head += len(part)
            super().data_received(part)
            if self.bounds.head > CONNECTIONS.rules.connection.head_bytes and not self.transport.is_closing():
                self.transport.write(TOO_LARGE)
                self.transport.close()

    def on_headers_complete(self) -> None:
        self.bounds.waiting, self.bounds.head = None, 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.bounds.head = 0
        super().on_body(body)


class BoundedSocket(Bounded, WebSocketsSansIOProtocol):
    """uvicorn's web socket with a bound on a message after inflating, on messages in one reading and on what is
    unsent.
    """

    def connection_made(self, transport) -> None:
        self.bounds = CONNECTIONS.join(transport, waiting=False)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), SLICE):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + SLICE])
            unsent = self.transport.get_write_buffer_size()
            if (
                self.queue.qsize() > CONNECTIONS.rules.socket.queued
                or unsent > CONNECTIONS.rules.connection.backlog_bytes
            ):
                self.transport.abort()

    def handle_text(self, event) -> None:
        """Our pages send no text: it ends the socket before it is read (broken text would write a trace into the
        log).
        """
        self.conn.send_close(NO_TEXT)
        self.handle_parser_exception()


def bound() -> None:
    """Put the bounds around the protocols of the server that is about to start, and let it not say what it is."""
    start = uvicorn.Server.startup
    if hasattr(start, "__wrapped__"):
        return

    @functools.wraps(start)
    async def bounded(server, *args, **named):
        config = server.config
        config.http_protocol_class, config.ws_protocol_class = BoundedHttp, BoundedSocket
        config.ws_max_size = CONNECTIONS.rules.socket.largest
        config.encoded_headers = [(name, value) for name, value in config.encoded_headers if name != b"server"]
        await start(server, *args, **named)

    uvicorn.Server.startup = bounded


def raise_descriptors(rules: Rules = RULES) -> int:
    """Raise the soft limit of open files as far as rules and system allow; returns the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = rules.descriptors.most if hard == resource.RLIM_INFINITY else min(hard, rules.descriptors.most)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def _reset(transport: asyncio.Transport) -> None:
    """End a connection, and let the system drop what it still holds for the other side."""
    try:
        with socket.fromfd(transport.get_extra_info("socket").fileno(), socket.AF_INET, socket.SOCK_STREAM) as same:
            same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except (OSError, AttributeError, ValueError):
        pass  # it is gone already
    transport.abort()


def _in_system(transport: asyncio.Transport) -> int:
    """Bytes that the system holds and the other side has not taken; 0 where the system does not say."""
    try:
        answer = fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, b"\0" * 4)
    except (OSError, AttributeError, ValueError):
        return 0
    return struct.unpack("i", answer)[0]
