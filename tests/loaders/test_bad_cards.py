"""A card that lacks something is refused with the list of what is still to be filled in, and silences only its own figures."""

from __future__ import annotations

import re

import pytest

from loaders import SourceError, data_folder, find_cards, read_card
from measures.store.shelf import Shelf

CARDS = {card.name: card for card in map(read_card, find_cards(data_folder()))}
DATASETS = list(CARDS)
ONE_OF_EACH_KIND = list({card.kind: name for name, card in CARDS.items()}.values())


def drop(copy, dataset: str, key: str) -> None:
    """Take a key and its value (of one or several lines) out of a card."""
    path = copy.card_path(dataset)
    text, found = re.subn(rf"(?ms)^{key} = .*?(?=^\S+ = |^\[|^#)", "", path.read_text(encoding="utf-8"), count=1)
    assert found, f"the card of {dataset} has no {key}: the test must be brought up to date"
    path.write_text(text, encoding="utf-8")


def silenced_with(dataset: str) -> set[str]:
    """The dataset, and where it lists the areas of a place, everything of that place: without its areas nothing of it can be shown."""
    card = CARDS[dataset]
    return {
        name for name, one in CARDS.items() if name == dataset or (card.kind == "areas" and one.place == card.place)
    }


def measures_of_others(shelf: Shelf, without: str) -> list[str]:
    """The measures that neither read the dataset nor divide by it."""
    return [
        name
        for name, measure in shelf.measures.items()
        if not silenced_with(without) & {measure.dataset, measure.rate.get("dataset", "")}
    ]


def faults_of(copy, dataset: str):
    with pytest.raises(SourceError) as found:
        read_card(copy.card_path(dataset))
    return found.value.faults


@pytest.mark.parametrize("dataset", ONE_OF_EACH_KIND)
def test_a_card_without_licence_is_refused(dataset, copy):
    drop(copy, dataset, "licenses")
    (fault,) = faults_of(copy, dataset)
    assert fault.what == "'licenses' is missing"
    assert fault.where.endswith(f"{dataset}/source.toml")
    assert (fault.expected, fault.found) == ("at least one licence", "nothing")
    assert "licence" in fault.todo


@pytest.mark.parametrize("dataset", ONE_OF_EACH_KIND)
def test_a_card_without_publisher_is_refused_once_for_each_language(dataset, copy):
    drop(copy, dataset, "publisher")
    assert [fault.what for fault in faults_of(copy, dataset)] == ["'publisher' has no 'en'", "'publisher' has no 'zh'"]


def test_boundaries_without_the_field_that_names_the_areas_are_refused(copy):
    copy.change_card("seoul_gu", 'id = "code"', "")
    assert [fault.what for fault in faults_of(copy, "seoul_gu")] == ["'id' is missing"]


@pytest.mark.parametrize("licence", ['licenses = [ { url = "" } ]', 'licenses = [ "OGL" ]'])
def test_a_licence_without_a_name_is_refused(licence, copy):
    drop(copy, "population", "licenses")
    copy.change_card("population", "accessed =", f"{licence}\naccessed =")
    assert any("licen" in fault.what for fault in faults_of(copy, "population"))


def test_a_publisher_that_is_no_table_of_languages_is_refused(copy):
    drop(copy, "population", "publisher")
    copy.change_card("population", "accessed =", 'publisher = "ONS"\naccessed =')
    assert any("publisher" in fault.what for fault in faults_of(copy, "population"))


def test_all_faults_of_a_card_are_reported_at_once(copy):
    for key in ("licenses", "publisher", "title", "accessed"):
        drop(copy, "road_casualties", key)
    named = " ".join(fault.what for fault in faults_of(copy, "road_casualties"))
    assert all(f"'{key}'" in named for key in ("licenses", "publisher", "title", "accessed"))


@pytest.mark.parametrize("key", ["at", "short", "reason"])
def test_a_break_that_lacks_something_is_refused(key, copy):
    path = copy.card_path("recorded_crime")
    text = path.read_text(encoding="utf-8")
    head, breaks = text.split("[[breaks]]", 1)
    path.write_text(f"{head}[[breaks]]{re.sub(rf'(?m)^{key} = .*$', '', breaks, count=1)}", encoding="utf-8")
    assert any(key in fault.what for fault in faults_of(copy, "recorded_crime"))


def test_an_unknown_effect_of_a_break_is_refused(copy):
    copy.change_card("recorded_crime", 'effect = "mark"', 'effect = "fade"')
    assert {(fault.expected, fault.found) for fault in faults_of(copy, "recorded_crime")} == {
        ("cut | mark | no_trend", "fade")
    }


def test_an_unknown_status_of_a_cell_is_refused(copy):
    copy.change_card("digital_take_up", 'status = "e"', 'status = "guess"')
    assert [fault.found for fault in faults_of(copy, "digital_take_up")] == ["guess"]


def test_a_card_that_is_no_toml_is_a_source_error(copy):
    copy.card_path("population").write_text("name = ", encoding="utf-8")
    assert [fault.what for fault in faults_of(copy, "population")] == ["the card cannot be read"]


@pytest.mark.parametrize("column", ["parent", "in_total", "definition_zh"])
def test_a_list_of_categories_without_a_column_is_a_source_error(column, copy):
    path = copy.card("digital_take_up").folder / "categories.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(column, "other", 1), encoding="utf-8")
    assert copy.faults("digital_take_up")


@pytest.mark.in_turn(8)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_faulty_card_silences_only_its_own_measures(dataset, served):
    drop(served, dataset, "licenses")
    shelf = Shelf(served.root)
    assert set(shelf.faults) == silenced_with(dataset)
    assert all(shelf.working(name) for name in measures_of_others(shelf, dataset))
    assert not any(shelf.working(name) for name, measure in shelf.measures.items() if measure.dataset == dataset)


@pytest.mark.in_turn(8)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_damaged_file_silences_only_its_own_measures(dataset, served):
    served.write(dataset, b"name\nnothing\n")
    shelf = Shelf(served.root)
    assert all(shelf.working(name) for name in measures_of_others(shelf, dataset))
    assert not any(shelf.working(name) for name, measure in shelf.measures.items() if measure.dataset == dataset)
