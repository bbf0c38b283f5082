"""The finding of a release, and how many changes it was chosen from."""

from __future__ import annotations

from language import whole
from layout.frame.blocks import Paragraph, lead
from layout.notable.choice import Shown
from measures.about.false_alarms import false_alarms

MOST = 3  # categories that the heading names
BY_CHANCE = 0.05  # of changes that are none, where nobody has simulated how often
CLEAR = ("rise", "fall")


def finding(shown: Shown) -> str:
    """What stands out, in one line; never more than the verdicts say."""
    say, rows = shown.reader.say, shown.notable.rows()
    own = rows[(rows["area"] == shown.place) & rows["verdict"].isin(CLEAR)]
    place = say.pick(shown.reader.place.whole)
    names = {
        verdict: [shown.category(code) for code in own.loc[own["verdict"] == verdict, "category"]] for verdict in CLEAR
    }
    clauses = []
    if names["fall"]:
        clauses.append(say("{categories} fell", categories=_few(names["fall"], shown)))
    if names["rise"]:
        clauses.append(say("{categories} rose", categories=_few(names["rise"], shown)))
    if clauses:
        return say("{place}: {what}", place=place, what=say.clauses(clauses))
    count = int((rows["stands"] & (rows["area"] != shown.place)).sum())
    if not rows["p"].notna().any():
        return say("{place}: no change can be judged in this release", place=place)
    if count == 0:
        return say("{place}: nothing stands out in this release", place=place)
    if count == 1:
        return say(
            "{place}: no clear change overall; one change among its {areas} stands out",
            place=place,
            areas=shown.boroughs,
        )
    return say(
        "{place}: no clear change overall; {count} changes among its {areas} stand out",
        place=place,
        count=count,
        areas=shown.boroughs,
    )


def _few(names: list[str], shown: Shown) -> str:
    say = shown.reader.say
    more = len(names) - MOST
    listed = say.joined(say.by_name(names, str)[:MOST])
    return say("{names} and {count} more", names=listed, count=more) if more > 0 else listed


def how_many(shown: Shown) -> Paragraph:
    """How many changes were tested, how many are beyond the usual, and how many chance alone would give."""
    say, notable = shown.reader.say, shown.notable
    rows = notable.rows()
    areas, whole_place = rows[rows["area"] != shown.place], rows[rows["area"] == shown.place]
    tested, clear, stands = (
        int(areas["p"].notna().sum()),
        int(areas["verdict"].isin(CLEAR).sum()),
        int(areas["stands"].sum()),
    )
    if not tested:
        return lead(say("The series is too short to know its usual ups and downs, so nothing is tested."))
    measured = false_alarms()
    rate = measured.of(notable.period, notable.view) if measured else BY_CHANCE
    return lead(
        say.sentences(
            [
                say(
                    "{clear} of {tested} categories of the whole changed clearly.",
                    clear=int(whole_place["verdict"].isin(CLEAR).sum()),
                    tested=int(whole_place["p"].notna().sum()),
                ),
                say(
                    "{tested} changes of {areas} were tested: {clear} are beyond the usual ups and downs, and chance "
                    "alone "
                    "would give about {chance}.",
                    tested=whole(tested, say),
                    areas=shown.boroughs,
                    clear=clear,
                    chance=whole(round(tested * rate), say),
                ),
                say(
                    "{stands} still stand when at most one in ten of those that do may be false (Benjamini and "
                    "Hochberg).",
                    stands=stands,
                )
                if stands != 1
                else say(
                    "One still stands when at most one in ten of those that do may be false (Benjamini and Hochberg)."
                ),
            ]
        )
    )
