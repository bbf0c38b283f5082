"""A comparison that the site advises against: the reason, the fair alternative as a link, and the reader's own decision with its mark."""

import csv
import io

from playwright.sync_api import expect

DECLINED = "/compare?lang=en&by=periods&area=E09000007&view=rolling_rate&from=2015-12&to=2024-12"


def test_what_is_declined_is_not_drawn_and_the_fair_alternative_is_a_link_away(visit):
    one = visit(DECLINED)
    assert "not compared here" in one.page.inner_text(".answer")
    assert one.page.locator(".stVegaLiteChart").count() == 0
    assert "file (CSV)" not in one.words
    one.page.locator(".answer a").click()
    one.page.wait_for_url("**from=2019-12**")
    one.ready()
    one.chart()
    assert "can be compared" in one.page.inner_text(".answer")
    assert "view=rolling_rate" in one.page.url


def test_a_reader_may_insist_and_the_picture_the_address_and_the_file_say_so(visit):
    one = visit(DECLINED.replace("rolling_rate", "rolling").replace("from=2015-12", "from=2024-09"))
    one.page.get_by_text("Show the chart anyway").click()
    one.page.wait_for_url("**anyway=yes**")
    one.chart()
    expect(one.page.locator(".stVegaLiteChart svg")).to_contain_text("advised against this comparison: period")
    assert "Is this change bigger than usual?" not in one.words
    link = one.page.get_by_role("link", name="CSV", exact=True).first
    assert "anyway=yes" in link.get_attribute("href")
    with one.page.expect_download() as waiting:
        link.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert [row["period"] for row in rows] == ["2024-09", "2024-12"]
    assert {row["comparability"] for row in rows} == {"against_advice: period_length"}


def test_the_override_is_taken_back_as_it_was_given(visit):
    one = visit(DECLINED + "&anyway=yes")
    expect(one.page.locator(".stVegaLiteChart")).to_have_count(1)
    one.page.get_by_text("Show the chart anyway").click()
    expect(one.page.locator(".stVegaLiteChart")).to_have_count(0)
    assert "anyway" not in one.page.url


def test_a_cut_between_two_periods_gives_two_pictures_and_no_percentage(visit):
    one = visit(
        "/compare?lang=en&by=periods&area=E09000007&category=burglary_residential&view=rolling&from=2016-12&to=2018-12"
    )
    one.chart()
    expect(one.page.locator(".stVegaLiteChart")).to_have_count(2)
    assert "Is this change bigger than usual?" not in one.words


def test_the_file_of_a_comparison_holds_exactly_the_marks_drawn(visit):
    one = visit("/compare?lang=en&area=E09000007&area=E09000003&area=E09000033&to=2024-12")
    one.chart()
    with one.page.expect_download() as waiting:
        one.page.get_by_role("link", name="CSV", exact=True).first.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert {row["area_en"] for row in rows} == {"Camden", "Barnet", "Westminster", "London"}
    assert {row["period"] for row in rows} == {"2024-12"}
    shown = one.page.locator(".stVegaLiteChart svg").first.text_content()
    assert all(f"{float(row['value']):.1f}" in shown for row in rows)
