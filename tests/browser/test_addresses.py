"""The address is the state, in a real browser; every saved link and every hostile value by itself are tried in tests/acceptance/test_addresses.py."""

from urllib.parse import quote

import pytest

from tests.browser.addresses import HOSTILE, NAMES, SAVED, TAKING
from tests.browser.conftest import Visit, serving

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


def test_a_deep_link_is_the_first_request_of_a_fresh_server(browser):
    with serving() as base:
        one = Visit(browser, base).open("/map?lang=zh&place=london&category=robbery")
        one.page.wait_for_selector("path[aria-roledescription=geoshape]")
        assert "抢劫" in one.page.inner_text("h1")
        one.context.close()


def test_one_broken_dataset_silences_its_own_measures_only(browser, served):
    broken = next(served.root.glob("open/*/road_casualties/*.csv"))
    broken.write_text(broken.read_text("utf-8").replace("E09000007,Camden,148", "E09000007,Camden,149"), "utf-8")
    with serving(served.root) as base:
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
