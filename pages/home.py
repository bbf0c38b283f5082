"""What do the latest figures of this place say, at a glance?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, Columns, announce, heading, lead, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.glance.area_map import area_map
from layout.home.beside import doors, own_area, what_stands_out
from layout.home.figures import about, glance, shown, title, where_things_stand
from layout.home.stated import newest_statements, outcome_bar, stated_of


def article(reader: Reader) -> Blocks:
    found, stated, mapped = glance(reader), stated_of(reader), area_map(reader)

    yield heading(title(reader, found, stated), 1)
    yield lead(about(reader, found))
    yield remarks(reader)
    if stated:
        yield outcome_bar(stated, reader)

    yield from own_area(reader)
    beside = tuple(newest_statements(stated, reader) if stated else what_stands_out(reader))
    if mapped and beside:
        yield Columns((mapped.blocks, beside), (7, 5))
    else:
        yield from mapped.whole if mapped else beside

    yield from where_things_stand(reader, found)
    yield doors(reader)
    yield announce(title(reader, found, stated))
    yield from foot(reader, shown(reader, found, stated), most=2)


if __name__ == "__main__":
    show(__file__)
