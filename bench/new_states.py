"""How much of the processor does a state cost that no reader has seen, page by page: its sheet, and its document?

A walk of random changes as readers make them: from a page one control is set to another of its options, and now and
then the walk begins afresh. The server is this process, so that nothing but the article is counted; what a change
costs with the platform around it is measured by ``bench.change``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from bench.table import Row, quantile
from language import LANGUAGES
from layout.documents import document
from layout.frame.reader import Address, address_of
from layout.sheets import Sheet, sheet_of
from measures.store.shelf import open_shelf
from routes.shell import PageQuestion

PAGES = ("trends", "map", "compare", "district")
STATES, AFRESH = 100, 0.05  # states of each page and language; how often a walk begins again at the page's own address
PLACE, SEED, WARM = "london", 20, 5
WANTED, AT_MOST, RATE = 25, 40, 60  # ms of a sheet at the median and at the 95th percentile; documents a second
State = dict[str, str | list[str]]


def measure() -> list[Row]:
    """Each page in turn, both languages; the first states of each are not counted."""
    return [row for page in PAGES for row in _rows(page)]


def _rows(page: str) -> Iterator[Row]:
    sheets, documents = [], []
    for number, address in enumerate(new_states(page)):
        sheet, whole = _cost(address)
        if number >= WARM:
            sheets.append(sheet)
            documents.append(whole)
    half, most = quantile(sheets, 0.5), quantile(sheets, 0.95)
    yield Row(
        f"A new state of {page}, processor (p50 / p95)",
        f"{half:.1f} / {most:.1f} ms",
        target=f"≤ {WANTED} / {AT_MOST} ms",
        met=half <= WANTED and most <= AT_MOST,
    )
    rate = 1000 * len(documents) / sum(documents)
    yield Row(f"Documents of new states of {page} a second", f"{rate:.0f}", target=f"≥ {RATE}", met=rate >= RATE)


def _cost(address: Address) -> tuple[float, float]:
    """Milliseconds of processor of the sheet, and of the sheet with its document."""
    begun = time.process_time()
    sheet_of(address)
    between = time.process_time()
    document(question_of(address))
    return (between - begun) * 1000, (time.process_time() - begun) * 1000


def question_of(address: Address) -> PageQuestion:
    """What a browser asks for that shows the page of an address."""
    pairs = [(name, value) for name, values in address.values for value in values]
    return PageQuestion(address.page, tuple(pairs), "", "", True, "", "")


def new_states(page: str, states: int = STATES, seed: int = SEED) -> Iterator[Address]:
    """Addresses of a page, none twice, the languages taking turns."""
    chance, seen = random.Random(seed), set()
    walks = {code: _walk(page, code, chance) for code in LANGUAGES}
    for code in [code for _ in range(states) for code in walks]:
        for _ in range(50):  # a page of few choices has no more states
            address = next(walks[code])
            if address not in seen:
                seen.add(address)
                yield address
                break


def _walk(page: str, code: str, chance: random.Random) -> Iterator[Address]:
    usual: State = {"lang": code, "place": PLACE}
    state = usual
    while True:
        yield (address := _address(page, state))
        sheet = sheet_of(address, open_shelf())
        state = usual if chance.random() < AFRESH else _changed(sheet, state, chance)


def _address(page: str, state: State) -> Address:
    several = {name: [values] if isinstance(values, str) else values for name, values in state.items()}
    return address_of(page, [(name, value) for name, values in several.items() for value in values])


def _changed(sheet: Sheet, state: State, chance: random.Random) -> State:
    """The state after one control was set to another of its options."""
    choices = [choice for choice in sheet.choices if choice.options and len(choice.options) > 1]
    if not choices:  # an area is found by its name
        return state | {"area": chance.choice(open_shelf().places[PLACE].areas).code}
    choice = chance.choice(choices)
    kept = {name: value for name, value in state.items() if name not in choice.resets}
    if choice.kind == "several":
        return kept | {choice.name: chance.sample(list(choice.options), chance.randint(0, 3))}
    return kept | {choice.name: chance.choice([code for code in choice.options if code != choice.value])}
