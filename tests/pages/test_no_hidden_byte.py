"""No hidden count is in anything that a page sends: documents, Arrow messages, Vega specs, HTML, options of controls."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np

from disclosure.protection.protected import read_protected
from measures.build import build
from measures.store.shelf import Shelf
from tests.disclosure.test_example import NAME, large, truth

NUMBER = re.compile(rb"(?<![0-9a-f.])([0-9]{5,9})(?:\.0+)?(?![0-9a-f.])")


def test_no_hidden_count_is_in_any_byte_that_a_page_sends(spoilt):
    large(spoilt)
    assert build(spoilt) == 0
    shelf = Shelf(spoilt)
    table, real = shelf.table(NAME), truth(shelf)
    made = read_protected(shelf.cards[NAME], shelf.places["invented"])
    shown = {int(one) for one in table.values[np.isfinite(table.values)]} | {
        int(one) for one in made.lattice.count[made.shown]
    }
    secret = {int(one) for one in real.values[~np.isfinite(table.values)] if one > 10_000} - shown
    found: set[int] = set()
    for sent in pages_of(spoilt):
        found |= {int(word) for text in (sent, sent.replace(b",", b"")) for word in NUMBER.findall(text)}
    assert len(secret) > 500
    assert len(shown & found) > 100, "the scan must find what is there"
    assert found & secret == set()


def pages_of(root: Path) -> list[bytes]:
    walk = Path(__file__).with_name("walk.py")
    done = subprocess.run(
        [sys.executable, str(walk)],
        env={**os.environ, "FIGURES_DATA": str(root)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [bytes.fromhex(line) for line in done.stdout.split()]
