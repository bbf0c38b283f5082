"""What do the latest figures of this place say, at a glance?"""

import layout

reader = layout.reader()
say = reader.say
place = say.pick(reader.place.name)

layout.heading(say("{place}: public safety in published figures", place=place), 1)
layout.lead(say.pick(reader.place.intro))
layout.remarks(reader)

shown = layout.glance(reader)

layout.paragraph(
    say("Whether a change is larger than chance is a question of its own; a figure beside a figure does not answer it."),
    say("The letters in brackets tell what is special about a figure; they are explained under Sources and methods."),
)
layout.announce(say("{place}, latest figures", place=place))
layout.foot(reader, shown, most=2)
