"""What leaves says what it is, can be kept, is described for programs, and comes back as the same table."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.applications import Starlette

from loaders import data_folder
from loaders.cards.unpublished import recorded_release
from measures.store.shelf import Shelf
from routes.application import routes
from routes.catalogues.data_package import data_package
from routes.catalogues.feeds.feed import releases_json
from routes.conditional import state_of
from tests.routes.conftest import asking

ROWS = 1500
CASUALTIES = "/data/london/road_casualties/latest"


@pytest.fixture(scope="session")
def send(shelf):
    with asking(Starlette(routes=routes)) as ask:
        yield lambda method, address, **headers: ask(
            method, address, headers={name.replace("_", "-"): one for name, one in headers.items()}
        )


def test_another_question_has_another_mark_and_a_mistake_is_not_kept(send):
    assert (
        send("GET", f"{CASUALTIES}.csv").headers["etag"]
        != send("GET", f"{CASUALTIES}.csv?area=E09000007").headers["etag"]
    )
    wrong = send("GET", f"{CASUALTIES}.csv?area=x", if_none_match="*")
    assert (wrong.status_code, wrong.headers["cache-control"]) == (400, "no-store")


def test_a_changed_card_changes_every_mark(copy):
    before = state_of(Shelf(copy.root))[0]
    assert state_of(Shelf(copy.root))[0] == before
    copy.change_card("road_casualties", "ended = false", "ended = true")
    assert state_of(Shelf(copy.root))[0] != before


def part(shelf, dataset: str) -> str:
    """The newest periods of a dataset, so many that a validator looks at some thousand cells."""
    card = shelf.cards.get(dataset)
    if not card or card.kind not in ("observations", "areas"):
        return ""
    table = shelf.table(dataset)
    held = len(table.variables) * len(table.categories) * len(table.areas)
    return f"?from={table.periods[-min(len(table.periods), max(2, ROWS // held))]}"


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("place", sorted(path.stem for path in data_folder().glob("places/*.toml")))
def test_frictionless_finds_every_place_a_valid_data_package(place, shelf, send, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    said = json.loads(send("GET", f"/data/{place}/datapackage.json").text)
    assert said["resources"]
    for one in (one for one in said["resources"] if "path" in one):
        to = tmp_path / one["path"]
        to.parent.mkdir(parents=True, exist_ok=True)
        name = one["path"].split("/")[0]
        to.write_bytes(send("GET", f"/data/{place}/{one['path']}{part(shelf, name)}").content)
    (tmp_path / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:5]


WRONG = {
    "status": "lost",
    "area_code": "nowhere",
    "release": "1066",
    "value": "-1",
    "variable": "other",
    "period_start": "soon",
    "licence": "",
}


@pytest.mark.parametrize("column", [*WRONG, ""])
def test_frictionless_would_find_a_cell_that_does_not_belong(column, shelf, send, tmp_path):
    """A status, code or release that no list has, a value below zero, a date that is none, a row without a licence; with '' nothing is wrong."""
    frictionless = pytest.importorskip("frictionless")
    said = json.loads(data_package(shelf, "london"))
    lists = ("statuses", "road_casualties-areas", "road_casualties-releases", "road_casualties-latest")
    said["resources"] = [one for one in said["resources"] if one["name"] in lists]
    rows = list(csv.reader(io.StringIO(send("GET", f"{CASUALTIES}.csv").text.removeprefix("\ufeff"))))
    if column:
        rows[1][rows[0].index(column)] = WRONG[column]
    (tmp_path / "road_casualties").mkdir()
    with (tmp_path / "road_casualties/latest.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    (tmp_path / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid == (not column), report.flatten(["type", "note"])[:5]


def test_a_protected_release_is_listed_without_its_hash(example):
    text = releases_json(example) + data_package(example, "invented")
    card = example.cards["invented_counts"]
    assert card.name in text
    assert recorded_release(card).sha256 not in text
