"""The page of coverage: what is published of this place, district by district and year by year, and how a table is
added.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from charts.coverage import DRESS, MARKS, published_words, years_words
from language import capital, whole
from language.numbers import written_date
from layout.frame.blocks import (
    Block,
    Blocks,
    Legend,
    Listing,
    TakeAway,
    areas_word,
    boxes,
    choose,
    note,
    paragraph,
    small,
)
from layout.frame.controls import area_names, choose_category, choose_measure
from layout.frame.footer import stale_words
from layout.frame.markup import link, outward
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from layout.frame.take_away import Taken, take_away
from layout.sources.datasets import datasets_of
from loaders.statuses import WITHOUT_VALUE
from measures.about.coverage import HOW, CoverageCell, CoverageLine, Grid, coverage_lines, grid, usual
from measures.claims.collection import indicators_of
from routes.addresses import page_address

MOST_PUBLISHERS = 2
STEPS = "CONTRIBUTING.md"


def coverage_table(reader: Reader) -> Blocks:
    """One row for each measure or indicator: where, by whom, to which day, when last."""
    say = reader.say
    areas = areas_word(reader)
    lines = coverage_lines(reader.shelf, reader.place.id)
    heads = [
        say("Subject"),
        say.pick(reader.place.whole),
        say("{areas} with a figure", areas=capital(areas)),
        say("In which form"),
        say("Newest period ends"),
        say("Last published"),
        say("Published by"),
    ]
    rows = [_line(line, reader) for line in lines]
    yield table(heads, rows, say("What is published, subject by subject"), numeric=TEXT, size="long")
    stale = [stale_words(reader.shelf.cards[line.grid.card.dataset], reader) for line in lines]
    yield note(
        [f"{say.pick(line.name)}{say(': ')}{words}" for line, words in zip(lines, stale, strict=True) if words],
        say("Age"),
    )


def _line(line: CoverageLine, reader: Reader) -> tuple[str, ...]:
    say, made = reader.say, line.grid
    state = {**reader.site_state, "measure": made.card.name, "category": made.category}
    years = years_words(made.years_of(made.whole), say)
    who = [say.pick(words) for words in line.publishers]
    more = say(" and {count} more", count=len(who) - MOST_PUBLISHERS) if len(who) > MOST_PUBLISHERS else ""
    return (
        link(page_address("coverage", state), say.pick(line.name)),
        years or say("not published"),
        say("{count} of {total}", count=made.districts, total=len(made.areas) - 1),
        _how(made, reader),
        _whole_line(written_date(line.newest, say)),
        _whole_line(written_date(line.published, say)),
        Markup(f'<span class="who">{escape(say.joined(who[:MOST_PUBLISHERS]) + more)}</span>'),
    )


def _whole_line(text: str) -> Markup:
    return Markup(f'<span class="date">{escape(text)}</span>')


def _how(made: Grid, reader: Reader) -> str:
    say = reader.say
    words = {"number": say("numbers"), "change": say("changes only"), "words": say("words only")}
    return say.joined(
        [say("{form}: {number}", number=whole(made.how[kind], say), form=words[kind]) for kind in HOW if made.how[kind]]
    )


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


def take_grid(reader: Reader, made: Grid, title: str, chart: Block) -> TakeAway:
    """What is taken away from the tiles of what is published."""
    sources = [reader.shelf.cards[made.card.dataset]]
    return take_away(reader, Taken(title, {"": chart}, sentences=[grid_head(made, title, reader)], sources=sources))


def grid_head(made: Grid, title: str, reader: Reader) -> str:
    """For how many districts anything was published."""
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


def coverage_legend(made: Grid, reader: Reader) -> Legend:
    """What the fills and letters of the tiles mean, and for how many districts each holds."""
    say = reader.say
    kinds = [made.totals[area.code].kind for area in reader.place.areas]
    lettered = {
        kind: (fill, letter or MARKS.get(kind, ""), ink) for kind, (fill, letter, ink) in DRESS.items() if kind in kinds
    }
    return boxes([(dress, published_words(kind, say), kinds.count(kind)) for kind, dress in lettered.items()], reader)


def years_grid(made: Grid, title: str, reader: Reader) -> Blocks:
    """Districts down, years across: how many figures were published; letters where there are none."""
    say = reader.say
    names = area_names(reader, made.card.dataset)
    if not made.years:
        yield paragraph(say("No statement on this gives a period."))
        return
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
        *(f"[{code}] {published_words(code, say)}" for code in WITHOUT_VALUE),
    ]
    found = " ".join(text for row in rows for text in row[1:])
    yield small(" · ".join(text for text in letters if text.strip("[")[0] in found))


def cell_words(cell: CoverageCell) -> str:
    """12 figures; ±2 changes without counts; w1 in words; the letters of what has no figure, never a zero."""
    parts = [f"{mark}{cell.how[kind]}" for kind, mark in MARKS.items() if cell.how[kind]]
    letters = (
        [f"[{code}]" for code in sorted(cell.without)]
        if cell.kind not in ("change", "words") and (cell.how["number"] == 0 or cell.without != {"x"})
        else []
    )
    return " ".join(parts + letters)


def how_to_add(reader: Reader) -> Blocks:
    """What is missing for this place, and how a publisher could add the table."""
    say = reader.say
    yield note(
        [say.pick(text) for card in datasets_of(reader) for text in card.not_published], say("Not published so far")
    )
    items = [
        say(
            "One table: a row for each area and period, with the code of the area, the period, the type and the count."
        ),
        say(
            "A card beside it: who publishes it, under which licence, when it was released and when the next release "
            "comes, in both languages."
        ),
        say(
            "No programming. The file stays as it was published; the site names every fault that it finds, in the "
            "terms of the file."
        ),
        say("Small counts can be hidden before publication: see the page Privacy."),
    ]
    yield Listing(tuple(items), numbered=True)
    repository = reader.shelf.contact.get("repository", "")
    if repository:
        address = f"{repository.rstrip('/')}/blob/main/{STEPS}"
        yield paragraph(outward(address, say("Step by step: how to add a dataset")))
    else:
        yield paragraph(say("Step by step: see {file} in the source code, section “A dataset”.", file=STEPS))
