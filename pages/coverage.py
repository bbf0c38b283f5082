"""What is published about this place, for which districts and years, by whom, and how fresh is it?"""

import charts
from layout.coverage import (
    ask_grid,
    coverage_legend,
    coverage_table,
    grid_head,
    grid_title,
    how_to_add,
    take_grid,
    years_grid,
)
from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, calm, heading, lead, paragraph, picture, remarks
from layout.frame.footer import foot
from layout.frame.links import district_links
from layout.frame.reader import Reader


def article(reader: Reader) -> Blocks:
    say = reader.say
    place = say.pick(reader.place.name)

    yield heading(say("What is published about {place}, and what is not?", place=place), 1)
    yield lead(
        say(
            "Every subject of this site: for which areas and years there is a figure, who published it, and when. What "
            "nobody published is named."
        )
    )

    yield heading(say("Area by area"))
    made = yield from ask_grid(reader)
    yield remarks(reader)
    if made is None:
        yield calm(reader)
    else:
        title = grid_title(made, reader)
        head = grid_head(made, title, reader)
        yield heading(head, 3)
        yield announce(head)
        yield coverage_legend(made, reader)
        tiles = charts.coverage_tiles(made, title, reader.place, "", say)
        yield (chart := picture(tiles, "tiles", district_links(reader)))
        yield take_grid(reader, made, title, chart)
        yield paragraph(
            say("The year in a tile is the newest one with a figure."), charts.tile_order_words(reader.place, say)
        )
        yield from years_grid(made, title, reader)

    yield heading(say("Every subject"))
    yield from coverage_table(reader)

    yield heading(say("How a publisher could add the missing table"))
    yield from how_to_add(reader)
    yield from foot(reader, [reader.shelf.measures[name] for name in reader.place.measures], most=0)


if __name__ == "__main__":
    show(__file__)
