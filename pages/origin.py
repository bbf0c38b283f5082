"""Where does a figure come from? Back to the file, row and column in which its publisher released it."""

import layout

reader = layout.reader()
say = reader.say

layout.heading(say("Where does a figure come from?"), 1)
layout.lead(
    say("From a figure back to the file, row and column in which its publisher released it, and every step since.")
)

if not layout.traceable(reader):
    layout.remarks(reader)
    layout.paragraph(
        say(
            "The figures of {place} are statements, not cells of a table: each names its own source.",
            place=say.pick(reader.place.name),
        )
    )
    layout.foot(reader, [])
else:
    found = layout.ask_origin(reader)
    layout.remarks(reader)
    if found is None:
        layout.calm(reader)
        layout.foot(reader, [])
    else:
        title = layout.origin_title(found, reader)
        figure = layout.origin_figure(found, reader)
        layout.heading(title)
        layout.paragraph(figure, layout.arithmetic(found, reader))
        layout.announce(say("{clauses}.", clauses=say.clauses([title, figure])))
        layout.origin_steps(found, reader)
        layout.heading(say("What the figure was worked out from"))
        layout.parts_table(found, reader)
        layout.heading(say("The published cells"))
        layout.cells_table(found, reader)
        layout.origin_links(found, reader)
        layout.foot(reader, [found.made.card], layout.file_of(found.made))
