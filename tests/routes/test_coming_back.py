"""What left comes back: every export, read by our own loaders under the card written from it, is the table that it was made from."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import numpy as np
import openpyxl
import pytest

from language import LANGUAGES, reason_words, translator
from loaders import SourceError, data_folder, find_cards, read_card, read_release
from loaders.__main__ import main
from loaders.adopt import BESIDE, adopt
from loaders.observations.splice import newest_first
from routes.addresses import FORMATS, Selection, extract_address

CARDS = [card for card in map(read_card, find_cards(data_folder())) if card.kind in ("observations", "areas")]
PART = {
    "recorded_crime": {
        "categories": ["burglary_residential", "possession_of_weapons", "stalking_and_harassment"],
        "first": "2023-01",
    }
}  # every status and release is in it
EVERY = [(card.name, "latest", form) for card in CARDS for form in FORMATS]
EVERY += [(card.name, one.id, "csv") for card in CARDS for one in card.releases]
KEPT = (
    "title",
    "description",
    "coverage",
    "publisher",
    "licenses",
    "sources",
    "accessed",
    "place",
    "frequency",
    "next_update",
    "stale_after_months",
    "ended",
    "pauses",
    "notes",
    "not_published",
    "breaks",
)


@pytest.fixture
def fetch(get, tmp_path):
    """``fetch(address)`` saves a file, and beside a CSV what its header names; comes back: its path."""

    def saved(address: str):
        path = tmp_path / urlsplit(address).path.rsplit("/", 1)[1]
        answer = get(address)
        path.write_bytes(answer.content)
        if path.suffix in (".csv", ".xlsx"):
            beside = answer.headers["link"].partition(">")[0].removeprefix("<")
            (tmp_path / f"{path.name}{BESIDE}").write_bytes(get(beside).content)
        return path

    return saved


def read_again(path, folder, shelf):
    """The card written from an exported file, and its cells: every release read by itself, as our loaders read it."""
    card = read_card(adopt(path, folder / "again" / "exported"))
    return card, newest_first([read_release(card, one, shelf.places[card.place]) for one in card.releases])


@pytest.mark.in_turn(16)
@pytest.mark.parametrize(("dataset", "release", "form"), EVERY)
def test_an_export_comes_back_as_the_same_table(dataset, release, form, fetch, shelf, tmp_path):
    part, ours = PART.get(dataset, {}), shelf.cards[dataset]
    card, frame = read_again(
        fetch(extract_address(ours.place, dataset, form, release, rows=Selection(**part))), tmp_path, shelf
    )
    table = shelf.table(dataset, release)
    spans = [one for one in table.periods if one >= part.get("first", "") and one not in ours.pauses]
    assert len(frame) == len(table.variables) * len(part.get("categories", table.categories)) * len(table.areas) * len(
        spans
    )
    areas, nodes = shelf.area_names(ours.place, dataset), ours.tree.nodes

    def names(axis: str, name: str) -> dict[str, str]:
        return areas[name] if axis == "area" else nodes[name].name

    lines = {}
    for row in frame.itertuples():
        key = (row.variable, row.category, row.area)
        line = lines.setdefault(key, table.series(*key))
        at = table.position(row.period)
        assert np.array_equal(row.value, line.values[at], equal_nan=True), (key, row.period)
        assert (row.status, row.release) == (line.statuses[at], table.release_of[at]), (key, row.period)
        for code in LANGUAGES:
            words = reason_words(row.reason, translator(code), card.breaks, card.cells)
            told = reason_words(line.reasons[at], translator(code), ours.breaks, ours.cells, names)
            assert words == told, (key, row.period)


@pytest.mark.in_turn(12)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("dataset", [card.name for card in CARDS])
def test_what_is_known_of_a_dataset_comes_back_with_it(dataset, form, fetch, shelf, tmp_path):
    part, ours = PART.get(dataset, {}), shelf.cards[dataset]
    card, _ = read_again(fetch(extract_address(ours.place, dataset, form, rows=Selection(**part))), tmp_path, shelf)
    for name in KEPT:
        assert getattr(card, name) == getattr(ours, name), name
    shown = set(shelf.table(dataset).release_of)  # a superseded release has an address of its own, a pause has none
    assert [(release.id, release.published, release.about) for release in card.releases] == [
        (release.id, release.published, release.about) for release in ours.releases if release.id in shown
    ]
    for code, node in card.tree.nodes.items():
        kept = ours.tree.nodes[code]
        assert (node.name, node.definition, node.note, node.link) == (kept.name, kept.definition, kept.note, kept.link)
    for code, one in card.variables.items():
        assert (one["label"], one["unit"]) == (ours.variables[code]["label"], ours.variables[code]["unit"])
    names = shelf.area_names(ours.place, dataset)
    assert card.area_labels == {
        area: {code: names[area][code] for code in LANGUAGES} for area in shelf.table(dataset).areas
    }


@pytest.mark.parametrize("form", FORMATS)
def test_figures_that_were_worked_out_are_not_taken_for_published_ones(form, fetch, tmp_path):
    path = fetch(
        f"/data/london/recorded_crime/latest.{form}?measure=recorded_crime&view=rate&category=robbery&area=E09000007"
    )
    with pytest.raises(SourceError, match="worked out"):
        adopt(path, tmp_path / "again" / "exported")


def test_the_part_of_recorded_crime_has_every_status_and_release_that_the_whole_has(shelf):
    """Else the walk there and back would pass over what is hard."""
    whole, part = shelf.table("recorded_crime"), PART["recorded_crime"]
    rows, since = [whole.categories.index(one) for one in part["categories"]], whole.position(part["first"])
    assert set(np.unique(whole.status[:, rows, :, since:])) == set(np.unique(whole.status))
    assert set(whole.release_of[since:]) == set(whole.release_of)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["value", "status", "release", "reason_code"])
def test_a_lost_column_is_named(name, form, fetch, tmp_path):
    path = fetch(f"/data/london/digital_take_up/latest.{form}?category=certificate_orders")
    if form == "csv":
        path.write_text(path.read_text("utf-8").replace(f'"{name}"', f'"{name}_lost"', 1), encoding="utf-8")
    elif form == "json":
        path.write_text(path.read_text("utf-8").replace(f'"{name}":', f'"{name}_lost":'), encoding="utf-8")
    elif form == "xlsx":
        book = openpyxl.load_workbook(path)
        head = next(cell for cell in book["data"][1] if cell.value == name)
        head.value = f"{name}_lost"
        book.save(path)
    else:
        import pyarrow.parquet as pq

        table = pq.read_table(path)
        pq.write_table(table.drop_columns([name]), path)
    with pytest.raises(SourceError, match=f"'{name}'|, {name},|expected {name}"):
        adopt(path, tmp_path / "again" / "exported")


def test_a_csv_without_the_file_beside_it_says_what_to_fetch(fetch, tmp_path):
    path = fetch("/data/london/road_casualties/latest.csv")
    (tmp_path / f"{path.name}{BESIDE}").unlink()
    with pytest.raises(SourceError, match=r"csv-metadata\.json"):
        adopt(path, tmp_path / "again" / "exported")


def test_a_changed_value_does_not_come_back_as_the_same(fetch, shelf, tmp_path):
    path = fetch("/data/london/road_casualties/latest.csv?area=E09000007&period=2010")
    text = path.read_text("utf-8")
    value = f"{shelf.table('road_casualties').series('killed_or_seriously_injured', '', 'E09000007').values[6]:.0f}"
    path.write_text(text.replace(f",{value},", f",{int(value) + 1},"), encoding="utf-8")
    _, frame = read_again(path, tmp_path, shelf)
    assert frame["value"].tolist() == [int(value) + 1]


def test_a_card_that_is_there_is_not_written_over(fetch, tmp_path):
    path = fetch("/data/london/road_casualties/latest.json")
    adopt(path, tmp_path / "again" / "exported")
    with pytest.raises(FileExistsError):
        adopt(path, tmp_path / "again" / "exported")


def test_the_file_beside_a_csv_names_its_columns_in_their_order(get):
    rows = get(
        "/data/london/recorded_crime/latest.csv?category=robbery&from=2026-01&measure=recorded_crime&view=rate"
    ).text.splitlines()
    said = json.loads(
        get(
            "/data/london/recorded_crime/latest.csv-metadata.json?category=robbery&from=2026-01&measure=recorded_crime&view=rate"
        ).text
    )
    assert [one["titles"] for one in said["tableSchema"]["columns"]] == [
        one.strip('"') for one in rows[0].removeprefix("\ufeff").split(",")
    ]
    assert all(
        {one["@language"] for one in column["dc:description"]} == {language.tag for language in LANGUAGES.values()}
        for column in said["tableSchema"]["columns"]
    )


def test_the_command_writes_the_card_and_says_where(fetch, tmp_path, capsys):
    path = fetch("/data/london/road_casualties/latest.csv")
    assert main(["adopt", str(path), str(tmp_path / "again" / "exported")]) == 0
    assert "source.toml" in capsys.readouterr().out
    assert main(["adopt", str(path), str(tmp_path / "again" / "exported")]) == 1
    assert "Nothing was written" in capsys.readouterr().err
