"""What do the latest figures of this place say, at a glance?"""

import layout

reader = layout.reader()
say = reader.say
place = say.pick(reader.place.name)

layout.heading(say("{place}: public safety in published figures", place=place), 1)
layout.lead(say.pick(reader.place.intro))
layout.remarks(reader)

shown = layout.glance(reader)

layout.terms_of_cards(reader, shown)
layout.paragraph(
    say(
        "A change is called a rise or a fall only where it is larger than the usual fluctuation of its figures; the "
        "newest, provisional ones take no part."
    ),
    say("The letters in brackets tell what is special about a figure; they are explained under Sources and methods."),
)
layout.announce(say("{place}, latest figures", place=place))
layout.foot(reader, shown, most=2)
