"""What was announced, and which figures were published about it?"""

import streamlit as st

import charts
import layout

reader = layout.reader()
say = reader.say
card, systems = layout.register_of(reader)

layout.heading(say("What was announced, and which figures were published about it?"), 1)
if card is None:
    layout.remarks(reader)
    layout.no_register(reader)
    layout.foot(reader, [])
elif not systems:
    layout.calm(reader)
    layout.foot(reader, [], datasets=[card])
else:
    layout.lead(say.pick(card.description))
    one = layout.one_system(reader, systems)
    kept = one or layout.ask_systems(reader, card, systems)
    layout.remarks(reader)
    counted = layout.how_many(kept, systems, reader)
    layout.announce(counted)

    if not one:
        layout.paragraph(counted)
        layout.heading(say("One square for each system, by the year of its first announcement"))
        layout.measured_legend(kept, reader)
        left, right = st.columns(2)
        with left:
            layout.picture(charts.announced(kept, say), "announced")
        with right:
            layout.years_table(kept, reader)
        layout.reading_notes(reader, card)
        layout.heading(say("The systems and programmes"))

    layout.show_systems(reader, card, kept)
    layout.foot(reader, [], layout.register_file(reader, card), datasets=layout.datasets_behind(reader, card))
