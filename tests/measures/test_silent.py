"""One bad file silences what it describes: the site starts, other places work, the build goes on, and the log says what is silent."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from disclosure.builds import current_build
from loaders import PlaceError
from measures.build import build
from measures.store.shelf import Shelf, open_shelf, tell
from tests.pages.run import run, sent

BAD = {"half a file": 'name = { en = "Ber', "an unknown word": "naem = 1\n", "no UTF-8": b"name = '\xff'"}


def spoil(path, text: str | bytes) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def page(name: str, shelf: Shelf, monkeypatch, **state) -> str:
    """What a page of a server with this shelf sends."""
    monkeypatch.setattr("measures.store.shelf._watched", lambda root: SimpleNamespace(now=lambda: shelf))
    return " ".join(str(one.proto) for one in sent(run(name, state).main))


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("file", ["places/seoul.toml", "measures/road_deaths.toml"])
def test_the_site_starts_and_other_places_work(bad, file, served, caplog):
    spoil(served.root / file, bad)
    shelf = Shelf(served.root)
    assert {"london", "shanghai"} <= set(shelf.places)
    assert all(shelf.working(name) for place in shelf.places.values() for name in place.measures)
    assert list(shelf.faulty) == [file]
    tell(shelf)
    assert file.rsplit("/", 1)[1] in caplog.text


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_place_without_one_measure_is_drawn_without_it(bad, served, monkeypatch):
    spoil(served.root / "measures" / "road_deaths.toml", bad)
    shelf = Shelf(served.root)
    assert "road_deaths" not in shelf.places["seoul"].measures
    assert "cannot be shown" not in page("home", shelf, monkeypatch, lang="en", place="seoul")


def test_where_the_default_place_is_silent_another_opens(served, monkeypatch):
    spoil(served.root / "places" / "london.toml", BAD["half a file"])
    shelf = Shelf(served.root)
    assert shelf.default_place.id == next(iter(shelf.places)) == "shanghai"
    text = page("home", shelf, monkeypatch, lang="en")
    assert "Shanghai" in text
    assert "cannot be shown" not in text and "Traceback" not in text


@pytest.mark.parametrize(
    ("code", "words"), [("en", "No figures can be shown at the moment."), ("zh", "暂时无法展示数据")]
)
def test_where_no_place_is_left_a_calm_page_says_so(code, words, served, monkeypatch):
    for path in served.root.glob("places/*.toml"):
        spoil(path, BAD["half a file"])
    shelf = Shelf(served.root)
    with pytest.raises(PlaceError):
        _ = shelf.default_place
    for name in ("home", "trends"):
        assert words in page(name, shelf, monkeypatch, lang=code)


def test_the_build_goes_on_for_the_other_files(spoilt, capsys):
    spoil(spoilt / "places" / "other.toml", BAD["half a file"])
    spoil(spoilt / "measures" / "other.toml", BAD["an unknown word"])
    before = open_shelf()
    assert build(spoilt) == 2
    printed = capsys.readouterr().err
    assert "other.toml" in printed and "'naem'" in printed
    assert current_build(spoilt).hash_of("attack.json")
    assert Shelf(spoilt).table("invented_counts").categories
    assert open_shelf() is before


def test_a_domain_and_a_word_of_the_site_need_no_python(served, monkeypatch):
    with (served.root / "site.toml").open("a", encoding="utf-8") as file:
        file.write('rescue = ["ENVI"]\n[terms.fire_call]\nword = { en = "Fire call", zh = "火警" }\n')
        file.write('meaning = { en = "A call for the fire brigade.", zh = "向消防队报警。" }\n')
    path = served.root / "measures" / "road_deaths.toml"
    text = (
        path.read_text(encoding="utf-8")
        .replace('domain = "traffic"', 'domain = "rescue"')
        .replace('terms = ["road_accident"]', 'terms = ["fire_call"]')
    )
    path.write_text(text, encoding="utf-8")
    shelf = Shelf(served.root)
    assert not shelf.faulty
    assert shelf.site.every_domain["rescue"] == ["ENVI"]
    assert "A call for the fire brigade." in page(
        "trends", shelf, monkeypatch, lang="en", place="seoul", measure="road_deaths", show="about"
    )
