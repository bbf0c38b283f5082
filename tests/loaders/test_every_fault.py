"""One fault in one file is named with its file and key, and takes down what that file describes and nothing else."""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from loaders import data_folder
from loaders.contents.read import Contents, read_contents
from loaders.errors import PlaceError
from loaders.schema.model import read_toml

FAULTS = tomllib.loads(Path(__file__).with_name("faults.toml").read_text(encoding="utf-8"))["fault"]
SMALL = 300_000  # bytes: larger tables are not read for this


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """A copy of the data folder without what was built and without large tables."""
    home = tmp_path_factory.mktemp("faults") / "data"

    def large(folder: str, names: list[str]) -> list[str]:
        return [
            name
            for name in names
            if name == "built" or (Path(folder, name).is_file() and Path(folder, name).stat().st_size > SMALL)
        ]

    shutil.copytree(data_folder(), home, ignore=large)
    return home


@pytest.fixture(scope="module")
def whole(root) -> Contents:
    """The copy before anything in it is spoilt."""
    found = read_contents(root)
    assert not found.faulty
    return found


@pytest.fixture
def spoilt(root):
    """``spoilt(path, data)`` puts other bytes in the place of a file; it is as before when the test is over."""
    before: dict[Path, bytes | None] = {}

    def spoil(path: Path, data: bytes) -> None:
        before.setdefault(path, path.read_bytes() if path.exists() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    yield spoil
    for path, data in before.items():
        path.unlink()
        if data is not None:
            path.write_bytes(data)


def path_of(root: Path, file: str) -> Path:
    return root / file if file.endswith(".toml") else next(root.glob(f"open/*/{file}/source.toml"))


def there(contents: Contents) -> set[str]:
    """Everything that can be used, one word each."""
    return {
        *contents.cards,
        *(f"place {name}" for name in contents.places),
        *(f"measure {name}" for name in contents.measures),
    }


def described(file: str, contents: Contents) -> set[str]:
    """What a file describes: a dataset; a measure; a place with all its datasets; of the site, its own domains and words, and the measures that use them."""
    if file == "site.toml":
        domains, terms = set(contents.site.domains), set(contents.site.terms)
        own = (name for name, one in contents.measures.items() if one.domain in domains or terms & set(one.terms))
        return {f"measure {name}" for name in own}
    kind, _, stem = file.removesuffix(".toml").rpartition("/")
    if kind == "places":
        return {f"place {stem}", *(name for name, card in contents.cards.items() if card.place == stem)}
    return {f"measure {stem}"} if kind == "measures" else {file}


def name_of(one: dict) -> str:
    return f"{one['file']} {one['what']} {one.get('found', '')}{one.get('todo', '')}"


@pytest.mark.in_turn(32)
@pytest.mark.parametrize("one", FAULTS, ids=map(name_of, FAULTS))
def test_a_single_fault_is_named_and_takes_nothing_else_down(one, root, whole, spoilt):
    path = path_of(root, one["file"])
    text = path.read_text(encoding="utf-8")
    assert one.get("old", "") in text, "the test must be brought up to date"
    spoilt(path, (text.replace(one["old"], one["new"], 1) if "old" in one else text + one["append"]).encode())
    found = read_contents(root)
    assert there(whole) - there(found) == (set(one["down"]) if "down" in one else described(one["file"], whole))
    for checked in (found, read_contents(root, to_check=True)):
        faults = [fault for error in checked.faulty.values() for fault in error.faults]
        said = [fault for fault in faults if fault.what == one["what"]]
        assert said, [str(fault) for fault in faults]
        file = one["file"] if one["file"].endswith(".toml") else path.relative_to(root / "open").as_posix()
        at = one.get("at", "")
        assert said[0].where == at if at == "places" else said[0].where.startswith(file.removeprefix("places/") + at)
        assert one.get("found", "") in said[0].found
        assert one.get("todo", "") in said[0].todo
        assert said[0].expected


def test_one_place_at_most_opens_first(root, whole, spoilt):
    """With none the fullest and freshest does; of two both stand, and the fault names both."""
    assert not any(place.default for place in whole.places.values())
    chosen = ("london", "seoul")
    for name in chosen:
        path = root / "places" / f"{name}.toml"
        spoilt(path, path.read_bytes().replace(b"default = false", b"default = true", 1))
        found = read_contents(root)
        faults = [fault for error in found.faulty.values() for fault in error.faults]
        assert there(found) == there(whole)
        named = [(fault.where, fault.what, fault.found) for fault in faults]
        assert named == ([] if name == chosen[0] else [("places", "the default place", ", ".join(chosen))])


BYTES = {
    "no UTF-8": (b'name = { en = "S\xe9oul" }\n', "line 1"),
    "no TOML": (b'name = { en = "Seoul"\norder = 3\n', "line"),
    "a key twice": (b"order = 1\norder = 2\n", "line 2"),
    "nothing": (b"", "nothing"),
    "zeros": (b"\0" * 64, "line 1"),
    "tables without end": (b"a = " + b"[" * 5000 + b"]" * 5000, "tables in tables"),
}


@pytest.mark.parametrize(("data", "found"), BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("file", ["places/seoul.toml", "measures/road_deaths.toml", "road_accidents", "site.toml"])
def test_a_file_that_is_none_is_named_and_takes_nothing_else_down(file, data, found, root, whole, spoilt):
    spoilt(path_of(root, file), data)
    spoiled = read_contents(root)
    assert there(whole) - there(spoiled) == described(file, whole)
    said = [fault.found for error in spoiled.faulty.values() for fault in error.faults]
    assert (file == "site.toml" and not data) or any(found in one for one in said), said


BESIDE = {
    "bytes that are none": (
        "recorded_crime",
        "categories.csv",
        lambda text: text.encode() + b"\xff\xfe",
        "the table cannot be read",
    ),
    "a row cut short": (
        "recorded_crime",
        "categories.csv",
        lambda text: text.encode() + b"cut,all,group\n",
        "'name_en' is empty",
    ),
    "a circle of parents": (
        "recorded_crime",
        "categories.csv",
        lambda text: text.replace("theft,all,", "theft,theft,", 1).encode(),
        "a category stands below itself",
    ),
    "a code twice": (
        "recorded_crime",
        "categories.csv",
        lambda text: (text + text.split("\n")[1] + "\n").encode(),
        "a code stands twice",
    ),
    "a total of kinds that do not add up": (
        "recorded_crime",
        "categories.csv",
        lambda text: text.replace(",yes,", ",no,").encode(),
        "a total of nothing",
    ),
    "a parent that is not there": (
        "recorded_crime",
        "categories.csv",
        lambda text: text.replace("theft,all,", "theft,al,", 1).encode(),
        "unknown parent",
    ),
}


@pytest.mark.parametrize(("dataset", "file", "change", "what"), BESIDE.values(), ids=BESIDE)
def test_a_table_beside_a_card_silences_its_dataset_alone(dataset, file, change, what, root, whole, spoilt):
    path = path_of(root, dataset).with_name(file)
    before = path.read_text(encoding="utf-8")
    assert change(before) != before.encode()
    spoilt(path, change(before))
    found = read_contents(root)
    assert there(whole) - there(found) == {dataset}
    faults = [fault for error in found.faulty.values() for fault in error.faults]
    assert what in {fault.what for fault in faults}
    assert all(file in fault.where for fault in faults)


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("310101", "310104"), lambda text: "", lambda text: text.replace(",3,", ",x,")]
)
def test_a_list_of_areas_that_cannot_be_used_silences_its_place_alone(change, root, whole, spoilt):
    card = path_of(root, "shanghai_districts")
    path = card.with_name("districts.csv")
    data = change(path.read_text(encoding="utf-8")).encode()
    spoilt(path, data)
    spoilt(
        card,
        re.sub(
            r'sha256 = ".*"', f'sha256 = "{hashlib.sha256(data).hexdigest()}"', card.read_text(encoding="utf-8")
        ).encode(),
    )
    found = read_contents(root)
    assert there(whole) - there(found) == described("places/shanghai.toml", whole)
    assert found.silent["shanghai_districts"].faults
    for checked in (found, read_contents(root, to_check=True)):
        assert list(checked.faulty) == [card.relative_to(root).as_posix()]


def test_every_fault_of_every_file_is_named_at_once(root, spoilt):
    files = ["places/seoul.toml", "measures/road_deaths.toml", "road_accidents", "population"]
    for file in files:
        path = path_of(root, file)
        spoilt(path, b"unknown_one = 1\nunknown_two = 2\n" + path.read_bytes())
    faulty = read_contents(root).faulty
    assert len(faulty) == len(files)
    for error in faulty.values():
        assert {"'unknown_one'", "'unknown_two'"} <= {fault.found for fault in error.faults}


def test_a_fault_of_one_kind_hides_none_of_another(root, spoilt):
    """Shape and reference, in one file, in one run."""
    path = path_of(root, "measures/recorded_crime.toml")
    text = (
        path.read_text(encoding="utf-8")
        .replace('domain = "crime"', 'domain = "crimes"')
        .replace("tested", "testd")
        .replace("order = 1", "order = true")
    )
    spoilt(path, text.replace('default_category = "all"', 'default_category = "al"').encode())
    whats = {fault.what for error in read_contents(root, to_check=True).faulty.values() for fault in error.faults}
    assert {
        "'domain' is unknown",
        "'order' is of another kind",
        "'default_category' names no category of 'recorded_crime'",
    } <= whats


@pytest.mark.parametrize("publisher", ["a_publisher", "z_publisher"])
@pytest.mark.parametrize("readable", [True, False])
def test_the_second_dataset_of_a_name_is_silent_and_the_first_goes_on(publisher, readable, root, spoilt):
    """A second city brings its own ``population``: the place that stands first in the menu keeps its own."""
    card = path_of(root, "population")
    text = card.read_text(encoding="utf-8").replace('place = "london"', 'place = "seoul"')
    file = f"open/{publisher}/population/source.toml"
    spoilt(root / file, text.encode() if readable else b"name = ")
    found = read_contents(root)
    assert found.cards["population"].place == "london"
    assert "population" not in found.silent
    assert list(found.faulty) == [file]
    assert [fault.what for fault in found.faulty[file].faults] == [
        "another dataset has this 'name'" if readable else "the card cannot be read"
    ]


def test_a_file_that_is_read_again_is_as_it_stands_whatever_was_done_with_the_first_reading(tmp_path):
    path = tmp_path / "place.toml"
    path.write_text("tile = [1, 2]\n", encoding="utf-8")
    read_toml(path, path.name, PlaceError)["tile"].append(3)
    assert read_toml(path, path.name, PlaceError) == {"tile": [1, 2]}
    path.write_text("tile = [2, 2]\n", encoding="utf-8")
    assert read_toml(path, path.name, PlaceError) == {"tile": [2, 2]}
