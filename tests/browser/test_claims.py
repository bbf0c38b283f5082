"""Finding a statement, reading its check, and holding a headline of one's own against the published series."""

import csv
import io
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from layout.claims.list import AT_ONCE
from tests.browser.addresses import HOSTILE

HEADLINE = "/claims?lang=en&place=london&measure=recorded_crime&category=robbery&area=E09000007&length=year&period=2025-12&base=same_period_last_year"

OWN = "article.claim:not([id])"  # the card of the reader's own headline; those of statements have their numbers


def test_one_statement_stands_alone_with_its_check_open(visit):
    one = visit("/claims?lang=en&place=shanghai&claim=CN-0055")
    assert one.page.locator("article.claim").count() == 1
    assert "Another source gives a different figure" in one.words
    expect(one.page.locator("article.claim details[open]")).to_contain_text("1,042 compared with 1,100")
    one.page.locator("article.claim details a").first.click()
    one.page.wait_for_url("**claim=CN-0060**")
    one.ready()
    assert "1,024" in one.page.inner_text("article.claim h3")


def test_a_quote_stays_in_its_language_and_is_marked_so(visit):
    one = visit("/claims?lang=en&place=shanghai&claim=CN-0001")
    assert one.page.locator("article.claim q").get_attribute("lang") == "zh-Hans"
    assert "In English: Criminal cases filed" in one.words


def test_the_file_holds_the_statements_that_are_counted(visit):
    one = visit("/claims?lang=en&place=shanghai&indicator=road_deaths&year=2009")
    with one.page.expect_download() as waiting:
        one.page.get_by_role("link", name="CSV", exact=True).first.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert {row["claim_id"] for row in rows} == {item.get_attribute("id") for item in one.page.locator(".claim").all()}
    assert f"{len(rows)} of 406" in one.words


def test_a_choice_narrows_the_list_and_starts_at_its_first_page(visit):
    one = visit("/claims?lang=en&place=shanghai&page=3")
    assert one.page.locator(".claim").count() == AT_ONCE
    one.page.get_by_role("combobox", name="What the check found").click()
    one.page.keyboard.type("another source")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**verdict=contradicted**")
    expect(one.page.locator("article.claim")).to_have_count(2)
    assert "page=" not in one.page.url


def test_a_line_opens_to_the_whole_statement_and_the_checked_ones_stand_as_cards(visit):
    one = visit("/claims?lang=en&place=shanghai")
    assert one.page.locator(".squares i").count() == 406
    assert one.page.locator("article.claim .found.unclear").count() == 0
    line = one.page.locator("details.claim").first
    assert not line.locator(".who").is_visible()
    line.locator("summary").first.click()
    assert line.locator(".who").is_visible()


def test_the_register_is_searched_by_words(visit):
    one = visit("/register?lang=en&place=shanghai&find=safe houses")
    assert one.page.locator(".entries details").count() == 1
    assert one.page.get_by_role("textbox", name="Search").input_value() == "safe houses"


def test_a_typed_headline_is_in_the_address_and_gets_its_verdict(visit):
    one = visit(HEADLINE)
    assert one.page.locator(OWN).count() == 0
    box = one.page.get_by_role("textbox", name="Figure")
    box.fill("20%")
    box.press("Enter")
    one.page.wait_for_url("**figure=20%25**")
    expect(one.page.locator(OWN)).to_contain_text("Does not follow from the published figures")
    expect(one.page.locator(OWN)).to_contain_text("1,456 compared with 1,856")
    one.page.reload()
    one.ready()
    one.chart()
    assert "Robbery in Camden fell by 20% in 2025, compared with the same period a year earlier (2024)" in one.words


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_worked_example_is_a_link_to_its_check(visit, lang):
    one = visit(f"/claims?lang={lang}&place=london")
    one.page.get_by_role("link", name="20%").first.click()
    one.page.wait_for_url("**figure=20%25**")
    one.ready()
    assert one.page.locator(f"{OWN} .found").count() == 1


def test_a_length_that_does_not_end_with_the_period_chooses_another_without_a_remark(visit):
    one = visit(HEADLINE.replace("length=year", "length=month").replace("2025-12", "2025-11") + "&figure=20%25")
    one.page.get_by_role("combobox", name="Length of the period").click()
    one.page.keyboard.type("half")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**length=half**")
    one.ready()
    assert "usual choice" not in one.words


def test_hostile_figures_fall_back_calmly(visit):
    """All at once; each by itself is tried in tests/acceptance/test_addresses.py."""
    names = ("figure", "says", "claim", "bound", "page")
    one = visit(HEADLINE + "".join(f"&{name}={quote(value)}" for name, value in zip(names, HOSTILE, strict=False)))
    assert one.page.locator(".stException").count() == 0
    assert one.page.locator(OWN).count() == 0
    assert "usual choice is shown instead" in one.words
    assert "Traceback" not in one.words


def test_a_count_in_per_cent_is_refused_calmly(visit):
    one = visit(f"{HEADLINE}&says=was&figure=20%25")
    assert "A count has no per cent sign" in one.words
    assert one.page.locator(OWN).count() == 0
