"""What the address of an extract asks for, and how much it may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

REVISIONS = "revisions"  # in the place of a release: the cells that two releases give differently
MOST_COMPARED = 7  # figures: six areas and their place
MOST_ROWS = 5_000_000  # of one answer: about 1.8 GB of CSV, so that one question does not hold the server for minutes
MOST_ROWS_OF_VIEW = 500_000  # of one answer as JSON that is worked out: about 650 MB, and as long to work out
MOST_ROWS_OF_WORKBOOK = 1_000_000  # a sheet ends at 1,048,576
MOST_REPEATED = 500  # values of one name: every area of a large place
LONGEST = 8_000  # characters of an address, which servers and proxies in between let through


class BadAddress(ValueError):
    """The address names something that does not exist; ``status`` is the HTTP answer."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status


class FileAddress(NamedTuple):
    """The address of a file without its question: /data/<place>/<dataset>/<release>.<form>"""

    place: str
    dataset: str
    release: str
    form: str


@dataclass(frozen=True)
class ExtractRequest:
    """One extract: codes only, every one of them known. Empty areas or categories mean all; '' measure means as
    published.

    ``method``: 'differs' for the map of what differs from the place, else ''.
    ``chosen``: the single periods asked for (none: all from ``first`` to ``last``). ``anyway``: a comparison against
    advice.
    ``as_of``: the day on which the releases were out ('': those of today).
    ``columns``: the names of those asked for, in order (none: all).
    ``filters``: which entries of a register or which statements, as (name, value) of their FILTERS.
    """

    place: str
    dataset: str
    release: str
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    measure: str = ""
    view: str = ""
    method: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    anyway: bool = False
    columns: tuple[str, ...] = ()
    as_of: str = ""

    def takes(self, period: str) -> bool:
        """Is the period asked for?"""
        inside = (not self.first or period >= self.first) and (not self.last or period <= self.last)
        return inside and (not self.chosen or period in self.chosen)


def most_rows(form: str, worked_out: bool) -> int:
    """How many rows an answer may hold in a format. ``worked_out``: the rows are those of a view."""
    if form == "xlsx":
        return MOST_ROWS_OF_WORKBOOK
    return MOST_ROWS_OF_VIEW if worked_out and form == "json" else MOST_ROWS
