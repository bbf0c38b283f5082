"""Every page of every place speaks the reader's language alone; names of sources, quotations and addresses are not sentences of ours."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from language import LANGUAGES
from tests.acceptance.pages import PAGES, PLACES, opened
from tests.language.reading import FOREIGN_SENTENCE

PIECES = ("h1", "h2", "h3", "p", "li", "th", "td", "caption", "label", "summary")
NOT_OURS = ("q", "cite", "code", "svg", "script", "style")


class Pieces(HTMLParser):
    """The text of every heading, paragraph, item, cell and label of some markup, without what is not ours."""

    def __init__(self, markup: str):
        super().__init__()
        self.open: list[tuple[str, bool, list[str]]] = []
        self.read: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img", "input", "hr", "meta", "link"):
            away = tag in NOT_OURS or (tag == "a" and (dict(attrs).get("href") or "").startswith("http"))
            self.open.append((tag, away or any(one[1] for one in self.open), []))

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][1]:
            for _, _, text in self.open:
                text.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in [one[0] for one in self.open]:
            ended, _, text = self.open.pop()
            self.read += ["".join(text)] if ended in PIECES else []
            if ended == tag:
                break


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_no_sentence_of_another_language(page, place, code):
    sent = opened(page, lang=code, place=place)
    texts = [text for markup in sent.markup for text in Pieces(markup).read]
    assert len(texts) > 5
    assert [
        text
        for text in (*texts, *sent.labels, *(picture.alt for picture in sent.pictures))
        if FOREIGN_SENTENCE[code].search(text)
    ] == []


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<p>a <q>b</q> c</p>", ["a  c"]),
        ('<ul><li>a<br>b</li><li><a href="http://x">c</a><a href="/d">d</a></li></ul>', ["ab", "d"]),
        ("<table><tr><th>a</th><td><b>b</b></td></tr></table>", ["a", "b"]),
        ("<div>a</div><svg><text>b</text></svg><script>c</script>", []),
    ],
)
def test_what_is_not_ours_is_left_out_and_all_else_is_read(markup, read):
    assert Pieces(markup).read == read


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "These figures are old and they end in May"),
        ("en", "本站不含任何个人数据，均为汇总"),
        ("en", "各区居民人数与面积之比以及其他各项"),
    ],
)
def test_a_sentence_of_another_language_would_be_noticed(code, text):
    assert FOREIGN_SENTENCE[code].search(text)
