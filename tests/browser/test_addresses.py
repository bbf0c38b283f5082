"""The address is the state: saved links survive, and nothing that a reader can type breaks a page."""

import shutil
from pathlib import Path

import pytest

from loaders import data_folder
from tests.browser.conftest import Visit, serving

SAVED = [
    line.split("\t") for line in (Path(__file__).parent / "saved_links.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")
]
HOSTILE = ["<script>alert(1)</script>", "../../etc/passwd", "%00", "' OR 1=1 --", "🙂" * 50, "a" * 4000, "{{7*7}}", "__import__('os')"]


@pytest.mark.parametrize(("address", "words"), SAVED)
def test_a_saved_link_still_shows_its_article(visit, address, words):
    one = visit(address)
    assert words in one.words
    assert "usual choice is shown instead" not in one.words


@pytest.mark.parametrize("page", ["trends", "map", "compare", "district", "online", "claims", "download", "origin"])
def test_hostile_values_fall_back_calmly(visit, page):
    from urllib.parse import quote

    names = ("measure", "category", "area", "view", "from", "to", "method", "release", "dataset", "format", "place", "by", "anyway")
    for number, name in enumerate(names):
        value = HOSTILE[number % len(HOSTILE)]
        one = visit(f"/{page}?lang=en&{name}={quote(value)}&area={quote(value)}")
        assert one.page.locator(".stException").count() == 0
        assert one.page.locator("h1").count() == 1
        assert "Traceback" not in one.words


def test_an_unknown_value_is_named_calmly_in_both_languages(visit):
    assert "usual choice is shown instead" in visit("/trends?lang=en&category=nonsense").words
    assert "usual choice" not in visit("/trends?lang=zh&category=nonsense").words
    assert visit("/trends?lang=zh&category=nonsense").page.locator(".calm").count() == 1


def test_a_deep_link_is_the_first_request_of_a_fresh_server(browser):
    with serving() as base:
        one = Visit(browser, base).open("/map?lang=zh&place=london&category=robbery")
        one.page.wait_for_selector("path[aria-roledescription=geoshape]")
        assert "抢劫" in one.page.inner_text("h2 >> nth=0")
        one.context.close()


def test_one_broken_dataset_silences_its_own_measures_only(browser, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data, ignore=shutil.ignore_patterns("built"))
    broken = next(data.glob("open/*/road_casualties/*.csv"))
    broken.write_text(broken.read_text("utf-8").replace("E09000007,Camden,148", "E09000007,Camden,149"), "utf-8")
    with serving(data) as base:
        one = Visit(browser, base)
        one.open("/trends?lang=zh&measure=road_casualties")
        assert one.page.locator(".calm").count() == 1
        assert "sha256" not in one.words
        for page in ("", "trends", "map", "compare", "district", "online", "sources"):
            one.open(f"/{page}?lang=en")
            assert one.page.locator(".stException").count() == 0
        one.open("/trends?lang=en")
        one.chart()
        one.context.close()
