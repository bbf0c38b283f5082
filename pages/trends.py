"""How has a measure changed over time, for the whole place and for chosen areas?"""

import charts
from layout.dashboard import show
from layout.frame.blocks import (
    Blocks,
    Figure,
    announce,
    calm,
    first_choices,
    gathered,
    heading,
    picture,
    remarks,
    small,
)
from layout.frame.controls import choose_measure
from layout.frame.downloads import downloads
from layout.frame.figure import first_figure, parts
from layout.frame.footer import foot, short_foot
from layout.frame.reader import Reader
from layout.trends.around import around_of
from layout.trends.card import about_series, margin_of, tables_of
from layout.trends.sentences import finding, is_it_real, take_series
from layout.trends.series import file_of, names_of, series_choices, title_of, what_is_shown
from layout.trends.statements import statements_over_time
from layout.trends.stretch import stretch_beneath
from measures.figures.compute import compute

FIRST = ("measure", "category", "area", "view")  # the choices that stand in the open


def article(reader: Reader) -> Blocks:
    say = reader.say
    chosen, card = gathered(choose_measure(reader, reader.place.measures))

    if not reader.shelf.working(card.name):
        yield heading(say("Changes over time"), 1)
        yield from chosen
        yield calm(reader)
        yield from foot(reader, [card])
    elif card.kind == "statements":
        yield heading(say("Changes over time"), 1)
        yield from statements_over_time(reader, card, chosen)
    else:
        asked, query = gathered(series_choices(reader, card, say("Category")))
        made = compute(query, reader.shelf)
        drawn = charts.trend_picture(made, names_of(reader, card), say, around=around_of(made, reader))
        chart = picture(drawn, "trend")

        yield remarks(reader)
        bar = take_series(reader, made, title_of(made, reader), {"": chart}, file_of(made))
        choices = first_choices([*chosen, *asked], FIRST, say("More choices"))
        shown = parts(
            reader,
            chart=[chart, small(say.sentences(drawn.notes)), *stretch_beneath(made, reader)],
            table=tables_of(made, reader),
            download=downloads(reader, file_of(made), {"": chart}),
            about=about_series(made, reader),
        )
        told = finding(reader, made, query.areas[-1] if len(query.areas) == 2 else query.areas[0])
        beside = margin_of(made, reader)
        yield first_figure(reader, Figure(told, (what_is_shown(made, reader),), shown, bar, (choices,), beside))
        yield announce(drawn.description)
        yield from is_it_real(reader, made, tabled=False)
        yield from short_foot(reader, [card], file_of(made))


if __name__ == "__main__":
    show(__file__)
