"""How many people used a public-safety service online?"""

import charts
import layout
from measures.figures.compute import compute

reader = layout.reader()
say = reader.say
card = layout.online_measure(reader)

layout.heading(say("Who uses these services online?"), 1)
if card is None:
    layout.remarks(reader)
    layout.paragraph(
        say(
            "This site holds no published figures on services used online in {place}.",
            place=say.pick(reader.place.name),
        )
    )
    layout.foot(reader, [])
elif not reader.shelf.working(card.name):
    layout.calm(reader)
    layout.foot(reader, [card])
elif card.kind == "statements":
    layout.remarks(reader)
    layout.online_statements(reader, card)
else:
    layout.lead(
        say(
            "Figures for the whole country; there are none for districts. The share is the transactions done online, "
            "divided by all of them."
        )
    )
    category = layout.choose_category(reader, card, say("Service"), "type")
    layout.remarks(reader)
    made = compute(layout.online_query(reader, card, category), reader.shelf)
    names = layout.names_of(reader, card)

    layout.heading(layout.title_of(made, reader))
    layout.lead(layout.subtitle_of(made, reader))
    picture = charts.trend_picture(made, names, say)
    layout.picture(picture, "uptake")
    layout.announce(picture.description)
    layout.terms(reader, card, made)
    layout.quote(reader, made)

    layout.is_it_real(reader, made)
    layout.note(layout.series_notes(made, reader), say("Read this with the chart"))
    layout.heading(say("The same figures as a table"))
    layout.quarters_table(reader, made)

    layout.heading(say("All services in the newest quarter"))
    layout.services_table(reader, made)
    layout.foot(reader, [card], layout.file_of(made))
