"""One figure, one verdict: colour, arrow, word, sentence, alt text, tool tip, table and file say the same, in both languages."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from charts import theme, trend_picture
from language import LANGUAGES, decimal, period_name, translator
from language.sentences.figure import sentence
from language.verdicts import VERDICTS, verdict_class
from layout.frame.tables import cell
from layout.trends.sentences import is_it_real, say_change
from measures.about.false_alarms import false_alarms
from measures.about.statements import statement
from measures.figures.compute import Measure, Query, compute
from measures.store.shelf import Shelf
from routes import headers
from tests.acceptance.figures import EVERY_VIEW, Figure, figures, file_rows, measured, names_of, number, place_of
from tests.acceptance.pages import PAGES, PLACES, opened
from tests.acceptance.printed import ARROWS, COLOURS, WORDS, marks, numbers, text_of
from tests.drawn import card_of, cells_of, drawn, paragraphs_of
from tests.language.reading import spoken

NO_TEST = "no test is made of figures of this kind"


def reader_of(code: str, shelf: Shelf) -> SimpleNamespace:
    return SimpleNamespace(say=translator(code), shelf=shelf)


def judged_in(text: str, code: str) -> set[str]:
    """The verdicts of every arrow in a text, each of which must stand before its own word."""
    found = {ARROWS[arrow] for arrow in re.findall(r"[▲▼●]|–(?= )", text)}
    assert all(f"{arrow} {WORDS[code][verdict]}" in text for arrow, verdict in ARROWS.items() if verdict in found), text
    return found


@given(figures())
@settings(max_examples=50)
def test_colour_arrow_word_sentence_alt_text_tool_tip_table_and_file_agree(shelf, get, figure: Figure):
    """Rules 13, 16 and 21: any figure has the verdict and the numbers of the file wherever a reader meets it."""
    made = figure.line(shelf)
    rows = file_rows(made, get)
    row = rows[figure.area, figure.period]
    newest = compute(
        Query(place_of(figure.measure, shelf), figure.measure, (figure.area,), figure.category, figure.view), shelf
    )
    of_card = statement(newest, figure.area)
    row_of_card = file_rows(newest, get)[figure.area, of_card.period] if of_card and np.isfinite(of_card.now) else None
    assert row["verdict_code"] in COLOURS
    assert (row["verdict_code"] == "cannot_say") == bool(row["why_en"])
    for code in LANGUAGES:
        assert row[f"verdict_{code}"] == WORDS[code][row["verdict_code"]]
        the_tool_tip_agrees(made, rows, code)
        the_sentence_agrees(made, figure, row, code)
        the_paragraph_and_the_table_agree(made, figure, rows, code, shelf)
        the_card_agrees(figure, row_of_card, code, shelf)
        the_alt_text_agrees(made, figure, rows, code, shelf)


def the_tool_tip_agrees(made: Measure, rows: dict, code: str) -> None:
    say = translator(code)
    picture = trend_picture(made, names_of(made, code), say)
    drawn = {row["when"]: row for row in picture.datasets["rows"].to_dict("records")}
    told = {period_name(period, say, made.query.view): row for (_, period), row in rows.items()}
    assert set(drawn) == {when for when, row in told.items() if row["value"]}
    for when, tip in drawn.items():
        row = told[when]
        assert judged_in(tip["verdict"], code) == (set() if row["why_en"] == NO_TEST else {row["verdict_code"]})
        assert row[f"why_{code}"] in tip["verdict"] or row["why_en"] == NO_TEST
        assert numbers(tip["what"])[0].of(number(row["value"]))
        assert tip["v"] == pytest.approx(number(row["value"]), abs=1e-4)
        assert tip["s"] == row["status"]


def expected_of(row: dict, code: str) -> tuple[str, str, str]:
    return (COLOURS[row["verdict_code"]], row["verdict_code"], WORDS[code][row["verdict_code"]])


def the_sentence_agrees(made: Measure, figure: Figure, row: dict, code: str) -> None:
    tested = row["why_en"] != NO_TEST and bool(row["value"])
    assert spoken(sentence(statement(made, figure.area, figure.period), translator(code)), code) == (
        {row["verdict_code"]} if tested else set()
    )


def the_paragraph_and_the_table_agree(made: Measure, figure: Figure, rows: dict, code: str, shelf: Shelf) -> None:
    """What the page says of the latest final figure, and of the same period of the years before."""
    say = translator(code)
    page = drawn(is_it_real, reader_of(code, shelf), made)
    latest = statement(made, figure.area)
    if made.card.full_counts and figure.view == "share":
        assert not marks(page)  # said in points, and not judged
        return
    assert bool(page) == (latest.why != "no_test")
    told = {period_name(period, say, figure.view): row for (_, period), row in rows.items()}
    changes = cells_of(page)
    for when, *cells, verdict in changes:
        assert marks(verdict) == [expected_of(told[when], code)]
        the_numbers_are_those_of_the_file(cells, made, figure, told[when], code)
    if page:
        paragraph, row = paragraphs_of(page)[0], rows[figure.area, latest.period]
        assert marks(paragraph) == [expected_of(row, code)]
        assert html.unescape(text_of(paragraph)).endswith(sentence(latest, say))
        if row["verdict_code"] in ("rise", "fall"):
            assert changes[0][-2] in paragraph, "the limits of the table and those of the sentence"


def the_card_agrees(figure: Figure, row: dict | None, code: str, shelf: Shelf) -> None:
    """The first page shows the latest final figure of all; ``row``: that of the file, None where there is no such figure."""
    card = card_of(figure.measure, figure.view, figure.category, figure.area, code, shelf)
    assert bool(card) == bool(row)
    if row:
        assert marks(card) == ([expected_of(row, code)] if row["why_en"] != NO_TEST else [])
        assert numbers(re.search(r'class="big" title="([^"]*)"', card)[1])[0].of(number(row["value"]))


def _exact(limits: str, row: dict) -> bool:
    low, high = numbers(limits)
    return low.of(_hundredths(row, "change_low")) and high.of(_hundredths(row, "change_high"))


def _hundredths(row: dict, name: str) -> float:
    return number(row[name]) * (1 if row["variable"].endswith(":share") else 100)


def the_numbers_are_those_of_the_file(cells: list[str], made: Measure, figure: Figure, row: dict, code: str) -> None:
    """Figure, figure before, change and limits of the table of changes, and the cell of the table of figures."""
    now, before, change, limits = map(html.unescape, cells)
    assert [one.of(number(row["value"])) for one in numbers(now)] == [True] * bool(row["value"])
    assert [one.of(number(row["before"])) for one in numbers(before)] == [True] * bool(row["before"])
    if "%" in change or "百分点" in change or "percentage points" in change:
        assert numbers(change)[0].of(_hundredths(row, "change"))
    elif change:
        counts = number(row["value"]) - number(row["before"])
        assert numbers(change)[0].of(counts) or "rate" in figure.view
    assert bool(limits) <= bool(row["change_low"])
    assert not limits or _exact(limits, row)
    shown = cell(made, number(row["value"]), row["status"], translator(code))
    assert [one.of(number(row["value"])) for one in numbers(shown)] == [True] * bool(row["value"])
    assert (f"[{row['status']}]" in shown) == bool(row["status"])


def the_alt_text_agrees(made: Measure, figure: Figure, rows: dict, code: str, shelf: Shelf) -> None:
    """The words of the chart and the sentence to quote speak of the latest final figure, with the file's verdict on it."""
    say, reader = translator(code), reader_of(code, shelf)
    name = names_of(made, code)[figure.area]
    alt = trend_picture(made, {figure.area: name}, say).description
    one = statement(made, figure.area)
    row = rows[figure.area, one.period]
    tested = row["why_en"] != NO_TEST
    judged = re.search(
        rf"{re.escape(name)}[,，]\s?{re.escape(period_name(one.period, say, figure.view))}[:：]\s?({'|'.join(WORDS[code].values())})",
        alt,
    )
    assert (judged[1] if judged else "") == (row[f"verdict_{code}"] if tested and row["value"] else "")
    assert say_change(reader, made, figure.area) == sentence(one, say)
    assert spoken(say_change(reader, made, figure.area), code) == (
        {row["verdict_code"]} if tested and row["value"] else set()
    )
    known = [one for one in rows.values() if one["value"]]
    ends = numbers(
        alt,
        [period_name(one["period"], say, figure.view) for one in known[:1] + known[-1:]]
        + [name, *made.card.title.values()],
    )
    for end in known[:1] + known[-1:]:
        assert any(printed.of(number(end["value"])) for printed in ends), alt


@EVERY_VIEW
def test_the_word_agrees_with_the_sign(card, view, shelf):
    """Rule 21: a rise is said only of more and a fall only of less, with limits that leave out no change; every area and period."""
    for made in measured(card, view, shelf):
        table = made.table
        for verdict, sign in (("rise", 1), ("fall", -1)):
            said = table[table["verdict"] == verdict]
            assert (np.sign(said["value"] - said["before"]) == sign).all()
            assert (np.sign(said[["change", "change_low", "change_high"]].fillna(sign)) == sign).all().all()
        calm = table[table["verdict"] == "no_clear_change"]
        assert ((calm["change_low"] <= 0) & ~(calm["change_high"] < 0)).all()  # empty: the upper end is open
        silent = table[table["verdict"] == "cannot_say"]
        assert silent[["change_low", "change_high"]].isna().all().all()


@EVERY_VIEW
def test_an_arrow_shows_the_tested_change_and_not_the_last_step(card, view, shelf):
    """Rule 16: where the last step goes the other way, or nothing is tested, the arrow does not follow it."""
    for made in measured(card, view, shelf, 2):
        steps = made.table.groupby("area", sort=False)["value"].diff()
        judged = made.table["verdict"].isin(["rise", "fall"])
        for code in LANGUAGES:
            tips = trend_picture(made, names_of(made, code), translator(code)).datasets["rows"]["verdict"]
            up, down = ([arrow in tip for tip in tips] for arrow in "▲▼")
            known = np.isfinite(made.table["value"].to_numpy())
            assert np.array_equal(up, (made.table["verdict"] == "rise").to_numpy()[known])
            assert np.array_equal(down, (made.table["verdict"] == "fall").to_numpy()[known])
        if card.tested and judged.sum() > 100:
            against = (steps[judged] > 0) != (made.table["verdict"][judged] == "rise")
            assert against.any(), "no step goes against its verdict: this test shows nothing"


def drawn_in(verdict: str) -> str:
    """The colour that the style sheet gives a verdict."""
    text = headers.STYLE.read_text("utf-8")
    name = re.search(rf"\.verdict\.{verdict_class(verdict)} {{ color: var\(--(\w+)\)", text)[1]
    return re.search(rf"--{name}: (#[0-9a-f]{{6}})", text)[1]


def test_colour_never_stands_alone_and_never_says_good_or_bad():
    """Rule 16: two colours for four verdicts, ink and grey; a rise has the colour of a fall, and every mark has its word."""
    found = {verdict: drawn_in(verdict) for verdict in VERDICTS}
    ink, muted = map(theme.resolved, (theme.INK, theme.MUTED))
    assert found == {"rise": ink, "fall": ink, "no_clear_change": muted, "cannot_say": muted}
    for colour in found.values():
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert max(red, green, blue) - min(red, green, blue) < 40, "nearly grey: neither red nor green"


SMALL_LINES = re.compile(r"<li[^>]*>(?:(?!</li>).)*<img(?:(?!</li>).)*</li>", re.DOTALL)
SIGN_OF = {verdict: sign for sign, verdict in ARROWS.items()}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", PAGES)
def test_every_arrow_on_every_page_has_its_word_and_its_colour(page, place, code):
    """Rule 16: on every page as it is sent."""
    sent = opened(page, lang=code, place=place)
    for markup in sent.markup:
        for colour, verdict, word in marks(markup):
            assert (colour, word) == (COLOURS[verdict], WORDS[code][verdict])
        bare = re.sub(r'<span class="verdict \w+">[▲▼●–] [^<]+</span>', "", markup)
        for tile in SMALL_LINES.findall(bare):  # a sign alone: its tile says the word, also to a screen reader
            assert all(WORDS[code][ARROWS[sign]] in tile for sign in set(text_of(tile)) & set("▲▼●")), tile
        for verdict in {ARROWS[sign] for sign in set(text_of(bare)) & set("▲▼●")}:
            bare = bare.replace(f"{SIGN_OF[verdict]} {WORDS[code][verdict]}", "")  # the key beneath the small lines
        bare = SMALL_LINES.sub("", bare)
        assert not set(text_of(bare)) & set("▲▼●"), text_of(bare)
    for picture in sent.pictures:
        for row in (row for rows in picture.rows.values() for row in rows):
            judged_in(str(row.get("verdict", "")), code)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("place", ["london", "seoul"])
def test_a_district_page_with_its_many_verdicts_says_how_often_such_are_false(place, code, shelf):
    area, rates, say = shelf.places[place].areas[3].code, false_alarms(), translator(code)
    judged = [
        (shelf.cards[card.dataset].latest.last, "rolling" if "rolling" in card.views else card.views[0])
        for card in (shelf.measures[name] for name in shelf.places[place].measures)
        if card.kind == "count" and card.tested and shelf.table(card.dataset).has(area=area)
    ]
    line = say(
        "Among figures without any real change about {rate} in 100 are called a rise or a fall (measured by "
        "simulation).",
        rate=decimal(max(rates.of(*figure) for figure in judged) * 100, say),
    )
    assert line in opened("district", place=place, lang=code, area=area).text
