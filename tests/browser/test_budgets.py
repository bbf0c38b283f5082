"""How long a page may be, where its first picture stands, how high its foot is, and that a program which knows the rules
of accessibility finds nothing. Each page is loaded once, in turn in English, wide and light, and in Chinese, narrow and dark; everything is tried on that.
"""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import TimeoutError

from language import LANGUAGES
from layout.frame.menu import PAGES
from measures.store.shelf import open_shelf
from tests.browser.conftest import SLOWEST

DESK, PHONE = (1280, 900), (390, 844)
# screens of a page that is opened without a choice, on a desk and on a phone
SCREENS = {
    "home": (2, 3.5),
    "trends": (3, 4),
    "map": (3, 4.5),
    "notable": (3, 4.5),
}
PLACES = list(open_shelf().places)
# pixels from the top to the first picture of a figure; on a phone the key of a map stands between, long limits of classes in two lines
OTHERS = (6, 6)
SHORT = ("claims", "register", "coverage", "download", "sources", "online", "privacy", "origin", "places")
FIRST_PICTURE = {"trends": (420, 520), "map": (420, 600)}
FOOT = 120
NARROW = (320, 360, 390)
# every place and every language; a page is tried on one of them after the other
VISITS = (
    ("london", "en", DESK),
    ("london", "zh", PHONE),
    ("shanghai", "zh", DESK),
    ("seoul", "en", PHONE),
    ("taiwan", "zh_hant", DESK),
    ("hong_kong", "zh_hant", PHONE),
    ("united_states", "zh", PHONE),
    ("china", "en", DESK),
)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = """async () => (await axe.run(document, { resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  .violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))"""
MEASURES = """() => { const main = document.querySelector('[data-testid=stMain]'), foot = document.querySelector('footer.foot');
  const charts = [...document.querySelectorAll('.st-key-main .stVegaLiteChart')].map(e => e.getBoundingClientRect().top + main.scrollTop);
  return { height: main.scrollHeight, first: Math.min(...charts, 1e6), foot: foot.getBoundingClientRect().height,
    titles: [...document.querySelectorAll('.st-key-main h1')].map(e => e.textContent) }; }"""
WIDTH = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
FITS = f"{WIDTH} <= innerWidth"
WIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""
PATIENCE = 15_000  # milliseconds in which pictures are drawn anew
SMALL = """() => [...document.querySelectorAll('.top a, .top summary, .parts a, .fold > summary, .more > summary')]
  .filter(e => e.getClientRects().length && !e.closest('.skip')).filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 120))"""

COVERED = """() => { const parts = [...document.querySelectorAll('.top .site, .top summary, .top .tongue, .top .reading a')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().width).map(e => [e.textContent.trim(), e.getBoundingClientRect()]);
  return parts.flatMap(([word, a], n) => parts.slice(n + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([other]) => `${word} and ${other} lie on one another`)); }"""
# a word of a tile or a figure of a row that is broken within, and the platform's own English names on another page
BROKEN = r"""() => [...document.querySelectorAll('.tiles a span, .tiles a b, .stand .big')].filter(e => e.checkVisibility())
  .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).flatMap(n => [...n.data.matchAll(/[^\s\p{Script=Han}]+|\S+(?=[萬万亿億])/gu)]
    .filter(m => { const r = document.createRange(); r.setStart(n, m.index); r.setEnd(n, m.index + m[0].length);
      return new Set([...r.getClientRects()].map(q => Math.round(q.top))).size > 1; }).map(m => `'${m[0]}' is broken`)))"""
ENGLISH = r"""() => document.documentElement.lang === 'en' ? [] : [...document.querySelectorAll('[data-testid=stMain] [aria-label], [data-testid=stMain] [placeholder]')]
  .flatMap(e => ['aria-label', 'placeholder'].map(name => e.getAttribute(name)))
  .filter(text => /^(Open|Clear|Remove|Selected|Choose|Select)\b/.test(text)).map(text => `the name '${text}' is English`)"""


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


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("place", "lang", "size"), VISITS, ids=lambda value: str(value))
def test_a_page_keeps_to_its_budgets_and_to_the_rules_of_accessibility(loaded, page, place, lang, size):
    tab = loaded(page, place, lang, size)
    told = tab.evaluate(MEASURES)
    broken = []
    if told["height"] > SCREENS.get(page, OTHERS)[size == PHONE] * size[1]:
        broken.append(f"{told['height'] / size[1]:.1f} screens")
    if page in FIRST_PICTURE and told["first"] > FIRST_PICTURE[page][size == PHONE]:
        broken.append(f"the first picture stands at {told['first']:.0f} px")
    if told["foot"] > FOOT:
        broken.append(f"the foot is {told['foot']:.0f} px high")
    if page in FIRST_PICTURE and place == "london":
        broken += [title for title in told["titles"] if too_long(title, lang)]
    for rule in (SMALL, COVERED, BROKEN, ENGLISH):
        broken += tab.evaluate(rule)
    tab.evaluate(AXE)
    broken += tab.evaluate(RULES)
    for width in NARROW if size == PHONE else ():
        tab.set_viewport_size({"width": width, "height": size[1]})
        broken += too_wide(tab, width)
    assert "\n".join(broken) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", SHORT)
def test_a_page_is_short_on_a_phone_without_scripts_at_every_place(phone, site, page, place, lang):
    phone.goto(f"{site}/{page}?lang={lang}&place={place}&surface=document")
    height, wide = phone.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert height <= OTHERS[1] * PHONE[1] and wide <= PHONE[0], f"{height / PHONE[1]:.1f} screens, {wide} px wide"


def too_wide(tab, width: int) -> list[str]:
    """What stands beyond the right edge, once the pictures are drawn anew for this width."""
    try:
        tab.wait_for_function(FITS, timeout=PATIENCE)
    except TimeoutError:
        return [f"{tab.evaluate(WIDTH)} px wide at {width} px: {', '.join(tab.evaluate(WIDE))}"]
    return []


def too_long(title: str, lang: str) -> bool:
    return len(title) > 40 if lang == "zh" else len(title.split()) > 15


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
