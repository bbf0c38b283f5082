"""The address is the state: every saved link still shows its article, and nothing that a reader can type breaks a page."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.acceptance.pages import opened
from tests.browser.addresses import HOSTILE, NAMES, SAVED, TAKING

HEADLINE = {
    "lang": "en",
    "place": "london",
    "measure": "recorded_crime",
    "category": "robbery",
    "area": "E09000007",
    "length": "year",
    "period": "2025-12",
    "base": "same_period_last_year",
}
UNUSUAL = "usual choice is shown instead"


@pytest.mark.in_turn(16)
@pytest.mark.parametrize(("address", "words"), SAVED)
def test_a_saved_link_still_shows_its_article(address, words):
    parts = urlsplit(address)
    page = opened(parts.path.strip("/") or "home", **parse_qs(parts.query))
    assert words in "\n".join([page.text, *page.quotes, *page.labels, *(picture.alt for picture in page.pictures)])
    assert UNUSUAL not in page.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", TAKING)
def test_a_hostile_value_falls_back_calmly(page, name):
    """Each name by itself; all of them at once are tried in the browser."""
    value = HOSTILE[(NAMES.index(name) + TAKING.index(page)) % len(HOSTILE)]
    sent = opened(page, **{"lang": "en", name: value})
    assert sum(markup.count("<h1") for markup in sent.markup) == 1
    assert "Traceback" not in sent.text
    assert not any("<script>alert" in markup for markup in sent.markup)


@pytest.mark.parametrize("name", ["figure", "says", "bound"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_headline_falls_back_calmly(value, name):
    sent = opened("claims", **{**HEADLINE, name: value})
    # the cards of collected statements have ids; that of a reader's own headline has none
    assert not any(re.search(r'<article class="claim"(?! id=)', markup) for markup in sent.markup)
    assert UNUSUAL in sent.text
    assert "Traceback" not in sent.text and not any("<script>alert" in markup for markup in sent.markup)


@pytest.mark.parametrize("name", ["claim", "page", "indicator", "verdict", "year", "where"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_choice_of_statements_falls_back_calmly(value, name):
    sent = opened("claims", **{"lang": "en", "place": "shanghai", name: value})
    assert UNUSUAL in sent.text
    assert "Traceback" not in sent.text and not any("<script>alert" in markup for markup in sent.markup)
