"""What one client can send to the server, each once and bounded: what came of it, in words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.raw import ask, closed_with, connect, frame, open_socket, opening, request, talk

LARGE = "/data/london/recorded_crime/latest.csv"
UNREAD = 60.0  # seconds that an unread answer is waited for: twice what the rules say


def _counted(values: list) -> str:
    return ", ".join(f"{count} × {value}" for value, count in Counter(values).most_common())


def foreign_origins(port: int) -> str:
    """Ten sockets of another site at once."""
    opened = [open_socket(port, [("Origin", "http://evil.example")]) for _ in range(10)]
    for client, _ in opened:
        client.close()
    return _counted([answer.status for _, answer in opened])


def uploads(port: int) -> str:
    """300 files of 1 MB."""
    return _counted(
        [
            ask(port, f"/_stcore/upload_file/a/{n}", "PUT", [("Content-Length", "1000000")], b"a" * 1_000_000).status
            for n in range(300)
        ]
    )


def _closed(port: int, *frames: bytes) -> int | None:
    client, answer = open_socket(port, compressed=True)
    with client:
        if answer.status != 101:
            return answer.status
        client.settimeout(20)
        with suppress(OSError):
            client.sendall(b"".join(frames))
        return closed_with(client)


def upload_addresses(port: int) -> str:
    """A message that asks for 400,000 upload addresses."""
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 400_000)
    return f"closed with {_closed(port, frame(message.SerializeToString()))}"


def inflated(port: int) -> str:
    """190 MB of zeros in one compressed message of 190 kB."""
    return f"closed with {_closed(port, frame(bytes(190_000_000), compressed=True))}"


def inflated_together(port: int) -> str:
    """3,000 messages of 65 kB, compressed to some 100 bytes each, in one reading."""
    return f"closed with {_closed(port, frame(bytes(65_000), compressed=True) * 3000)}"


def garbage(port: int) -> str:
    """200 sockets that send noise."""
    return "closed with " + _counted([_closed(port, frame(b"garbage")) for _ in range(200)])


def large_head(port: int) -> str:
    """One header of 100 MB."""
    return f"{talk(port, request('/', headers=[('X-A', 'a' * 100_000_000)])).status or 'reset'}"


def _still_open(clients: list, seconds: float) -> int:
    """How many connections are open after so long; what they are sent meanwhile is not read."""
    time.sleep(seconds)
    count = 0
    for client in clients:
        client.settimeout(0.01)
        try:
            while client.recv(65536):
                pass
        except TimeoutError:
            count += 1
        except OSError:
            pass
        client.close()
    return count


def silent(port: int) -> str:
    """200 connections: silent, half a head, half an opening, and sockets that say nothing."""
    starts = (b"", b"GET / HTTP/1.1\r\nHost: a\r\nX-A: half", opening()[:-4], opening())
    clients = [connect(port) for _ in range(200)]
    for number, client in enumerate(clients):
        client.sendall(starts[number % 4])
    return f"{_still_open(clients, 35)} of 200 open after 35 s"


def many_sessions(port: int) -> str:
    """700 sockets of one address, held."""
    rerun = frame(BackMsg(rerun_script={"query_string": "lang=en", "page_name": "privacy"}).SerializeToString())
    held, statuses = [], []
    for _ in range(700):
        client, answer = open_socket(port)
        statuses.append(answer.status)
        if answer.status == 101:
            client.sendall(rerun)
            held.append(client)
        else:
            client.close()
        if statuses[-20:] == [503] * 20:
            break
    next_page = ask(port, "/?lang=en")
    for client in held:
        client.close()
    return f"{_counted(statuses)}; the next page of this address: {next_page.status}"


def unread(port: int) -> str:
    """20 clients that ask for all of recorded crime and read nothing."""
    import socket

    clients = []
    for _ in range(20):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.sendall(request(LARGE))
        clients.append(client)
    time.sleep(UNREAD)
    ended = 0
    for client in clients:
        ended += client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
        client.close()
    return f"{ended} of 20 ended within {UNREAD:.0f} s"


def hostile_addresses(port: int) -> str:
    """800 addresses that do not exist."""
    starts = ("/", "/_stcore/", "/static/js/", "/style/", "/boundaries/", "/media/", "/auth/", "/data/../")
    ends = (
        ".env",
        ".git/config",
        "wp-login.php",
        "%00",
        "..%2f..%2fapp.py",
        "old.js",
        "x",
        "a" * 2000,
        "<script>",
        "%0d%0aX: y",
    )
    return _counted([ask(port, f"{start}{end}?{n}").status for n in range(10) for start in starts for end in ends])


ATTACKS: tuple[Callable[[int], str], ...] = (
    foreign_origins,
    uploads,
    upload_addresses,
    inflated,
    inflated_together,
    garbage,
    large_head,
    hostile_addresses,
    silent,
    unread,
    many_sessions,
)
