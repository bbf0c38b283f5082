"Announced public-safety systems"

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, paragraph, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.register.register import (
    announced_beside,
    ask_systems,
    datasets_behind,
    how_many,
    measured_legend,
    no_register,
    one_system,
    reading_notes,
    register_file,
    register_of,
    show_systems,
)


def article(reader: Reader) -> Blocks:
    say = reader.say
    card, systems = register_of(reader)

    yield heading(say("Announced public-safety systems"), 1)
    if card is None:
        yield remarks(reader)
        yield from no_register(reader)
        yield from foot(reader, [])
    elif not systems:
        yield calm(reader)
        yield from foot(reader, [], datasets=[card])
    else:
        yield lead(say.pick(card.description))
        one = one_system(reader, systems)
        kept = one or (yield from ask_systems(reader, card, systems))
        yield remarks(reader)
        counted = how_many(kept, systems, reader)
        yield announce(counted)

        if not one:
            yield paragraph(counted)
            yield heading(say("One square for each system, by the year of its first announcement"))
            yield measured_legend(kept, reader)
            yield from announced_beside(reader, card, kept)
            yield reading_notes(reader, card)
            yield heading(say("The systems and programmes"))

        yield from show_systems(reader, card, kept)
        yield from foot(reader, [], register_file(reader, card), datasets=datasets_behind(reader, card))


if __name__ == "__main__":
    show(__file__)
