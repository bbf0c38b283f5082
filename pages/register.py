"""What was announced, and which figures were published about it?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, gathered, heading, paragraph, remarks
from layout.frame.figure import first_figure
from layout.frame.footer import foot, short_foot
from layout.frame.reader import Reader
from layout.register.register import (
    ask_systems,
    datasets_behind,
    how_many,
    no_register,
    one_system,
    register_figure,
    register_file,
    register_of,
    show_systems,
)


def article(reader: Reader) -> Blocks:
    say = reader.say
    card, systems = register_of(reader)
    question = say("Announced public-safety systems")
    one = one_system(reader, systems)

    if card is None:
        yield heading(question, 1)
        yield remarks(reader)
        yield from no_register(reader)
        yield from foot(reader, [])
    elif not systems:
        yield heading(question, 1)
        yield calm(reader)
        yield from foot(reader, [], datasets=[card])
    elif one:
        yield heading(question, 1)
        yield remarks(reader)
        yield paragraph(say.pick(card.description))
        yield announce(how_many(one, systems, reader))
        yield from show_systems(reader, card, one)
        yield from foot(reader, [], register_file(reader, card), datasets=datasets_behind(reader, card))
    else:
        choices, kept = gathered(ask_systems(reader, card, systems))
        counted = how_many(kept, systems, reader)
        yield remarks(reader)
        yield first_figure(reader, register_figure(reader, card, kept, choices, counted))
        yield announce(counted)
        yield heading(say("The systems and programmes"))
        yield from show_systems(reader, card, kept)
        yield from short_foot(reader, [], register_file(reader, card), datasets=datasets_behind(reader, card))


if __name__ == "__main__":
    show(__file__)
