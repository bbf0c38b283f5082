"""Which column names areas, categories or periods, and which column's cells are the figures? By the headings and the
card.

``heads`` says for each row of headings what it names: ``period``, ``category``, ``area``, ``variable`` or ``""``
(nothing new).
A long table has one column for each variable (``heads = ["variable"]``), a wide one a column for each period
(``["period"]``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from language import SPOKEN_IN_CODE
from loaders.cards.source_card import Release, SourceCard
from loaders.period_formats import period_reader
from loaders.tables.table_area import JOIN

USUAL_HEADS = {"long": ["variable"], "wide": ["period"], "crossed": []}
AXES = ("area", "category", "period", "variable")


def words_of(card: SourceCard, release: Release) -> dict:
    """The card's words for the table, with the release's own before them."""
    own = release.table or {}
    return {**card.table, **own, "marks": {**card.table.get("marks", {}), **own.get("marks", {})}}


@dataclass
class Roles:
    """``keys``: our word → the columns whose cells say it; ``values``: each column of figures with what its headings
    say of it.

    ``missing``: headings that the card names and the file does not have; ``unknown``: columns that the card does not
    know.
    """

    keys: dict[str, list[int]] = field(default_factory=dict)
    values: dict[int, dict[str, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def columns_of(card: SourceCard, release: Release) -> dict[str, list[str]]:
    """Our word → the file's headings; a list of areas says it once for all its releases."""
    declared = release.columns or ({"area": card.area_columns["code"]} if card.area_columns else {})
    return {word: [heading] if isinstance(heading, str) else list(heading) for word, heading in declared.items()}


def headings_of_variables(card: SourceCard) -> dict[str, str]:
    """The heading of each variable → its code; in a table with a column of variables, what that column calls it."""
    return {variable.get("heading") or variable.get("column", ""): code for code, variable in card.variables.items()}


def whole_labels(words: dict) -> set[str]:
    """What a table calls the rows of the publisher's own figures of the whole place."""
    several = words.get("whole_rows", {}).values()
    return {label for labels in several for label in ([labels] if isinstance(labels, str) else labels)}


def roles_of(heads: list[tuple[str, ...]], headings: list[str], card: SourceCard, release: Release) -> Roles:
    """The roles of the columns of one published table."""
    words = words_of(card, release)
    ours = columns_of(card, release)
    beside = {
        *release.ignore,
        *words.get("ignore", ()),
        *words.get("where", {}),
        *words.get("ignore_rows", {}),
        *words.get("add_up", ()),
        *card.area_columns.values(),
    }
    beside |= {one["status"] for one in card.variables.values() if one.get("status")}
    says = _sayings(card, words, ours)
    found = Roles()
    keyed = {heading for named in ours.values() for heading in named}
    for at, heading in enumerate(headings):
        said = None if heading in keyed or heading in beside or beside & set(heads[at]) else says(heads[at])
        if said is not None:
            found.values[at] = said
        elif heading not in keyed and heading not in beside and not beside & set(heads[at]):
            found.unknown.append(at)
    if header_rows(words) == ["variable"] and "variable" not in ours:
        order = list(card.variables)
        found.values = dict(sorted(found.values.items(), key=lambda one: order.index(one[1]["variable"])))
    found.keys = {word: [headings.index(one) for one in named if one in headings] for word, named in ours.items()}
    wanted = (
        [one for named in ours.values() for one in named]
        + [*words.get("add_up", ())]
        + _value_headings(card, words, ours)
    )
    found.missing = [one for one in wanted if one not in headings]
    if not found.values and not found.missing:
        found.missing = [
            f"a column for each {card.frequency}" if "period" in header_rows(words) else "a column of figures"
        ]
    return found


def header_rows(words: dict) -> list[str]:
    return words.get("heads", USUAL_HEADS[words.get("layout", "long")])


def _value_headings(card: SourceCard, words: dict, ours: dict) -> list[str]:
    """The headings of figures that a long table must have."""
    if header_rows(words) != USUAL_HEADS["long"]:
        return []
    return [words.get("value", "value")] if "variable" in ours else list(headings_of_variables(card))


def _sayings(card: SourceCard, words: dict, ours: dict) -> Callable[[tuple[str, ...]], dict[str, str] | None]:
    """A function from the heading texts of a column to what they say, or None when it holds no figures."""
    kinds, variables, period = header_rows(words), headings_of_variables(card), period_reader(words, card.frequency)

    def says(texts: tuple[str, ...]) -> dict[str, str] | None:
        if "variable" in ours and kinds == USUAL_HEADS["long"]:
            return {} if JOIN.join(dict.fromkeys(filter(None, texts))) == words.get("value", "value") else None
        parts: dict[str, list[str]] = {}
        for kind, text in zip(kinds, texts, strict=False):
            if kind and text:
                parts.setdefault(kind, []).append(text)
        said = {kind: (" " if kind == "period" else JOIN).join(some) for kind, some in parts.items()}
        if any(kind not in said for kind in kinds if kind) or ("period" in said and period(said["period"]) is None):
            return None
        if "variable" in said:
            said["variable"] = variables.get(said["variable"], "")
        return said if said and said.get("variable") != "" else None

    return says


def spellings_of(card: SourceCard, release: Release) -> dict[str, str]:
    """How the release writes the categories → their codes."""
    return release.categories or {node.name[SPOKEN_IN_CODE]: code for code, node in card.tree.nodes.items()}
