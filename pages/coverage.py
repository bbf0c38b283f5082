"""What is published about this place, for which districts and years, by whom, and how fresh is it?"""

from layout.coverage.strip import ask_grid, coverage_figure
from layout.coverage.subjects import every_subject, how_to_add, not_published
from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, gathered, heading, remarks
from layout.frame.figure import first_figure
from layout.frame.footer import short_foot
from layout.frame.reader import Reader


def article(reader: Reader) -> Blocks:
    say = reader.say
    choices, made = gathered(ask_grid(reader))

    if made is None:
        yield heading(say("What is published about {place}, and what is not?", place=say.pick(reader.place.name)), 1)
        yield from choices
        yield remarks(reader)
        yield calm(reader)
    else:
        figure, told = coverage_figure(reader, made, choices)
        yield remarks(reader)
        yield first_figure(reader, figure)
        yield announce(told)

    yield every_subject(reader)
    yield not_published(reader)
    yield how_to_add(reader)
    yield from short_foot(reader, [reader.shelf.measures[name] for name in reader.place.measures])


if __name__ == "__main__":
    show(__file__)
