"""Where is a figure higher or lower, and where is none published?"""

import charts
from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, note, paragraph, remarks
from layout.frame.controls import choose_measure, pick_area
from layout.frame.footer import foot
from layout.frame.glossary import terms
from layout.frame.reader import Reader
from layout.frame.tables import map_table
from layout.map.map import (
    ask_map,
    beside,
    class_sentences,
    geometry_of,
    has_map,
    map_file,
    map_legend,
    map_subtitle,
    map_title,
    short_names,
)
from layout.trends.sentences import take_series
from layout.trends.series import names_of, series_notes
from layout.trends.statements import statements_on_map
from measures.maps.map import mapped


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("Where is it higher or lower?"), 1)
    card = yield from choose_measure(reader, [name for name in reader.place.measures if has_map(reader, name)])

    if not reader.shelf.working(card.name):
        yield calm(reader)
        yield from foot(reader, [card])
    elif card.kind == "statements":
        yield from statements_on_map(reader, card)
    else:
        asked, method = yield from ask_map(reader, card)
        chosen = yield from pick_area(reader)
        yield remarks(reader)
        made = mapped(asked, method, reader.shelf)
        names = names_of(reader, card)

        yield heading(map_title(made, reader))
        yield lead(map_subtitle(made, reader))
        yield paragraph(charts.tile_order_words(reader.place, say))
        yield from map_legend(made, reader)
        geometry = geometry_of(reader)
        drawn, tiled, words = charts.pictures(made, names, geometry, chosen, short_names(reader), say)
        both = yield from beside(reader, drawn, tiled)
        yield take_series(reader, made.measure, map_title(made, reader), both, map_file(made), [chosen])
        yield announce(words)
        yield terms(reader, card, made.measure)
        yield paragraph(*class_sentences(made, reader), charts.verdict_counts(made.measure, say))

        yield note(series_notes(made.measure, reader), say("Read this with the map"))
        yield heading(say("The same figures as a table"))
        yield from map_table(made, names, reader)
        yield from foot(reader, [card], map_file(made))


if __name__ == "__main__":
    show(__file__)
