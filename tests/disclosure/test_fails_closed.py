"""Without a verdict that names the very table, a dataset with withheld cells is not shown."""

from __future__ import annotations

import hashlib
import json
import re
import shutil

import numpy as np
import pandas as pd
import pytest

from disclosure.__main__ import main
from disclosure.builds import ATTACKED, HOME, current_build
from loaders import SourceError
from loaders.cards.unpublished import RECORD
from measures.build import build
from measures.store.attack_verdicts import AttackSucceeded, NotAttacked
from measures.store.continued import shows_what_is_withheld, take_up
from measures.store.shelf import Shelf
from tests.builds import built_file, forge
from tests.conftest import EXAMPLE, PACKAGE
from tests.disclosure.test_attack import withheld_by_source
from tests.disclosure.test_example import NAME

RESIDENTS = "invented_residents"


def attacked(root, **changes) -> None:
    """Change what the attack of a build said of the protected dataset, as if the build had written it."""
    said = json.loads(built_file(root, ATTACKED).read_text())
    said["datasets"][NAME] |= changes
    forge(root, ATTACKED, lambda path: path.write_text(json.dumps(said)))


def refused(root, dataset: str, kind: type[SourceError]) -> bool:
    shelf = Shelf(root)
    with pytest.raises(kind):
        shelf.table(dataset)
    return not shelf.readable(dataset) and not shelf.working(NAME)


def other_package(root) -> None:
    """Another count for the publisher, and the package protected again by the command."""
    path = root / PACKAGE / "invented_counts.csv"
    rows = pd.read_csv(path)
    rows.iloc[0, 2] += 100
    rows.to_csv(path, index=False)
    record = root / PACKAGE / RECORD
    known = re.search("[0-9a-f]{64}", record.read_text())[0]
    record.write_text(record.read_text().replace(known, hashlib.sha256(path.read_bytes()).hexdigest()))
    assert main(["protect", str(root / PACKAGE)]) == 0


def test_a_table_that_was_attacked_as_it_is_is_shown(example):
    assert example.readable(NAME) and example.attacked.datasets[NAME]["safe"] > 100


@pytest.mark.parametrize("dataset", [NAME, RESIDENTS])
def test_the_only_release_by_its_own_name_is_the_table_that_was_attacked(dataset, example):
    card = example.cards[dataset]
    table, alone = example.table(dataset, card.latest.id), example.prepare(dataset, card.latest.id)
    assert table.release == alone.release == card.latest.id
    assert table.cells is example.table(dataset).cells
    assert np.array_equal(table.values, alone.values, equal_nan=True) and np.array_equal(table.status, alone.status)
    assert np.array_equal(table.reason_words[table.reason], alone.reason_words[alone.reason])
    assert (table.release_of, table.periods) == (alone.release_of, alone.periods)
    assert example.readable(dataset)


WITHOUT_A_VERDICT = {
    "no verdicts at all": lambda root: built_file(root, ATTACKED).unlink(),
    "verdicts cut short": lambda root: built_file(root, ATTACKED).write_text('{"date": "2026-01-01", "datasets": {'),
    "verdicts that the build did not write": lambda root: built_file(root, ATTACKED).write_text(
        built_file(root, ATTACKED).read_text() + " "
    ),
    "a verdict on another table": lambda root: attacked(root, tables={"latest": "0" * 64}),
    "a verdict on another release": lambda root: attacked(
        root, tables={"2020": current_build(root).hash_of(f"{NAME}/latest.parquet")}
    ),
    "a verdict on no table": lambda root: attacked(root, tables={}),
    "nothing built": lambda root: shutil.rmtree(root / HOME),
    "a damaged table": lambda root: built_file(root, f"{NAME}/latest.parquet").write_bytes(b"PAR1"),
    "the rule written anew": lambda root: (root / "disclosure.toml").write_bytes(b"# no rule of its own\n" + _rule()),
}


def _rule() -> bytes:
    from loaders.data_folder import PROJECT

    return (PROJECT / "data" / "disclosure.toml").read_bytes()


@pytest.mark.parametrize("spoil", WITHOUT_A_VERDICT.values(), ids=WITHOUT_A_VERDICT)
def test_without_a_verdict_on_the_very_table_it_is_not_shown_and_the_rest_is(spoil, spoilt):
    spoil(spoilt)
    assert refused(spoilt, NAME, NotAttacked)
    assert Shelf(spoilt).readable(RESIDENTS), "a dataset of which nothing is withheld needs no verdict"


def test_an_unsafe_verdict_silences_the_dataset_whatever_table_there_is(spoilt):
    attacked(spoilt, unsafe=1)
    assert refused(spoilt, NAME, AttackSucceeded)
    built_file(spoilt, f"{NAME}/latest.parquet").unlink()
    assert refused(spoilt, NAME, AttackSucceeded)


def test_a_package_protected_again_after_the_attack_is_silent_until_it_is_attacked(spoilt):
    other_package(spoilt)
    assert refused(spoilt, NAME, NotAttacked)
    assert build(spoilt) == 0
    assert Shelf(spoilt).readable(NAME)


def test_what_the_publisher_withholds_is_silent_until_it_is_attacked(spoilt):
    withheld_by_source(spoilt)
    assert refused(spoilt, RESIDENTS, NotAttacked)
    assert build(spoilt) == 0
    assert Shelf(spoilt).readable(RESIDENTS)


def test_a_running_server_goes_on_with_a_table_that_shows_nothing_withheld(spoilt, capsys):
    before = Shelf(spoilt)
    take_up(before, None)
    path = spoilt / PACKAGE / "protected" / "audit.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"audited": "2026-12-01T00:00:00Z"}))
    after = Shelf(spoilt)
    take_up(after, before)
    assert after.table(NAME) is before.table(NAME) and after.working(NAME)
    assert "what was read before goes on" in capsys.readouterr().err


def test_a_running_server_stops_showing_a_figure_that_is_withheld_by_now(spoilt):
    before = Shelf(spoilt)
    take_up(before, None)
    withheld_by_source(spoilt)
    after = Shelf(spoilt)
    take_up(after, before)
    assert not after.readable(RESIDENTS) and after.readable(NAME)


def test_a_running_server_stops_showing_what_is_to_be_protected_from_now_on(spoilt):
    before = Shelf(spoilt)
    take_up(before, None)
    card = spoilt / "open/invented_publisher/invented_residents/source.toml"
    card.write_text(card.read_text().replace('disclosure = "as_published"', 'disclosure = "protect"'))
    after = Shelf(spoilt)
    take_up(after, before)
    assert not after.readable(RESIDENTS)


@pytest.mark.parametrize("change", [{"unsafe": 1}, {"rule": {"threshold": 1}}], ids=["not proved safe", "another rule"])
def test_a_running_server_stops_showing_what_its_audit_no_longer_proves(change, spoilt):
    before = Shelf(spoilt)
    take_up(before, None)
    path = spoilt / PACKAGE / "protected" / "audit.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    after = Shelf(spoilt)
    take_up(after, before)
    assert not after.readable(NAME)


def test_a_running_server_stops_showing_what_a_new_build_finds_unsafe(spoilt):
    before = Shelf(spoilt)
    take_up(before, None)
    attacked(spoilt, unsafe=2)
    after = Shelf(spoilt)
    take_up(after, before)
    assert not after.readable(NAME) and after.readable(RESIDENTS)


def test_a_figure_that_another_table_withholds_is_found_by_its_codes(example):
    from dataclasses import replace

    from disclosure import Dense

    table = example.table(NAME)
    assert not shows_what_is_withheld(table, table)
    values = table.values.copy()
    values[np.isnan(values)] = 1.0
    assert shows_what_is_withheld(replace(table, cells=Dense(values, table.status, table.reason)), table)
    elsewhere = replace(table, areas=tuple(f"other {code}" for code in table.areas))
    assert not shows_what_is_withheld(elsewhere, table)


def test_a_build_that_changes_nothing_leaves_a_protected_package_byte_for_byte(spoilt):
    """So a build that is killed after it protected, and before readers get it, silences nothing."""
    folder = spoilt / PACKAGE / "protected"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(["protect", str(spoilt / PACKAGE)]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert Shelf(spoilt).readable(NAME)


def test_the_example_is_not_shown_before_it_was_built(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "data")
    assert main(["protect", str(tmp_path / "data" / PACKAGE)]) == 0
    assert refused(tmp_path / "data", NAME, NotAttacked)
