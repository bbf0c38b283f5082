"""How has a measure changed over time, for the whole place and for chosen areas?"""

import charts
from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, note, paragraph, picture, remarks
from layout.frame.controls import choose_measure
from layout.frame.footer import foot
from layout.frame.glossary import terms
from layout.frame.reader import Reader
from layout.frame.tables import series_table
from layout.trends.comparable_types import comparable_types
from layout.trends.revisions import band_of, first_published, fresh_notes, release_words
from layout.trends.season import method_words, raw_of
from layout.trends.sentences import is_it_real, take_series
from layout.trends.series import ask_series, file_of, names_of, series_notes, single_period_words, subtitle_of, title_of
from layout.trends.statements import statements_over_time
from measures.figures.compute import compute


def article(reader: Reader) -> Blocks:
    say = reader.say

    yield heading(say("How has it changed over time?"), 1)
    card = yield from choose_measure(reader, reader.place.measures)

    if not reader.shelf.working(card.name):
        yield calm(reader)
        yield from foot(reader, [card])
    elif card.kind == "statements":
        yield from statements_over_time(reader, card)
    else:
        query = yield from ask_series(reader, card)
        yield remarks(reader)
        made = compute(query, reader.shelf)
        names = names_of(reader, card)

        yield heading(title_of(made, reader))
        yield lead(subtitle_of(made, reader))
        yield paragraph(single_period_words(made, reader), method_words(made, reader), *release_words(made, reader))
        drawn = charts.trend_picture(made, names, say, band=band_of(made, reader), raw=raw_of(made, reader))
        yield (chart := picture(drawn, "trend"))
        yield take_series(reader, made, title_of(made, reader), {"": chart}, file_of(made))
        yield announce(drawn.description)
        yield terms(reader, card, made)

        yield from is_it_real(reader, made)
        yield note([*series_notes(made, reader), *fresh_notes(made, reader)], say("Read this with the chart"))
        yield from first_published(made, reader)
        yield comparable_types(made, reader)

        yield heading(say("The same figures as a table"))
        yield from series_table(made, names, reader)
        yield from foot(reader, [card], file_of(made))


if __name__ == "__main__":
    show(__file__)
