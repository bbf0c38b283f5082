"""What stands in the way of a comparison, in the reader's words: one sentence for each finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from language import decimal, period_name
from language.numbers import written_date
from layout.frame.controls import area_names
from layout.frame.reader import Reader
from measures.comparability.answer import Answer, Figure
from measures.comparability.aspects import Difference


def aspect_words(aspect: str, reader: Reader) -> str:
    """The name of an aspect."""
    say = reader.say
    return {
        "definition": say("definition"),
        "recording_system": say("recording system"),
        "categories": say("categories"),
        "geography": say("area covered"),
        "period_length": say("period"),
        "population_basis": say("population"),
        "coverage": say("completeness"),
        "release": say("release"),
        "unit": say("unit"),
        "base_period": say("base"),
    }[aspect]


def finding_sentences(answer: Answer, sides: Sequence[Figure], reader: Reader) -> tuple[list[str], list[str]]:
    """What speaks against the comparison, and what is only to be kept in mind; what holds for several areas is said
    once.
    """
    grouped: dict[tuple[str, str], tuple[Difference, list[str]]] = {}
    for finding in answer.findings:
        rest = repr({name: value for name, value in finding.details.items() if name != "area"})
        grouped.setdefault((finding.key, rest), (finding, []))[1].append(finding.details.get("area", ""))
    names = area_names(reader, reader.shelf.measures[sides[0].measure].dataset)
    against: dict[bool, list[str]] = {True: [], False: []}
    for finding, areas in grouped.values():
        where = reader.say.joined([names.get(area, area) for area in areas if area])
        against[finding.outcome != "say"].append(_sentence(finding, where, reader, sides[0]))
    return list(dict.fromkeys(against[True])), list(dict.fromkeys(against[False]))


def _sentence(finding: Difference, where: str, reader: Reader, side: Figure) -> str:
    for words in (_of_periods, _of_meaning, _of_figures):
        found = words(finding, where, reader, side).get(finding.key)
        if found:
            return found()
    raise KeyError(finding.key)


Words = dict[str, Callable[[], str]]


def _of_periods(finding: Difference, where: str, reader: Reader, side: Figure) -> Words:
    """Length and months of the periods, residents and releases."""
    say, at = reader.say, finding.details
    rate = reader.shelf.measures[side.measure].rate
    known = reader.shelf.table(rate["dataset"]).periods if rate else ("", "")
    return {
        "unequal": lambda: say(
            "The periods are not equally long: {one} and {other} months.", one=at["months"][0], other=at["months"][1]
        ),
        "other_months": lambda: say(
            "The periods hold different months of the year, so the season alone would make a difference."
        ),
        "overlap": lambda: say("The two periods share some months, which would be compared with themselves."),
        "days": lambda: say("One period has {one} days, the other {other}.", one=at["days"][0], other=at["days"][1]),
        "no_population": lambda: say(
            (
                "{period}: no population figure is near enough for a rate. Residents are counted on one basis from "
                "{first} to {last}; older figures are on another and are not joined on."
            ),
            period=period_name(at["period"], say, side.view),
            first=known[0],
            last=known[-1],
        ),
        "no_rate": lambda: say("We have no population figures for those years, so there is no rate."),
        "two_bases": lambda: say("The residents of the two years are counted on different bases."),
        "older_residents": lambda: say(
            "{period}: uses the {year} population, the newest on the same basis.",
            period=period_name(at["period"], say, side.view),
            year=at["year"],
        ),
        "two_releases": lambda: say(
            "The figures come from different releases ({dates}; dates approximate).",
            dates=_releases(at["releases"], reader, side),
        ),
        "other_base": lambda: say(
            "The figures are measured against different bases: {one} and {other}.", **_bases(at["bases"], reader)
        ),
    }


def _releases(codes: Sequence[str], reader: Reader, side: Figure) -> str:
    card = reader.shelf.cards[reader.shelf.measures[side.measure].dataset]
    dates = [written_date(release.published, reader.say) for release in card.releases if release.id in codes]
    return reader.say.joined(list(dict.fromkeys(dates)))


def _bases(bases: Sequence[str | dict[str, str]], reader: Reader) -> dict[str, str]:
    """The starts of two indices, or what two statements say they are compared with."""
    one, other = (
        reader.say.pick(base) or reader.say("not stated") if isinstance(base, dict) else period_name(base, reader.say)
        for base in bases
    )
    return {"one": one, "other": other}


def _of_meaning(finding: Difference, where: str, reader: Reader, side: Figure) -> Words:
    """What is counted, where, under which definition and in which unit."""
    say, at, shelf = reader.say, finding.details, reader.shelf
    card = shelf.cards[shelf.measures[side.measure].dataset]
    nodes = card.tree.nodes
    cut = card.breaks[at["break"]] if "break" in at else None
    reason, when = (say.pick(cut.reason), period_name(cut.at, say)) if cut else ("", "")
    about = {
        "where": f"{where}{say(': ')}" if where else "",
        "when": "" if when in reason else f"{when}{say(': ')}",
        "reason": reason,
    }
    return {
        "other_measure": lambda: say("Different things are counted."),
        "break_inside": lambda: say.sentences(
            [
                "{where}{when}{reason}".format(**about),
                say(
                    "One of the periods spans this change, so its figure is partly of the one kind and partly of the "
                    "other."
                ),
            ]
        ),
        "break_between": lambda: say.sentences(
            ["{where}{when}{reason}".format(**about), say("Figures before and after do not count the same.")]
        ),
        "mark_between": lambda: say.sentences(
            ["{where}{when}{reason}".format(**about), say("This alone may have moved the figure.")]
        ),
        "not_in_use": lambda: _used(say.pick(nodes[at["category"]].name), at, reader),
        "other_category": lambda: say(
            "These are different categories: {names}.",
            names=say.joined([say.pick(nodes[one].name) for one in at["categories"]]),
        ),
        "no_area": lambda: say(
            "{area}: offences counted here belong to no {word}, so nothing fits beside them.",
            area=where,
            word=say.pick(reader.place.area_word),
        ),
        "not_covered": lambda: say("This dataset does not cover {area}.", area=where),
        "sizes_differ": lambda: (
            say("The areas differ in size, and larger areas have larger counts.")
            if not _has_rate(reader, side)
            else say("The areas differ in size, and larger areas have larger counts; rates are the fairer comparison.")
        ),
        "units_differ": lambda: say("The figures are in different units."),
    }


def _has_rate(reader: Reader, side: Figure) -> bool:
    return bool({"rate", "rolling_rate"} & set(reader.shelf.measures[side.measure].views))


def _used(name: str, at: dict, reader: Reader) -> str:
    say = reader.say
    first, last = (period_name(at[end], say) if at[end] else "" for end in ("first", "last"))
    if first and last:
        return say("“{name}” was a category of its own only from {first} to {last}.", name=name, first=first, last=last)
    if first:
        return say("“{name}” has been a category of its own only since {first}.", name=name, first=first)
    if last:
        return say("“{name}” was a category of its own only up to {last}.", name=name, last=last)
    return say("“{name}” was not in use in one of the periods.", name=name)


def _of_figures(finding: Difference, where: str, reader: Reader, side: Figure) -> Words:
    """What is missing, incomplete, provisional or estimated."""
    say, at = reader.say, finding.details
    words = {
        "where": where,
        "when": period_name(at["period"], say, at["view"]) if "period" in at and "view" in at else "",
    }
    share = decimal(at.get("share", 0.0) * 100, say)
    unallocated = (
        say(
            ("{where}, {when}: {share}% of the place's count was not allocated to any area, so the figure is too low."),
            **words,
            share=share,
        )
        if finding.outcome == "decline"
        else say(
            "{where}, {when}: {share}% of the count was allocated to no area; the total holds it all the same.",
            **words,
            share=share,
        )
    )
    return {
        "withheld": lambda: say("{where}, {when}: withheld to protect people.", **words),
        "not_published": lambda: say("{where}, {when}: not published.", **words),
        "incomplete": lambda: say("{where}, {when}: incomplete; some of its parts are not published.", **words),
        "not_applicable": lambda: say("{where}, {when}: not applicable.", **words),
        "no_figure": lambda: say("{where}, {when}: there is no figure.", **words),
        "unallocated": lambda: unallocated,
        "provisional": lambda: say("{where}, {when}: provisional; late records are still to come.", **words),
        "estimated": lambda: say("{where}, {when}: an estimate.", **words),
        "low_reliability": lambda: say("{where}, {when}: of low reliability.", **words),
    }
