"""What do the published figures say about one district?"""

from charts.descriptions import one_in_how_many
from layout.dashboard import show
from layout.district.district import (
    district_figures,
    district_statements,
    groups_table,
    missing_notes,
    small_charts,
    three_sentences,
)
from layout.district.similar import similar_note
from layout.frame.blocks import Blocks, announce, heading, note, paragraph, remarks
from layout.frame.controls import choose_area
from layout.frame.footer import foot
from layout.frame.glossary import terms_of_cards
from layout.frame.reader import Reader
from layout.trends.sentences import take_figures


def article(reader: Reader) -> Blocks:
    say = reader.say

    area = yield from choose_area(reader)
    yield remarks(reader)
    name = say.pick(next(one.name for one in reader.place.areas if one.code == area))
    yield heading(say("{area}: public safety figures", area=name), 1)

    figures = district_figures(reader, area)
    sentences = three_sentences(reader, area, figures)
    yield paragraph(*sentences, one_in_how_many([made for _, made in figures if made is not None], say))
    yield take_figures(reader, say("{area}: public safety figures", area=name), area, figures)
    yield announce(say.sentences(sentences))
    yield terms_of_cards(reader, [card for card, _ in figures])

    yield from small_charts(reader, area, figures)
    yield from groups_table(reader, area, figures)
    yield from district_statements(reader, area)
    yield from similar_note(reader, area)

    yield note(missing_notes(reader, area), say("What is missing, and why"))
    yield from foot(reader, [reader.shelf.measures[one] for one in reader.place.measures])


if __name__ == "__main__":
    show(__file__)
