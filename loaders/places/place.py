"""Places and what their areas are called: one TOML file for each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from language import LANGUAGES
from loaders.places.place_fields import AreaNames, Code, DropWhenShort, Event, Headline, Misleading, Similar, tile_of
from loaders.schema.fields import AreaWord, Bool, Int, Name, Named, NameOrNone, Words, fault, fault_at, refuse
from loaders.schema.model import Model


class Area(Model):
    """One district of a place; ``tile`` is its row and column in the tile map (our own layout), or None."""

    code: Code = Field(description="the code in addresses and files")
    name: Named = Field(description="what readers call it; en_said: inside a sentence, where that differs")
    aliases: tuple[str, ...] = Field((), description="other spellings in published files")
    tile: Annotated[list[Int], AfterValidator(tile_of)] | None = Field(
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
    moved many figures at once (``from``, ``to``, ``name``, ``source``), and whether its periods are left out of the
    usual ups and downs.
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
    local: Literal["", *LANGUAGES] = Field(
        "", description="the language of the site in which its areas are called at home: told to readers of others, too"
    )
    area_names: dict[str, AreaNames] = Field(
        {}, description="areas_from: by the code of an area, its name in languages that the list has no column for"
    )
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
            fault_at((number, "to"), what, f"{event['from']} or later", event["to"], todo) for number, event in wrong
        ]
        return refuse(events, faults)

    @property
    def areas_word(self) -> dict[str, str]:
        """What several of its areas are called, in every language: boroughs."""
        return {code: self.area_word.get(f"{code}_plural") or self.area_word[code] for code in LANGUAGES}

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
        yield fault_at((), "a code stands for two areas", each, f"'{code}'", "Give one of them another.")
    for text in _twice([text for area in areas for text in area.spellings() - {*codes}]):
        yield fault_at((), "a name stands for two areas", each, f"'{text}'", "Fix the name or alias that is wrong.")
    for language in LANGUAGES:
        for text in _twice([area.short[language] for area in areas if area.short]):
            todo = "Shorten one of them otherwise."
            yield fault_at((), f"two areas have one short name in '{language}'", each, f"'{text}'", todo)
    for tile in _twice([tuple(area.tile) for area in areas if area.tile]):
        yield fault_at((), "two areas stand in one tile", "a tile for each", str(list(tile)), "Move one of them.")


def _twice(values: list) -> list:
    return sorted(value for value, times in Counter(values).items() if times > 1)
