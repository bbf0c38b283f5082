"""Nothing that a reader can fetch, and nothing that is deployed, tells whether a guess of the withheld counts is right."""

from __future__ import annotations

import hashlib
import re
import shutil
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from disclosure.commands import protect_package
from loaders import SourceError, read_card, read_places
from loaders.cards.unpublished import RECORD, recorded_release
from measures.store.shelf import Shelf
from routes.catalogues.descriptions import DESCRIPTIONS
from routes.conditional import state_of
from tests.conftest import EXAMPLE, PACKAGE
from tests.disclosure.test_example import extract, record

FILE = "invented_counts.csv"
AREAS, TYPES = ("Area A", "Area B"), ("type_1", "type_2")
MONTHS = [("2021-01", "2021-02"), ("2021-02", "2021-03"), ("2022-07", "2022-08"), ("2022-10", "2022-12")]


def protected(root: Path, guess) -> Path:
    """The example with a guessed table in the place of the publisher's, as the build protects it."""
    shutil.copytree(EXAMPLE, root)
    rows = pd.read_csv(root / PACKAGE / FILE)
    guess(rows)
    rows.to_csv(root / PACKAGE / FILE, index=False, lineterminator="\n")
    record(root)
    card = read_card(root / PACKAGE / "source.toml")
    protect_package(card, read_places(root, {card.name: card}, {})[card.place])
    return root


def moved(months: tuple[str, str], by: int):
    """Move cases between two areas, two types of one group and two months of one year: every published sum stays as it is."""

    def guess(rows: pd.DataFrame) -> None:
        for (a, area), (t, kind), (m, month) in product(enumerate(AREAS), enumerate(TYPES), enumerate(months)):
            rows.loc[(rows["area"] == area) & (rows["type"] == kind), month] += by * (-1) ** (a + t + m)

    return guess


@pytest.fixture(scope="module")
def truth(tmp_path_factory) -> Path:
    return protected(tmp_path_factory.mktemp("truth") / "data", lambda rows: None)


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(("months", "by"), zip(MONTHS, (1, -2, 1, -2), strict=True))
def test_a_guessed_table_that_shows_the_same_has_the_same_mark(months, by, truth, tmp_path):
    guessed = protected(tmp_path / "data", moved(months, by))
    shown, other = ((root / PACKAGE / "protected" / "table.parquet").read_bytes() for root in (truth, guessed))
    assert (truth / PACKAGE / FILE).read_bytes() != (guessed / PACKAGE / FILE).read_bytes()
    assert shown == other, "the guess must be one that the shown table leaves open, else this test says nothing"
    assert state_of(Shelf(guessed))[0] == state_of(Shelf(truth))[0]


def test_a_table_that_shows_something_else_has_another_mark(truth, tmp_path):
    def one_more(rows: pd.DataFrame) -> None:
        rows.loc[rows.index[1], "2021-01"] += 1

    assert state_of(Shelf(protected(tmp_path / "data", one_more)))[0] != state_of(Shelf(truth))[0]


def test_what_lies_beside_the_unprotected_file_decides_no_mark(truth, tmp_path):
    root = tmp_path / "data"
    shutil.copytree(truth, root)
    before = state_of(Shelf(root))[0]
    (root / PACKAGE / RECORD).unlink()
    (root / PACKAGE / FILE).rename(root / PACKAGE / "an_older_name.csv")
    assert state_of(Shelf(root))[0] == before


def test_no_file_that_is_deployed_and_no_answer_holds_the_hash_of_the_unprotected_file(example, example_root):
    secret = recorded_release(example.cards["invented_counts"]).sha256
    private = {example_root / PACKAGE / FILE, example_root / PACKAGE / RECORD}
    deployed = [path for path in example_root.rglob("*") if path.is_file() and path not in private]
    assert len(deployed) > 10
    found = [
        path.name
        for path in deployed
        if secret.encode() in path.read_bytes() or bytes.fromhex(secret) in path.read_bytes()
    ]
    assert found == []
    answers = [make(example) for make, _ in DESCRIPTIONS.values()] + [extract(example, "json").decode()]
    assert not any(secret in one for one in answers)


def test_no_count_of_the_small_counts_is_deployed(example_root):
    """How many counts are small themselves would tell a table with one more of them from the true one."""
    text = (example_root / PACKAGE / "protected" / "audit.json").read_text(encoding="utf-8")
    assert "primary" not in text and "secondary" not in text


@pytest.mark.parametrize("line", [f'sha256 = "{"0" * 64}"', "rows = 48", "total = 12345"])
def test_a_card_that_tells_of_the_unprotected_file_is_refused_and_says_where_it_belongs(line, spoilt):
    path = spoilt / PACKAGE / "source.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f'file = "{FILE}"\n', f'file = "{FILE}"\n{line}\n'), encoding="utf-8"
    )
    with pytest.raises(SourceError, match=RECORD):
        read_card(path)
    assert "invented_counts" in Shelf(spoilt).faults


def test_a_card_that_is_refused_decides_no_mark(spoilt):
    """Such as one that still holds the hash."""
    path, marks = spoilt / PACKAGE / "source.toml", set()
    whole = path.read_text(encoding="utf-8")
    for digit in "01":
        path.write_text(
            whole.replace(f'file = "{FILE}"\n', f'file = "{FILE}"\nsha256 = "{digit * 64}"\n'), encoding="utf-8"
        )
        marks.add(state_of(Shelf(spoilt))[0])
    assert len(marks) == 1


SPOILT_RECORDS = {
    "is not recorded": lambda text: "",
    "cannot be read": lambda text: "sha256 = ",
    "an unknown key": lambda text: text.replace("rows", "row"),
    "is not the file that was recorded": lambda text: re.sub('sha256 = "..', 'sha256 = "00', text),
    "the number of rows does not fit": lambda text: text.replace("rows = 48", "rows = 49"),
}


@pytest.mark.parametrize("words", SPOILT_RECORDS)
def test_a_file_that_is_not_the_recorded_one_is_not_protected(words, spoilt):
    path = spoilt / PACKAGE / RECORD
    path.write_text(SPOILT_RECORDS[words](path.read_text(encoding="utf-8")), encoding="utf-8")
    card = read_card(spoilt / PACKAGE / "source.toml")
    with pytest.raises(SourceError, match=words):
        protect_package(card, read_places(spoilt, {card.name: card}, {})[card.place])


def test_the_example_is_recorded_as_it_is(example):
    card = example.cards["invented_counts"]
    assert recorded_release(card).sha256 == hashlib.sha256((EXAMPLE / PACKAGE / FILE).read_bytes()).hexdigest()
    assert (card.latest.sha256, card.latest.rows, card.latest.total) == ("", None, None)
