"""What do the published figures say about one district?"""

import layout

reader = layout.reader()
say = reader.say

area = layout.choose_area(reader)
layout.remarks(reader)
name = say.pick(next(one.name for one in reader.place.areas if one.code == area))
layout.heading(say("{area} in published figures", area=name), 1)

figures = layout.district_figures(reader, area)
sentences = layout.three_sentences(reader, area, figures)
layout.paragraph(*sentences)
layout.announce(say.sentences(sentences))
layout.terms_of_cards(reader, [card for card, _ in figures])
layout.quote_figures(reader, area, figures)

layout.small_charts(reader, area, figures)
layout.groups_table(reader, area, figures)
layout.district_statements(reader, area)
layout.similar_note(reader, area)

layout.note(layout.missing_notes(reader, area), say("What is missing, and why"))
layout.foot(reader, [reader.shelf.measures[one] for one in reader.place.measures])
