"""What must be known of a comparison besides: releases, days, residents, unallocated counts, areas on one side."""

from __future__ import annotations

from math import isfinite

from language.numbers import exact, signed, written_date
from language.sentences.change_words import decimals
from language.sentences.statement import Statement
from language.translator import Translator

CLEAR, RARE = 0.05, 0.001  # p below which areas are one-sided, and below which only "less than" is said
OLD = 2  # years: residents so much older than the figure are spoken of
LEAST_MOVED = 0.5  # points by which counts that were allocated to no area must move a change to be spoken of


def asides(facts: Statement, say: Translator) -> list[str]:
    """What must be known of a comparison besides: its releases, its days, its residents."""
    if not isfinite(facts.before):
        return [older_residents(facts, say)]
    compared = isfinite(facts.change) and not facts.small
    return [
        say("The change is worked out by the day, as the two periods are not equally long.")
        if facts.by_day and compared
        else "",
        say("Both are divided by the number of residents in {year}.", year=facts.residents) if facts.residents else "",
        older_residents(facts, say),
        _unallocated(facts, say),
        _areas(facts, say),
        *_of_releases(facts, say),
    ]


def older_residents(facts: Statement, say: Translator) -> str:
    """Residents that are years older than the figure, and taken as exact all the same; '' where they are not."""
    year, years = facts.years_old
    if years < OLD:
        return ""
    return say(
        (
            "The number of residents is that of {year}, {years} years before the figure, and is "
            "taken as exact: changes since then are not allowed for."
        ),
        year=year,
        years=exact(years, say),
    )


def _of_releases(facts: Statement, say: Translator) -> list[str]:
    """How figures of two releases were compared, and what late records could still do."""
    return [
        say("The two figures come from different releases.") if facts.crosses else "",
        *link_words(facts, say),
        say("The assessment is the same if late records come in as usual.") if facts.late else "",
    ]


def link_words(facts: Statement, say: Translator) -> list[str]:
    """How a change over two releases was worked out, where that moves it: the overlap, or the one release that holds
    both."""
    months, more = facts.linked
    share = signed(abs(more) * 100, say, 1).lstrip("+") + "%" if isfinite(more) else ""
    overlap = {"number": months, "share": share}
    return [
        say(
            ("For the {number} months in both releases, the newer one is {share} higher. The change allows for this."),
            **overlap,
        )
        if months and more >= 0
        else "",
        say(
            ("For the {number} months in both releases, the newer one is {share} lower. The change allows for this."),
            **overlap,
        )
        if months and more < 0
        else "",
        say(
            ("The change is worked out within the release of {date} (date approximate), which has both figures."),
            date=written_date(facts.within, say),
        )
        if facts.within
        else "",
    ]


def _unallocated(facts: Statement, say: Translator) -> str:
    """How much of the place's counts no area has, and the change with this area's part of it; '' where it does not move
    the change."""
    allocated = facts.in_hundredths(facts.allocated)
    if facts.small or not abs(allocated - facts.in_hundredths(facts.change)) >= LEAST_MOVED:
        return ""
    now, before = (f"{exact(share * 100, say, 1)}%" for share in facts.unallocated)
    return say(
        (
            "Of all these counts, {before} was not allocated to any area then and {now} now. With"
            " this area's proportional part included, the change would be {change}."
        ),
        before=before,
        now=now,
        change=f"{signed(allocated, say, decimals(allocated))}%",
    )


def _areas(facts: Statement, say: Translator) -> str:
    """How many areas of a place are higher than before and how many lower; where they are one-sided also how seldom so
    many would be by chance: a second sign beside the verdict, which it does not change."""
    higher, lower, p = facts.areas
    if not isfinite(p):
        return ""
    words = {"higher": exact(higher, say), "lower": exact(lower, say), "areas": say.pick(facts.area_word)}
    if p >= CLEAR:
        return say(
            ("The figure is higher than a year earlier in {higher} of the {areas} and lower in {lower}."),
            **words,
        )
    if p < RARE:
        return say(
            (
                "The figure is higher than a year earlier in {higher} of the {areas} and lower in "
                "{lower}. If each area went up or down at random, such a one-sided result "
                "would come up at most once in {times} times. The {areas} often move together, so "
                "this does not change the assessment."
            ),
            **words,
            times=exact(1 / RARE, say),
        )
    return say(
        (
            "The figure is higher than a year earlier in {higher} of the {areas} and lower in "
            "{lower}. If each area went up or down at random, such a one-sided result "
            "would come up about once in {times} times. The {areas} often move together, so this "
            "does not change the assessment."
        ),
        **words,
        times=exact(round(1 / p), say),
    )
