"""Where does a figure come from? Back to the file, row and column in which its publisher released it."""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, paragraph, remarks
from layout.frame.footer import foot
from layout.frame.links import traceable
from layout.frame.reader import Reader
from layout.origin.figure import arithmetic, ask_origin, origin_figure, origin_steps, origin_title
from layout.origin.tables import cells_table, origin_links, parts_table
from layout.trends.series import file_of


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("Trace a figure to its source"), 1)
    yield lead(
        say("From a figure back to the file, row and column in which its publisher released it, and every step since.")
    )

    if not traceable(reader):
        yield remarks(reader)
        yield paragraph(
            say(
                "The figures of {place} are statements, not cells of a table: each names its own source.",
                place=say.pick(reader.place.name),
            )
        )
        yield from foot(reader, [])
    else:
        found = yield from ask_origin(reader)
        yield remarks(reader)
        if found is None:
            yield calm(reader)
            yield from foot(reader, [])
        else:
            title = origin_title(found, reader)
            figure = origin_figure(found, reader)
            yield heading(title)
            yield paragraph(figure, arithmetic(found, reader))
            yield announce(say("{clauses}.", clauses=say.clauses([title, figure])))
            yield origin_steps(found, reader)
            yield heading(say("What the figure was worked out from"))
            yield parts_table(found, reader)
            yield heading(say("The published cells"))
            yield from cells_table(found, reader)
            yield origin_links(found, reader)
            yield from foot(reader, [found.made.card], file_of(found.made))


if __name__ == "__main__":
    show(__file__)
