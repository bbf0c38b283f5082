"""How do I take the figures away as data?"""

from layout.dashboard import show
from layout.download import ask_extract, dictionary, for_programs, show_address
from layout.frame.blocks import Blocks, announce, calm, heading, lead, paragraph, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.notable.subscribe import how_to_subscribe
from layout.sources.datasets import measures_of


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("Take the figures away"), 1)
    yield lead(
        say(
            "Choose what you need; the address below it always gives that very extract, with codes, names in both "
            "languages, statuses, sources and licence in every row."
        )
    )

    card, address = yield from ask_extract(reader)
    yield remarks(reader)
    if card is None:
        yield calm(reader)
    else:
        yield from show_address(reader, address)
        yield announce(say("Extract: {title}", title=say.pick(card.title)))
        yield paragraph(
            say(
                "CSV is UTF-8 with a byte-order mark, so that spreadsheet programs read Chinese. Parquet keeps types. "
                "JSON and Parquet also hold the notes on the whole dataset; those of a CSV stand in the file beside "
                "it, "
                "which its column described_at names."
            ),
            say(
                "“latest” is the newest figure for each period; a release's name in its stead gives that release "
                "alone, "
                "for good."
            ),
        )
        yield heading(say("What the columns hold"))
        yield dictionary(reader)
    yield from how_to_subscribe(reader)
    yield for_programs(reader)
    yield from foot(reader, [one for one in measures_of(reader, card)])


if __name__ == "__main__":
    show(__file__)
