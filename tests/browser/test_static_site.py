"""The site as files, walked in a real browser without scripts and without a server."""

from __future__ import annotations

import pytest

from layout.static_site.write import Plan, StaticSite


@pytest.fixture
def tab(browser, shelf, tmp_path, monkeypatch):
    """A phone's tab without scripts, at the front of a written part of the site."""
    monkeypatch.setattr(StaticSite, "_files", lambda self: [])  # the data are looked at elsewhere
    plan = Plan(tmp_path, "https://files.test", "", ("seoul",), ("en", "zh"), ("home", "trends", "map", "district"), 1)
    StaticSite(plan, shelf, lambda line: None).write()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, offline=True)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    yield page
    context.close()


def test_a_reader_without_scripts_walks_from_the_front_to_an_area_and_into_the_other_language(tab):
    assert tab.locator("h1").count() == 1
    tab.locator(".top .menu > summary").click()
    tab.locator("nav a", has_text="Trends").click()
    assert tab.url.endswith("/en/seoul/trends.html")
    image = tab.locator("figure img").first
    image.scroll_into_view_if_needed()
    tab.wait_for_load_state("networkidle")
    box = image.bounding_box()
    assert box["width"] > 300 and box["height"] > 100
    tab.locator(".top .menu > summary").click()
    tab.locator("nav a", has_text="Map").click()
    tab.locator("figure svg a").first.press("Enter")
    assert "/en/seoul/district" in tab.url
    tab.locator("header a", has_text="简体中文").click()
    assert "/zh/seoul/district" in tab.url and tab.locator("html").get_attribute("lang").startswith("zh")
    width = tab.locator("body").bounding_box()["width"]
    assert width <= 390, "nothing is wider than the phone"
