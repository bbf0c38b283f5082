"""For which areas and years there is a figure on one subject: a strip of cells, and the same as a table."""

from __future__ import annotations

import charts
from charts.published.coverage import DRESS, MARKS, published_words
from language import Translator
from layout.frame.blocks import (
    Block,
    Blocks,
    Figure,
    Legend,
    Row,
    TakeAway,
    areas_word,
    boxes,
    choose,
    paragraph,
    picture,
    small,
)
from layout.frame.controls import area_names, choose_category, choose_measure, short_names
from layout.frame.figure import parts
from layout.frame.footer import about_figures
from layout.frame.links import district_links
from layout.frame.reader import Reader
from layout.frame.tables import table
from layout.frame.take_away import Taken, take_away
from loaders.statuses import WITHOUT_VALUE
from measures.about.coverage import CoverageCell, Grid, grid, usual
from measures.claims.collection import indicators_of
from routes.addresses import page_address


def ask_grid(reader: Reader) -> Blocks[Grid | None]:
    """Measure and category (or indicator) of which the years are shown; None when they cannot be read."""
    say, shelf = reader.say, reader.shelf
    card = yield from choose_measure(reader, reader.place.measures)
    if not shelf.working(card.name):
        return None
    if card.kind == "statements":
        options = {code: say.pick(one.name) for code, one in indicators_of(shelf, card.dataset).items()}
        default = usual(shelf, reader.place.id, card)
        yield (choice := choose(reader, "category", say("Indicator"), options, default))
        category = choice.value
    else:
        category = yield from choose_category(reader, card, say("Category"))
    return grid(shelf, reader.place.id, card.name, category)


def _taken(reader: Reader, made: Grid, title: str, chart: Block) -> TakeAway:
    """What is taken away from the strip of what is published."""
    sources = [reader.shelf.cards[made.card.dataset]]
    return take_away(reader, Taken(title, {"": chart}, sentences=[grid_head(made, title, reader)], sources=sources))


def grid_head(made: Grid, title: str, reader: Reader) -> str:
    """For how many districts anything was published."""
    if not made.districts:
        return reader.say("{title}: not published by {area}", title=title, area=reader.say.pick(reader.place.area_word))
    return reader.say(
        "{title}: published for {count} of {total} {areas}",
        title=title,
        count=made.districts,
        total=len(made.areas) - 1,
        areas=areas_word(reader),
    )


def grid_title(made: Grid, reader: Reader) -> str:
    """The measure, and its category or indicator."""
    say, shelf = reader.say, reader.shelf
    if made.card.kind == "statements":
        return say.pick(indicators_of(shelf, made.card.dataset)[made.category].name)
    node = shelf.cards[made.card.dataset].tree.nodes.get(made.category)
    return say.pick(made.card.title) + (f" · {say.pick(node.name)}" if node and node.level != "all" else "")


def coverage_figure(reader: Reader, made: Grid, choices: tuple[Block, ...]) -> tuple[Figure, str]:
    """For which districts and years there is a figure; and the same in words."""
    say, title = reader.say, grid_title(made, reader)
    names = area_names(reader, made.card.dataset) | short_names(reader)
    drawn = charts.coverage_strip(made, title, names, say)
    links = {made.whole: page_address("trends", {**reader.site_state, "measure": made.card.name})} | district_links(
        reader
    )
    chart = picture(drawn, "years", links)
    none = () if drawn else (paragraph(say("No statement on this gives a period.")),)
    shown = parts(
        reader,
        chart=(coverage_legend(made, reader), chart, *none),
        table=tuple(years_grid(made, title, reader)) if drawn else (),
        about=about_figures(reader, [made.card], 0),
    )
    told = grid_head(made, title, reader)
    asked = (Row("controls", choices),)
    return Figure(told, (_subtitle(made, reader),), shown, _taken(reader, made, title, chart), asked), told


def _subtitle(made: Grid, reader: Reader) -> str:
    """From when to when, and what a cell is."""
    say = reader.say
    if not made.years:
        return say("No statement on this gives a period.")
    return say(
        "One cell for each area and year, {start} to {end}.",
        start=say("{year}", year=made.years[0]),
        end=say("{year}", year=made.years[-1]),
    )


def coverage_legend(made: Grid, reader: Reader) -> Legend:
    """What the fills and letters of the cells mean, and how many cells have each."""
    say = reader.say
    kinds = [made.cells[area, year].kind for area in made.areas for year in made.years]
    lettered = {
        kind: (fill, letter or MARKS.get(kind, ""), ink) for kind, (fill, letter, ink) in DRESS.items() if kind in kinds
    }
    return boxes([(dress, published_words(kind, say), kinds.count(kind)) for kind, dress in lettered.items()], reader)


def years_grid(made: Grid, title: str, reader: Reader) -> Blocks:
    """Districts down, years across: how many figures were published; letters where there are none."""
    say = reader.say
    names = area_names(reader, made.card.dataset)
    rows = [(names[area], *(cell_words(made.cells[area, year]) for year in made.years)) for area in made.areas]
    yield table(
        [say("Area"), *(say("{year}", year=year) for year in made.years)],
        rows,
        say("{title}: number of published figures", title=title),
        size="tall grid",
    )
    letters = [
        say("±: changes without counts"),
        say("w: in words only"),
        *(f"[{code}] {say.joined(words)}" for code, words in _letters(made, say).items()),
    ]
    found = " ".join(text for row in rows for text in row[1:])
    yield small(" · ".join(text for text in letters if text.strip("[")[0] in found))


def _letters(made: Grid, say: Translator) -> dict[str, list[str]]:
    """What each letter of a cell without a figure means in this table."""
    kinds = {cell.kind for cell in made.cells.values()}
    uncovered = ["not_covered"] if "not_covered" in kinds else []
    meant = {code: [code] for code in WITHOUT_VALUE} | {"x": ["x"] * ("x" in kinds or not uncovered) + uncovered}
    return {code: [published_words(kind, say) for kind in of] for code, of in meant.items()}


def cell_words(cell: CoverageCell) -> str:
    """12 figures; ±2 changes without counts; w1 in words; the letters of what has no figure, never a zero."""
    parts = [f"{mark}{cell.how[kind]}" for kind, mark in MARKS.items() if cell.how[kind]]
    letters = (
        [f"[{code}]" for code in sorted(cell.without)]
        if cell.kind not in ("change", "words") and (cell.how["number"] == 0 or cell.without != {"x"})
        else []
    )
    return " ".join(parts + letters)
