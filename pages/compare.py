"""May these figures be set side by side, and what do they show?"""

import layout
from measures.comparability.answer import compare_all

reader = layout.reader()
say = reader.say
measures = layout.comparable_measures(reader)

layout.heading(say("Which figures may be set side by side?"), 1)
card = layout.choose_measure(reader, measures) if measures else None

if card is None:
    layout.calm(reader, say("Nothing is published here from which figures could be set side by side."))
    layout.foot(reader, [])
elif not reader.shelf.working(card.name):
    layout.calm(reader)
    layout.foot(reader, [card])
else:
    asked = layout.ask_comparison(reader, card)
    layout.remarks(reader)
    answer = compare_all(asked.sides, reader.place.id, reader.shelf)

    layout.heading(layout.comparison_title(asked, reader))
    layout.lead(layout.comparison_unit(asked, reader))
    how = layout.show_answer(reader, answer, asked.sides, layout.nearest_state(answer, asked, reader))
    if how != "decline":
        words = layout.side_by_side(reader, asked, answer, how)
        layout.announce(words)
        layout.terms(reader, card, asked.measure)
        layout.change_between(reader, asked)
        layout.note(layout.comparison_notes(reader, asked), say("Read this with the chart"))
        layout.heading(say("The same figures as a table"))
        layout.comparison_table(reader, asked)
    if asked.by == "areas":
        layout.similar_note(reader, asked.query.areas[0])
        layout.show_funnel(reader, asked.query)
    layout.foot(reader, [card], layout.comparison_file(asked, how))
