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

    yield heading(say("Public safety in {place}", place=place), 1)
    yield lead(say.pick(reader.place.intro))
    yield remarks(reader)

    shown = yield from glance(reader)

    yield terms_of_cards(reader, shown)
    yield paragraph(
        say(
            "We say “rise” or “fall” only when a change is larger than the usual ups and downs. "
            "We leave out provisional figures."
        ),
        say("Letters in brackets, such as [p], are explained in Sources and methods."),
    )
    yield announce(say("{place}, newest figures", place=place))
    yield from foot(reader, shown, most=2)


if __name__ == "__main__":
    show(__file__)
