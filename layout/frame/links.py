"""Addresses that lead from any page to the page that traces a figure, and to the page of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

from layout.frame.reader import Reader
from loaders import Place
from loaders.cards.measure_card import MeasureCard
from measures.store.shelf import Shelf
from routes.addresses import page_address

KEPT = (
    "measure",
    "category",
    "area",
    "view",
    "from",
    "to",
    "release",
    "as_of",
)  # of the state of another page, what says which figure is meant


def traceable(reader: Reader) -> list[str]:
    """The place's measures whose figures stand in cells of a published table."""
    return traceable_of(reader.shelf, reader.place)


def traceable_of(shelf: Shelf, place: Place) -> list[str]:
    """A place's measures whose figures stand in cells of a published table."""
    return [name for name in place.measures if shelf.measures[name].kind != "statements"]


def origin_address(reader: Reader, measures: Sequence[MeasureCard], extract: str = "") -> str:
    """The address of the page that traces a figure of this view; '' where the place has none that can be traced.

    ``extract``: the address of what is drawn, which says the view also where the reader cannot choose it.
    """
    known = traceable(reader)
    named = [one.name for one in measures if one.name in known] or known
    if not named:
        return ""
    asked = {
        name: value if isinstance(value, str) else next(iter(value), "")
        for name, value in reader.state.items()
        if name in KEPT
    }
    drawn = parse_qs(urlsplit(extract).query)
    asked |= {
        name: drawn[name][0] for name in ("measure", "category", "view", "to") if name in drawn and "view" in drawn
    }
    measure = asked.get("measure", "") if asked.get("measure", "") in known else named[0]
    return page_address("origin", {**reader.site_state, **asked, "measure": measure})


def file_address(address: str, frozen: str) -> str:
    """The address of a file under /data with the figures of a day; as it stands where no day is named."""
    if not address or not frozen or "as_of=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}as_of={frozen}"


def district_links(reader: Reader) -> Mapping[str, str]:
    """Area code → the address of its page, to which a click on the area leads."""
    return _links_of(tuple(area.code for area in reader.place.areas), tuple(reader.site_state.items()))


@lru_cache(maxsize=64)
def _links_of(areas: tuple[str, ...], site: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return MappingProxyType({area: page_address("district", {**dict(site), "area": area}) for area in areas})


def district_state(reader: Reader, area: str) -> dict[str, str]:
    """What the address of an area's page holds."""
    return {**reader.site_state, "area": area}
