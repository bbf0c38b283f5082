"""The releases of a dataset and the breaks in its series, as the source card declares them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, field_validator

from loaders import periods
from loaders.cards.table_schema import ReleaseTable
from loaders.cards.tables import Hash
from loaders.schema.fields import (
    Bool,
    Count,
    Dated,
    FileName,
    Heading,
    Headings,
    Number,
    PageAddress,
    Period,
    PeriodOrNone,
    ReleaseId,
    Seen,
    Words,
    fault,
    fault_at,
    shown,
)
from loaders.schema.model import Model

LONGEST_NOTE = 50  # characters of an annotation, in each language
OF_THE_FILE = ("sha256", "rows", "total")  # of a release: what can only be known of its whole file


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
    ahead: Bool = Field(
        False, description="periods that were not over at publication are meant so: counted on a day, or a forecast"
    )
    complete: Bool = Field(False, description="the file is whole, although it has as many rows as a portal gives")
    columns: dict[str, Headings] | None = Field(
        None,
        description="our word (area, period, category, variable, status, multiplier) = the file's heading or headings",
    )
    categories: dict[str, str] | None = Field(
        None, description="the file's spelling of a category = its code in categories.csv"
    )
    ignore: tuple[Heading, ...] = Field((), description="headings of the file that say nothing new")
    table: ReleaseTable | None = Field(None, description="how this release is laid out, where it differs from [table]")


class Break(Model):
    """A period from which a series stops being comparable (``cut``), was recorded in another system (``mark``), or
    counted in a way over which nothing can be said of a trend (``no_trend``)."""

    at: Period = Field(description="the first period after the break")
    effect: Literal["cut", "mark", "no_trend"] = Field(
        description="cut: a definition changed, the line is cut; mark: only the recording changed; "
        "no_trend: recording changed so much that no trend across it is judged"
    )
    until: PeriodOrNone = Field("", description="the last period in which the change went on, where it was gradual")
    categories: tuple[str, ...] = Field((), description="the categories that it touches; all when empty")
    areas: tuple[str, ...] = Field((), description="the areas that it touches; all when empty")
    short: Words = Field(description="what changed, in a few words")
    reason: Words = Field(description="what changed, in a sentence")
    url: Seen = Field("", description="where the publisher says so")

    def touches(self, area: str, category: str) -> bool:
        """Does the break hold for this area and category? An empty list of either means all."""
        return (not self.areas or area in self.areas) and (not self.categories or category in self.categories)


class Annotation(Model):
    """What a source says of a day, for a chart: no cause and no explanation."""

    at: Period = Field(description="the period in which it was")
    text: Words = Field(description=f"what was, in at most {LONGEST_NOTE} characters; never why figures changed")
    url: PageAddress = Field(description="the page that says so")

    @field_validator("text")
    @classmethod
    def _fits(cls, text: dict[str, str]) -> dict[str, str]:
        long = [words for words in text.values() if len(words) > LONGEST_NOTE]
        if long:
            raise fault(
                "'text' is too long", f"at most {LONGEST_NOTE} characters", shown(long[0]), "Say it in fewer words."
            )
        return text


def release_faults(releases: tuple[Release, ...], frequency: str) -> Iterator[tuple[tuple, Any]]:
    """Releases that cannot be told apart, stand out of their order, or name periods of another frequency."""
    if not releases:
        todo = "Add [[releases]] with id, published, file, sha256."
        yield fault_at((), "'releases' is missing", "at least one release", "nothing", todo)
    for number, release in enumerate(releases):
        before = releases[:number]
        if release.id in [other.id for other in before]:
            yield fault_at(
                (number,), "two releases have one 'id'", "an id for each", release.id, "Give one of them another."
            )
        if before and release.published[: len(before[-1].published)] < before[-1].published[: len(release.published)]:
            order = f"{release.published} after {before[-1].published}"
            yield fault_at(
                (number,), "the releases are out of order", "the oldest 'published' first", order, "Put them in order."
            )
        for key, period in (("from", release.first), ("to", release.last)):
            if frequency and period and periods.parse(period, frequency) != period:
                yield fault_at(
                    (number,), f"'{key}' is no period of the dataset", frequency, period, "Fix it, or 'frequency'."
                )
        if release.first and release.last and release.first > release.last:
            yield fault_at((number,), "'from' comes after 'to'", f"at most {release.last}", release.first, "Fix them.")


def recorded_faults(releases: tuple[Release, ...], secret: bool) -> Iterator[tuple[tuple, Any]]:
    """Of a protected dataset the card tells nothing with which a guess of the hidden counts could be confirmed."""
    for number, release in enumerate(releases):
        keys = [key for key in OF_THE_FILE if key in release.model_fields_set]
        if not secret and "sha256" not in keys:
            yield fault_at(
                (number, "sha256"),
                "'sha256' is missing",
                "the hash of the file",
                "nothing",
                "Add sha256, as sha256sum gives it.",
            )
        for key in keys if secret else ():
            todo = (
                "Move it there: with it a guess of hidden counts could be confirmed. "
                "If this card was public, it is public."
            )
            what = f"'{key}' tells of the unprotected file"
            yield fault_at((number, key), what, "in unpublished.toml beside that file", f"in the card: {key}", todo)
