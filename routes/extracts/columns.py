"""What does each column of an extract hold? In every language: for the page, and for the schemas that go with a
file.
"""

from __future__ import annotations

from language import LANGUAGES, Translator

DATES = ("period_start", "period_end")


def columns(say: Translator) -> list[tuple[str, str]]:
    """Columns that say one thing together, and what they say."""
    return [(_in_languages(names), words) for names, words in _told(say)]


def _in_languages(names: str) -> str:
    """area_* → area_en, area_zh …"""
    several = (
        ", ".join(name.replace("*", code) for code in LANGUAGES) if "*" in name else name for name in names.split(", ")
    )
    return ", ".join(several)


def _told(say: Translator) -> list[tuple[str, str]]:
    """The same with ``*`` for the code of each language."""
    return [
        ("place", say("Place code used in links")),
        ("area_code, area_*", say("The area's code (the publisher's own) and its names")),
        ("category_code, category_*", say("The category's code, which never changes, and its names")),
        ("period, period_start, period_end", say("Month, quarter or year, with its first and last day")),
        (
            "variable",
            say("What is counted; with a view, the measure and the view, such as recorded_crime:rolling_rate"),
        ),
        ("value", say("The figure; empty when there is none, and then the status says why")),
        ("unit_*", say("Unit")),
        ("numerator, denominator", say("What a rate or share was worked out from; empty for published figures")),
        (
            "status",
            say(
                "Blank: not provisional. p provisional, r revised, e estimated, b first after a "
                "break, c withheld, x not available, z not applicable, u low reliability, k low"
            ),
        ),
        (
            "reason_code, reason_*",
            say("Reason for the status: as codes separated by ; and in words"),
        ),
        (
            "low, high",
            say(
                "95% limits of the figure: of deaths and casualties as chance alone would have it, of all others as "
                "their usual ups and downs; with a view only, as are the columns down to why"
            ),
        ),
        ("before_period, before", say("The same period a year before, and its figure")),
        (
            "change, change_low, change_high",
            say(
                "The figure divided by that of a year before, less 1 (for shares: the difference in percentage "
                "points; by the day where a month has a leap day), with its 95% limits; no upper limit where nothing "
                "was counted before"
            ),
        ),
        ("p", say("How often no change at all would part the two figures so far")),
        (
            "unallocated, before_unallocated, change_allocated",
            say(
                "Of areas: the share of the place's count that was allocated to no area, now and a year before, and "
                "the change with the area's proportional part of it; the limits of the change reach over both "
                "changes, and a verdict is given only where both have the same"
            ),
        ),
        (
            "link, link_spread, link_how, link_release",
            say(
                "Where the two figures are of different releases: by what the figure before is multiplied to be "
                "compared, with the standard deviation of its logarithm; within a release that holds both, by the "
                "ratio "
                "of an overlap, or apart where nothing links them"
            ),
        ),
        (
            "stands",
            say(
                "Whether a rise or fall still stands when at most 10% of those on all areas, side by side, may be "
                "false (Benjamini and Hochberg)"
            ),
        ),
        (
            "areas_higher, areas_lower, areas_p",
            say(
                "Of the place itself: in how many of its areas the figure is higher and lower than a year before (the "
                "same at both bounds), and how often so many would be on one side by the toss of a coin (exact sign "
                "test; areas move together, so this is a second sign beside the verdict)"
            ),
        ),
        ("verdict_code, verdict_*", say("rise, fall, no_clear_change or cannot_say")),
        (
            "fluctuation, fluctuation_df",
            say(
                "How many times more than by chance the series fluctuates, and on how many degrees of freedom that "
                "is known"
            ),
        ),
        ("fluctuation_first, fluctuation_last", say("The first and the last period that this was worked out from")),
        ("why_*", say("Why there is no assessment")),
        ("release", say("The publisher's release that the figure was taken from")),
        (
            "comparability",
            say(
                "Only with anyway=yes: against_advice, and the aspects in which the figures compared are not comparable"
            ),
        ),
        (
            "expected, differs_code, differs_*",
            say(
                "Only with method=differs: the count expected at the place's own rate, and how the area compares "
                "with the other areas"
            ),
        ),
        (
            "first_release, first, later_release, later, difference, ratio",
            say(
                "Only in the file of revised figures: what the first release gave and what a later one gives, and "
                "the change (later divided by first, minus one)"
            ),
        ),
        (
            "base, base_start, base_end, reasons, arithmetic, needed",
            say(
                "Only in files of statements: what a change is compared with; why its check found what it did, by "
                "which arithmetic, and what is missing"
            ),
        ),
        ("note_*", say("What to know about the category's comparability")),
        ("publisher, licence", say("Who released the figure, and under what licence")),
        (
            "described_at",
            say(
                "Where this file is described: notes on the whole dataset, breaks, licence, releases, and the way "
                "back to the published cells"
            ),
        ),
    ]


def meaning(column: str, say: Translator) -> str:
    """What one column holds; '' for one that the dictionary does not name."""
    known = {name: words for names, words in columns(say) for name in names.split(", ")}
    return known.get(column) or next(
        (known[bare] for code in LANGUAGES if (bare := column.removesuffix(f"_{code}")) in known), ""
    )
