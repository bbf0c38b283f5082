"""The card of a measure: what it divides by what, why it matters, and what it cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from loaders import periods
from loaders.cards.sentence_forms import Named, Said, without_per
from loaders.schema.fields import Bool, Int, Name, NameOrNone, Text, Words, fault, fault_at, refuse, shown, table_type
from loaders.schema.model import Model

VIEWS_OF = {  # the views that each kind of measure has
    "count": ("count", "rate", "rolling", "rolling_rate", "index", "adjusted"),
    "share": ("share", "count"),
    "density": ("density",),
    "statements": ("statements",),
}
KINDS = tuple(VIEWS_OF)
VIEWS = ("count", "rate", "rolling", "rolling_rate", "index", "adjusted", "share", "density", "statements")
RATES = ("rate", "rolling_rate")
GRAINS = ("place", "area", "category", "period", *periods.FREQUENCIES)


def _reviewed(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise fault("'{key}' is no month", "such as 2027-11", shown(text), "Fix it.")
    return text


Rate = table_type(
    "Rate",
    {
        "dataset": Annotated[Name, Field(description="the dataset of residents")],
        "variable": Annotated[Name, Field(description="its variable")],
        "per": Annotated[Literal[1000, 100000], Field(description="per so many residents")],
        "oldest_months": Annotated[
            Int, Field(ge=0, le=24, description="how much older than the figure the residents may be")
        ],
    },
)


class MeasureCard(Model):
    """One measure as its card declares it; every field is the card's own key of that name.

    ``tested``: are its figures counts of events, so that chance has a say in a change? Estimates of residents are not.
    ``limits``: what a figure's own limits show, the ``usual`` ups and downs or, of deaths and casualties, those of
    ``chance`` alone.
    """

    name: Name = Field(description="the name of the measure and of its file, in addresses")
    order: Int = Field(9, description="its place in menus")
    domain: Name = Field(description="what it is about: a domain of loaders/cards/known.toml or of data/site.toml")
    kind: Literal[KINDS] = Field(
        description="count: events or people; share: a part of a whole; density: per km²; statements: figures in words"
    )
    dataset: Name = Field(description="the dataset that it shows")
    variable: NameOrNone = Field("", description="count: the variable of the dataset")
    numerator: NameOrNone = Field("", description="share, density: what is divided")
    denominator: NameOrNone = Field("", description="share, density: by what")
    title: Words = Field(description="its name, with what makes it another figure than its neighbours")
    what: Words = Field(description="what one figure is, and how it is worked out")
    why: Words = Field(description="why somebody would look at it")
    cannot_tell: list[Words] = Field(
        description="what it cannot tell, though readers may think so", title="at least one text", min_length=1
    )
    lower_is_better: Literal["", "yes", "no"] = Field("", description="'' where it is not for us to say")
    grains: tuple[Literal[GRAINS], ...] = Field((), description="how finely it is published")
    views: tuple[Literal[VIEWS], ...] = Field(
        description="how it may be shown; the first is the usual one", title="at least one view", min_length=1
    )
    rate: Rate = Field({}, description="views rate and rolling_rate: the residents that counts are divided by")
    default_category: str = Field("", description="the category that opens first; '' for a dataset without categories")
    home_categories: tuple[str, ...] = Field(
        (), description="a card on the first page for each; [''] for a dataset without categories, [] for none"
    )
    tested: Bool = Field(
        True, description="false for estimates, such as residents: chance says nothing about their change"
    )
    full_counts: Bool = Field(
        False, description="true where part and whole of a share are full counts: its change is said, and not judged"
    )
    limits: Literal["usual", "chance"] = Field(
        "usual",
        description="what a figure's own limits show: the usual ups and downs, or (deaths, casualties) chance alone",
    )
    terms: tuple[Name, ...] = Field((), description="words of the glossary that are explained below it")
    written_by: Text = Field(description="who answers for the card")
    next_review: Annotated[str, AfterValidator(_reviewed)] = Field(
        description="the month in which somebody reads it again"
    )
    said_by_view: dict[Literal[VIEWS], Said] = Field({}, description="said, for a view of which it is said otherwise")
    said: Said = Field(
        {},
        description="how one figure is said: {value} {per} {area} {category}; "
        "_one for one, _of for a category; {per} fills in a rate",
    )

    named: Named = Field(
        {}, description="what is counted, as the subject of a headline, small letters first; _of for a {category}"
    )

    @model_validator(mode="before")
    @classmethod
    def _needed(cls, raw: Any) -> Any:
        """Every figure is said in a sentence, and a rate divides by somebody: where that is missing, it is named."""
        if not isinstance(raw, dict):
            return raw
        views = raw.get("views") if isinstance(raw.get("views"), list) else []
        needed = ["rate"] if set(RATES) & {view for view in views if isinstance(view, str)} else []
        needed += ["said"] if raw.get("kind") != "statements" else []
        return {**{key: {} for key in needed}, **raw}

    @field_validator("views")
    @classmethod
    def _of_its_kind(cls, views: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        kind = info.data.get("kind")
        return refuse(views, _kind_faults(kind, views, info.data) if kind else ())

    @field_validator("said_by_view")
    @classmethod
    def _say_rates(cls, by_view: dict, info: ValidationInfo) -> dict:
        return refuse(by_view, [unfit for view in RATES if view in by_view for unfit in without_per(by_view[view])])

    @field_validator("said")
    @classmethod
    def _says_rates(cls, wording: dict, info: ValidationInfo) -> dict:
        rates = {*RATES} & {*info.data.get("views", ())} - {*info.data.get("said_by_view", ())}
        return refuse(wording, without_per(wording) if rates else ())

    def said_of(self, view: str) -> dict[str, str]:
        """How a figure of a view is said: the card's wording for that view, or the one for all."""
        return self.said_by_view.get(view, self.said)

    def judges(self, view: str) -> bool:
        """Is a change of the figures of this view held against chance and the usual ups and downs?"""
        return self.tested and not (view == "share" and self.full_counts)

    @property
    def map_view(self) -> str:
        """The view that fills a map: a rate where one exists, else the measure's own first view."""
        return next((view for view in ("rolling_rate", "rate") if view in self.views), self.views[0])


def _kind_faults(kind: str, views: tuple[str, ...], fields: dict) -> Iterator[tuple[tuple, Any]]:
    """Views that a kind does not have, and variables that it cannot do without."""
    others = [view for view in views if view not in VIEWS_OF[kind]]
    if others or len(set(views)) < len(views):
        wrong = ", ".join(others) or "one of them twice"
        yield fault_at(
            (),
            "'views' does not fit",
            f"views of a {kind}, each once: {' | '.join(VIEWS_OF[kind])}",
            wrong,
            "Fix 'views' or 'kind'.",
        )
    for key in ("numerator", "denominator") if kind in ("share", "density") else ("variable",):
        if fields.get(key) == "":
            yield fault_at(
                (), f"'{key}' is missing", f"a variable of the dataset, for a {kind}", "nothing", f'Add {key} = "…".'
            )
