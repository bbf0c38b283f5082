"""``python -m bench`` measures everything; ``python -m bench change`` one thing. Prints a table and writes it to
bench/out/table.md."""

from __future__ import annotations

import importlib
import signal
import sys
import time

from bench.table import OUT, Row, markdown

NAMES = ("start", "first_map", "change", "new_states", "documents", "sessions", "memory", "extract", "extracts")
NOTES = (
    "Ratios of one run on one machine, the apps taking turns; the seconds hold for that machine only.",
    (
        "The plain page: Streamlit's default settings, but the same libraries as ours, so with uvloop. One page holds "
        "its chart, map and table."
    ),
    "Visitors of the socket send what a browser sends; no choice is made twice in the rows on changes.",
)


def stale() -> list[str]:
    """Datasets whose built tables no longer fit the files or the code: the server would make them while it is
    measured."""
    from loaders import data_folder
    from measures.store import artifacts
    from measures.store.shelf import Shelf

    shelf = Shelf(data_folder())
    cards = [card for card in shelf.cards.values() if card.is_table]
    return [card.name for card in cards if artifacts.read(shelf.built, card, "latest") is None]


def main(chosen: list[str]) -> int:
    """Measure what is asked, in the order of the list."""
    if set(chosen) - set(NAMES):
        print(f"usage: python -m bench [{' | '.join(NAMES)}]", file=sys.stderr)
        return 2
    unfit = stale()
    if unfit:
        print(
            f"data/built does not fit {', '.join(unfit)}: run 'make data' (python -m measures build) first.",
            file=sys.stderr,
        )
        return 1
    rows: list[Row] = []
    missed: list[str] = []
    for name in [name for name in NAMES if not chosen or name in chosen]:
        began = time.monotonic()
        try:
            rows += importlib.import_module(f"bench.{name}").measure()
        except Exception as fault:  # the other parts are still worth their time
            missed.append(name)
            rows.append(
                Row(name, f"not measured: {type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}")
            )
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    text = markdown(rows, NOTES)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "table.md").write_text(text, encoding="utf-8")
    print(text)
    return 1 if missed else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a run that is stopped stops its servers too
    sys.exit(main(sys.argv[1:]))
