"""Where do the figures come from, what do the words mean, and how was anything worked out?"""

import layout

reader = layout.reader()
say = reader.say
cards = layout.datasets_of(reader)

layout.heading(say("Sources and methods"), 1)
layout.lead(
    say(
        (
            "Every dataset of {place}, as its publisher released it, and every rule by which a figure on this site was "
            "worked out."
        ),
        place=say.pick(reader.place.name),
    )
)
layout.remarks(reader)
layout.announce(say("{count} datasets", count=len(cards)))

layout.heading(say("Datasets"))
for card in cards:
    layout.describe_dataset(reader, card)
    layout.definitions(reader, card)

layout.heading(say("Measures"))
for name in reader.place.measures:
    layout.describe_measure(reader, reader.shelf.measures[name])

layout.heading(say("Methods"))
layout.methods(reader)
layout.statuses(reader)

layout.heading(say("Glossary"))
layout.glossary(reader)

layout.heading(say("Corrections"))
layout.corrections(reader)
layout.foot(reader, [])
