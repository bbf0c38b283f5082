"""From a figure back to the published bytes: which figure is asked about, what it was worked out from, and in which
cells that stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from language import Translator, period_name, reason_words, status_words
from layout.frame.blocks import Blocks, Listing, Paragraph, Table, choose, controls, small
from layout.frame.controls import (
    area_names,
    choose_category,
    choose_measure,
    choose_period,
    choose_release,
    choose_view,
)
from layout.frame.links import file_address, traceable
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import amount_cell, cell, lines, table
from layout.trends.series import title_of
from loaders.cards.measure_card import MeasureCard
from loaders.statuses import WITHOUT_VALUE
from measures.about.provenance import series_traced
from measures.about.statements import names_in
from measures.figures.compute import Measure, Query
from measures.figures.units import unit_words
from routes.extracts.provenance import provenance_address, traced

MOST_CELLS = 40  # shown on the page; the file for programs has all of them


@dataclass(frozen=True)
class Origin:
    """One figure and where it comes from. ``told``: the answer of routes.extracts.provenance; ``made``: the figure as
    the pages show it.
    """

    query: Query
    made: Measure
    told: dict

    @property
    def parts(self) -> list[dict]:
        return self.told["parts"]

    @property
    def cells(self) -> list[tuple[dict, dict]]:
        """Every cell with the part that it belongs to."""
        return [(part, one) for part in self.parts for one in part["cells"]]


def ask_origin(reader: Reader) -> Blocks[Origin | None]:
    """Measure, category, area, view and period, and what is known of that figure; None where its dataset cannot be
    read.
    """
    card = yield from choose_measure(reader, traceable(reader))
    if not reader.shelf.working(card.name):
        return None
    query = yield from controls(_query(reader, card))
    return Origin(
        query, series_traced(query, reader.shelf), traced(reader.shelf, reader.shelf.cards[card.dataset], query)
    )


def _query(reader: Reader, card: MeasureCard) -> Blocks[Query]:
    category = yield from choose_category(reader, card, reader.say("Category"))
    release = yield from choose_release(reader, card.dataset)
    safe, names = reader.shelf.table(card.dataset, release), area_names(reader, card.dataset)
    options = {code: names[code] for code in safe.areas}
    yield (area := choose(reader, "area", reader.say("Area"), options, safe.areas[0]))
    view = yield from choose_view(reader, card)
    first = reader.ask("from", safe.periods, safe.periods[0]) if view == "index" else ""
    period = yield from choose_period(reader, [one for one in safe.periods if one >= first], view)
    return Query(reader.place.id, card.name, (area.value,), category, view, first, period, release)


def origin_title(found: Origin, reader: Reader) -> str:
    """'Recorded crime · Robbery: Camden, May 2024'."""
    query = found.query
    return title_of(
        found.made,
        reader,
        area_names(reader, found.made.card.dataset)[query.areas[0]],
        period_name(query.last, reader.say, query.view),
    )


def origin_figure(found: Origin, reader: Reader) -> str:
    """The figure as the pages show it, with its unit; or why there is none."""
    say, row, source = reader.say, found.told, found.made.sources[0]
    why = reason_words(row["reason"], say, source.breaks, source.cells, names_in(source, reader.place))
    words = "" if row["value"] is None else cell(found.made, row["value"], row["status"], say)
    said = (
        say("{value}, {unit}.", value=words, unit=unit_words(found.made, say)) if words else say("There is no figure.")
    )
    meaning = f"[{row['status']}] {say.clauses([status_words(row['status'], say), why])}" if row["status"] else ""
    return say.sentences([said, say("{clauses}.", clauses=meaning) if meaning else ""])


def arithmetic(found: Origin, reader: Reader) -> str:
    """The figure worked out before the reader's eyes: 12.3 = 3,321 ÷ 270,000 × 1,000; '' for a plain sum, and where
    cells are not told or do not suffice.
    """
    say, sums, told = reader.say, _sums(found), found.told
    if told["value"] is None or not all(part["cells"] for part in found.parts) or found.query.view not in _SHOWN:
        return ""
    value = cell(found.made, told["value"], "", say)
    top, below, factor = (
        amount_cell(sums["numerator"], say),
        amount_cell(sums.get("denominator", np.nan), say),
        amount_cell(float(told["per"]), say),
    )
    if found.query.view == "index":
        count = next(len(part["periods"]) for part in found.parts if part["role"] == "base")
        return f"{value} = {top} ÷ ({amount_cell(sums['base'], say)} ÷ {count}) × 100"
    return f"{value} = {top} ÷ {below}" + (f" × {factor}" if told["per"] != 1 else "") if below else ""


_SHOWN = ("rate", "rolling_rate", "share", "density", "index")


def _sums(found: Origin) -> dict[str, float]:
    """What the cells of each role add up to."""
    return {
        part["role"]: sum(one["counted"] if one["counted"] is not None else np.nan for one in part["cells"])
        for part in found.parts
    }


def origin_steps(found: Origin, reader: Reader) -> Listing:
    """What was done between the file and the figure, in order."""
    return Listing(tuple(reader.say.pick(step) for step in found.told["steps"]), numbered=True)


def parts_table(found: Origin, reader: Reader) -> Table:
    """What the figure was worked out from: whose, which release, which file with which hash."""
    say, rows = reader.say, []
    for part in found.parts:
        card, cells = reader.shelf.cards[part["dataset"]], part["cells"]
        total = _sums(found)[part["role"]] if cells else np.nan
        what = lines(say.pick(card.variables[part["variable"]]["label"]), _span(part["periods"], say))
        files = [_file(one, say) for one in part["files"]] or [
            say("not told: with it, withheld counts could be worked out")
        ]
        rows.append(
            (
                _roles(say)[part["role"]],
                what,
                amount_cell(total, say),
                lines(say.pick(card.publisher), say.pick(card.title)),
                lines(*files),
            )
        )
    headings = [
        say("Part"),
        say("What it counts"),
        say("Sum"),
        say("Publisher and dataset"),
        say("File, with the hash of its bytes"),
    ]
    return table(headings, rows, origin_title(found, reader), numeric=range(2, 3), size="long")


def _file(one: dict, say: Translator) -> Markup:
    return lines(
        one["file"],
        say("Release {id}", id=one["release"]),
        Markup(f'<code class="address" style="white-space:nowrap">sha256 {one["sha256"]}</code>'),
    )


def _roles(say: Translator) -> dict[str, str]:
    return {
        "numerator": say("The count"),
        "denominator": say("What it is divided by"),
        "base": say("The start of the index"),
    }


def _span(whole: list[str], say: Translator) -> str:
    first, last = period_name(whole[0], say), period_name(whole[-1], say)
    return first if first == last else say("{start} to {end}", start=first, end=last)


def cells_table(found: Origin, reader: Reader) -> Blocks:
    """The published cells: where each stands in its file, what it holds there, and with what it entered the sum."""
    say, cells = reader.say, found.cells
    if not cells:
        return
    rows = [_cell(part, one, reader) for part, one in cells[:MOST_CELLS]]
    headings = [
        say("File, row and column"),
        say("Area"),
        say("Category"),
        say("Period"),
        say("In the file"),
        say("Added to the sum"),
    ]
    used = [
        at for at in range(len(headings)) if at != 2 or any(row[at] for row in rows)
    ]  # a table without categories needs no column for them
    chosen = [[row[at] for at in used] for row in rows]
    yield table(
        [headings[at] for at in used],
        chosen,
        origin_title(found, reader),
        numeric=range(len(used) - 2, len(used)),
        size="tall",
    )
    if len(cells) > MOST_CELLS:
        words = say(
            "{shown} of {count} cells are shown; the file for programs has all of them.",
            shown=MOST_CELLS,
            count=f"{len(cells):,}",
        )
        yield small(words)


def _cell(part: dict, one: dict, reader: Reader) -> tuple[str, ...]:
    say, nodes = reader.say, reader.shelf.cards[part["dataset"]].tree.nodes
    sheet = say("sheet {sheet}", sheet=one["sheet"]) if one["sheet"] else ""
    none = say("no such row") if one["status"] in WITHOUT_VALUE else say("no such row: counted as zero")
    at = (
        say(
            "row {row}, column {column} ({heading})", row=one["row"], column=one["column_number"], heading=one["column"]
        )
        if one["row"]
        else none
    )
    known = {
        number: amount_cell(np.nan if one[number] is None else float(one[number]), say)
        for number in ("published", "counted")
    }
    category = say.pick(nodes[one["category"]].name) if one["category"] in nodes else ""
    published = known["published"] + (f" [{one['status']}]" if one["status"] else "")
    where = lines(one["file"], sheet, at)
    return (
        where,
        area_names(reader, part["dataset"])[one["area"]],
        category,
        period_name(one["period"], say),
        published.strip(),
        known["counted"],
    )


def origin_links(found: Origin, reader: Reader) -> Paragraph:
    """The same for programs, and the card that says how the file is read."""
    say = reader.say
    address = file_address(provenance_address(found.query, found.made.card.dataset), reader.as_of)
    linked = link(address, say("The same for programs (JSON)"))
    return small(Markup('{}: <code class="address">{}</code>').format(linked, address))
