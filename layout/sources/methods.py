"""Methods and corrections: how anything was worked out, and whom to write to."""

from __future__ import annotations

from collections.abc import Iterator

from language import Translator, decimal, status_words
from language.numbers import written_date
from layout.frame.blocks import Block, Blocks, Fold, Note, Table, note, paragraph
from layout.frame.glossary import glossary
from layout.frame.markup import outward
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from loaders.cards.measure_card import MeasureCard
from loaders.statuses import IN_WORDS
from measures.about.false_alarms import FalseAlarms, false_alarms


def measure_folds(reader: Reader) -> Iterator[Fold]:
    """One fold a measure of the place, under its title."""
    for name in reader.place.measures:
        card = reader.shelf.measures[name]
        yield Fold(reader.say.pick(card.title), tuple(_describe(reader, card)))


def _describe(reader: Reader, card: MeasureCard) -> Iterator[Block]:
    """What is divided by what, why it matters, and what it cannot tell."""
    say = reader.say
    yield paragraph(say.pick(card.what), say.pick(card.why))
    yield note([say.pick(text) for text in card.cannot_tell], say("What this cannot tell you"))


def _statuses(reader: Reader) -> Table:
    """The letters that stand behind a figure."""
    say = reader.say
    rows = [(f"[{code}]", status_words(code, say)) for code in IN_WORDS]
    return table(
        [say("Letter"), say("Meaning")],
        [*rows, ("0", say("zero is a figure, not a status"))],
        say("Letters behind a figure"),
        numeric=TEXT,
    )


def _how_we_call_a_change(reader: Reader) -> Iterator[Block]:
    """One screen: when a change is called a rise or a fall, what that rests on, and how often it is wrong."""
    say, found = reader.say, false_alarms()
    yield paragraph(
        say(
            "Each figure is set beside the same period a year before. We call a rise or a fall only where the change "
            "is clearly more than chance and the usual ups and downs: where its 95% limits leave out no change at "
            "all. “No clear change” does not mean that nothing changed; the sentence says how large a change would "
            "have been clear."
        )
    )
    events = _events(reader)
    texts = [
        say(
            "Usual ups and downs: how far figures lie from where level and season would put them. Of months, in the "
            "latest five years; of years and quarters, how far each bends away from the figures a year before and a "
            "year after, without the two that are compared. The areas of a place are measured together, because one "
            "area alone has too few years; what is not well known widens the limits (Student's t)."
        ),
        say(
            "Left out of them: provisional, estimated and doubtful figures, and periods of declared events: {events}.",
            events=events,
        )
        if events
        else say("Left out of them: provisional, estimated and doubtful figures."),
        say(
            "Fewer than ten events in either period: exact limits. Shares: limits that never pass 0 or 100%. A "
            "February with a leap day: compared by the day. Periods several years apart: the ups and downs grow with "
            "the distance."
        ),
        say(
            "A trend: five to ten whole years, with errors that allow for years that are like their neighbours. Over "
            "longer spans we give the change from first to last and how often it rose and fell."
        ),
        _how_often_wrong(found, say) if found else "",
        say(
            "Many verdicts side by side: some are false, often several at once. The file holds p for each and "
            "whether it still stands when at most 1 in 10 of those on all areas may be false."
        ),
    ]
    yield note([text for text in texts if text])


def _how_often_wrong(found: FalseAlarms, say: Translator) -> str:
    rates = {name: decimal(rate * 100, say) for name, rate in found.mean.items()}
    return say(
        (
            "How often we are wrong: among figures simulated as the published ones behave, without any change, a "
            "rise or "
            "fall was called {month} times in 100 for a single month, {year_of_months} for twelve months, {year} for a "
            "yearly table and {share} for a share; at worst {worst}. A level that only wanders was called a trend "
            "{walk} "
            "times in 100. Measured on {date}."
        ),
        **rates,
        worst=decimal(max(found.worst.values()) * 100, say),
        walk=decimal(found.trend["random_walk"] * 100, say),
        date=written_date(found.date.isoformat(), say),
    )


def _events(reader: Reader) -> str:
    """The events that the place leaves out, with their dates."""
    say = reader.say
    told = [
        say(
            "{name} ({start} to {end})",
            name=say.pick(one["name"]),
            start=written_date(one["from"], say),
            end=written_date(one["to"], say),
        )
        for one in reader.place.events
        if one["outside_fluctuation"]
    ]
    return say.joined(told)


def method_folds(reader: Reader) -> Iterator[Fold]:
    """How a change is called, how everything else is worked out, the letters behind figures, and the words."""
    say = reader.say
    yield Fold(say("How we call a change"), tuple(_how_we_call_a_change(reader)))
    yield Fold(say("How figures are worked out"), (_worked_out(reader),))
    yield Fold(say("Letters behind a figure"), (_statuses(reader),))
    yield Fold(say("Glossary"), (glossary(reader),))


def _worked_out(reader: Reader) -> Note:
    """Rates, rolling sums, indices, changes and classes."""
    say = reader.say
    return note(
        [
            say(
                "Rate: the count divided by the population named beside the figure, times the number "
                "named. Where that year has no population figure yet, the latest one up to two years "
                "older is used and marked [e]; beyond that there is no rate. Two population bases are"
                " never joined. The population is taken as exact: intervals and assessments allow for"
                " the events alone, not for how well the population is known or how it has changed "
                "since. A rate whose population is two years old says so."
            ),
            say(
                "12-month total: the sum of the latest 12 months, placed at the last of them. There "
                "is none where the 12 months span a change of definition."
            ),
            say("Index: 100 is the mean of the first year shown."),
            say(
                "Change: always against the same period a year before, never against the month before. Below a base of "
                "30 it is given in counts, not in per cent. What is known of a place and of none of its areas: a "
                "change "
                "is judged without and with the area's proportional part, and called only where both agree."
            ),
            say(
                "Seasonally adjusted: the usual season of each month is taken out of the counts by STL (robust; on "
                "the log scale, or that of the square root where a month stands at zero). It takes at least 36 "
                "comparable months, does not reach across a change of definition, is worked out without "
                "provisional months, and is left undone where the months of the year do not differ by more than "
                "chance. It is an "
                "estimate of this site."
            ),
            say(
                "Revisions: where releases hold the same period, each is compared with the newest. The usual revision "
                "is worked out by group and by age (0 to 2, 3 to 5 and 6 to 11 months), for the whole place and for "
                "its areas apart: first whether the mean differs from zero, then nine tenths of the spread, both drawn "
                "towards what all groups have. A group is provisional until 95% of what is finally counted is usually "
                "in; a verdict on a figure that still moves is given only where it is the same at both ends."
            ),
            say(
                "Comparisons: before figures are set side by side, ten things are checked: definition, recording "
                "system, categories, area covered, period, population, completeness, release, unit and base. What "
                "cannot be compared is drawn apart or not at all; readers may insist, and then picture, address and "
                "file say so."
            ),
            say(
                "Series from several releases: each period is taken from the newest release that has it. Where a "
                "change draws on two releases, the page says so."
            ),
            say(
                "Areas and what was allocated to no area add up to the place. Where over 5% of a period's count was "
                "allocated to no area, every area's figure of that period is marked [u]."
            ),
            say(
                "Map classes: five, by quantiles, natural breaks (Fisher and Jenks) or equal intervals, over all "
                "areas and one period a year, and then the same for every period."
            ),
            say(
                "A figure derived from one that is missing or withheld is missing or withheld itself. Nothing is "
                "estimated to fill a gap."
            ),
        ]
    )


def corrections(reader: Reader) -> Blocks:
    """Corrections made, and whom to write to about a mistake (data/site.toml)."""
    say, contact = reader.say, reader.shelf.contact
    yield paragraph(
        say(
            "No correction of a shown figure has been made so far. Every change of a published number is listed in "
            "the changelog under Figures."
        ),
        say("Found a mistake? {where}", where=say.pick(contact.get("words", {}))),
    )
    if contact.get("url"):
        yield paragraph(outward(contact["url"], contact["url"]))
