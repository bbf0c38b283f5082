"""How many people used a public-safety service online?"""

import charts
from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, note, paragraph, picture, remarks
from layout.frame.controls import choose_category
from layout.frame.footer import foot
from layout.frame.glossary import terms
from layout.frame.offers import online_claims
from layout.frame.reader import Reader
from layout.online import online_measure, online_query, online_statements, quarters_table, services_table, stated_beside
from layout.trends.sentences import is_it_real, take_series
from layout.trends.series import file_of, names_of, series_notes, subtitle_of, title_of
from measures.figures.compute import compute


def article(reader: Reader) -> Blocks:
    say = reader.say
    card = online_measure(reader)

    yield heading(say("How much is done online?"), 1)
    if card is None and online_claims(reader.place, reader.shelf):
        yield remarks(reader)
        stated = yield from stated_beside(reader)
        yield announce(say("How much is done online?"))
        yield from foot(reader, [], datasets=[stated])
    elif card is None:
        yield remarks(reader)
        yield paragraph(
            say(
                "There are no published figures on transactions done online for {place}.",
                place=say.pick(reader.place.name),
            )
        )
        yield from foot(reader, [])
    elif not reader.shelf.working(card.name):
        yield calm(reader)
        yield from foot(reader, [card])
    elif card.kind == "statements":
        yield remarks(reader)
        yield from online_statements(reader, card)
    else:
        yield lead(
            say(
                "Figures for the whole country, not for its areas. The share is the number of "
                "transactions done online divided by all transactions."
            )
        )
        category = yield from choose_category(reader, card, say("Service"), "type")
        yield remarks(reader)
        made = compute(online_query(reader, card, category), reader.shelf)
        names = names_of(reader, card)

        yield heading(title_of(made, reader))
        yield lead(subtitle_of(made, reader))
        drawn = charts.trend_picture(made, names, say)
        yield (chart := picture(drawn, "uptake"))
        yield take_series(reader, made, title_of(made, reader), {"": chart}, file_of(made))
        yield announce(drawn.description)
        yield terms(reader, card, made)

        yield from is_it_real(reader, made)
        yield note(series_notes(made, reader), say("About this chart"))
        yield heading(say("Table of these figures"))
        yield from quarters_table(reader, made)

        yield heading(say("All services in the newest quarter"))
        yield services_table(reader, made)
        stated = yield from stated_beside(reader)
        yield from foot(reader, [card], file_of(made), datasets=[stated] if stated else [])


if __name__ == "__main__":
    show(__file__)
