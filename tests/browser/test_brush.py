"""Whoever draws across the strip chooses a stretch of time; nothing is asked of the server before the pointer is let go."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

TRENDS = "/trends?lang=en&place=london"


def drag(one, start: float, end: float, *, until=None) -> None:
    box = one.page.locator(".brush").bounding_box()
    x, y = (lambda part: box["x"] + part * box["width"]), box["y"] + box["height"] / 2
    one.page.mouse.move(x(start), y)
    one.page.mouse.down()
    one.page.mouse.move(x((start + end) / 2), y, steps=12)
    one.page.mouse.move(x(end), y, steps=12)
    if until:
        until()
    one.page.mouse.up()


def asked(one) -> dict[str, list[str]]:
    return parse_qs(urlsplit(one.page.url).query)


def test_the_page_changes_when_the_pointer_is_let_go_and_not_before(visit):
    one = visit(TRENDS)
    one.chart()
    sent = []
    one.page.evaluate(
        "() => { const send = WebSocket.prototype.send; window.sent = 0;"
        "WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all); }; }"
    )
    before = one.page.url
    drag(one, 0.5, 0.25, until=lambda: sent.append((one.page.evaluate("window.sent"), one.page.url)))
    assert sent == [(0, before)]
    one.page.wait_for_url("**from=**to=**")
    one.ready()
    chosen = asked(one)
    every = one.page.locator(".brush").get_attribute("data-periods").split(" ")
    for name, part in (("from", 0.25), ("to", 0.5)):
        assert abs(every.index(chosen[name][0]) - part * (len(every) - 1)) <= 1, "a pixel is less than a month"
    one.page.locator(".spans a", has_text="All").click()
    one.page.wait_for_function("!location.search.includes('from=') && !location.search.includes('to=')")


def test_a_click_and_a_drawing_that_is_given_up_change_nothing(visit):
    one = visit(TRENDS)
    one.chart()
    before = one.page.url
    drag(one, 0.4, 0.402)
    drag(one, 0.2, 0.6, until=lambda: one.page.keyboard.press("Escape"))
    assert one.page.url == before and one.page.locator(".brushed").count() == 0


def test_a_narrow_window_has_the_links_alone(visit):
    one = visit(TRENDS, width=390)
    one.chart()
    assert not one.page.locator(".brush").is_visible()
    assert one.page.locator(".spans a").count() == 4
