"""How do I take the figures away as data?"""

from layout.dashboard import show
from layout.download import dictionary, for_programs, ready_files, rows_fold
from layout.frame.blocks import Blocks, announce, heading, lead, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.notable.subscribe import how_to_subscribe
from layout.sources.datasets import measures_of


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("Download the data"), 1)
    yield lead(
        say(
            "Whole datasets, ready to take, and an address for any part of one. Every row holds codes, names in every "
            "language, status, source and licence."
        )
    )
    yield heading(say("Ready files"))
    yield ready_files(reader)

    rows, card = rows_fold(reader)
    yield remarks(reader)
    yield rows
    if card:
        yield announce(say("Extract: {title}", title=say.pick(card.title)))
        yield dictionary(reader)
    yield from how_to_subscribe(reader)
    yield for_programs(reader)
    yield from foot(reader, measures_of(reader, card))


if __name__ == "__main__":
    show(__file__)
