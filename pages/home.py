"""What do the latest figures of this place say, at a glance?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, heading, lead, paragraph, remarks
from layout.frame.footer import foot
from layout.frame.glossary import terms_of_cards
from layout.frame.reader import Reader
from layout.home import glance


def article(reader: Reader) -> Blocks:
    say = reader.say
    place = say.pick(reader.place.name)

    yield heading(say("{place}: public safety in published figures", place=place), 1)
    yield lead(say.pick(reader.place.intro))
    yield remarks(reader)

    shown = yield from glance(reader)

    yield terms_of_cards(reader, shown)
    yield paragraph(
        say(
            "A change is called a rise or a fall only where it is larger than the usual fluctuation of its figures; "
            "the "
            "newest, provisional ones take no part."
        ),
        say(
            "The letters in brackets tell what is special about a figure; they are explained under Sources and methods."
        ),
    )
    yield announce(say("{place}, latest figures", place=place))
    yield from foot(reader, shown, most=2)


if __name__ == "__main__":
    show(__file__)
