"""How many documents and pictures a second does the proxy give from what it has kept?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.load.behind import HOST, Site, behind_proxy
from bench.servers import cores
from bench.table import Row

WANTED = 5000  # a second
WINDOW = 6.0
CLIENTS, BURST = 2, 35  # threads; questions of one address, which the proxy answers at once
ADDRESSES = (
    *(f"/{page}?place=london&lang={language}" for page in ("trends", "map", "sources") for language in ("en", "zh")),
    *(f"/picture/trends/trend.svg?place=london&measure=road_casualties&lang={language}" for language in ("en", "zh")),
)
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.I)


def measure() -> list[Row]:
    """Each connection comes from an address of its own and asks for as much as one address may at once."""
    with behind_proxy(cores()[:1]) as site:
        sizes = [len(_asked(site, number, [address])[0]) for number, address in enumerate(ADDRESSES)]
        servers, proxy, began = site.processor(), site.processor_of_proxy(), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            given = sum(clients.map(lambda client: _client(site, client, began + WINDOW), range(CLIENTS)))
        lasted = time.perf_counter() - began
        proxy, servers = site.processor_of_proxy() - proxy, site.processor() - servers
    rate = given / lasted
    words = (
        f"{rate:,.0f} ({sum(sizes) / len(sizes) / 1000:.0f} kB each); proxy {proxy / lasted:.0%} of a core, servers "
        f"{servers / lasted:.0%}; processor time of the proxy allows {given / proxy:,.0f} a core"
    )
    return [Row("Documents and pictures a second from the proxy", words, target=f"≥ {WANTED:,}", met=rate >= WANTED)]


def _client(site: Site, client: int, until: float) -> int:
    """How many whole answers came to one client, which goes on to the next address after each burst."""
    given, number = 0, 1000 + client
    while time.perf_counter() < until:
        turn = number % len(ADDRESSES)
        asked = [ADDRESSES[(turn + each) % len(ADDRESSES)] for each in range(BURST)]
        given += len(_asked(site, number, asked))
        number += CLIENTS
    return given


def _asked(site: Site, number: int, addresses: list[str]) -> list[bytes]:
    """The answers to several questions over one connection, sent at once. Raises RuntimeError where one is no page."""
    lines = [f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n" for address in addresses]
    with site.dial(number) as line:
        line.sendall("".join(lines).encode())
        return list(_answers(line, len(lines)))


def _answers(line, count: int) -> Iterator[bytes]:
    data = bytearray()
    for _ in range(count):
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += _more(line)
        head, length = bytes(data[:end]), _LENGTH.search(data[:end])
        if not head.startswith(b"HTTP/1.1 200") or not length:
            raise RuntimeError(f"not a kept answer: {head[:80]!r}")
        whole = end + 4 + int(length[1])
        while len(data) < whole:
            data += _more(line)
        yield bytes(data[end + 4 : whole])
        del data[:whole]


def _more(line) -> bytes:
    part = line.recv(1 << 18)
    if not part:
        raise RuntimeError("the proxy closed before its answer was whole")
    return part
