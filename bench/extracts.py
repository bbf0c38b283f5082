"""What do extracts cost a reader of pages, and how much memory do they leave? ``python -m bench extracts``

Ratios of one server to itself: a change of Trends beside sixteen clients that ask for the most expensive extracts again
and again, against the same change alone; and the resident memory with sixty answers that nobody reads, and after three
hundred distinct extracts.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import urlencode

from bench.servers import Server, running
from bench.table import PROJECT, Row, times
from bench.visitor import Visitor

CLIENTS, CHANGES, UNREAD, DISTINCT = 16, 15, 60, 300
MOST_TIMES, MOST_MB = 3.0, 80.0
PATH = "/data/london/recorded_crime/latest"


def measure() -> list[Row]:
    """Each on a warm server of its own."""
    rows = []
    for part in (_patient, _impatient, _unread, _distinct):
        with running("ours") as server:
            _warm(server)
            rows.append(part(server))
    return rows


def _patient(server: Server) -> Row:
    return _changed(server, patient=True)


def _impatient(server: Server) -> Row:
    return _changed(server, patient=False)


def _warm(server: Server) -> None:
    """What the server warms up is worked out, and one extract of each kind."""
    for query in ("view=rate", "view=rolling_rate", "view=index"):
        _get(server, f"{PATH}.json?measure=recorded_crime&{query}&category=robbery")
        _get(server, f"{PATH}.parquet?measure=recorded_crime&{query}")
    time.sleep(10)


def _changed(server: Server, patient: bool) -> Row:
    asyncio.run(_changes(server, 0))  # not counted
    alone = asyncio.run(_changes(server, 1))
    with _clients(server, patient) as client:
        time.sleep(3)
        beside = asyncio.run(_changes(server, 2))
        answered = _answered(client)
    ratio = beside / alone
    kind = "that wait as they are told" if patient else "that ask again at once"
    what = f"A change on trends beside {CLIENTS} of the most expensive extracts, of clients {kind} (p50)"
    words = f"{beside * 1000:.0f} ms ({answered})"
    return Row(
        what,
        words,
        other=f"alone: {alone * 1000:.0f} ms",
        ratio=times(beside, alone),
        target=f"≤ {MOST_TIMES:.0f} ×",
        met=ratio <= MOST_TIMES,
    )


async def _changes(server: Server, turn: int) -> float:
    """Seconds of a change, the median of some; in each turn other choices."""
    visitor = Visitor(server.port, "trends", "place=london&lang=en")
    await visitor.open()
    seconds = []
    for label in visitor.options("choose_category")[turn * CHANGES : (turn + 1) * CHANGES]:
        seconds.append((await visitor.choose("choose_category", label)).seconds)
        await asyncio.sleep(0.1)
    await visitor.close()
    return median(seconds)


@contextmanager
def _clients(server: Server, patient: bool) -> Iterator[subprocess.Popen]:
    """Clients in a process of their own, so that their reading does not delay the visitor."""
    command = [sys.executable, "-m", "bench.extracts", str(server.port), str(int(patient))]
    client = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    try:
        yield client
    finally:
        client.terminate()
        client.wait(10)


def _answered(client: subprocess.Popen) -> str:
    """What the clients were given meanwhile, in words: told once, when they end."""
    client.terminate()
    return client.communicate(timeout=10)[0].strip()


def _unread(server: Server) -> Row:
    """Sockets with a small buffer that ask for all of a dataset and read nothing; the most that the memory was
    meanwhile."""
    before, most, readers = server.memory(), 0.0, []
    for number in range(UNREAD):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.sendall(
            f"GET {PATH}.json?from=2010-{number % 9 + 4:02} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
        )
        readers.append(client)
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        most = max(most, server.memory())
        time.sleep(0.5)
    for client in readers:
        client.close()
    time.sleep(5)
    return _grown(
        f"Memory with {UNREAD} answers that nobody reads, at the most",
        before,
        most,
        f"; {server.memory() - before:+.0f} MB after they have gone",
    )


def _distinct(server: Server) -> Row:
    """Extracts of which no two are the same, read one after another."""
    before = server.memory()
    for number in range(DISTINCT):
        month = f"{2011 + number // 12 % 14}-{number % 12 + 1:02}"
        choices = {
            "measure": "recorded_crime",
            "view": ("rate", "rolling_rate", "index", "count")[number % 4],
            "from": month,
        }
        choices |= {"category": ("robbery", "burglary", "homicide", "theft", "drug_offences")[number // 60]}
        _get(server, f"{PATH}.{('csv', 'json', 'parquet')[number % 3]}?{urlencode(choices)}")
    for number in range(20):
        _get(
            server,
            f"{PATH}.parquet?"
            + urlencode(
                {"measure": "recorded_crime", "view": "rate", "from": f"{2011 + number // 12}-{number % 12 + 1:02}"}
            ),
        )
    return _grown(f"Memory after {DISTINCT} distinct extracts and 20 of a whole view", before, server.memory())


def _grown(what: str, before: float, after: float, more: str = "") -> Row:
    grown = after - before
    return Row(what, f"{grown:+.0f} MB (to {after:.0f} MB){more}", target=f"≤ {MOST_MB:.0f} MB", met=grown <= MOST_MB)


def _get(server: Server, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", address)
    answer = connection.getresponse()
    while answer.read(1 << 20):
        pass
    connection.close()
    return answer.status


async def _ask_again_and_again(port: int, patient: bool) -> None:
    """What the clients do: ask, read everything, ask again."""
    counts: dict[str, int] = {"MB": 0}
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGTERM, lambda: (print(_told(counts), flush=True), os._exit(0))
    )
    await asyncio.gather(*(_client(port, number, patient, counts) for number in range(CLIENTS)))


def _told(counts: dict[str, int]) -> str:
    return (
        ", ".join(f"{counts[name]} × {name}" for name in sorted(counts) if name != "MB")
        + f", {counts['MB'] / 1e6:.0f} MB read"
    )


async def _client(port: int, number: int, patient: bool, counts: dict[str, int]) -> None:
    turn = 0
    while True:
        turn += 1
        month = f"{2010 + (number + turn) % 2}-{(number + turn) % 9 + 4:02}"
        view = ("rate", "index", "rolling_rate")[turn % 3]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (
            f"GET {PATH}.json?measure=recorded_crime&view={view}&from={month} HTTP/1.1\r\nHost: "
            f"127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode())
        first = await reader.readline()
        status = first.split(b" ")[1].decode() if first else "none"
        counts[status] = counts.get(status, 0) + 1
        while data := await reader.read(1 << 20):
            counts["MB"] += len(data)
        writer.close()
        if patient and status == "503":
            await asyncio.sleep(5)


if __name__ == "__main__":
    asyncio.run(_ask_again_and_again(int(sys.argv[1]), sys.argv[2] == "1"))
