"""The socket of a page: who may open it, how many at once, and which messages go in and out."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from routes.rules import Rules

USUAL_PORTS = {"http": 80, "https": 443}
NOT_ALLOWED = 1008  # the close code for what the rules do not allow


@dataclass(frozen=True)
class Platform:
    """What the door must know of the platform: the kinds of messages from and to a page, its files, and the folder that
    nobody need know.
    """

    back: type
    forward: type
    static: Path
    home: Path


class Places:
    """How many readers are there, and is there place for one more? ``most`` is set at start from the descriptors that
    the system gives.
    """

    def __init__(self, rules: Rules):
        self.rules = rules.sessions
        self.most = rules.sessions.most
        self.held: Counter[str] = Counter()

    def is_full(self, scope: Scope, reserve: float = 0.0) -> bool:
        """No place for one more reader, or none for one more from this address. ``reserve``: share of places beyond the
        number.
        """
        beyond = 1 + reserve
        return self.held.total() >= self.most * beyond or self.held[_address(scope)] >= max(
            1, self.most * self.rules.share * beyond
        )

    def take(self, scope: Scope) -> None:
        self.held[_address(scope)] += 1

    def leave(self, scope: Scope) -> None:
        self.held[_address(scope)] -= 1
        self.held += Counter()  # addresses that hold none are forgotten


class Sockets:
    """Lets a socket of our own pages through, and of it only what they send."""

    def __init__(self, app: ASGIApp, platform: Platform, places: Places, rules: Rules):
        self.app = app
        self.platform = platform
        self.places = places
        self.rules = rules
        self.hidden = str(platform.home).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = self._refusal(scope)
        if status:
            await _refuse(status, receive, send, self.rules.sessions.retry_seconds)
            return
        self.places.take(scope)
        try:
            wire = Wire(receive, send, self)
            own = [
                (name, value) for name, value in scope["headers"] if name != b"origin"
            ]  # compared here, once and for all
            await self.app({**scope, "headers": own}, wire.receive, wire.send)
        finally:
            self.places.leave(scope)

    def _refusal(self, scope: Scope) -> int:
        """The status that refuses a socket; 0 when it may be opened."""
        if scope["path"] != self.rules.socket.address:
            return 404
        if not is_own_origin(scope, self.rules.socket.origins):
            return 403
        return 503 if self.places.is_full(scope, self.rules.sessions.reserve) else 0

    def is_ours(self, message: Message) -> bool:
        """Is this a message as our pages send it?"""
        data = message.get("bytes")
        if data is None or len(data) > self.rules.socket.largest:
            return False
        parsed = self.platform.back()
        try:
            parsed.ParseFromString(data)
        except Exception:  # protobuf raises several kinds, by its implementation
            return False
        return parsed.WhichOneof("type") in self.rules.socket.messages

    def without_machine(self, data: bytes) -> bytes:
        """A message to a page without the machine's paths, versions and identity."""
        if self.hidden not in data:
            return data
        message = self.platform.forward.FromString(data)
        if message.WhichOneof("type") == "new_session":
            session = message.new_session
            session.main_script_path = session.main_script_path.rsplit("/", 1)[-1]
            for part in (session.initialize.environment_info, session.initialize.user_info):
                part.Clear()
                part.SetInParent()  # the page expects it, if empty
        return message.SerializeToString()


class Wire:
    """One socket, with the rules in between."""

    def __init__(self, receive: Receive, send: Send, sockets: Sockets):
        self._receive, self._send, self._sockets = receive, send, sockets
        self._rules = sockets.rules.socket
        self._heard = self._closed = False
        self._allowed, self._counted = float(self._rules.burst), time.monotonic()

    async def receive(self) -> Message:
        """The next message that the platform may see; a disconnect after the first that it may not."""
        try:
            message = await self._next()
        except TimeoutError:
            return await self._close()
        if message["type"] == "websocket.receive":
            if not self._sockets.is_ours(message):
                return await self._close()
            self._heard = True
            await self._wait()
        return message

    async def send(self, message: Message) -> None:
        """Hand a message on; what comes after the end goes nowhere."""
        if self._closed:
            return
        if message["type"] == "websocket.send" and message.get("bytes"):
            message = {**message, "bytes": self._sockets.without_machine(message["bytes"])}
        await self._send(message)

    def _next(self) -> Awaitable[Message]:
        return self._receive() if self._heard else asyncio.wait_for(self._receive(), self._rules.first_seconds)

    async def _wait(self) -> None:
        """Who sends faster than the rule waits; meanwhile nothing more is read from the connection."""
        now = time.monotonic()
        self._allowed = min(self._rules.burst, self._allowed + (now - self._counted) * self._rules.a_second) - 1
        self._counted = now
        if self._allowed < 0:
            await asyncio.sleep(-self._allowed / self._rules.a_second)

    async def _close(self) -> Message:
        if not self._closed:
            await self._send({"type": "websocket.close", "code": NOT_ALLOWED})
            self._closed = True
        return {"type": "websocket.disconnect", "code": NOT_ALLOWED}


def is_own_origin(scope: Scope, further: list[str]) -> bool:
    """Does a browser's socket come from a page of this very site? Programs send no origin; more than one of it or of
    the host is none of ours.
    """
    origins = [value for name, value in scope["headers"] if name == b"origin"]
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if len(origins) > 1 or len(hosts) > 1:
        return False
    if not origins or origins[0].decode("latin-1") in further:
        return True
    if not hosts:
        return False
    try:
        origin = urlsplit(origins[0].decode("latin-1"))
        port = USUAL_PORTS.get(origin.scheme)
        host = urlsplit(f"//{hosts[0].decode('latin-1')}")
        pairs = [(site.hostname, site.port or port) for site in (origin, host)]
    except ValueError:
        return False
    return port is not None and bool(pairs[0][0]) and pairs[0] == pairs[1] and origin.username is None


async def _refuse(status: int, receive: Receive, send: Callable[[Message], Awaitable[None]], seconds: int) -> None:
    """Answer the opening of a socket with a status and no words."""
    await receive()
    headers = [(b"content-length", b"0"), (b"connection", b"close"), (b"cache-control", b"no-store")]
    headers += [(b"retry-after", str(seconds).encode())] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""
