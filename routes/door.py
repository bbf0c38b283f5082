"""The door: what is not one of our addresses, methods or messages does not reach the platform."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from routes.connections.sockets import Places, Platform, Sockets
from routes.headers import NOT_KEPT, is_alone
from routes.notice import full_notice, missing_notice, refused_notice
from routes.rules import RULES


class Door:
    """Stands before the platform. ``pages``: names of the pages; '' is the front page. ``loaded``: set when pages and
    files can be answered.
    """

    def __init__(self, app: ASGIApp, platform: Platform, pages: Iterable[str], places: Places, loaded: asyncio.Event):
        self.app, self.loaded, self.places = app, loaded, places
        self.sockets = Sockets(app, platform, places, RULES)
        self.methods = {f"/{name}": RULES.pages["methods"] for name in pages}
        self.pages = frozenset(self.methods)
        files = (path for path in (platform.static / RULES.platform["folder"]).rglob("*") if path.is_file())
        self.methods |= {
            f"/{path.relative_to(platform.static).as_posix()}": RULES.platform["methods"] for path in files
        }
        self.methods |= {address: methods for address, methods in RULES.addresses.items() if not address.endswith("*")}
        self.below = {address[:-1]: methods for address, methods in RULES.addresses.items() if address.endswith("*")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.loaded.wait()
            await self.sockets(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        methods = self._methods(path)
        if path in self.pages or path not in self.methods:
            await self.loaded.wait()
        if target := self._moved(path):
            await RedirectResponse(target + _query(scope), 301, NOT_KEPT)(scope, receive, send)
        elif methods is None and (not _is_name(path) or method not in RULES.pages["methods"]):
            await missing_notice(scope)(scope, receive, send)
        elif methods is not None and method not in methods:
            await refused_notice(methods)(scope, receive, send)
        elif (methods is None or path in self.pages) and not is_alone(scope) and self.places.is_full(scope):
            await full_notice(scope, RULES.sessions.retry_seconds)(scope, receive, send)
        else:
            page = {"page_status": 404 if methods is None else 200} if methods is None or path in self.pages else {}
            await self.app({**scope, **page, "headers": _headers(scope)}, receive, send)

    def _methods(self, path: str) -> list[str] | None:
        """The methods of an address, or None when there is no such address."""
        if path in self.methods:
            return self.methods[path]
        return next((methods for start, methods in self.below.items() if path.startswith(start)), None)

    def _moved(self, path: str) -> str:
        """Where an address leads that is a page's with a slash at its end, or another name of one; '' for all
        others.
        """
        bare = path.rstrip("/")
        return RULES.moved.get(bare, "") or (bare if bare != path and bare in self.pages else "")


def _is_name(path: str) -> bool:
    """Could this have been meant as a page? Then the site's own frame says that there is none."""
    name = path[1:]
    return 0 < len(name) <= 80 and name.isprintable() and not set(name) & set("./\\:%_$~")


def _query(scope: Scope) -> str:
    return f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""


def _headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers without ``Origin``: the platform would look up its own external address to compare it; no route here
    asks for it.
    """
    return [(name, value) for name, value in scope["headers"] if name != b"origin"]
