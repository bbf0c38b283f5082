"""Who can use this site, what does not work yet, and whom to tell?"""

from layout.accessibility import how_checked, not_yet, what_works, whom_to_tell
from layout.dashboard import show
from layout.frame.blocks import Blocks, heading, lead, remarks
from layout.frame.footer import short_foot
from layout.frame.reader import Reader


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("Accessibility"), 1)
    yield lead(
        say(
            "This site is meant to meet the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA. This page "
            "says what works, what does not yet, and how that was checked."
        )
    )
    yield remarks(reader)

    yield heading(say("What works"))
    yield what_works(reader)
    yield heading(say("What does not work yet"))
    yield not_yet(reader)
    yield heading(say("How this was checked"))
    yield how_checked(reader)
    yield heading(say("If something does not work for you"))
    yield from whom_to_tell(reader)
    yield from short_foot(reader, [])


if __name__ == "__main__":
    show(__file__)
