"""How a thing may be called that stands in an address: one grammar for cards, places, drafts and routes.

Names of places, datasets, measures and variables are words of lower-case letters, digits and ``_``; a release is called
by letters, digits and ``-``. Both become parts of addresses and names of files, so nothing else may stand in them.
"""

from __future__ import annotations

import re

NAME = r"[a-z0-9][a-z0-9_]{0,59}"
RELEASE = r"[A-Za-z0-9][A-Za-z0-9-]{0,39}"
NAME_WORDS = "lower-case letters, digits and _, at most 60, the first no _"
RELEASE_WORDS = "letters, digits and -, at most 40, the first no -"
TAKEN_RELEASES = ("latest", "revisions", "provenance")  # what else may stand in an address where a release does
TAKEN_DATASETS = ("boundaries",)  # folders of what was built that belong to no dataset
_MONTH = "0[1-9]|1[0-2]"
PERIODS = {  # frequency → what joins the year to its part, and the parts there are
    "year": ("", ""),
    "half": ("-H", "[12]"),
    "quarter": ("-Q", "[1-4]"),
    "month": ("-", _MONTH),
    "week": ("-W", "0[1-9]|[1-4][0-9]|5[0-3]"),
    "fiscal_year": ("-FY", _MONTH),
    "school_year": ("-SY", _MONTH),
    "year_to_date": ("-YTD-", _MONTH),
}


def is_name(text: str) -> bool:
    """May a place, dataset, measure or variable be called so?"""
    return re.fullmatch(NAME, text) is not None


def is_release(text: str) -> bool:
    """May a release be called so?"""
    return re.fullmatch(RELEASE, text) is not None and text not in TAKEN_RELEASES


def period_pattern(frequency: str) -> str:
    """A regular expression for the periods of a frequency as addresses write them.

    Without its month, ``fiscal_year-04`` is one too.
    """
    joint, parts = PERIODS[frequency.partition("-")[0]]
    return f"^[0-9]{{4}}{joint}({parts})$" if parts else "^[0-9]{4}$"
