"""What is published about this place, for which districts and years, by whom, and how fresh is it?"""

import charts
import layout

reader = layout.reader()
say = reader.say
place = say.pick(reader.place.name)

layout.heading(say("What is published about {place}, and what is not?", place=place), 1)
layout.lead(
    say(
        "Every subject of this site: for which areas and years there is a figure, who published it, and when. What "
        "nobody published is named."
    )
)

layout.heading(say("Area by area"))
made = layout.ask_grid(reader)
layout.remarks(reader)
if made is None:
    layout.calm(reader)
else:
    title = layout.grid_title(made, reader)
    head = layout.grid_head(made, title, reader)
    layout.heading(head, 3)
    layout.announce(head)
    layout.coverage_legend(made, reader)
    layout.picture(charts.coverage_tiles(made, title, reader.place, "", say), "tiles", layout.go_to_district)
    layout.paragraph(say("The year in a tile is the newest one with a figure."))
    layout.years_grid(made, title, reader)

layout.heading(say("Every subject"))
layout.coverage_table(reader)

layout.heading(say("How a publisher could add the missing table"))
layout.how_to_add(reader)
layout.foot(reader, [reader.shelf.measures[name] for name in reader.place.measures], most=0)
