"""What do the published figures say about one district?"""

from layout.dashboard import show
from layout.district.beside import beside_area
from layout.district.district import (
    district_statements,
    figures_of,
    how_often_false,
    local_name,
    missing_here,
    other_series,
    sentences_on,
)
from layout.district.figures import changes_by_category, strips_of, trend_of_area
from layout.district.find import ask_area, choose_own
from layout.district.similar import similar_about
from layout.frame.blocks import Blocks, Columns, announce, heading, remarks
from layout.frame.footer import short_foot
from layout.frame.glossary import terms_of_cards
from layout.frame.reader import Reader
from layout.glance.finder import finder
from layout.glance.finding import finding
from layout.glance.told import changes_of


def article(reader: Reader) -> Blocks:
    area = ask_area(reader)
    if not area:
        yield from choose_own(reader)
        yield from short_foot(reader, [reader.shelf.measures[name] for name in reader.place.measures])
        return

    name = next(known.name for known in reader.place.areas if known.code == area)
    found, changes = figures_of(reader, area), list(changes_of(reader, area))
    title = finding(name, changes, reader)

    yield finder(reader)
    yield heading(title, 1)
    yield local_name(reader, name)
    yield remarks(reader)
    said = (sentences_on(reader, found), *trend_of_area(found.safety_first, reader))
    yield Columns((said, tuple(beside_area(reader, area))), (2, 1))
    yield announce(title)

    if found.first:
        yield from changes_by_category(found.first, changes, reader)
        yield how_often_false(reader, found)
        yield from strips_of(found.told, reader)
    yield from other_series(reader, found)
    yield from district_statements(reader, area)
    about = (*similar_about(reader, area), terms_of_cards(reader, found.cards))
    yield from missing_here(reader, found, about)


if __name__ == "__main__":
    show(__file__)
