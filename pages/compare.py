"""May these figures be set side by side, and what do they show?"""

from layout.compare.answer import show_answer
from layout.compare.card import FIRST, beneath, more_than_chance, parts_of_comparison
from layout.compare.choice import ask_comparison, comparable_measures
from layout.compare.result import (
    comparison_file,
    comparison_finding,
    comparison_title,
    comparison_unit,
    nearest_state,
    side_by_side,
    take_comparison,
)
from layout.dashboard import show
from layout.district.similar import similar_about, similar_chips
from layout.frame.blocks import Blocks, Figure, announce, calm, first_choices, gathered, heading, remarks
from layout.frame.controls import choose_measure
from layout.frame.figure import first_figure
from layout.frame.footer import foot, short_foot
from layout.frame.reader import Reader
from layout.map.funnel import show_funnel
from measures.comparability.answer import compare_all


def article(reader: Reader) -> Blocks:
    say = reader.say
    measures = comparable_measures(reader)
    chosen, card = gathered(choose_measure(reader, measures)) if measures else ((), None)

    if card is None or not reader.shelf.working(card.name):
        yield heading(say("Compare areas or periods"), 1)
        yield from chosen
        yield calm(
            reader,
            say("There are no figures to compare for this place.") if card is None else "",
        )
        yield from foot(reader, [card] if card else [])
        return

    asking, asked = gathered(ask_comparison(reader, card))
    answer = compare_all(asked.sides, reader.place.id, reader.shelf)
    answered, how = gathered(show_answer(reader, answer, asked.sides, nearest_state(answer, asked, reader)))
    drawn = side_by_side(reader, asked, answer, how)
    similar = asked.by == "areas"
    about = similar_about(reader, asked.query.areas[0]) if similar else ()

    yield remarks(reader)
    yield first_figure(
        reader,
        Figure(
            comparison_finding(asked, how, reader),
            (comparison_unit(asked, reader),),
            parts_of_comparison(asked, drawn, answered, how, reader, about),
            take_comparison(reader, asked, drawn, how),
            (first_choices([*chosen, *asking], FIRST, say("More choices")),),
            answered if how == "draw" else (),
        ),
    )
    yield announce(drawn.words or comparison_title(asked, reader))
    yield from beneath(asked, how, reader)
    if similar:
        yield from similar_chips(reader, asked.query.areas[0])
        yield from more_than_chance(show_funnel(reader, asked.query), reader)
    yield from short_foot(reader, [card], comparison_file(asked, how))


if __name__ == "__main__":
    show(__file__)
