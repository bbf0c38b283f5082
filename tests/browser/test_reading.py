"""What a reader does: follow a link, change a filter, go back, use the keyboard, take a file away."""

import csv
import io

import pytest
from playwright.sync_api import expect

ANNOUNCED = ".st-key-announce"
NAMES = ("London", "Camden", "Hillingdon")
MOMENTS = ".stVegaLiteChart svg .mark-rule [aria-label]"


def test_a_file_read_back_equals_what_was_drawn(visit):
    address = "/trends?lang=en&category=robbery&area=E09000007&area=E09000017&view=rate&from=2022-01&to=2026-06"
    one = visit(address)
    one.chart()
    one.page.wait_for_selector(MOMENTS, state="attached")
    with one.page.expect_download() as waiting:
        one.page.get_by_role("link", name="CSV", exact=True).first.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    valued = [row for row in rows if row["value"]]
    moments = one.page.locator(MOMENTS).evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))")
    assert len(valued) == sum(f"; {name} " in one for one in moments for name in NAMES) == 3 * 54
    table = visit(f"{address}&show=table").page.locator(".table.tall table").locator("tbody tr")
    newest = [cell.split(" ")[0] for cell in table.first.locator("td").all_inner_texts()[::2]]  # months, not averages
    assert newest == [f"{float(row['value']):.3f}" for row in rows if row["period"] == "2026-06"]


def test_a_change_of_filter_is_announced_and_kept_in_the_address(visit):
    one = visit("/trends?lang=en")
    region = one.page.locator(ANNOUNCED)
    expect(region).to_have_attribute("role", "status", timeout=15_000)
    expect(region).to_have_attribute("aria-live", "polite")
    before = region.inner_text()
    one.page.evaluate("document.querySelector('.st-key-announce').dataset.kept = 'yes'")
    one.page.get_by_role("combobox", name="Category").click()
    one.page.keyboard.type("Robbery of bus")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**category=robbery_of_business_property**")
    expect(region).not_to_have_text(before)
    assert region.get_attribute("data-kept") == "yes"


def test_back_forward_and_reload_give_the_same_article(visit):
    one = visit("/trends?lang=en&category=robbery")
    one.page.get_by_role("combobox", name="Category").click()
    one.page.keyboard.type("Burglary")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("h1").first).to_contain_text("Burglary")
    one.page.go_back()
    expect(one.page.locator("h1").first).to_contain_text("Robbery")
    one.page.go_forward()
    expect(one.page.locator("h1").first).to_contain_text("Burglary")
    one.page.reload()
    one.ready()
    assert "Burglary" in one.page.inner_text("h1")


def test_another_language_keeps_the_article_and_the_address(visit):
    one = visit("/trends?lang=en&category=robbery&area=E09000007")
    one.page.locator(".top .tongue", has_text="简体中文").click()
    expect(one.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    one.page.wait_for_url("**lang=zh**")
    assert "category=robbery" in one.page.url
    assert "area=E09000007" in one.page.url
    one.page.reload()
    one.ready()
    assert "卡姆登" in one.page.inner_text("h1")


def test_another_place_starts_its_article_afresh(visit):
    one = visit("/trends?lang=en&category=robbery")
    one.page.locator(".top .places > summary").click()
    one.page.locator(".top .places a", has_text="Shanghai").click()
    one.page.wait_for_url("**place=shanghai**")
    assert "category" not in one.page.url
    assert "lang=en" in one.page.url


def test_a_click_on_a_district_opens_its_page(visit, shelf):
    one = visit("/map?lang=en")
    one.page.wait_for_selector("path[aria-roledescription=geoshape]")
    assert one.page.locator("path[aria-roledescription=geoshape]").count() == 33
    box = one.page.locator("path[aria-roledescription=geoshape]").nth(9).bounding_box()
    one.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    one.page.wait_for_url("**/district?**area=E0900**")
    one.ready()
    area = next(area for area in shelf.places["london"].areas if f"area={area.code}" in one.page.url)
    assert one.page.inner_text("h1").startswith(f"{area.name['en']}: ")


def test_legend_colours_and_counts_equal_the_maps(visit):
    one = visit("/map?lang=en")
    one.page.wait_for_selector("path[aria-roledescription=geoshape]")
    fills = one.page.eval_on_selector_all(
        "path[aria-roledescription=geoshape]", "all => all.map(e => getComputedStyle(e).fill)"
    )
    boxes = one.page.eval_on_selector_all(
        "ul.legend li:not(.count)",
        "all => all.map(e => [getComputedStyle(e.querySelector('.box')).backgroundColor, +e.querySelector('.count').innerText.replace(/\\D/g, '')])",
    )
    assert {colour: fills.count(colour) for colour, _ in boxes} == dict(boxes)
    assert sum(count for _, count in boxes) == len(fills) == 33


def test_the_main_controls_can_be_walked_by_keyboard(visit):
    one = visit("/trends?lang=en")
    one.page.locator(".more > summary").last.click()
    for control in ("Measure", "Category", "Areas", "Shown as", "From", "To"):  # their scripts come after the page's
        one.page.get_by_role("combobox", name=control).first.wait_for()
    reached = set()
    for _ in range(50):
        one.page.keyboard.press("Tab")
        focus = "const e = document.activeElement; return e.getAttribute('aria-label') || (e.id && document.querySelector(`label[for='${e.id}']`)?.innerText) || e.innerText"
        reached.add((one.page.evaluate(f"(() => {{ {focus} }})()") or "").strip().split("\n")[0])
    for control in ("Map", "简体中文", "Measure", "Category", "Areas", "Shown as", "From", "To"):
        assert any(control in name for name in reached), (control, reached)


def test_a_district_is_found_by_typing_its_name_in_the_other_language(visit):
    one = visit("/district?lang=en")
    one.page.locator(".finder input").first.click()
    one.page.keyboard.type("威斯敏斯特")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("h1").first).to_contain_text("Westminster", timeout=30_000)


def test_a_citation_is_copied_by_the_keyboard_with_its_source_and_pinned_address_and_that_is_said(visit):
    one = visit("/trends?lang=en&category=theft&area=E09000007&view=rolling")
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.locator(".away .copy > summary").first.focus()
    for _ in range(3):  # Image, Embed, Cite
        one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    expect(one.page.locator(".away .cite .copies").first).to_be_visible()
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    expect(one.page.locator(".away .copied").first).to_have_text("Copied.")
    assert one.page.locator(".away .copied").first.get_attribute("role") == "status"
    text = one.page.evaluate("navigator.clipboard.readText()")
    assert text == one.page.locator(".away .cite code").first.text_content()
    assert (
        "Theft: the Metropolitan Police recorded" in text and "Source: " in text and "Open Government Licence" in text
    )
    assert f"{one.site}/trends?lang=en" in text
    assert all(part in text for part in ("category=theft", "&from=", "&to=", "&as_of="))


@pytest.mark.parametrize(("width", "lines"), [(1280, 1), (390, 0)])
def test_what_is_taken_away_stands_in_one_line_and_is_folded_on_a_phone(visit, width, lines):
    one = visit("/map?lang=zh&place=seoul", width=width)
    bar = one.page.locator(".away").first
    shown = [part.bounding_box() for part in bar.locator(".row > a, .row summary").all() if part.is_visible()]
    assert len({round(box["y"]) for box in shown}) == lines
    if not lines:
        bar.locator(".offer > summary").click()
        heights = [part.bounding_box()["height"] for part in bar.locator(".row > a, .row summary").all()]
        assert len(heights) == 6 and min(heights) >= 44
    bar.locator(".embed > summary").click()
    assert "<iframe src=" in bar.locator(".embed code").first.inner_text()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_axis_of_time_says_the_same_in_every_time_zone(visit):
    axes = []
    for zone in ("America/Los_Angeles", "Asia/Tokyo"):
        tab = visit("/trends?lang=en&place=london&from=2025-01&to=2025-12", zone=zone)
        tab.page.wait_for_selector("svg.marks .role-axis-label text")
        labels = tab.page.locator("svg.marks .role-axis-label text")
        axes.append(labels.evaluate_all("all => all.map(one => one.textContent + one.getAttribute('transform'))"))
    assert axes[0] == axes[1]
    assert any(label.startswith("Jul 2025") for label in axes[0])


@pytest.mark.parametrize(("code", "rise"), [("en", "On a year before"), ("zh", "与上年同期相比")])
def test_the_keyboard_reaches_every_value_of_a_tool_tip(visit, code, rise):
    """One stop; the arrows speak each moment with the very words of its tool tip; Home, End, Escape."""
    one = visit(f"/trends?lang={code}&category=robbery&area=E09000007&view=rate&from=2025-01&to=2026-03")
    one.page.wait_for_selector(f"#root .marks[tabindex='0'] {MOMENTS.split(' ', 1)[1]}", state="attached")
    chart, said = one.page.locator("#root .marks").first, one.page.locator(".marks-said")
    assert chart.get_attribute("role") == "group" and chart.get_attribute("aria-label")
    labels = one.page.locator(f"#root {MOMENTS}").evaluate_all(
        "all => all.map(mark => mark.getAttribute('aria-label'))"
    )
    chart.focus()
    spoken = []
    for _ in labels:
        one.page.keyboard.press("ArrowRight")
        spoken.append(said.inner_text())
        assert one.page.locator(".mark-ring").count() == 1
    assert spoken == labels and len(labels) == 15 and all(rise in words for words in labels)
    tip = one.page.locator("#vg-tooltip-element.visible")
    figures = tip.locator("td.value").all_inner_texts()
    assert len(figures) == 4 and all(figure in labels[-1] for figure in figures), "two lines, averages and months"
    one.page.keyboard.press("Home")
    assert said.inner_text() == labels[0]
    one.page.keyboard.press("End")
    assert said.inner_text() == labels[-1]
    one.page.keyboard.press("Escape")
    expect(one.page.locator(".mark-ring")).to_have_count(0)
    assert one.page.evaluate("document.activeElement.tagName") == "BODY"
