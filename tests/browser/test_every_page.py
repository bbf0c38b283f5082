"""Every page of a place, the languages in turn, in a real browser; one visit of each, on which all of these rules are tried."""

import pytest
from playwright.sync_api import expect

from language import LANGUAGES
from tests.browser.budgets import DESK, PHONE, broken_rules
from tests.browser.conftest import Visit
from tests.browser.find import FLAGS, find_browser
from tests.language.reading import FOREIGN_SENTENCE
from tests.site import ADDRESSES, DRAWN
from tests.waiting import until

CASES = [(page, list(LANGUAGES)[number % len(LANGUAGES)]) for number, page in enumerate(ADDRESSES)]
# names of sources, quotations and addresses are not sentences of ours
OURS = """() => { const root = document.querySelector('[data-testid=stMain]').cloneNode(true);
  root.querySelectorAll('q, cite, code, a[href^=http], svg, [data-baseweb=tag], input').forEach(e => e.remove());
  return [...root.querySelectorAll('h1,h2,h3,p,li,th,td,caption,label')].map(e => e.textContent); }"""
# where the words that a page uses stand, each with its meaning on tap
WORDS_USED = {
    "trends": "show=about",
    "map": "show=about",
    "compare": "show=about",
    "district": "area=E09000007",
    "online": "",
}
PLATFORM = ("Deploy", "Rerun", "Choose an option", "Made with Streamlit", "View source")


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def standing(tabs, request):
    """A page that was opened once, and its name and language; the rules beneath are tried on it in their order. In
    English and traditional characters wide and light, in simplified ones narrow and dark.
    """
    page, lang = request.param
    width, height = size_of(lang)
    one = tabs(watched=True, width=width, height=height, dark=lang == "zh")
    return one.open(f"/{page}?lang={lang}&place=london"), page, lang


def size_of(lang: str) -> tuple[int, int]:
    return PHONE if lang == "zh" else DESK


def test_a_page_stands_without_an_error_and_asks_no_other_host(standing):
    one, page, _ = standing
    if page in DRAWN:
        one.chart()
    assert one.page.locator(".stException").count() == 0
    assert one.page.locator("h1").count() == 1
    assert one.errors == []
    assert one.outside == []


def test_a_page_is_in_its_language_alone(standing):
    one, _, lang = standing
    assert one.page.evaluate("document.documentElement.lang") == LANGUAGES[lang].tag
    texts = one.page.evaluate(OURS)
    assert len(texts) > 5
    assert [text for text in texts if FOREIGN_SENTENCE[lang].search(text)] == []


def test_the_built_in_strings_of_the_platform_do_not_show(standing):
    words = standing[0].page.inner_text("body")
    assert [string for string in PLATFORM if string in words] == []


def test_a_chart_is_drawn_with_words_for_those_who_cannot_see_it(standing):
    one, page, _ = standing
    charts = one.page.locator(".stVegaLiteChart")
    assert charts.count() >= (page in DRAWN)
    if page in DRAWN:
        assert charts.locator("svg path").count() > 0
        assert len(charts.locator("[aria-label]").first.get_attribute("aria-label")) > (
            20 if standing[2] == "en" else 8
        )


def test_a_page_keeps_to_its_budgets_and_to_the_rules_of_accessibility(standing):
    one, page, lang = standing
    width, height = size = size_of(lang)
    try:
        assert "\n".join(broken_rules(one.page, page or "home", "london", lang, size)) == ""
    finally:
        one.page.set_viewport_size({"width": width, "height": height})


def test_a_page_fits_a_desk_and_a_phone(standing):
    one, _, lang = standing
    assert one.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    width, height = size_of(lang)
    other = PHONE[0] if width == DESK[0] else DESK[0]
    one.page.set_viewport_size({"width": other, "height": height})
    try:  # its pictures are drawn anew, and only then is it as wide as it will be
        until(lambda: one.page.evaluate(f"innerWidth === {other} && document.documentElement.scrollWidth <= {other}"))
    finally:
        one.page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("page", ["", "trends"])
def test_a_page_that_is_opened_on_a_phone_fits_it(visit, page):
    one = visit(f"/{page}?lang=zh", width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("page", WORDS_USED)
def test_a_term_opens_by_keyboard_without_a_run_of_the_page(visit, page, lang):
    one = visit(f"/{page}?lang={lang}&place=london&{WORDS_USED[page]}")
    terms = one.page.locator(".terms summary")
    fold = one.page.locator("details.fold", has=terms)
    if fold.count():
        fold.locator("summary").first.press("Enter")
    terms.first.focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator(".terms details[open] p").first).to_be_visible()
    assert one.page.get_attribute("[data-testid=stApp]", "data-test-script-state") == "notRunning"


@pytest.mark.parametrize(("wished", "name"), [("zh-CN", "平安数说"), ("fr-FR", "Safety in Figures")])
def test_the_first_visit_follows_the_browsers_language(browser, site, wished, name):
    """A browser of that language: in a tab that only says so, the socket of the page asks in the browser's own."""
    spoken = browser.browser_type.launch(executable_path=find_browser(), args=[*FLAGS, f"--accept-lang={wished}"])
    try:
        assert name in Visit(spoken, site, locale=None).open("/").words
    finally:
        spoken.close()


def test_the_page_is_in_the_readers_language_before_any_script_runs(site):
    import urllib.request

    with urllib.request.urlopen(f"{site}/trends?lang=zh") as answer:
        page = answer.read().decode()
    assert '<html lang="zh-Hans"' in page
    assert "平安数说" in page
