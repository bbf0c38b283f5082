"""Which area is asked for: by its code, or by a name that its reader has typed."""

from __future__ import annotations

from layout.frame.blocks import Blocks, Fold, Group, announce, calm, heading, paragraph, remarks
from layout.frame.footer import about_figures
from layout.frame.links import district_state
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from layout.glance.area_map import area_map
from layout.glance.finder import LONGEST, areas_named, finder
from loaders.places.place import Area
from routes.addresses import page_address


def ask_area(reader: Reader) -> str:
    """The code of the area that is asked for; '' where none is, or where a name may mean none or several."""
    area = reader.ask("area", [one.code for one in reader.place.areas], "")
    meant = areas_named(reader.place, typed(reader)) if not area else []
    if len(meant) == 1:
        reader.asked["area"] = area = meant[0].code
    reader.asked.pop("find", None)
    return area


def typed(reader: Reader) -> str:
    """The name that stands in the field; '' where there is none or it is too long to be one."""
    return reader.ask_text("find", lambda text: len(text) <= LONGEST)


def choose_own(reader: Reader) -> Blocks:
    """No area is shown unless its reader chooses one: a field for its name, and a map and a list of links."""
    say, name = reader.say, typed(reader)
    word = say.pick(reader.place.area_word)
    title = say("Find your {area}", area=word)
    yield heading(title, 1)
    yield finder(reader, name)
    yield remarks(reader)
    yield from _meant(reader, name)
    shown = area_map(reader)
    yield from shown.blocks if shown else ()
    yield heading(say("All {areas} by name", areas=say.pick(reader.place.areas_word)))
    areas = sorted(reader.place.areas, key=lambda area: say.pick(area.name))
    yield links_to(reader, areas)
    if shown:
        yield Fold(say("About these figures"), about_figures(reader, [shown.made.measure.card]))
    yield announce(title)


def _meant(reader: Reader, name: str) -> Blocks:
    """The areas that a typed name may mean, or one calm sentence where it means none."""
    say = reader.say
    meant = areas_named(reader.place, name)
    if meant:
        yield paragraph(say("“{name}” may mean:", name=name))
        yield links_to(reader, meant)
    elif name:
        yield calm(reader, say("No {area} is called “{name}” here.", area=say.pick(reader.place.area_word), name=name))


def links_to(reader: Reader, areas: list[Area]) -> Group:
    """The pages of areas, by name."""
    items = [
        soft_link(page_address("district", district_state(reader, area.code)), reader.say.pick(area.name))
        for area in areas
    ]
    return Group("chips", tuple(items), "nav", reader.say.pick(reader.place.areas_word))
