"""``python -m bench.attack``: what can one client do to the server? Bounded in count and time; prints a table.

It repeats the attacks that once stopped the server, one after the other against one server, and says for each what the
server answered, how long another reader waited meanwhile at most, and by how much the memory grew.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from bench.attack.attacks import ATTACKS
from bench.attack.reader import reading
from bench.raw import ask
from bench.servers import Server, running

REST = 60  # seconds for the server to come to rest before the first attack


def _at_rest(server: Server) -> None:
    """Wait until the server has warmed up: next to no processor for a second."""
    for _ in range(REST):
        before = server.processor()
        time.sleep(1)
        if server.processor() - before < 0.05:
            return


def row(attack: Callable[[int], str], server: Server) -> str:
    """One line of the table."""
    before, began = server.memory(), time.perf_counter()
    with reading(server.port) as reader:
        answers = attack(server.port)
        time.sleep(0.2)
    seconds = time.perf_counter() - began
    waited = f"{reader.worst:.2f} s" + (f", {reader.failed} of {reader.requests} not served" if reader.failed else "")
    what = (attack.__doc__ or "").strip().rstrip(".")
    return f"| {what} | {answers} | {seconds:.1f} s | {waited} | {server.memory() - before:+.0f} MB |"


def main() -> int:
    with running("ours") as server:
        ask(server.port, "/")
        _at_rest(server)
        print(
            "| What is sent | What came of it | Took | A reader waited at most | Memory |\n| --- | --- | --- | --- | "
            "--- |"
        )
        for attack in ATTACKS:
            print(row(attack, server), flush=True)
        print(
            f"\nHealthy afterwards: {'yes' if ask(server.port, '/_stcore/health').body == b'ok' else '**no**'}; "
            f"{server.memory():.0f} MB."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
