"""What stands out in the newest release, and what does not?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, gathered, heading, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.notable.areas import grid, own_area
from layout.notable.choice import ask_release
from layout.notable.lead import finding, how_many
from layout.notable.since import long_run, since_before
from layout.notable.whole import by_category, changes_of_place, extract_of, not_changed


def article(reader: Reader) -> Blocks:
    say = reader.say

    controls, shown = gathered(ask_release(reader))
    if shown is None:
        yield heading(say("What stands out"), 1)
        yield from controls
        yield remarks(reader)
        yield from foot(reader, [])
        return
    yield heading(finding(shown), 1)
    yield how_many(shown)
    yield from controls
    yield remarks(reader)
    yield announce(finding(shown))

    told = changes_of_place(shown)
    yield from by_category(shown, told)
    yield from own_area(shown)
    yield from grid(shown)
    yield from long_run(shown)
    yield from since_before(shown)
    yield from not_changed(shown, told)
    yield from foot(reader, [shown.card], extract_of(shown))


if __name__ == "__main__":
    show(__file__)
