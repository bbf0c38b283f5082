"""Whose figures are these, under what licence, and how is the file to be read? The source card says it.

One ``source.toml`` stands beside every published file. Reading a card checks it against its model and reports every fault at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from language import LANGUAGES
from loaders import periods
from loaders.cards.categories import CategoryTree, read_categories
from loaders.cards.refresh_schema import Refresh
from loaders.cards.table_schema import ReleaseTable, Table
from loaders.cards.tables import AreaColumns, Cell, Geometry, Hash, Licences, Protect, Readings, Source, Variable
from loaders.errors import SourceError
from loaders.privacy.rules import QUESTIONS
from loaders.schema.fields import (
    Bool,
    Count,
    DatasetName,
    Dated,
    FileName,
    Int,
    Name,
    Named,
    NameOrNone,
    Number,
    Period,
    PeriodOrNone,
    Publisher,
    ReleaseId,
    Seen,
    Texts,
    Words,
    fault,
    refuse,
)
from loaders.schema.model import Model, mended, read_toml, validated

KINDS = ("observations", "claims", "register", "areas", "boundaries")
OF_THE_FILE = ("sha256", "rows", "total")  # of a release: what can only be known of its whole file
COUNTED = ("observations", "areas")  # kinds that have a table of figures


class Release(Model):
    """One publication of a dataset: its file, its own headings and its own spellings of the categories.

    Of a protected dataset ``sha256``, ``rows`` and ``total`` are empty (``loaders.cards.unpublished``).
    """

    id: ReleaseId = Field(description="the word in addresses")
    published: Dated = Field(description="the day, month or year of publication; releases stand in this order")
    file: FileName = Field(description="the published file, unedited, beside the card")
    sha256: Hash = Field(
        "", description="the file's hash, as sha256sum gives it; of a protected dataset in unpublished.toml"
    )
    rows: Count | None = Field(None, description="how many rows of figures the file has")
    total: Number | None = Field(None, description="the sum of the first variable over the whole file")
    first: PeriodOrNone = Field("", alias="from", description="the first period in the file")
    last: PeriodOrNone = Field("", alias="to", description="the last period in the file")
    about: Bool = Field(False, description="the date of publication is approximate")
    columns: dict[str, Texts] | None = Field(
        None, description="our word (area, period, category, variable, status, multiplier) = the file's heading or headings"
    )
    categories: dict[str, str] | None = Field(
        None, description="the file's spelling of a category = its code in categories.csv"
    )
    ignore: tuple[str, ...] = Field((), description="headings of the file that say nothing new")
    table: ReleaseTable | None = Field(None, description="how this release is laid out, where it differs from [table]")


class Break(Model):
    """A period from which a series stops being comparable (``cut``) or was recorded in another system (``mark``)."""

    at: Period = Field(description="the first period after the break")
    effect: Literal["cut", "mark"] = Field(
        description="cut: a definition changed, the line is cut; mark: only the recording changed"
    )
    categories: tuple[str, ...] = Field((), description="the categories that it touches; all when empty")
    areas: tuple[str, ...] = Field((), description="the areas that it touches; all when empty")
    short: Words = Field(description="what changed, in a few words")
    reason: Words = Field(description="what changed, in a sentence")
    url: Seen = Field("", description="where the publisher says so")

    def touches(self, area: str, category: str) -> bool:
        """Does the break hold for this area and category? An empty list of either means all."""
        return (not self.areas or area in self.areas) and (not self.categories or category in self.categories)


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
    stale_after_months: Count = Field(0, description="how old the newest figure may be before readers are told")
    ended: Bool = Field(False, description="the series has ended")
    absent_rows: Literal["error", "zero"] = Field(
        "error", description="zero: the publisher leaves out rows in which nothing happened"
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
    columns: dict[str, str] = Field({}, description="claims and registers: our word = the file's heading")
    place_codes: dict[str, str] = Field({}, description="claims: the file's spelling of a place = its code")
    within: dict[str, str] = Field({}, description="claims: a spot inside an area = the area's code")
    readings: Readings = Field({}, description="claims: how the words of statements are read")
    claims: NameOrNone = Field("", description="a register: the dataset of statements that speak of its entries")
    gate_answers: list[Literal[QUESTIONS]] = Field(
        [], description="questions of the gate that a person has answered with yes"
    )
    refresh: Refresh = Field({}, description="where newer figures are fetched from")
    protect: Protect = Field({}, description="disclosure = protect: what differs from disclosure.toml")
    breaks: tuple[Break, ...] = Field(
        (), description="dates from which figures are not comparable, or were recorded otherwise"
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
                "'first_month' does not fit", "1 to 12, of a financial or school year", month, "Mend or remove it."
            )
        return month

    @field_validator("variables")
    @classmethod
    def _counts_something(cls, variables: dict, info: ValidationInfo) -> dict:
        if not variables and info.data.get("kind") in COUNTED:
            raise fault(
                "'variables' is missing",
                "a table for each thing counted",
                "nothing",
                "Add [variables.NAME] with column, unit and label.",
            )
        return variables

    @field_validator("declared")
    @classmethod
    def _of_known_variables(cls, cells: list, info: ValidationInfo) -> list:
        known = info.data.get("variables")
        named = [
            (number, one)
            for number, cell in enumerate(cells)
            for one in cell.get("variables", ())
            if known is not None and one not in known
        ]
        return refuse(
            cells,
            [
                ((at, "variables"), fault("'variables' names what is not there", " | ".join(known), one, "Mend it."))
                for at, one in named
            ],
        )

    @field_validator("refresh")
    @classmethod
    def _published(cls, asked: dict, info: ValidationInfo) -> dict:
        found = [info.data.get("kind", "observations"), info.data.get("disclosure", "as_published")]
        if found != ["observations", "as_published"]:
            todo = "Remove [refresh]."
            raise fault(
                "only published observations are refreshed", "observations, as_published", ", ".join(found), todo
            )
        return asked

    @field_validator("releases")
    @classmethod
    def _in_order(cls, releases: tuple[Release, ...], info: ValidationInfo) -> tuple[Release, ...]:
        grain, kind = info.data.get("grain"), info.data.get("kind")
        frequency = periods.named(grain, info.data.get("first_month")) if grain and kind in COUNTED else ""
        secret = info.data.get("disclosure") == "protect"
        return refuse(releases, (*_release_faults(releases, frequency), *_recorded_faults(releases, secret)))

    @property
    def folder(self) -> Path:
        return self._folder

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
        """Single cells with a status of their own, and marks whose meaning the card says in words; the newest word for a mark comes last."""
        tables = [("", self.table), *((one.id, one.table or {}) for one in self.releases)]
        marks = [
            {
                "mark": text,
                "release": release,
                "status": one["status"],
                "reason": {code: one[code] for code in LANGUAGES},
            }
            for release, table in tables
            for text, one in table.get("marks", {}).items()
            if isinstance(one, dict)
        ]
        return [*self.declared, *marks]

    @property
    def latest(self) -> Release:
        return self.releases[-1]

    def reason_of_marks(self, release: Release, marks: str) -> str:
        """The reason keys of marks that a cell bears (``[p]|..``): the card's own words where it has some (an entry of ``cells``)."""
        ours = {
            one["mark"]: f"cell {number}"
            for number, one in enumerate(self.cells)
            if one.get("mark") and one["release"] in ("", release.id)
        }
        return "|".join(dict.fromkeys(ours.get(mark, "as_marked") for mark in marks.split("|") if mark))

    @cached_property
    def tree(self) -> CategoryTree:
        return read_categories(self.folder / "categories.csv")


def _release_faults(releases: tuple[Release, ...], frequency: str) -> Iterator[tuple[tuple, Any]]:
    """Releases that cannot be told apart, stand in another order than they came, or name periods of another frequency."""
    if not releases:
        yield (
            (),
            fault(
                "'releases' is missing",
                "at least one release",
                "nothing",
                "Add [[releases]] with id, published, file, sha256.",
            ),
        )
    for number, one in enumerate(releases):
        before = releases[:number]
        if one.id in [other.id for other in before]:
            yield (number,), fault("two releases have one 'id'", "an id for each", one.id, "Give one of them another.")
        if before and one.published[: len(before[-1].published)] < before[-1].published[: len(one.published)]:
            found = f"{one.published} after {before[-1].published}"
            yield (
                (number,),
                fault("the releases are out of order", "the oldest 'published' first", found, "Put them in order."),
            )
        for key, period in (("from", one.first), ("to", one.last)):
            if frequency and period and periods.parse(period, frequency) != period:
                yield (
                    (number,),
                    fault(f"'{key}' is no period of the dataset", frequency, period, "Mend it, or 'frequency'."),
                )
        if one.first and one.last and one.first > one.last:
            yield (number,), fault("'from' comes after 'to'", f"at most {one.last}", one.first, "Mend them.")


def _recorded_faults(releases: tuple[Release, ...], secret: bool) -> Iterator[tuple[tuple, Any]]:
    """Of a protected dataset the card tells nothing with which a guess of the hidden counts could be confirmed."""
    for number, release in enumerate(releases):
        told = [key for key in OF_THE_FILE if key in release.model_fields_set]
        if not secret and "sha256" not in told:
            yield (
                (number, "sha256"),
                fault("'sha256' is missing", "the hash of the file", "nothing", "Add sha256, as sha256sum gives it."),
            )
        for key in told if secret else ():
            todo = "Move it there: with it a guess of hidden counts could be confirmed. If this card was public, it is public."
            what = f"'{key}' tells of the unprotected file"
            yield (number, key), fault(what, "in unpublished.toml beside that file", f"in the card: {key}", todo)


def find_cards(root: Path) -> list[Path]:
    """Every source card under ``data/open``, sorted by publisher and dataset."""
    return sorted(root.glob("open/*/*/source.toml"))


def read_card(path: Path, licensed: bool = True) -> SourceCard:
    """Read one card. Raises SourceError with every fault; ``licensed=False`` lets one pass that names no licence (to be checked, never shown)."""
    raw = read_toml(path, _where(path), SourceError)
    return _standing(
        validated(
            SourceCard, raw if licensed else {"licenses": [], **raw}, _where(path), SourceError, licensed=licensed
        ),
        path,
    )


def card_to_check(path: Path) -> SourceCard | None:
    """A card that has faults, as far as it can be followed."""
    try:
        card = mended(SourceCard, {"licenses": [], **read_toml(path, _where(path), SourceError)}, licensed=False)
    except SourceError:
        return None
    return card and _standing(card, path)


def _where(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.parent.name}/source.toml"


def _standing(card: SourceCard, path: Path) -> SourceCard:
    card._folder = path.parent
    return card
