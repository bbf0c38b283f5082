"""A picture is a file that real readers open, and says what it shows wherever it lands."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

import charts
from charts.exported import FONTS, FORMS, SIZES, composed, draw
from charts.frame_text import all_wrapped, width_of, wrapped
from charts.pdf_order import in_order
from charts.picture_frame import PictureFrame
from language import LANGUAGES, REQUIRED, translator
from measures.figures.compute import Query, compute
from tests.charts.glyphs import characters, drawn_by, of_language

SVG = "{http://www.w3.org/2000/svg}"
NOTES = tuple(
    f"Note {number}: figures before and after the change of rules are not comparable." for number in range(40)
)
ADDRESS = "https://figures.test/trends?lang=en&place=london&measure=recorded_crime"


def framed(code: str = "en", **more) -> PictureFrame:
    said = {
        "title": "Robbery fell <in> Camden & the City" if code == "en" else "卡姆登的抢劫案下降",
        "subtitle": "Offences for every 1,000 residents, 2010 to 2026",
        "notes": NOTES[:2],
        "source": ("Source: Metropolitan Police Service, 2026-08. Open Government Licence.",),
        "address": ADDRESS,
        "boxes": ((("#ffffff", "c", "#000000"), "withheld", 3), (("#0d5566", "", "#ffffff"), "8 to 9", 12)),
        "more": "More notes stand at the address.",
        "language": code,
    }
    return PictureFrame(**said | more)


@pytest.fixture(scope="module", params=LANGUAGES)
def trend(request, shelf):
    say = translator(request.param)
    made = compute(Query("london", "recorded_crime", ("E12000007", "E09000007"), "robbery", "rolling_rate"), shelf)
    return say.code, charts.trend_picture(
        made, {a: shelf.area_names("london", "recorded_crime")[a][say.code] for a in made.query.areas}, say
    )


def texts(svg: str) -> list[str]:
    """The lines of an SVG as a reader's program has them."""
    return ["".join(one.itertext()).strip() for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("size", SIZES)
def test_a_png_has_the_size_that_was_asked_for(size, trend):
    code, picture = trend
    image = Image.open(io.BytesIO(draw(picture, framed(code), "png", size)))
    image.load()
    width, height = SIZES[size]
    assert image.format == "PNG" and image.width == width and image.height == (height or image.height) > 300
    colours = image.convert("RGB").getcolors(1 << 24)
    assert len(colours) > 20, "something is drawn"


def test_a_pdf_has_one_page_with_its_fonts_inside(trend):
    code, picture = trend
    content = draw(picture, framed(code), "pdf", "1200x675")
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert b"NotoSansCJK" in content, "Chinese is readable on every machine"


def test_the_same_picture_is_the_same_pdf_whenever_it_is_drawn(trend):
    code, picture = trend
    files = {draw(picture, framed(code), "pdf", "1200x675") for _ in range(5)}
    assert len(files) == 1
    content = files.pop()
    assert in_order(content) == content
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF", content)[1])
    places = [int(row[:10]) for row in content[start:].split(b"\n")[3:] if row.endswith(b" n ")]
    assert len(places) == int(re.search(rb"/Size (\d+)", content[start:])[1]) - 1 > 10
    assert all(content[place:].startswith(b"%d 0 obj\n" % number) for number, place in enumerate(places, 1))


def test_what_is_no_pdf_of_ours_is_refused():
    for wrong in (b"", b"%PDF-1.7\nstartxref\n0\n%%EOF"):
        with pytest.raises(ValueError, match="a PDF without a table"):
            in_order(wrong)


@pytest.mark.parametrize("size", SIZES)
def test_an_svg_is_well_formed_and_says_all_that_must_be_said(size, trend):
    code, picture = trend
    svg, frame = draw(picture, framed(code), "svg", size).decode(), framed(code)
    said = " ".join(texts(svg))
    for line in (
        *wrapped(frame.title, 30, 1120, True),
        "Open Government Licence",
        "(12)",
        "Note 1",
        "measure=recorded_crime",
    ):
        assert line.replace(" ", "") in said.replace(" ", ""), line
    root = ElementTree.fromstring(svg)
    assert root.find(f"{SVG}title").text == frame.title and root.find(f"{SVG}desc").text == picture.description
    assert (root.get("lang"), root.get("width")) == (LANGUAGES[code].tag, str(SIZES[size][0]))


def test_an_svg_holds_no_script_and_leads_and_asks_nowhere(trend):
    svg = draw(
        trend[1].linked({}) if "id" in next(iter(trend[1].datasets.values())) else trend[1], framed(), "svg", "600"
    ).decode()
    kinds = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(svg).iter()}
    assert not kinds & {"script", "foreignObject", "image", "use", "a", "iframe", "style", "set", "animate"}
    attributes = {name for one in ElementTree.fromstring(svg).iter() for name in one.attrib}
    assert not [name for name in attributes if name.lower().startswith("on") or name.endswith("href")]


def test_notes_for_which_there_is_no_room_are_told_of_and_never_dropped_in_silence(trend):
    code, picture = trend
    frame = framed(code, notes=NOTES)
    said = " ".join(texts(composed(picture, frame, "1200x675", {})))
    assert "Note 0" in said and "Note 39" not in said and frame.more in said
    everything = " ".join(texts(composed(picture, frame, "600", {})))
    assert "Note 39" in everything and frame.more not in everything


def test_nothing_stands_outside_the_picture(trend):
    code, picture = trend
    for size, (width, _) in SIZES.items():
        svg = composed(
            picture, framed(code, title="A finding that needs some more words than one line has " * 3), size, {}
        )
        root = ElementTree.fromstring(svg)
        height = float(root.get("height"))
        for line in root.findall(f"{SVG}text"):
            bold = line.get("font-weight") == "700"
            assert float(line.get("x")) + width_of(line.text, float(line.get("font-size")), bold) <= width
            assert 0 < float(line.get("y")) <= height
        chart = root.find(f"{SVG}svg")
        assert float(chart.get("x")) >= 0 and float(chart.get("y")) + float(chart.get("height")) <= height + 1


def test_boundaries_are_given_and_never_fetched(shelf):
    from layout.frame.reader import address_of
    from layout.sheets import sheet_of
    from routes.boundaries import boundaries_address

    sheet = sheet_of(address_of("map", [("place", "london"), ("lang", "en")]), shelf)
    picture = next(chart.picture for chart in sheet.charts if chart.key == "map")
    address = boundaries_address(shelf, "london")
    svg = draw(picture, framed(), "svg", "1200x675", {address: shelf.outlines("london")}).decode()
    assert svg.count("<path") > 33
    with pytest.raises(KeyError):
        draw(picture, framed(), "svg", "1200x675", {})


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_no_glyph_is_missing(weight):
    missing = characters() - drawn_by(FONTS / f"NotoSansCJKsc-{weight}.otf")
    assert missing == set(), "cut the fonts again: charts/fonts/README.md"


@pytest.mark.parametrize(
    "code", [code for code, language in LANGUAGES.items() if language.fonts and code not in REQUIRED]
)
def test_a_language_with_a_font_of_its_own_has_its_letters_in_it(code):
    family = LANGUAGES[code].fonts[-1].replace(" ", "")
    fonts = sorted(FONTS.glob(f"{family[:-2]}{family[-2:].lower()}-*.otf"))
    assert len(fonts) == 2, "regular and bold"
    assert [of_language(code) - drawn_by(font) for font in fonts] == [set(), set()], (
        "cut them again: charts/fonts/README.md"
    )


def test_the_licence_stands_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    ["a few short words that go on and on", "没有空格的一种文字，标点不在行首。" * 4, "https://x.test/" + "y" * 200],
)
@pytest.mark.parametrize("room", [60, 200, 1000])
def test_lines_are_no_wider_than_their_room_and_lose_nothing(text, room):
    lines = wrapped(text, 16, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line.rstrip("，。"), 16) <= room for line in lines)
    assert not [line for line in lines if line.startswith(("，", "。"))]


def test_only_the_first_line_of_a_note_has_a_mark():
    assert [line[0] for line in all_wrapped(["one two three four"], 16, 80, mark="• ")][:2] == ["•", "\u2003"]


def test_a_missing_number_is_no_number_in_the_drawing(trend):
    code, picture = trend
    rows = {
        name: pd.DataFrame(frame).assign(v=float("nan")) if name == "rows" else frame
        for name, frame in picture.datasets.items()
    }
    assert "NaN" not in composed(charts.Picture(picture.spec, rows, "x"), framed(code), "600", {})


def test_every_format_has_its_content_type():
    assert FORMS == {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
