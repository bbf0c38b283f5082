"""``python -m bench.load [sessions | cache | hour]`` measures servers behind the proxy that is deployed; prints a table
with the load of the machine meanwhile. Takes eight minutes and both cores."""

from __future__ import annotations

import importlib
import os
import sys

from bench.__main__ import stale
from bench.load.behind import DEPLOYED
from bench.table import Row, markdown

NAMES = ("cache", "sessions", "hour")


def main(chosen: list[str]) -> int:
    """Measure what is asked; 0 when all of it could be measured, whatever came of it."""
    if set(chosen) - set(NAMES):
        print(f"usage: python -m bench.load [{' | '.join(NAMES)}]", file=sys.stderr)
        return 2
    unfit = stale()
    if unfit or not DEPLOYED.exists():
        why = f"data/built does not fit {', '.join(unfit)}: run 'make data' first" if unfit else f"no {DEPLOYED}"
        print(f"Nothing was measured: {why}.", file=sys.stderr)
        return 1
    rows: list[Row] = []
    notes = ["All on one machine: servers, proxy and readers share its cores. Each reader has an address of its own."]
    for name in [name for name in NAMES if not chosen or name in chosen]:
        before = os.getloadavg()[0]
        rows += importlib.import_module(f"bench.load.{name}").measure()
        notes.append(f"{name}: load of the machine {before:.1f} before it began, {os.getloadavg()[0]:.1f} at its end.")
    print(markdown(rows, notes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
