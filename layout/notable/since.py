"""The highest and lowest of long stretches, and what is otherwise than in the release before."""

from __future__ import annotations

from collections.abc import Sequence

from language import whole
from language.numbers import period_name
from language.standing_out import apart_words, revised_briefly
from layout.frame.blocks import Blocks, Listing, heading, paragraph
from layout.notable.areas import extreme_line, turned_line
from layout.notable.choice import Shown
from measures.notable.extremes import YEARS
from measures.notable.found import Revised


def long_run(shown: Shown) -> Blocks:
    """The categories of the place that are the highest or lowest since their comparable stretch began."""
    say = shown.reader.say
    yield heading(say("Highest or lowest since the series began"))
    own = [entry for entry in shown.notable.extremes if entry.area == shown.place]
    yield Listing(tuple(extreme_line(shown, entry) for entry in own))
    if not own:
        text = say(
            "No figure of {place} that clearly changed is the highest or lowest of {years} comparable years or more.",
            place=say.pick(shown.reader.place.whole),
            years=YEARS,
        )
        yield paragraph(text)


def since_before(shown: Shown) -> Blocks:
    """What turned and what was revised since the release before, what was allocated to no area, and new breaks."""
    say, notable = shown.reader.say, shown.notable
    yield heading(say("What is new in this release"))
    turned = [turned_line(shown, entry) for entry in notable.turned]
    revised = [entry for entry in notable.revised if entry.area == shown.place]
    yield Listing(tuple(turned), say("Verdicts that turned since the release before, and stand:"))
    yield from _revised(shown, revised)
    yield paragraph(*_plainly(shown, bool(turned)))
    parts = [apart_words(shown.category(entry.category), entry.periods, entry.largest, say) for entry in notable.apart]
    yield Listing(tuple(parts), say("More than 5% was allocated to no area:"))
    entries = [shown.source.breaks[number] for number in notable.breaks]
    breaks = [
        say("{period}: {reason}", period=period_name(entry.at, say), reason=say.pick(entry.short)) for entry in entries
    ]
    yield Listing(tuple(dict.fromkeys(breaks)), say("Changes of counting or recording in these periods:"))


def _revised(shown: Shown, revised: Sequence[Revised]) -> Blocks:
    """The figures of the whole that moved further than usual, a list for each period."""
    say = shown.reader.say
    for period in dict.fromkeys(entry.period for entry in revised):
        lines = [
            revised_briefly(shown.category(entry.category), (entry.then, entry.now), (entry.low, entry.high), say)
            for entry in revised
            if entry.period == period
        ]
        intro = say("The whole, {period}, revised by more than nine in ten such figures:", period=shown.when(period))
        yield Listing(tuple(lines), intro)


def _plainly(shown: Shown, turned: bool) -> list[str]:
    """What there is none of, and out of how many figures the revised ones are."""
    say, notable = shown.reader.say, shown.notable
    if not notable.before:
        return [say("There is no release before it to compare with.")]
    texts = [] if turned else [say("No verdict turned since the release before.")]
    if not notable.looked:
        return [*texts, say("How much figures like these are usually revised is not known.")]
    told = say(
        "Of {looked} figures of the whole and its {areas}, {count} moved by more than nine in ten of their kind and "
        "age "
        "do; up to one in ten is to be expected.",
        looked=whole(notable.looked, say),
        areas=shown.boroughs,
        count=whole(len(notable.revised), say),
    )
    return [*texts, told]
