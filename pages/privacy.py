"""How is it made sure that no figure here says anything about one person?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, heading, lead, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.privacy import about_readers, explained, protected_details, safety_table


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("How we protect people’s privacy"), 1)
    yield lead(
        say(
            "This site holds no data about any individual. This page says what that means for "
            "each dataset, and how we check it."
        )
    )
    yield remarks(reader)
    yield announce(say("What is hidden in each dataset"))

    yield safety_table(reader)
    yield from protected_details(reader)
    yield from explained(reader)
    yield from about_readers(reader)
    yield from foot(reader, [])


if __name__ == "__main__":
    show(__file__)
