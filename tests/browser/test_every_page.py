"""Every page of every place in both languages, in a real browser."""

import re

import pytest

from loaders import data_folder
from measures.shelf import Shelf

PAGES = ("", "trends", "map", "compare", "district", "online", "claims", "register", "coverage", "download", "sources", "privacy", "origin")
CASES = [(page, place, lang) for place in Shelf(data_folder()).places for page in PAGES for lang in ("en", "zh")]
# names of sources, quotations and addresses are not sentences of ours
OURS = """() => { const root = document.querySelector('[data-testid=stMain]').cloneNode(true);
  root.querySelectorAll('q, cite, code, a[href^=http], svg, [data-baseweb=tag], input').forEach(e => e.remove());
  return [...root.querySelectorAll('h1,h2,h3,p,li,th,td,caption,label')].map(e => e.textContent); }"""
ENGLISH_SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z']+\b[ ,]+){5,}")
CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff]{5,}.*[，。；：]|[\u4e00-\u9fff]{12,}")


@pytest.mark.parametrize(("page", "place", "lang"), CASES)
def test_a_page_stands_in_its_language_and_asks_no_other_host(visit, page, place, lang):
    one = visit(f"/{page}?lang={lang}&place={place}", watched=True)
    assert one.page.locator(".stException").count() == 0
    assert one.errors == []
    assert one.outside == []
    assert one.page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    texts = one.page.evaluate(OURS)
    wrong = ENGLISH_SENTENCE if lang == "zh" else CHINESE_SENTENCE
    assert [text for text in texts if wrong.search(text)] == []
    assert one.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("page", ["trends", "map", "compare", "district", "online"])
def test_a_chart_is_drawn_with_words_for_those_who_cannot_see_it(visit, page):
    one = visit(f"/{page}?lang=en&place=london")
    one.chart()
    assert one.page.locator(".stVegaLiteChart svg path").count() > 0
    label = one.page.locator(".stVegaLiteChart [aria-label]").first.get_attribute("aria-label")
    assert len(label) > 20


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_phone(visit, page):
    one = visit(f"/{page}?lang=zh", width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_first_visit_follows_the_browsers_language(visit):
    assert "平安数说" in visit("/", locale="zh-CN").words
    assert "Safety in Figures" in visit("/", locale="fr-FR").words


def test_the_page_is_in_the_readers_language_before_any_script_runs(site):
    import urllib.request

    with urllib.request.urlopen(f"{site}/trends?lang=zh") as answer:
        page = answer.read().decode()
    assert '<html lang="zh-Hans"' in page
    assert "平安数说" in page
