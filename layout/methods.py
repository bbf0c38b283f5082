"""Methods and corrections: how anything was worked out, and whom to write to."""

from __future__ import annotations

import streamlit as st

from language import status_words
from layout.blocks import heading, note, paragraph
from layout.markup import outward
from layout.reader import Reader
from layout.tables import TEXT, table
from loaders.cards.measure_card import MeasureCard
from loaders.statuses import IN_WORDS


def describe_measure(reader: Reader, card: MeasureCard) -> None:
    """What is divided by what, why it matters, and what it cannot tell."""
    say = reader.say
    heading(say.pick(card.title), 3)
    paragraph(say.pick(card.what), say.pick(card.why))
    note([say.pick(text) for text in card.cannot_tell], say("What this cannot tell you"))


def statuses(reader: Reader) -> None:
    """The letters that stand behind a figure."""
    say = reader.say
    rows = [(f"[{code}]", status_words(code, say)) for code in IN_WORDS]
    table(
        [say("Letter"), say("Meaning")],
        [*rows, ("0", say("zero is a figure, not a status"))],
        say("Letters behind a figure"),
        numeric=TEXT,
    )


def methods(reader: Reader) -> None:
    """How rates, rolling sums, indices, changes and classes are worked out."""
    say = reader.say
    note(
        [
            say(
                "Rate: the count divided by the residents of the middle of the year, times the number named. Where that year has no figure yet, the latest one up to two years older is used and marked [e]; beyond that there is no rate. Two population bases are never joined."
            ),
            say(
                "Rolling 12 months: the sum of the latest twelve months, placed at the last of them (trailing). There is none where the twelve months span a change of definition."
            ),
            say("Index: 100 is the mean of the first year shown."),
            say(
                "Change: always against the same period a year before; only a seasonally adjusted month is set beside the month before. Below a base of 30 it is given in counts, not in per cent."
            ),
            say(
                "Seasonally adjusted: the usual season of each month is taken out of the counts by STL (robust; on the log scale, or that of the square root where a month stands at zero). It takes at least 36 comparable months, does not reach across a change of definition, and is worked out from final months only. It is an estimate of this site."
            ),
            say(
                "Revisions: where two releases hold the same period, their figures are compared one by one. The usual revision is the range from the 5th to the 95th percentile of those changes over groups and periods, weighted by size, for the whole place and for its areas apart."
            ),
            say(
                "Comparisons: before figures are set side by side, ten things are checked: definition, recording system, categories, area covered, period, population, completeness, release, unit and base. What cannot be compared is drawn apart or not at all; readers may insist, and then picture, address and file say so."
            ),
            say(
                "Series from several releases: each period is taken from the newest release that has it. Where a change draws on two releases, the page says so."
            ),
            say(
                "Areas and what was allocated to no area add up to the place. Where over 5% of a period's count was allocated to no area, every area's figure of that period is marked [u]."
            ),
            say(
                "Map classes: five, by quantiles, natural breaks (Fisher and Jenks) or equal intervals, over all areas and one period a year, and then the same for every period."
            ),
            say(
                "A figure derived from one that is missing or withheld is missing or withheld itself. Nothing is estimated to fill a gap."
            ),
        ]
    )


def corrections(reader: Reader) -> None:
    """Corrections made, and whom to write to about a mistake (data/site.toml)."""
    say, contact = reader.say, reader.shelf.contact
    paragraph(
        say(
            "No correction of a shown figure has been made so far. Every change of a published number is listed in the changelog under Figures."
        ),
        say("Found a mistake? {where}", where=say.pick(contact.get("words", {}))),
    )
    if contact.get("url"):
        st.html(f"<p>{outward(contact['url'], contact['url'])}</p>")
