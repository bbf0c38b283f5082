"""Every published file is read as it stands, and its own totals come out."""

from __future__ import annotations

import csv

import pytest

from loaders import data_folder, find_cards, read_card, read_release
from tests.conftest import read

CARDS = [read_card(path) for path in find_cards(data_folder())]
TABLES = [(card, release) for card in CARDS if card.kind in ("observations", "areas") for release in card.releases]
CRIME_TOTALS = {
    "2023-04": 10_354_157,
    "2025-04": 1_860_236,
    "2026-01": 10_984_752,
    "2026-01-recent": 1_854_370,
    "2026-04": 1_834_542,
    "2026-08": 1_841_798,
}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_dataset_can_be_read(card, shelf):
    assert card.name not in shelf.faults
    found = read(shelf, card.name)
    assert len(getattr(found, "periods", found)) > 0


@pytest.mark.parametrize(("card", "release"), TABLES, ids=lambda one: getattr(one, "id", ""))
def test_the_sum_of_a_file_is_the_sum_recorded_in_its_card(card, release, shelf):
    frame = read_release(card, release, shelf.places[card.place]).frame
    first = frame[frame["variable"] == next(iter(card.variables))]
    assert first["value"].sum() == release.total
    assert (first["period"].min(), first["period"].max()) == (release.first, release.last)


@pytest.mark.parametrize(("release", "total"), CRIME_TOTALS.items())
def test_the_cells_of_recorded_crime_add_up_to_what_the_publisher_printed(release, total, shelf):
    card = shelf.cards["recorded_crime"]
    one = next(one for one in card.releases if one.id == release)
    with (card.folder / one.file).open(encoding="utf-8-sig", newline="") as file:
        by_hand = sum(int(cell) for row in list(csv.reader(file))[1:] for cell in row[3:])
    assert by_hand == one.total == total
    assert read_release(card, one, shelf.places["london"]).frame["value"].sum() == total


def test_a_blank_cell_stays_missing(shelf):
    card = shelf.cards["digital_take_up"]
    frame = read_release(card, card.latest, shelf.places["london"]).frame
    blank = frame[frame["value"].isna()]
    assert list(zip(blank["category"], blank["period"], blank["variable"], strict=True)) == [
        ("enhanced_checks", "2012-Q3", "total")
    ]


def test_a_name_written_with_hyphens_is_the_same_area(shelf):
    assert (
        shelf.places["london"].code_of("Kingston-upon-Thames")
        == shelf.places["london"].code_of("Kingston upon Thames")
        == "E09000021"
    )


def test_a_category_that_changed_its_punctuation_is_one_category(shelf):
    card = shelf.cards["recorded_crime"]
    spellings = {
        text
        for release in card.releases
        for text, code in release.categories.items()
        if code == "public_fear_alarm_or_distress"
    }
    assert spellings == {"PUBLIC FEAR ALARM OR DISTRESS", "PUBLIC FEAR, ALARM OR DISTRESS"}


def test_claims_keep_every_published_row_and_wording(shelf):
    card = shelf.cards["shanghai_statements"]
    with (card.folder / card.latest.file).open(encoding="utf-8-sig", newline="") as file:
        published = list(csv.DictReader(file))
    table = read(shelf, "shanghai_statements")
    assert len(table) == len(published) == 406
    assert list(table["quote"]) == [row["quote_zh"] for row in published]
    assert list(table["value"]) == [row["value"] for row in published]
