"""Does a headline hold? What was stated and what follows from it, and a headline of the reader's own."""

from layout.claims.headline import ask_headline, examples, headline_elsewhere, headline_measures
from layout.claims.headline_result import headline_file, show_headline
from layout.claims.list import (
    ask_claims,
    changes_over_time,
    claims_counted,
    claims_elsewhere,
    claims_file,
    claims_of_place,
    measures_behind,
    one_claim,
    outcomes,
    show_claims,
)
from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, paragraph, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader


def article(reader: Reader) -> Blocks:
    say = reader.say
    card, found = claims_of_place(reader)
    names = headline_measures(reader)
    said, link = "", ""

    yield heading(say("Does a headline hold?"), 1)
    yield lead(say("You can check a figure only if the numbers behind it were published. We show the working."))
    yield remarks(reader)

    one = one_claim(reader, found)
    if not one:
        yield heading(say("Check your own figure"))
        if names:
            yield examples(reader)
            asked = yield from ask_headline(reader, names)
            said = yield from show_headline(reader, asked)
            link = headline_file(reader, asked)
        else:
            yield from headline_elsewhere(reader)

    if card is None:
        yield from claims_elsewhere(reader)
    elif not found:
        yield calm(reader)
    else:
        if not one:
            yield heading(say("What was stated, and what follows from it"))
            yield paragraph(say.pick(card.description))
        kept = one or (yield from ask_claims(reader, card, found))
        counted = claims_counted(kept, found, reader)
        if not one:
            yield paragraph(counted)
            yield from outcomes(reader, kept)
            yield from changes_over_time(reader, card, kept)
        yield from show_claims(reader, card, kept)
        said, link = said or counted, link or claims_file(reader, card)

    yield announce(said or say("Does a headline hold?"))
    yield from foot(reader, measures_behind(reader, card), link, datasets=[card] if card else [])


if __name__ == "__main__":
    show(__file__)
