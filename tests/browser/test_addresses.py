"""The address is the state, in a real browser; every saved link and every hostile value by itself are tried in tests/acceptance/test_addresses.py."""

from urllib.parse import quote

import pytest

from tests.browser.addresses import HOSTILE, NAMES, SAVED, TAKING
from tests.browser.conftest import Visit, serving
from tests.conftest import copied

FEW = [
    next(link for link in SAVED if link[0].startswith(f"/{page}?"))
    for page in ("", "trends", "map", "district", "compare", "origin")
]


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(("address", "words"), FEW)
def test_a_saved_link_still_shows_its_article(visit, address, words):
    one = visit(address)
    assert words in one.words
    assert "usual choice is shown instead" not in one.words


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("page", TAKING)
def test_hostile_values_fall_back_calmly(visit, page):
    """All at once, another one for each name."""
    values = [HOSTILE[(number + TAKING.index(page)) % len(HOSTILE)] for number in range(len(NAMES))]
    one = visit(
        f"/{page}?lang=en&" + "&".join(f"{name}={quote(value)}" for name, value in zip(NAMES, values, strict=True))
    )
    assert one.page.locator(".stException").count() == 0
    assert one.page.locator("h1").count() == 1
    assert "Traceback" not in one.words
    assert one.errors == []


def test_an_unknown_value_is_named_calmly_in_both_languages(visit):
    assert "usual choice is shown instead" in visit("/trends?lang=en&category=nonsense").words
    one = visit("/trends?lang=zh&category=nonsense")
    assert "usual choice" not in one.words
    assert one.page.locator(".calm").count() == 1


@pytest.fixture(scope="module")
def broken(browser, tmp_path_factory):
    """A tab at a fresh server of which one file of Seoul is not as its card says."""
    copy = copied(tmp_path_factory.mktemp("broken"), built=True)
    file = next(copy.root.glob("open/*/road_accidents/*.csv"))
    file.write_text(file.read_text("utf-8").replace(",33465,", ",33466,", 1), "utf-8")
    with serving(copy.root) as base:
        one = Visit(browser, base)
        yield one
        one.context.close()


def test_a_deep_link_is_the_first_request_of_a_fresh_server(broken):
    broken.open("/map?lang=zh&place=seoul&measure=five_major_recorded&category=robbery")
    broken.page.wait_for_selector("path[aria-roledescription=geoshape]")
    assert "抢劫" in broken.page.inner_text("h1")


def test_one_broken_dataset_silences_its_own_measures_only(broken):
    broken.open("/trends?lang=zh&place=seoul&measure=road_accidents")
    assert broken.page.locator(".calm").count() == 1
    assert "sha256" not in broken.words
    for page in ("", "map", "compare", "district", "sources"):
        broken.open(f"/{page}?lang=en&place=seoul")
        assert broken.page.locator(".stException").count() == 0
    broken.open("/trends?lang=en&place=seoul")
    broken.chart()
