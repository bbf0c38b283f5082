"""How has a measure changed over time, for the whole place and for chosen areas?"""

import streamlit as st

import charts
import layout
from measures.figures.compute import compute

reader = layout.reader()
say = reader.say

layout.heading(say("How has it changed over time?"), 1)
card = layout.choose_measure(reader, reader.place.measures)

if not reader.shelf.working(card.name):
    layout.calm(reader)
    layout.foot(reader, [card])
elif card.kind == "statements":
    layout.statements_over_time(reader, card)
else:
    query = layout.ask_series(reader, card)
    layout.remarks(reader)
    made = compute(query, reader.shelf)
    names = layout.names_of(reader, card)

    layout.heading(layout.title_of(made, reader))
    layout.lead(layout.subtitle_of(made, reader))
    layout.paragraph(layout.method_words(made, reader), *layout.release_words(made, reader))
    picture = charts.trend_picture(made, names, say, band=layout.band_of(made, reader), raw=layout.raw_of(made, reader))
    layout.picture(picture, "trend")
    layout.announce(picture.description)
    layout.terms(reader, card, made)
    layout.quote(reader, made)

    layout.is_it_real(reader, made)
    layout.paragraph(*layout.month_on_month(made, reader))
    layout.note(
        [*layout.series_notes(made, reader), *layout.fresh_notes(made, reader)], say("Read this with the chart")
    )
    layout.first_published(made, reader)
    with st.expander(say("Which types can be compared over this span")):
        layout.note(
            layout.comparable_notes(made, reader) or [say("Every category shown here is comparable over this span.")]
        )

    layout.heading(say("The same figures as a table"))
    layout.series_table(made, names, reader)
    layout.foot(reader, [card], layout.file_of(made))
