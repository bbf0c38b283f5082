"""Places and what their areas are called: one TOML file for each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from language import LANGUAGES
from loaders.schema.fields import (
    AreaWord,
    Bool,
    Int,
    Name,
    Named,
    NameOrNone,
    Seen,
    Text,
    Words,
    fault,
    refuse,
    shown,
    table_type,
)
from loaders.schema.model import Model

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


def _tile(tile: list) -> tuple[int, int]:
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


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.netloc or any(letter.isspace() for letter in text):
        todo = "Give the address where it can be read."
        raise fault("'{key}' is no address of a page", "https://…", shown(text), todo)
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
        "source": Annotated[
            str,
            AfterValidator(_address),
            WithJsonSchema({"type": "string", "pattern": "^https://"}),
            Field(description="the address of a page that gives its dates"),
        ],
        "outside_fluctuation": Annotated[
            Bool, Field(description="true: periods of which it covers half say nothing of the usual ups and downs")
        ],
    },
)
DropWhenShort = table_type("DropWhenShort", {}, {code: list[str] for code in LANGUAGES})


class Area(Model):
    """One district of a place; ``tile`` is its row and column in the tile map (our own layout), or None."""

    code: Code = Field(description="the code in addresses and files")
    name: Named = Field(description="what readers call it; en_said: inside a sentence, where that differs")
    aliases: tuple[str, ...] = Field((), description="other spellings in published files")
    tile: Annotated[list[Int], AfterValidator(_tile)] | None = Field(
        None, description="row and column in the tile map, from 0 on"
    )
    short: Words = Field({}, description="a name that fits into a tile")

    def spellings(self) -> set[str]:
        """Every text that means this area in a file."""
        return {self.code, *self.name.values(), *self.aliases} - {""}


class Outside(Area):
    """What a table counts for the place beside its areas, such as what could be allocated to none of them."""

    elsewhere: Bool = Field(False, description="its counts are known to come from none of the areas")


class Place(Model):
    """A city, region or country that the dashboard covers. ``id`` is the file's name and the word in addresses.

    ``headlines``: examples of a headline to check, each in the names and codes that its address has. ``events``: what
    moved many
    figures at once (``from``, ``to``, ``name``, ``source``), and whether its periods are left out of the usual ups and
    downs.
    """

    name: Named = Field(description="what readers call the place")
    country: Words = Field(description="the country that it is in")
    intro: Words = Field(description="two sentences at the head of its first page")
    area_word: AreaWord = Field(description="what one area and several are called: borough, boroughs")
    code: Code = Field(description="the code of the whole place")
    whole: Named = Field(description="what the whole place is called beside its areas")
    measures: tuple[Name, ...] = Field(
        description="the measures that it shows, in their order: names of files in measures", min_length=1
    )
    areas: tuple[Area, ...] = Field((), description="its areas; or areas_from")
    areas_from: NameOrNone = Field("", description="the dataset of kind areas that lists its areas")
    drop_when_short: DropWhenShort = Field({}, description="areas_from: endings that names lose in a tile")
    unallocated: tuple[Outside, ...] = Field((), description="what tables count beside the areas, such as 'unknown'")
    order: Int = Field(9, description="its place in the menu")
    default: Bool = Field(False, description="the place that opens first; true in one file")
    boundaries: NameOrNone = Field("", description="the dataset of kind boundaries; '' for a map of tiles only")
    residents_misleading: list[Misleading] = Field([], description="areas where a rate per resident misleads, and why")
    similar: Similar = Field({}, description="by which published figures an area finds those that are most like it")
    headlines: tuple[Headline, ...] = Field((), description="examples on the page of claims")
    events: tuple[Event, ...] = Field((), description="what moved many figures at once, such as a lockdown")
    _id: str = PrivateAttr("")

    @model_validator(mode="before")
    @classmethod
    def _has_areas(cls, raw: Any) -> Any:
        """Where no dataset lists the areas, the file has to."""
        return {"areas": [], **raw} if isinstance(raw, dict) and not raw.get("areas_from") else raw

    @field_validator("areas")
    @classmethod
    def _told_apart(cls, areas: tuple[Area, ...], info: ValidationInfo) -> tuple[Area, ...]:
        if not areas:
            raise fault(
                "no areas", "[[areas]] or areas_from", "nothing", "List the areas or name a dataset of kind areas."
            )
        return refuse(areas, repeated_names(areas, info.data.get("code", ""), info))

    @field_validator("unallocated")
    @classmethod
    def _beside(cls, unallocated: tuple[Outside, ...], info: ValidationInfo) -> tuple[Outside, ...]:
        return refuse(
            unallocated, repeated_names((*info.data.get("areas", ()), *unallocated), info.data.get("code", ""), info)
        )

    @field_validator("events")
    @classmethod
    def _end_after_they_begin(cls, events: tuple[Event, ...]) -> tuple[Event, ...]:
        wrong = [(number, event) for number, event in enumerate(events) if event["to"] < event["from"]]
        what, todo = "'to' comes before 'from'", "Mend one of them."
        faults = [
            ((number, "to"), fault(what, f"{event['from']} or later", event["to"], todo)) for number, event in wrong
        ]
        return refuse(events, faults)

    @property
    def of_unknown_area(self) -> tuple[str, ...]:
        """The codes of the rows outside the areas whose counts may come from any of them."""
        return tuple(row.code for row in self.unallocated if not row.elsewhere)

    @property
    def id(self) -> str:
        return self._id

    def code_of(self, spelling: str) -> str | None:
        """The code of the area that a file writes ``spelling``: its code, its name in any language, or an alias."""
        return self._codes().get(spelling.strip())

    def _codes(self) -> dict[str, str]:
        return {text: area.code for area in self.areas for text in area.spellings()}


def repeated_names(
    areas: tuple[Area, ...], whole: str, info: ValidationInfo | None = None
) -> Iterator[tuple[tuple, Any]]:
    """Codes, names, spellings, short names and tiles that stand for two areas."""
    if info and (info.context or {}).get("lenient"):
        return
    each = "each once"
    codes = _twice([*([whole] if whole else []), *(area.code for area in areas)])
    for code in codes:
        yield (), fault("a code stands for two areas", each, f"'{code}'", "Give one of them another.")
    for text in _twice([text for area in areas for text in area.spellings() - {*codes}]):
        yield (), fault("a name stands for two areas", each, f"'{text}'", "Fix the name or alias that is wrong.")
    for language in LANGUAGES:
        for text in _twice([area.short[language] for area in areas if area.short]):
            yield (
                (),
                fault(
                    f"two areas have one short name in '{language}'",
                    each,
                    f"'{text}'",
                    "Shorten one of them otherwise.",
                ),
            )
    for tile in _twice([tuple(area.tile) for area in areas if area.tile]):
        yield (), fault("two areas stand in one tile", "a tile for each", str(list(tile)), "Move one of them.")


def _twice(values: list) -> list:
    return sorted(value for value, times in Counter(values).items() if times > 1)
