"""Where a figure comes from, as tables: whose files it was worked out from, and in which cells it stands."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from language import Translator, period_name
from layout.frame.blocks import Blocks, Paragraph, Table, small
from layout.frame.controls import area_names
from layout.frame.links import file_address
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import amount_cell, lines, table
from layout.origin.figure import Origin, origin_title, sums_of
from loaders.statuses import WITHOUT_VALUE
from routes.extracts.provenance import provenance_address

MOST_CELLS = 40  # shown on the page; the file for programs has all of them


def parts_table(found: Origin, reader: Reader) -> Table:
    """What the figure was worked out from: whose, which release, which file with which hash."""
    say, rows = reader.say, []
    for part in found.parts:
        card, cells = reader.shelf.cards[part["dataset"]], part["cells"]
        total = sums_of(found)[part["role"]] if cells else np.nan
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
