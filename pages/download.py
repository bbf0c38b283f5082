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

    yield heading(say("Download the data"), 1)
    yield lead(
        say(
            "Choose what you need. The link below always returns the same data, with codes, names"
            " in both languages, statuses, sources and licence in every row."
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
                "CSV is UTF-8 with a byte-order mark, so that spreadsheet programs read Chinese. "
                "Parquet keeps types. JSON and Parquet include the notes on the whole dataset. The "
                "notes for a CSV are in a separate file (column described_at)."
            ),
            say(
                "“latest” gives the newest figure for each period. Replace it with a release name to fix that release."
            ),
        )
        yield heading(say("What the columns hold"))
        yield dictionary(reader)
    yield from how_to_subscribe(reader)
    yield for_programs(reader)
    yield from foot(reader, [one for one in measures_of(reader, card)])


if __name__ == "__main__":
    show(__file__)
