"""What a new release changes, in sentences of any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from language import Translator
from language.numbers import exact, period_name, published_digits, signed_percent
from loaders import Place, SourceCard
from loaders.errors import Fault
from loaders.refresh.catalogues.choose import Choice
from loaders.refresh.changes import Changes, Jump, Revision, Side


@dataclass(frozen=True)
class Names:
    """What the areas and categories of a dataset are called in a language."""

    card: SourceCard
    place: Place
    say: Translator

    def area(self, code: str) -> str:
        """An area; a code that nobody has named stays as it is."""
        areas = {area.code: area.name for area in (*self.place.areas, *self.place.unallocated)}
        return (
            self.say.pick({self.place.code: self.place.whole, **areas, **self.card.area_labels}.get(code, {})) or code
        )

    def category(self, code: str) -> str:
        node = self.card.tree.nodes.get(code)
        return self.say.pick(node.name) if node else code

    def joined(self, *parts: str) -> str:
        return self.say.joined([part for part in parts if part])


def plain_text(text: str) -> str:
    """What others have written, so that it neither becomes a link or a picture in Markdown nor moves a terminal."""
    seen = "".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in text)
    return seen.translate({ord(sign): f"\\{sign}" for sign in "[]<>"})


def taken_words(choice: Choice, say: Translator) -> str:
    """Which file of the publisher's list was taken, and why."""
    if not choice.by:
        return say(
            "Taken from the publisher’s list: “{file}”, the only one of {listed} that fits.",
            file=plain_text(choice.name),
            listed=choice.listed,
        )
    latest, following = (moment.partition("T")[0] for moment in (choice.latest, choice.next))
    return say(
        "Taken from the publisher’s list: “{file}”, the newest of {fitting} that fit ({latest}; "
        "the one before it: {following}).",
        file=plain_text(choice.name),
        fitting=choice.fitting,
        latest=latest,
        following=following,
    )


def changes_words(changes: Changes, names: Names) -> Iterator[str]:
    """Rows, totals, what came and went, revised figures and suspected breaks."""
    say = names.say
    rows = exact(changes.rows, say)
    before = exact(changes.rows_before, say) if changes.rows_before else ""
    yield (
        say("Rows: {rows}; the release before had {before}.", rows=rows, before=before)
        if before
        else say("Rows: {rows}.", rows=rows)
    )
    if changes.shared:
        count, was, now = changes.shared
        totals = {"number": exact(count, say), "was": _number(was, say), "now": _number(now, say)}
        yield say("Periods that were there before: {number}. Their total went from {was} to {now}.", **totals)
    yield from _sides(changes.areas, changes.categories, names)
    totals = {"revised": exact(changes.revised, say), "compared": exact(changes.compared, say)}
    yield say("Figures revised: {revised} of {compared}.", **totals)
    yield from (_revision(cell, names) for cell in changes.revisions)
    yield from (_jump(jump, names) for jump in changes.jumps)


def _sides(areas: Side, categories: Side, names: Names) -> Iterator[str]:
    say = names.say
    for codes, name, words in (
        (areas.new, names.area, say("New areas: {names}.")),
        (areas.gone, names.area, say("Areas no longer in it: {names}.")),
        (categories.new, names.category, say("New categories: {names}.")),
        (categories.gone, names.category, say("Categories no longer in it: {names}.")),
    ):
        if codes:
            yield words.format(names=names.joined(*map(name, codes)))


def _revision(cell: Revision, names: Names) -> str:
    say = names.say
    where = names.joined(period_name(cell.period, say), names.area(cell.area), names.category(cell.category))
    was, now = (_number(value, say) for value in (cell.was, cell.now))
    return say("{where}: {was}, now {now}.", where=where, was=was, now=now)


def _jump(jump: Jump, names: Names) -> str:
    say = names.say
    line = names.area(jump.area or names.place.code)
    where = names.joined(period_name(jump.period, say), line, names.category(jump.category))
    change = signed_percent(float(np.expm1(jump.size)), say)
    return say("{where}: {change} on a year before, and no break is recorded there.", where=where, change=change)


def _number(value: float, say: Translator) -> str:
    return say("no figure") if np.isnan(value) else exact(value, say, published_digits(value))


def doubt_words(doubt: Fault, say: Translator) -> str:
    """Why a release waits for a person; what is not known here is said as maintainers read it."""
    words = {
        "the newest period is older than before": say("Its newest period is older than that of the release before."),
        "there is a gap before the new release": say("Between the figures so far and the release there is a gap."),
        "an area of the last release is gone": say("An area of the release before is no longer in it."),
        "a category of the last release is gone": say("A category of the release before is no longer in it."),
        "the total of the shared periods moves": say("The total of the periods that both have differs by over 20%."),
    }
    known = say("expected {expected}, found {found}", expected=doubt.expected, found=doubt.found)
    return f"{words.get(doubt.what, doubt.what)} ({known})"
