"""Every dataset under data/open, whoever added it: recorded bytes, licence, publisher, dates, and both languages."""

from __future__ import annotations

import hashlib
import re

import pytest

from loaders import data_folder, find_cards, read_card
from loaders.claims.statements import read_indicators

CARDS = [read_card(path) for path in find_cards(data_folder())]
EVERY_SOURCE = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONG_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def texts_of(card) -> list[tuple[str, dict]]:
    """Every text of a card that a reader sees, with its place in the card."""
    texts = [(key, getattr(card, key)) for key in ("title", "description", "publisher", "coverage", "next_update")]
    texts += [(f"{key} {n}", one) for key in ("notes", "not_published") for n, one in enumerate(getattr(card, key), 1)]
    texts += [(f"licence {n}", one["title"]) for n, one in enumerate(card.licenses, 1)]
    texts += [(f"break {cut.at} {word}", getattr(cut, word)) for cut in card.breaks for word in ("short", "reason")]
    texts += [(f"cells {n}", one["reason"]) for n, one in enumerate(card.cells, 1)]
    texts += [(f"{code} {word}", one[word]) for code, one in card.variables.items() for word in ("unit", "label")]
    return texts + list(card.area_labels.items())


def test_there_are_sources():
    assert len(CARDS) >= 8


@EVERY_SOURCE
def test_the_folder_is_named_like_the_dataset(card):
    assert card.folder.name == card.name


@EVERY_SOURCE
def test_every_published_file_has_the_recorded_bytes(card):
    for release in card.releases:
        assert hashlib.sha256((card.folder / release.file).read_bytes()).hexdigest() == release.sha256


@EVERY_SOURCE
def test_every_table_in_the_folder_is_named_in_the_card_or_belongs_to_it(card):
    ours = {
        "source.toml",
        "categories.csv",
        "labels.csv",
        "indicators.csv",
        "indicator_map.csv",
        "readings.csv",
        "stated_beside.csv",
        "tables.csv",
    }
    ours |= {"entries.csv", "statistics.csv", "places.csv"}  # beside a register
    ours |= {"refresh.toml"}  # what the last refresh remembers of the publisher's answer
    assert {path.name for path in card.folder.iterdir()} - ours == {release.file for release in card.releases}


@EVERY_SOURCE
def test_every_licence_has_a_name_and_a_title(card):
    assert all(licence["name"].strip() and licence["title"]["en"] for licence in card.licenses)


@EVERY_SOURCE
def test_every_release_has_an_id_of_its_own_and_a_date_and_they_stand_in_order(card):
    ids = [release.id for release in card.releases]
    dates = [release.published for release in card.releases]
    assert len(set(ids)) == len(ids)
    assert "latest" not in ids
    assert dates == sorted(dates)
    assert all(re.fullmatch(r"\d{4}(-\d{2}){0,2}", day) for day in [*dates, card.accessed])
    assert max(dates) <= card.accessed


@EVERY_SOURCE
def test_the_card_says_when_the_next_release_comes_and_when_this_one_is_old(card):
    assert card.next_update
    assert card.stale_after_months > 0 or card.kind == "boundaries"


@EVERY_SOURCE
def test_every_text_for_readers_is_there_in_both_languages(card):
    for where, words in texts_of(card):
        assert words.get("en", "").strip(), f"{where} has no English"
        assert CHINESE.search(words.get("zh", "")), f"{where} has no Chinese"
        assert not LONG_CHINESE.search(words["en"]), f"{where}: Chinese in the English text"


@EVERY_SOURCE
def test_every_category_is_named_and_defined_in_both_languages(card):
    for code, node in card.tree.nodes.items():
        assert re.fullmatch(r"[a-z0-9_]+", code)
        for words in (node.name, node.definition):
            assert words["en"].strip(), code
            assert CHINESE.search(words["zh"]), code
        assert bool(node.note["en"]) == bool(node.note["zh"]), code


@EVERY_SOURCE
def test_no_two_categories_have_one_name(card):
    for language in ("en", "zh"):
        names = [node.name[language] for node in card.tree.nodes.values()]
        assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)


@EVERY_SOURCE
def test_every_spelling_of_a_category_leads_to_a_category(card):
    for release in card.releases:
        assert set((release.categories or {}).values()) <= set(card.tree.nodes)


@EVERY_SOURCE
def test_every_break_and_marked_cell_names_things_that_exist(card, shelf):
    place = shelf.places[card.place]
    areas = {place.code, *(area.code for area in place.areas), *card.area_labels}
    for cut in card.breaks:
        assert set(cut.categories) <= set(card.tree.nodes)
        assert set(cut.areas) <= areas
        assert cut.at in shelf.table(card.name).periods
    for cell in card.cells:
        assert set(cell.get("categories", [])) <= set(card.tree.nodes)
        assert set(cell.get("periods", [])) <= set(shelf.table(card.name).periods)
        assert set(cell.get("variables", [])) <= set(card.variables)


@EVERY_SOURCE
def test_no_text_of_a_card_is_left_to_be_written(card):
    words = " ".join(text for _, words in texts_of(card) for text in (words["en"], words["zh"]))
    assert not re.search(r"\b(nan|NaN|NULL|TODO|TBD|FIXME|lorem)\b", words)


@pytest.mark.parametrize("card", [card for card in CARDS if card.kind == "claims"], ids=lambda card: card.name)
def test_every_indicator_of_statements_is_named_and_defined_in_both_languages(card):
    listed, meaning = read_indicators(card)
    assert set(meaning.values()) <= set(listed)
    for indicator in listed.values():
        for words in (indicator.name, indicator.definition):
            assert words["en"].strip(), indicator.code
            assert CHINESE.search(words["zh"]), indicator.code
