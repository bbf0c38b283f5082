"""Where is a figure higher or lower, and where is none published?"""

import charts
from layout.dashboard import show
from layout.frame.blocks import Blocks, Figure, announce, calm, first_choices, gathered, heading, remarks
from layout.frame.controls import choose_measure, outlined, short_names
from layout.frame.downloads import downloads
from layout.frame.figure import first_figure, parts
from layout.frame.footer import foot, short_foot
from layout.frame.reader import Reader
from layout.frame.tables import map_table
from layout.map.card import about_map, map_part, notes_of_map
from layout.map.map import (
    apart_of,
    geometry_of,
    has_map,
    map_choices,
    map_file,
    map_finding,
    map_funnel,
    map_subtitle,
    maps_of,
)
from layout.map.tiles import lines_part, place_words
from layout.trends.sentences import take_series
from layout.trends.series import names_of
from layout.trends.statements import statements_on_map
from measures.maps.map import mapped

FIRST = ("measure", "category", "to")  # the choices that stand in the open


def article(reader: Reader) -> Blocks:
    say = reader.say

    measures = [name for name in reader.place.measures if has_map(reader, name)]
    chosen, card = gathered(choose_measure(reader, measures)) if measures else ((), None)

    if card is None or not reader.shelf.working(card.name):
        yield heading(say("Compare areas on a map"), 1)
        yield from chosen
        yield calm(reader, "" if card else say("No area has a figure."))
        yield from foot(reader, [card] if card else [])
    elif card.kind == "statements":
        yield heading(say("Compare areas on a map"), 1)
        yield from statements_on_map(reader, card, chosen)
    else:
        asked, (query, method) = gathered(map_choices(reader, card))
        picked, area = gathered(outlined(reader))
        made = mapped(query, method, reader.shelf)
        compared = map_funnel(made, reader)
        found, apart = map_finding(made, compared, reader), apart_of(compared)
        names = names_of(reader, card)
        rows = charts.map_rows(made, names, area, say, whole=place_words(made, reader), apart=apart)
        drawn = charts.pictures(made, rows, names, geometry_of(reader), short_names(reader), say)
        both, words = maps_of(reader, *drawn[:2]), drawn[2]
        shown = parts(
            reader,
            map=map_part(made, rows, both, apart, reader),
            lines=lines_part(made.measure.query, reader),
            table=map_table(made, names, reader),
            download=downloads(reader, map_file(made), both),
            about=about_map(made, reader),
        )
        bar = take_series(reader, made.measure, found.headline, both, map_file(made), [area])
        choices = first_choices([*chosen, *asked, *picked], FIRST, say("More choices"))
        beneath = notes_of_map(made, found, reader)

        yield remarks(reader)
        yield first_figure(
            reader,
            Figure(found.headline, map_subtitle(made, reader), shown, bar, (choices,), beneath, wide=True),
        )
        yield announce(words)
        yield from short_foot(reader, [card], map_file(made))


if __name__ == "__main__":
    show(__file__)
