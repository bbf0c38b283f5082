"""How long a page may be, where its first picture stands, how high its foot is, and what its menu does; all pages of
London are tried in test_every_page.py.
"""

from __future__ import annotations

import pytest

from language import LANGUAGES
from layout.frame.menu import PAGES
from measures.store.shelf import open_shelf
from tests.browser.budgets import DESK, FIRST_PICTURE, OTHERS, PHONE, broken_rules
from tests.browser.conftest import SLOWEST

PLACES = list(open_shelf().places)
# every other place and every language; a page is tried on one of them after the other
VISITS = (
    ("shanghai", "zh", DESK),
    ("seoul", "en", PHONE),
    ("taiwan", "zh_hant", DESK),
    ("hong_kong", "zh_hant", PHONE),
    ("united_states", "zh", PHONE),
    ("china", "en", DESK),
)
SHORT = ("claims", "register", "coverage", "download", "sources", "online", "privacy", "origin", "places")


@pytest.fixture(scope="module")
def loaded(browser, site):
    """A page once it stands: ``loaded(page, place, lang, size)``; one tab for each size and colour scheme."""
    tabs = {}

    def load(page, place, lang, size):
        if size not in tabs:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
            tabs[size] = context.new_page()
        tab = tabs[size]
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(color_scheme="light" if lang == "en" else "dark")
        tab.goto(f"{site}/{'' if page == 'home' else page}?lang={lang}&place={place}")
        tab.wait_for_selector("#article", state="detached", timeout=SLOWEST)
        tab.wait_for_selector("footer.foot", timeout=SLOWEST)
        tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=SLOWEST)
        if page in FIRST_PICTURE and place == "london":
            tab.wait_for_selector(".stVegaLiteChart svg", timeout=SLOWEST)
        return tab

    yield load
    for tab in tabs.values():
        tab.context.close()


@pytest.fixture(scope="module")
def phone(browser):
    """A tab of a phone."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    yield context.new_page()
    context.close()


@pytest.mark.in_turn(8)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("place", "lang", "size"), VISITS, ids=lambda value: str(value))
def test_a_page_of_another_place_keeps_to_its_budgets_and_to_the_rules_of_accessibility(
    loaded, page, place, lang, size
):
    """Those of London are tried where every page is opened (test_every_page.py)."""
    tab = loaded(page, place, lang, size)
    assert "\n".join(broken_rules(tab, page, place, lang, size)) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", SHORT)
def test_a_page_is_short_on_a_phone_without_scripts_at_every_place(phone, site, page, place, lang):
    phone.goto(f"{site}/{page}?lang={lang}&place={place}&surface=document")
    height, wide = phone.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert height <= OTHERS[1] * PHONE[1] and wide <= PHONE[0], f"{height / PHONE[1]:.1f} screens, {wide} px wide"


def test_a_link_within_the_site_changes_the_page_without_loading_it_anew_and_keeps_the_focus(loaded):
    tab = loaded("trends", "london", "en", DESK)
    tab.evaluate("window.kept = 'yes'")
    tab.locator(".parts a", has_text="Table").press("Enter")
    tab.wait_for_selector(".table.tall", timeout=SLOWEST)
    tab.wait_for_url("**show=table**")
    assert tab.locator(".stVegaLiteChart").count() == 0, "only the part that is seen is drawn"
    tab.wait_for_function("document.activeElement.textContent === 'Table'", timeout=SLOWEST)
    tab.locator(".top a", has_text="Compare").click()
    tab.wait_for_url("**/compare?**")
    tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=SLOWEST)
    assert tab.evaluate("window.kept") == "yes" and "lang=en" in tab.url and "place=london" in tab.url
    tab.go_back()
    tab.wait_for_selector(".table.tall", timeout=SLOWEST)


def test_the_first_stop_of_the_keyboard_leads_to_the_heading_and_is_in_the_readers_language(loaded):
    tab = loaded("sources", "london", "zh", DESK)
    tab.locator(".skip").focus()
    assert tab.locator(".skip").inner_text() == "跳到正文"
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.tagName === 'H1'", timeout=SLOWEST)


def test_the_focus_is_seen_and_escape_closes_what_the_menu_opened(loaded):
    tab = loaded("home", "london", "en", DESK)
    more = tab.locator(".top .more > summary")
    more.press("Enter")
    assert tab.locator(".top .groups").is_visible()
    tab.locator(".top .groups a").first.focus()
    ring = tab.evaluate(
        "(({ outlineWidth, outlineStyle }) => outlineWidth + outlineStyle)(getComputedStyle(document.activeElement))"
    )
    assert ring == "3pxsolid"
    tab.keyboard.press("Escape")
    assert not tab.locator(".top .groups").is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "More"


def test_the_menu_of_a_phone_opens_as_a_list_and_leaves_out_what_the_place_has_not(loaded):
    tab = loaded("home", "seoul", "en", PHONE)
    tab.locator(".top .menu > summary").click()
    shown = tab.locator(".top .list li a").all_inner_texts()
    assert "My district" in shown and "Accessibility" in shown
    assert "Register of systems" not in shown
    tab = loaded("home", "london", "en", PHONE)
    tab.locator(".top .menu > summary").click()
    assert "My borough" in tab.locator(".top .list li a").all_inner_texts()
