"""May these figures be set side by side, and what do they show?"""

from layout.compare.answer import show_answer
from layout.compare.choice import ask_comparison, comparable_measures
from layout.compare.result import (
    change_between,
    comparison_file,
    comparison_notes,
    comparison_table,
    comparison_title,
    comparison_unit,
    nearest_state,
    side_by_side,
)
from layout.dashboard import show
from layout.district.similar import similar_note
from layout.frame.blocks import Blocks, announce, calm, heading, lead, note, remarks
from layout.frame.controls import choose_measure
from layout.frame.footer import foot
from layout.frame.glossary import terms
from layout.frame.reader import Reader
from layout.map.funnel import show_funnel
from measures.comparability.answer import compare_all


def article(reader: Reader) -> Blocks:
    say = reader.say
    measures = comparable_measures(reader)

    yield heading(say("Compare areas or periods"), 1)
    card = (yield from choose_measure(reader, measures)) if measures else None

    if card is None:
        yield calm(reader, say("There are no figures to compare for this place."))
        yield from foot(reader, [])
    elif not reader.shelf.working(card.name):
        yield calm(reader)
        yield from foot(reader, [card])
    else:
        asked = yield from ask_comparison(reader, card)
        yield remarks(reader)
        answer = compare_all(asked.sides, reader.place.id, reader.shelf)

        yield heading(comparison_title(asked, reader))
        yield lead(comparison_unit(asked, reader))
        how = yield from show_answer(reader, answer, asked.sides, nearest_state(answer, asked, reader))
        if how != "decline":
            words = yield from side_by_side(reader, asked, answer, how)
            yield announce(words)
            yield terms(reader, card, asked.measure)
            yield from change_between(reader, asked)
            yield note(comparison_notes(reader, asked), say("About this chart"))
            yield heading(say("Table of these figures"))
            yield from comparison_table(reader, asked)
        if asked.by == "areas":
            yield from similar_note(reader, asked.query.areas[0])
            yield from show_funnel(reader, asked.query)
        yield from foot(reader, [card], comparison_file(asked, how))


if __name__ == "__main__":
    show(__file__)
