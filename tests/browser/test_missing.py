"""Who asks for a page that does not exist is told so in the site's own frame, in the reader's language."""

from itertools import cycle

import pytest

WORDS = {"en": "There is no such page", "zh": "页面不存在"}
NAMES = ("nothing", "%E8%B6%8B%E5%8A%BF", "a%20b", "Trends", "x" * 70)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(("name", "lang"), zip(NAMES, cycle(WORDS)))
def test_an_unknown_page_says_so_above_the_menu_of_all_pages(visit, name, lang):
    one = visit(f"/{name}?lang={lang}", width=390, watched=True)
    assert one.page.locator("h1").all_inner_texts() == [WORDS[lang]]
    assert WORDS[lang] in one.page.title()
    assert one.page.locator(".top .reading a").count() == 6
    assert one.page.locator(".top .list .group a").count() >= 8
    assert one.page.locator(".stException, .calm, [role=dialog]").count() == 0
    assert one.errors == [] and one.outside == []
    for width in (390, 1280):
        one.page.set_viewport_size({"width": width, "height": 1000})
        one.page.wait_for_function("width => innerWidth === width", arg=width)
        one.page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_the_language_changes_and_the_menu_leads_out(visit):
    one = visit("/nothing?lang=zh")
    one.page.locator(".top .tongue", has_text="English").click()
    one.page.get_by_role("heading", name=WORDS["en"]).wait_for()
    one.page.locator(".top .reading a").first.click()
    one.page.wait_for_url("**/?lang=en*")
    one.page.locator("h1:not(:has-text('no such page'))").first.wait_for()
    one.ready()
    assert WORDS["en"] not in one.words


def test_a_reader_leaves_no_cookie_and_is_told_what_the_browser_keeps(visit):
    one = visit("/privacy?lang=en")
    assert one.context.cookies() == []
    kept = one.page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
    assert kept[1] == [] and all(name.startswith("stActiveTheme") for name in kept[0])
    assert "sets no cookie" in one.words
    assert "不设置 Cookie" in visit("/privacy?lang=zh").words


def test_a_page_sends_only_messages_that_the_door_lets_in(visit):
    """Through the controls of the pages that have most of them: a socket that the door closed would draw the page again from its address."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    from routes.rules import RULES

    one = visit("/trends?lang=en&place=london")
    sent, closed = [], []
    one.page.on(
        "websocket",
        lambda ws: (
            ws.on("framesent", lambda data: sent.append(data)),
            ws.on("close", lambda _: closed.append(ws.url)),
        ),
    )
    one.open("/trends?lang=en&place=london")
    one.page.locator(".top .reading a", has_text="Map").click()
    one.page.wait_for_url("**/map*")
    one.ready()
    one.page.locator(".top .tongue", has_text="简体中文").click()
    one.page.wait_for_url("**lang=zh*")
    one.ready()
    one.page.go_back()
    one.ready()
    kinds = {BackMsg.FromString(data).WhichOneof("type") for data in sent}
    assert len(sent) >= 4 and kinds == set(RULES.socket.messages)
    assert closed == []
    assert max(map(len, sent)) < RULES.socket.largest / 8
