"""The article before the dashboard and without it: with scripts off everything is there, and with scripts nothing jumps."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SLOWEST

# what stands in messages of plain text, in its order; the name of the site, what is announced, choices, charts and what folds around them are
# other elements
TEXTS = """root => [...document.querySelectorAll(root + ' .stHtml')]
  .filter(e => !e.closest('.st-key-announce, .fold, [class*=st-key-fold_]') && !e.querySelector('.top, details.more'))
  .map(e => e.textContent.replace(/\\s+/g, '')).join('')"""
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifted += e.value; })
  .observe({ type: 'layout-shift', buffered: true });"""
SAMPLE = (
    "/?lang=en&place=london",
    "/map?lang=zh&place=seoul",
    "/trends?lang=en&place=london&area=E09000007",
    "/claims?lang=zh&place=shanghai",
    "/compare?lang=en&place=london",
    "/sources?lang=zh&place=london",
)


@pytest.fixture(scope="module")
def still(browser, site):
    """A tab in which no script runs, as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    yield lambda address: (page.goto(site + address), page)[1]
    context.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_scripts_a_choice_is_made_by_the_form(still, lang):
    page = still(f"/trends?lang={lang}&place=london")
    before = page.inner_text("h1")
    page.locator("select[name=category]").select_option("robbery")
    page.locator("details.several summary").click()
    page.locator("input[name=area][value=E09000007]").check()
    page.locator(".st-key-controls button").click()
    page.wait_for_url("**category=robbery**")
    assert "area=E09000007" in page.url and f"lang={lang}" in page.url
    assert page.inner_text("h1") != before
    assert page.locator("select[name=category]").input_value() == "robbery"
    assert page.locator(".calm").count() == 0


def test_without_scripts_a_district_opens_from_the_map_and_another_language_from_the_top(still, shelf):
    page = still("/map?lang=en&place=london")
    page.locator(".st-key-map a").nth(9).click()
    page.wait_for_url("**/district?**area=E0900**")
    area = next(area for area in shelf.places["london"].areas if f"area={area.code}" in page.url)
    assert page.inner_text("h1").startswith(f"{area.name['en']}: ")
    page.get_by_role("link", name="简体中文").click()
    page.wait_for_url("**lang=zh**area=E0900**")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_without_scripts_a_page_fits_a_phone(still):
    for address in SAMPLE:
        page = still(address)
        size = page.locator("#article").bounding_box()
        assert size["width"] <= 390, address
        assert page.locator("h1").count() == 1 and page.locator("footer.foot").count() == 1


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("address", SAMPLE)
def test_the_dashboard_takes_over_with_the_same_words_and_without_a_jump(browser, site, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: "Content Security Policy" in message.text and errors.append(message.text))
    page.add_init_script(SHIFTS)
    page.goto(site + address, wait_until="commit")
    page.wait_for_selector("#article footer.foot", timeout=SLOWEST)
    words, title = page.evaluate(TEXTS, "#article"), page.title()
    page.wait_for_selector("#article", state="detached", timeout=SLOWEST)
    assert page.evaluate(TEXTS, "#root") == words
    assert page.title() == title
    assert page.evaluate("shifted") <= 0.05
    assert errors == []
    context.close()


def test_the_place_in_the_page_the_focus_and_an_open_fold_are_kept(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(f"{site}/trends?lang=en&place=london", wait_until="commit")
    page.wait_for_selector("#article footer.foot", timeout=SLOWEST)
    page.evaluate("document.querySelector('#article .more summary').click(); scrollTo(0, 200)")
    page.evaluate("document.querySelector('#article select[name=view]').focus({ preventScroll: true })")
    opened = page.evaluate("document.querySelector('#article .more summary').textContent")
    page.wait_for_selector("#article", state="detached", timeout=SLOWEST)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 200
    expect(page.locator("details.more[open] summary")).to_have_text(opened)
    assert page.evaluate("Boolean(document.activeElement.closest('.st-key-choose_view'))")
    context.close()


def test_a_choice_in_the_article_is_sent_at_once_and_takes_along_what_it_resets(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/static/js/**", lambda route: route.abort())  # the dashboard never comes
    page.goto(f"{site}/claims?lang=en&place=london&measure=recorded_crime&category=robbery", wait_until="commit")
    page.locator("#article select[name=measure]").select_option(index=1)
    page.wait_for_url("**measure=**")
    page.wait_for_function("!location.search.includes('robbery')")
    assert "category" not in page.url and "=&" not in page.url and not page.url.endswith("=")
    assert page.locator("#article .calm").count() == 0
    context.close()
