"""What does a word mean here? One glossary: listed on the page of sources, and on tap below every figure that uses the
word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from language import Translator
from layout.frame.blocks import Group, Table
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from loaders.cards.measure_card import MeasureCard
from measures.figures.compute import Measure

_BY_STATUS = {
    "p": "provisional",
    "r": "revised",
    "c": "withheld",
    "u": "unallocated",
    "x": "not_available",
    "z": "not_applicable",
}
_BY_VIEW = {
    "rate": ("rate",),
    "rolling": ("rolling",),
    "rolling_rate": ("rolling", "rate"),
    "index": ("index",),
    "adjusted": ("adjusted",),
    "share": ("share",),
    "density": ("density",),
}
_JUDGED = ("year_before", "verdict", "limits", "fluctuation")


@lru_cache(maxsize=16)
def glossary_words(say: Translator) -> dict[str, tuple[str, str]]:
    """Key → the word and what it means here, in the order of the list: subjects first, then figures, then comparison,
    then marks.
    """
    return _subjects(say) | _figures(say) | _comparison(say) | _marks(say)


def _subjects(say: Translator) -> dict[str, tuple[str, str]]:
    return {
        "recorded_crime": (
            say("Recorded crime"),
            say(
                "Offences that the police entered under counting rules. It shows police activity and reporting as "
                "well as crime."
            ),
        ),
        "criminal_cases_filed": (
            say("Criminal cases filed"),
            say("Criminal cases formally opened by the police; a call or a report is not yet a case."),
        ),
        "cleared_crime": (
            say("Cleared offences"),
            say(
                "Offences for which the police found a suspect, whenever they were recorded; more can be cleared in "
                "a year than recorded."
            ),
        ),
        "road_accident": (
            say("Road accident"),
            say("An accident on the roads with people killed or injured that became known to the police."),
        ),
        "killed_or_seriously_injured": (
            say("Killed or seriously injured"),
            say(
                "People killed in a road accident or injured badly enough to meet the publisher's definition of "
                "serious."
            ),
        ),
        "online_uptake": (
            say("Share of transactions done online"),
            say(
                "Transactions done online divided by all transactions. Not the share of services that are offered "
                "online."
            ),
        ),
        "published_statement": (
            say("Published statement"),
            say(
                "A figure that officials or the press gave in words, with its period and what it was compared with; "
                "no table stands behind it."
            ),
        ),
        "residents": (
            say("Residents"),
            say(
                "People who usually live in an area, as estimated or counted; those who work there or visit are not "
                "in it."
            ),
        ),
        "registered_residents": (
            say("Registered residents"),
            say("People in the register of residents, whether or not they live there."),
        ),
    }


def _figures(say: Translator) -> dict[str, tuple[str, str]]:
    return {
        "rate": (
            say("Rate per residents"),
            say(
                "The count divided by the number of residents, times 1,000 or 100,000, so that areas "
                "of different size can be compared."
            ),
        ),
        "rolling": (
            say("12-month total"),
            say(
                "The sum of the latest 12 months, placed at the last of them. It leaves the season "
                "out and shows a turn later."
            ),
        ),
        "index": (say("Index"), say("Each figure as a percentage of the first year shown, which is 100.")),
        "adjusted": (
            say("Seasonally adjusted"),
            say("We removed the usual seasonal pattern. This is our estimate, not a published figure."),
        ),
        "share": (
            say("Share"),
            say("A part divided by the whole that it belongs to, in per cent. Two shares differ by percentage points."),
        ),
        "density": (say("Population density"), say("Residents divided by the area in square kilometres.")),
    }


def _comparison(say: Translator) -> dict[str, tuple[str, str]]:
    return {
        "year_before": (
            say("Same period a year earlier"),
            say("The comparison used throughout: it leaves the season out of the change."),
        ),
        "verdict": (
            say("Rise, fall, no clear change"),
            say(
                "We say rise or fall only where the change is clearly more than the usual ups and "
                "downs of the figures, with a 95% confidence interval. It says nothing about the "
                "cause. No clear change does not mean that nothing changed."
            ),
        ),
        "limits": (
            say("95% confidence interval"),
            say(
                "If this were worked out again and again, about 95 of 100 such ranges would contain "
                "the true value (how many do is measured under Methods). A wide range means small "
                "numbers, or figures that usually move a lot."
            ),
        ),
        "fluctuation": (
            say("Usual ups and downs"),
            say(
                "How far figures lie from where level and season would put them, as the years before show; areas of "
                "a place are measured together. The years used stand in the sentence and in the file."
            ),
        ),
        "small_base": (
            say("Small base"),
            say("A count too small for a percentage to mean anything; below 30 we give counts."),
        ),
        "break": (
            say("Break in series"),
            say(
                "A date from which a method, definition or area changed, so that figures before and after it are not "
                "comparable."
            ),
        ),
    }


def _marks(say: Translator) -> dict[str, tuple[str, str]]:
    return {
        "release": (say("Release"), say("One publication of a dataset. Later releases may revise earlier figures.")),
        "provisional": (say("Provisional"), say("Expected to change as late records arrive.")),
        "revised": (say("Revised"), say("Changed since an earlier release.")),
        "unallocated": (
            say("Not allocated to an area"),
            say(
                "Counted for the whole place and for none of its areas. Where that is over 5% of a period's count, "
                "every area's figure is too low."
            ),
        ),
        "withheld": (say("Withheld"), say("A figure that exists and is not shown, to protect people.")),
        "not_available": (
            say("Not available"),
            say("A figure that should exist but that we do not have; it is not zero."),
        ),
        "not_applicable": (
            say("Not applicable"),
            say("A figure that cannot exist, such as that of a category before it was introduced."),
        ),
    }


def glossary(reader: Reader) -> Table:
    """The words of the site."""
    say = reader.say
    return table([say("Word"), say("Meaning here")], list(_words(reader).values()), say("Glossary"), numeric=TEXT)


def _words(reader: Reader) -> dict[str, tuple[str, str]]:
    """The words of the site, and those that ``site.toml`` adds or says otherwise."""
    say = reader.say
    return glossary_words(say) | {
        key: (say.pick(one["word"]), say.pick(one["meaning"])) for key, one in reader.shelf.site.terms.items()
    }


def terms(reader: Reader, card: MeasureCard, made: Measure | None = None) -> Group:
    """The words that the figure above uses, each with its meaning on tap."""
    return _tap(reader, terms_of(card, made))


def terms_of_cards(reader: Reader, cards: Sequence[MeasureCard]) -> Group:
    """The words that several figures use together: those of their cards and, where any is tested, those of a
    verdict.
    """
    keys = [key for card in cards for key in card.terms]
    keys += ["rolling"] if any("rolling" in card.views for card in cards) else []
    return _tap(reader, [*keys, *(_JUDGED if any(card.kind in ("count", "share") for card in cards) else [])])


def _tap(reader: Reader, keys: Sequence[str]) -> Group:
    """A row of words; HTML alone opens them, by mouse and keyboard, without a run of the page."""
    known = _words(reader)
    told = [known[key] for key in dict.fromkeys(keys)]
    items = tuple(
        Markup("<details><summary>{}</summary><p>{}</p></details>").format(word, meaning) for word, meaning in told
    )
    return Group("terms", items, label=reader.say("Words used here"))


def terms_of(card: MeasureCard, made: Measure | None) -> Sequence[str]:
    """The keys of the words that a measure uses and, where it is drawn, those of its view, its marks and its
    verdicts.
    """
    keys = list(card.terms)
    if made is not None:
        columns = made.columns
        keys += _BY_VIEW.get(made.query.view, ())
        keys += _JUDGED if (columns["verdict"] != "cannot_say").any() else []
        keys += ["small_base"] if columns["small"].any() else []
        keys += ["break"] if made.breaks else []
        keys += [key for status, key in _BY_STATUS.items() if (columns["status"] == status).any()]
    return keys
