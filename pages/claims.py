"""Does a headline hold? What was stated and what follows from it, and a headline of the reader's own."""

import streamlit as st

import layout

reader = layout.reader()
say = reader.say
card, found = layout.claims_of_place(reader)
names = layout.headline_measures(reader)
one, said, link = (), "", ""

layout.heading(say("Does a headline hold?"), 1)
layout.lead(
    say(
        "A figure in the news can be worked out again only where the counts behind it were published. Here it is "
        "tried, and the arithmetic is shown."
    )
)
known = st.container(key="remarks")

if card is not None and not found:
    layout.calm(reader)
elif card is not None:
    one = layout.one_claim(reader, found)
    if not one:
        layout.heading(say("What was stated, and what follows from it"))
        layout.paragraph(say.pick(card.description))
    kept = one or layout.ask_claims(reader, card, found)
    said = layout.claims_counted(kept, found, reader)
    if not one:
        layout.paragraph(said)
        layout.changes_over_time(reader, card, kept)
    layout.show_claims(reader, card, kept)
    link = layout.claims_file(reader, card)

if not one:
    layout.heading(say("A headline of your own"))
    if names:
        layout.paragraph(
            say(
                "Put a headline together; it is held against the series published for {place}.",
                place=say.pick(reader.place.name),
            )
        )
        layout.examples(reader)
        asked = layout.ask_headline(reader, names)
        said = layout.show_headline(reader, asked) or said
        link = layout.headline_file(reader, asked) or link
    else:
        layout.headline_elsewhere(reader)
    if card is None:
        layout.claims_elsewhere(reader)

with known:
    layout.remarks(reader)
layout.announce(said or say("Does a headline hold?"))
layout.foot(reader, layout.measures_behind(reader, card), link, datasets=[card] if card else [])
