"""Where is a figure higher or lower, and where is none published?"""

import streamlit as st

import charts
import layout
from measures.maps.map import mapped

reader = layout.reader()
say = reader.say

layout.heading(say("Where is it higher or lower?"), 1)
card = layout.choose_measure(reader, [name for name in reader.place.measures if layout.has_map(reader, name)])

if not reader.shelf.working(card.name):
    layout.calm(reader)
    layout.foot(reader, [card])
elif card.kind == "statements":
    layout.statements_on_map(reader, card)
else:
    asked, method = layout.ask_map(reader, card)
    chosen = layout.pick_area(reader)
    layout.remarks(reader)
    made = mapped(asked, method, reader.shelf)
    names = layout.names_of(reader, card)

    layout.heading(layout.map_title(made, reader))
    layout.lead(layout.map_subtitle(made, reader))
    layout.map_legend(made, reader)
    geometry = layout.geometry_of(reader)
    drawn, tiled, words = charts.pictures(made, names, geometry, chosen, layout.short_names(reader), say)
    left, right = st.columns(2) if drawn and tiled else (st.container(), st.container())
    with left:
        layout.picture(drawn, "map", layout.go_to_district)
    with right:
        layout.picture(tiled, "tiles", layout.go_to_district)
    layout.announce(words)
    layout.terms(reader, card, made.measure)
    layout.quote(reader, made.measure, [chosen])
    layout.paragraph(*layout.class_sentences(made, reader), charts.verdict_counts(made.measure, say))

    layout.note(layout.series_notes(made.measure, reader), say("Read this with the map"))
    layout.heading(say("The same figures as a table"))
    layout.map_table(made, names, reader)
    layout.foot(reader, [card], layout.map_file(made))
