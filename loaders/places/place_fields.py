"""What the keys of a place file may hold: codes, tiles, days, and the tables of events, likeness and headlines."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from language import LANGUAGES
from loaders.schema.fields import Bool, Int, Name, PageAddress, Seen, Text, Words, fault, shown, table_type

LIKENESS = ("level", "log", "growth", "density")  # how a characteristic enters the likeness of areas (measures.similar)


def _code(text: str) -> str:
    if not text.strip() or any(sign.isspace() or sign in '"&#?/\\' for sign in text):
        raise fault(
            "'{key}' is no code",
            "the publisher's code, without spaces and the signs of addresses",
            shown(text),
            "Fix it.",
        )
    return text


def tile_of(tile: list) -> tuple[int, int]:
    if len(tile) != 2 or min(tile) < 0 or max(tile) > 99:
        raise fault("'tile' is none", "row and column, from 0 on", shown(tile), "Write tile = [row, column].")
    return tuple(tile)


def _day(text: str) -> str:
    try:
        fits = date.fromisoformat(text).isoformat() == text
    except ValueError:
        fits = False
    if not fits:
        raise fault("'{key}' is no day", "such as 2026-11-30", shown(text), "Mend it.")
    return text


Code = Annotated[str, AfterValidator(_code)]


_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


Day = Annotated[str, AfterValidator(_day), WithJsonSchema(_DAY)]


Headline = table_type(
    "Headline",
    {"measure": Name, **dict.fromkeys(("area", "says", "figure", "length", "period", "base"), Text)},
    {"category": Seen, "bound": Seen},
)


Misleading = table_type("Misleading", {"areas": list[str], "reason": Words})


Characteristic = table_type(
    "Characteristic",
    {"dataset": Name, "variable": Name, "as": Literal[LIKENESS], "label": Words},
    {
        "area": Annotated[
            Name, Field(description="density: the variable that holds the area; without it the boundaries are measured")
        ],
        "note": Words,
    },
)


Similar = table_type("Similar", {"count": Annotated[Int, Field(ge=1)], "by": list[Characteristic]})


Event = table_type(
    "Event",
    {
        "from": Annotated[Day, Field(description="its first day")],
        "to": Annotated[Day, Field(description="its last day")],
        "name": Annotated[Words, Field(description="what readers call it")],
        "source": Annotated[PageAddress, Field(description="the address of a page that gives its dates")],
        "outside_fluctuation": Annotated[
            Bool, Field(description="true: periods of which it covers half say nothing of the usual ups and downs")
        ],
    },
)


AreaNames = table_type("AreaNames", {}, dict.fromkeys(LANGUAGES, Text))


DropWhenShort = table_type("DropWhenShort", {}, {code: list[str] for code in LANGUAGES})
