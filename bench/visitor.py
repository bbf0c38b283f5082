"""A visitor without a browser: opens a page over Streamlit's socket and makes choices as the browser would send them.

It keeps what a browser keeps: the state of every widget, the address, the page, and the large messages of the last two
runs.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LONGEST_RUN = 60.0


class Counting(ClientConnection):
    """A connection that counts the bytes of the frames as they come over the wire, still compressed."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


@dataclass(frozen=True)
class Run:
    """One run of the page: seconds from asking to the end of the script, bytes on the wire, and what went wrong ('' =
    nothing)."""

    seconds: float
    size: int
    error: str


class Visitor:
    """One session. ``page``: '' is the front page. ``query``: the address after '?'."""

    def __init__(self, port: int, page: str = "", query: str = ""):
        self._address, self._page, self._query = f"ws://127.0.0.1:{port}/_stcore/stream", page, query
        self._script = ""
        self._widgets: dict[str, tuple[str, list[str]]] = {}
        self._options: dict[str, list[str]] = {}
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0
        self._error = ""

    async def open(self) -> Run:
        """Connect and see the page for the first time."""
        headers = {"Accept-Language": "en"}
        self._socket = await connect(
            self._address,
            subprotocols=["streamlit"],
            max_size=None,
            create_connection=Counting,
            additional_headers=headers,
            proxy=None,
        )
        return await self._run()

    async def close(self) -> None:
        await self._socket.close()

    def options(self, key: str) -> list[str]:
        """The labels that a box offers, without the one that is chosen."""
        name = self._named(key)
        return [label for label in self._options[name] if label not in self._widgets[name][1]]

    async def choose(self, key: str, label: str) -> Run:
        """Choose a label in the box ``key`` and wait for the page."""
        name = self._named(key)
        self._widgets[name] = (self._widgets[name][0], [label])
        return await self._run()

    def _named(self, key: str) -> str:
        return next(name for name in self._options if name.endswith(f"-{key}"))

    async def _run(self) -> Run:
        before, began = self._socket.received, time.perf_counter()
        await self._socket.send(self._asking().SerializeToString())
        pictures, self._error = 0, ""
        seen: dict[str, tuple[str, list[str]]] = {}
        async with asyncio.timeout(LONGEST_RUN):
            while True:
                message = ForwardMsg.FromString(await self._socket.recv())
                if message.WhichOneof("type") == "script_finished":
                    break
                pictures += self._read(message, seen)
        self._runs += 1
        error = self._error or ("" if pictures else "no chart")
        self._widgets = (
            self._widgets | seen if error else seen
        )  # from a page that failed a reader goes back to the boxes
        self._kept = {name: (used, message) for name, (used, message) in self._kept.items() if used >= self._runs - 2}
        return Run(time.perf_counter() - began, self._socket.received - before, error)

    def _asking(self) -> BackMsg:
        asking = BackMsg()
        asking.rerun_script.query_string = self._query
        asking.rerun_script.page_script_hash = self._script
        asking.rerun_script.page_name = "" if self._script else self._page
        asking.rerun_script.cached_message_hashes.extend(self._kept)
        for name, (kind, labels) in self._widgets.items():
            state = asking.rerun_script.widget_states.widgets.add(id=name)
            if kind == "multiselect":
                state.string_array_value.data.extend(labels)
            elif labels:
                state.string_value = labels[0]
        return asking

    def _read(self, message: ForwardMsg, seen: dict) -> int:
        """Take in one message; 1 when it is a chart."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "ref_hash":
            earlier = self._kept[message.ref_hash][1]
            self._kept[message.ref_hash] = (self._runs, earlier)
            return self._read_element(earlier.delta.new_element, seen)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            if message.metadata.cacheable:
                self._kept[message.hash] = (self._runs, message)
            return self._read_element(message.delta.new_element, seen)
        return 0

    def _read_element(self, element, seen: dict) -> int:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self._error = f"{element.exception.type} {element.exception.message}".strip()
        if kind in ("selectbox", "multiselect"):
            self._read_box(kind, getattr(element, kind), seen)
        tiles = kind == "html" and 'class="tile' in element.html.body  # a place without boundaries
        return int(tiles or kind in ("vega_lite_chart", "arrow_vega_lite_chart"))

    def _read_box(self, kind: str, box, seen: dict) -> None:
        known = self._widgets.get(box.id)
        if box.set_value or known is None:
            chosen = list(box.raw_values) if kind == "multiselect" else [box.raw_value] if box.raw_value else []
            if not box.set_value:
                numbers = (
                    list(box.default) if kind == "multiselect" else [box.default] if box.HasField("default") else []
                )
                chosen = [box.options[number] for number in numbers]
            known = (kind, chosen)
        seen[box.id] = known
        self._options[box.id] = list(box.options)
