"""Which places are there, what does each have, and how fresh is it?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, heading, lead, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.places import place_table, subjects_of


def article(reader: Reader) -> Blocks:
    say = reader.say
    places = list(reader.shelf.places.values())

    yield heading(say("What each place has"), 1)
    yield lead(
        say(
            "Places publish different things, by different rules and in different years. Their figures are never set "
            "beside one another here: this page only says what there is."
        )
    )
    yield remarks(reader)

    yield place_table(reader, places)
    yield announce(say("What each place has"))
    for place in places:
        yield subjects_of(reader, place)
    yield from foot(reader, [])


if __name__ == "__main__":
    show(__file__)
