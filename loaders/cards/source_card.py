"""The source card: whose figures these are, under what licence, and how the file is to be read.

One ``source.toml`` stands beside every published file. Reading a card checks it against its model and reports every
fault at once.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from language import words_of
from loaders import periods
from loaders.cards.categories import CategoryTree, read_categories
from loaders.cards.refresh_schema import Refresh
from loaders.cards.release import Annotation, Break, Release, recorded_faults, release_faults
from loaders.cards.table_schema import Table
from loaders.cards.tables import (
    Announced,
    AreaColumns,
    Cell,
    Geometry,
    Licences,
    Protect,
    Readings,
    Source,
    Unanswered,
    Variable,
)
from loaders.cards.warehouse_schema import Warehouse, fits_card
from loaders.privacy.rules import QUESTIONS
from loaders.schema.fields import (
    Bool,
    Count,
    DatasetName,
    Dated,
    Heading,
    Int,
    Name,
    Named,
    NameOrNone,
    Period,
    Publisher,
    Question,
    Words,
    fault,
    fault_at,
    refuse,
)
from loaders.schema.model import Model
from loaders.statuses import CORRECTION

KINDS = ("observations", "claims", "register", "areas", "boundaries")
COUNTED = ("observations", "areas")  # kinds that have a table of figures


class SourceCard(Model):
    """One dataset as its card declares it; every field is the card's own key of that name."""

    name: DatasetName = Field(description="the name of the dataset and of its folder, in addresses and in measures")
    kind: Literal[KINDS] = Field(description="what the file holds")
    title: Words = Field(description="what readers call the dataset")
    description: Words = Field(description="what one figure is, and how it comes about")
    publisher: Publisher = Field(description="who published it; url: the publisher's site")
    licenses: Licences = Field(description="under what licence it may be shown", title="at least one licence")
    accessed: Dated = Field(description="when the publisher's page was last looked at")
    disclosure: Literal["as_published", "protect"] = Field(
        description="as_published: shown as it is; protect: small counts are hidden by the build"
    )
    place: Name = Field(description="the place that it is about: the name of a file in places")
    sources: list[Source] = Field([], description="where the publisher has it: title and url")
    coverage: Words = Field({}, description="who and what is covered, and what is not")
    grain: Literal[periods.FREQUENCIES] = Field("year", alias="frequency", description="how long one period is")
    first_month: Int | None = Field(None, description="the month in which financial or school years begin", ge=1, le=12)
    next_update: Words = Field({}, description="when newer figures come")
    announced: list[Announced] = Field(
        [], description="the days or months for which the publisher has announced a release, and where it says so"
    )
    stale_after_months: Count = Field(0, description="how old the newest figure may be before readers are told")
    ended: Bool = Field(False, description="the series has ended")
    absent_rows: Literal["error", "zero"] = Field(
        "error", description="zero: the publisher leaves out rows in which nothing happened"
    )
    pauses: tuple[Period, ...] = Field(
        (), description="periods between others in which the publisher asked or counted nobody, in no area"
    )
    provisional_periods: Count = Field(0, description="how many of the newest periods are still to change")
    notes: list[Words] = Field([], description="what readers are to know about the figures")
    not_published: list[Words] = Field([], description="what readers may look for in vain")
    table: Table = Field({}, description="how the published table is laid out")
    variables: dict[Name, Variable] = Field(
        {}, description="what is counted: code = where it stands, unit and label; the first is the usual one"
    )
    area_codes: dict[str, str] = Field({}, description="the file's spelling of an area = its code")
    area_labels: dict[str, Named] = Field(
        {}, description="names of areas that are in no place, such as a whole country"
    )
    area_columns: AreaColumns = Field({}, description="a list of areas (kind areas): what its columns are called")
    declared: list[Cell] = Field(
        [], alias="cells", description="statuses of single cells that the file cannot mark itself"
    )
    geometry: Geometry = Field({}, description="boundaries: how the file is read")
    columns: dict[str, Heading] = Field({}, description="claims and registers: our word = the file's heading")
    place_codes: dict[str, str] = Field({}, description="claims: the file's spelling of a place = its code")
    within: dict[str, str] = Field({}, description="claims: a spot inside an area = the area's code")
    readings: Readings = Field({}, description="claims: how the words of statements are read")
    claims: NameOrNone = Field("", description="a register: the dataset of statements that speak of its entries")
    gate_answers: list[Literal[QUESTIONS]] = Field(
        [], description="questions of the gate that a person has answered with yes"
    )
    refresh: Refresh = Field({}, description="where newer figures are fetched from")
    warehouse: Warehouse = Field({}, description="where a department's own records stand, to be asked for counts")
    protect: Protect = Field({}, description="disclosure = protect: what differs from disclosure.toml")
    breaks: tuple[Break, ...] = Field(
        (), description="dates from which figures are not comparable, or were recorded otherwise"
    )
    annotations: tuple[Annotation, ...] = Field(
        (), description="what sources say of single periods, for the charts: no causes"
    )
    questions: list[Question] = Field(
        [], description="what is still to be asked of the publisher; check repeats it, and the page of sources lists it"
    )
    unanswered: Unanswered = Field(
        [], description="what a draft left open: nothing of the dataset is shown until each is answered and taken out"
    )
    releases: tuple[Release, ...] = Field(
        description="the published files, the oldest first", title="at least one release"
    )
    _folder: Path = PrivateAttr(Path())

    @model_validator(mode="before")
    @classmethod
    def _needed(cls, raw: Any) -> Any:
        """What a kind of dataset cannot do without is missing when it is not there."""
        needed = {"boundaries": ("geometry",), "areas": ("area_columns", "variables"), "observations": ("variables",)}
        if isinstance(raw, dict) and raw.get("warehouse"):
            raw = {"releases": [], **raw}
        kind = raw.get("kind") if isinstance(raw, dict) else None
        return (
            {**{key: {} for key in (needed.get(kind, ()) if isinstance(kind, str) else ())}, **raw}
            if isinstance(raw, dict)
            else raw
        )

    @field_validator("first_month")
    @classmethod
    def _of_split_years(cls, month: int | None, info: ValidationInfo) -> int | None:
        if month is not None and info.data.get("grain", "fiscal_year") not in periods.FIRST_MONTH:
            raise fault(
                "'first_month' does not fit", "1 to 12, of a financial or school year", month, "Fix or remove it."
            )
        return month

    @field_validator("variables")
    @classmethod
    def _counts_something(cls, variables: dict, info: ValidationInfo) -> dict:
        if not variables and info.data.get("kind") in COUNTED:
            todo = "Add [variables.NAME] with column, unit and label."
            raise fault("'variables' is missing", "a table for each thing counted", "nothing", todo)
        return variables

    @field_validator("declared")
    @classmethod
    def _of_known_variables(cls, cells: list, info: ValidationInfo) -> list:
        known = info.data.get("variables")
        named = [
            (number, code)
            for number, cell in enumerate(cells)
            for code in cell.get("variables", ())
            if known is not None and code not in known
        ]
        return refuse(
            cells,
            [
                fault_at(
                    (position, "variables"), "'variables' names what is not there", " | ".join(known), code, "Fix it."
                )
                for position, code in named
            ],
        )

    @field_validator("refresh")
    @classmethod
    def _published(cls, request: dict, info: ValidationInfo) -> dict:
        standing = [info.data.get("kind", "observations"), info.data.get("disclosure", "as_published")]
        if standing != ["observations", "as_published"]:
            todo = "Remove [refresh]."
            raise fault(
                "only published observations are refreshed", "observations, as_published", ", ".join(standing), todo
            )
        return request

    @field_validator("warehouse")
    @classmethod
    def _pulled(cls, request: dict, info: ValidationInfo) -> dict:
        return fits_card(request, info)

    @field_validator("releases")
    @classmethod
    def _in_order(cls, releases: tuple[Release, ...], info: ValidationInfo) -> tuple[Release, ...]:
        if info.data.get("warehouse") and not releases:
            todo = f"Run python -m loaders pull {info.data.get('name', '')}."
            raise fault("there is no release yet", "counts of the table that [warehouse] names", "nothing", todo)
        grain, kind = info.data.get("grain"), info.data.get("kind")
        frequency = periods.named(grain, info.data.get("first_month")) if grain and kind in COUNTED else ""
        secret = info.data.get("disclosure") == "protect"
        return refuse(releases, (*release_faults(releases, frequency), *recorded_faults(releases, secret)))

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def is_table(self) -> bool:
        """Does it hold a table of figures?"""
        return self.kind in COUNTED

    @property
    def id(self) -> str:
        """``publisher/dataset``, the folder's last two names."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def frequency(self) -> str:
        """How long one period is; financial and school years with the month that they begin in."""
        return periods.named(self.grain, self.first_month)

    @cached_property
    def cells(self) -> list[dict]:
        """Single cells with a status of their own, and marks whose meaning the card says in words.

        The newest word for a mark comes last.
        """
        tables = [("", self.table), *((meaning.id, meaning.table or {}) for meaning in self.releases)]
        marks = [
            {
                "mark": text,
                "release": release,
                "status": meaning["status"],
                "reason": words_of(meaning),
            }
            for release, table in tables
            for text, meaning in table.get("marks", {}).items()
            if isinstance(meaning, dict)
        ]
        return [*self.declared, *marks]

    @property
    def latest(self) -> Release:
        return self.releases[-1]

    def reason_of_marks(self, release: Release, marks: str) -> str:
        """The reason keys of marks that a cell bears (``[p]|..``): the card's own words where it has some (an entry of
        ``cells``)."""
        worded = {
            cell["mark"]: f"cell {number}"
            for number, cell in enumerate(self.cells)
            if cell.get("mark") and cell["release"] in ("", release.id)
        }
        worded.setdefault(CORRECTION, CORRECTION)
        return "|".join(dict.fromkeys(worded.get(mark, "as_marked") for mark in marks.split("|") if mark))

    @cached_property
    def tree(self) -> CategoryTree:
        return read_categories(self.folder / "categories.csv")
