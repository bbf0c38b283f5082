"""No hidden count is in anything that a page sends: documents, Arrow messages, Vega specs, HTML, options of controls."""

import re

import numpy as np

from disclosure.protection.protected import read_protected
from measures.build import build
from measures.store.shelf import Shelf
from tests.disclosure.test_example import NAME, large, truth
from tests.pages.walk import messages, written

NUMBER = re.compile(rb"(?<![0-9a-f.])([0-9]{5,9})(?:\.0+)?(?![0-9a-f.])")


def test_no_hidden_count_is_in_any_byte_that_a_page_sends(spoilt):
    large(spoilt)
    assert build(spoilt) == 0
    shelf = Shelf(spoilt)
    table, real = shelf.table(NAME), truth(shelf)
    protected = read_protected(shelf.cards[NAME], shelf.places["invented"])
    shown = {int(value) for value in table.values[np.isfinite(table.values)]} | {
        int(value) for value in protected.lattice.count[protected.shown]
    }
    secret = {int(value) for value in real.values[~np.isfinite(table.values)] if value > 10_000} - shown
    assert len(secret) > 500
    for surface, parts in (("document", written(shelf)), ("dashboard", messages(shelf))):
        found = {
            int(word) for part in parts for text in (part, part.replace(b",", b"")) for word in NUMBER.findall(text)
        }
        assert len(shown & found) > 50, f"the scan must find what is there: {surface}"
        assert found & secret == set(), surface
