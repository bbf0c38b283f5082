"""How do I take the figures away as data?"""

import layout

reader = layout.reader()
say = reader.say

layout.heading(say("Take the figures away"), 1)
layout.lead(
    say(
        "Choose what you need; the address below it always gives that very extract, with codes, names in both "
        "languages, statuses, sources and licence in every row."
    )
)

card, address = layout.ask_extract(reader)
layout.remarks(reader)
if card is None:
    layout.calm(reader)
else:
    layout.show_address(reader, address)
    layout.announce(say("Extract: {title}", title=say.pick(card.title)))
    layout.paragraph(
        say(
            "CSV is UTF-8 with a byte-order mark, so that spreadsheet programs read Chinese. Parquet keeps types. "
            "JSON and Parquet also hold the notes on the whole dataset; those of a CSV stand in the file beside it, "
            "which its column described_at names."
        ),
        say(
            "“latest” is the newest figure for each period; a release's name in its stead gives that release alone, "
            "for good."
        ),
    )
    layout.heading(say("What the columns hold"))
    layout.dictionary(reader)
layout.for_programs(reader)
layout.foot(reader, [one for one in layout.measures_of(reader, card)])
