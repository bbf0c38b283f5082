"""Reading a sentence back: its numbers as numbers, and the verdict that its words give, in every language."""

from __future__ import annotations

import re
from math import exp, isfinite, log1p

from language import LANGUAGES, Translator, period_name
from language.numbers import per_words, written_date
from language.sentences.fact_phrases import period_phrase
from language.sentences.statement import Statement
from language.verdicts import why_words

SIZES = {word: size for language in LANGUAGES.values() for size, word in language.large}
NUMBER = re.compile(rf"([+−]?)(\d[\d,]*(?:\.\d+)?)({'|'.join(SIZES)})?")
# every word that a sentence uses for a verdict, and none that it uses for anything else
SPOKEN = {
    "en": {
        "rise": ("This rise",),
        "fall": ("This fall",),
        "no_clear_change": ("no clear change",),
        "cannot_say": ("We cannot say", "is not known", "and none"),
    },
    "zh": {
        "rise": ("升幅",),
        "fall": ("降幅",),
        "no_clear_change": ("无明显变化",),
        "cannot_say": ("不作判断", "尚不清楚", "也没有"),
    },
    "zh_hant": {
        "rise": ("升幅",),
        "fall": ("降幅",),
        "no_clear_change": ("無明顯變化",),
        "cannot_say": ("不作判斷", "尚不清楚", "也沒有"),
    },
}
SIZES_NOT_DIRECTIONS = (
    "clearly more than the",
    "is more than the usual",
    "more than chance alone",
)  # of a change, whichever way it went
DIRECTIONS = {
    "en": {
        "rise": ("This rise", "more than", "rose", "+"),
        "fall": ("This fall", "fewer than", "less than", "fell", "−"),
    },
    "zh": {"rise": ("上升", "增加", "升幅"), "fall": ("下降", "减少", "降幅")},
    "zh_hant": {"rise": ("上升", "增加", "升幅"), "fall": ("下降", "減少", "降幅")},
}


def numbers(text: str, facts: Statement, say: Translator) -> list[float]:
    """The numbers of a sentence in ascending order of their places, without those of its dates, names, reasons, bases and limits' level."""
    if facts.usual[0]:  # first: the last of its years may also be the period
        text = text.replace(say("{start} to {end}", start=facts.usual[0], end=facts.usual[1]), "")
    for words in (
        *(period_phrase(period, facts.view, say) for period in (facts.period, facts.before_period) if period),
        "95%",
    ):
        text = text.replace(words, "")
    for period in (facts.period, facts.before_period):
        text = text.replace(period_name(period, say), "") if period else text
    dates = [written_date(facts.within, say)] if facts.within else []
    for words in (*(say.pick(note) for note in facts.notes), *dates):
        text = text.replace(words, "")
    asides = [
        why_words(facts.why, say),
        say.pick(facts.reason),
        say.pick(facts.area),
        say.pick(facts.category),
        say.pick(facts.unit),
        say("per {per} residents", per=per_words(facts.per, say)),
        say("Both are divided by the number of residents in {year}.", year=facts.residents),
    ]
    for words in [*(("is 100,", "（起始期为100）", "（起始期為100）") if facts.view == "index" else ()), *asides]:
        text = text.replace(words, "") if words else text
    return [read(*match.groups()) for match in NUMBER.finditer(text)]


def read(sign: str, digits: str, size: str | None) -> float:
    value = float(digits.replace(",", "")) * SIZES.get(size or "", 1)
    return -value if sign == "−" else value


def spoken(text: str, code: str) -> set[str]:
    """The verdicts that the words of a sentence give: exactly one where a change is judged, none where nothing is compared."""
    return {key for key, words in SPOKEN[code].items() if any(word in text for word in words)}


def directions_in(text: str, key: str, code: str) -> list[str]:
    """The words of a direction that a sentence uses; a size that either direction may have is none."""
    for words in SIZES_NOT_DIRECTIONS:
        text = text.replace(words, "")
    return [word for word in DIRECTIONS[code][key] if word not in "+−" and word in text]


def usual_size(facts: Statement) -> list[float]:
    """How large a change would have been clear, worked out from its limits: half their width, of a ratio on the logarithm."""
    sizes = []
    for low, high in ((facts.low, facts.high), facts.chance):
        if facts.shares:
            sizes.append((high - low) / 2)
        elif low > -1 and isfinite(high):
            sizes.append((exp((log1p(high) - log1p(low)) / 2) - 1) * 100)
    return [size for size in sizes if isfinite(size)]


# What a page in a language must not hold: five words in a row of English, or a clause of Chinese.
FOREIGN_SENTENCE = {
    "zh": re.compile(r"(?:\b[A-Za-z][a-z']+\b[ ,]+){5,}"),
    "zh_hant": re.compile(r"(?:\b[A-Za-z][a-z']+\b[ ,]+){5,}"),
    "en": re.compile(r"[\u4e00-\u9fff]{5,}.*[，。；：]|[\u4e00-\u9fff]{12,}"),
}


def of_areas(row) -> list[float]:
    """The numbers that a sentence on a whole place may hold of its areas: higher, lower, and one time in how many."""
    if not isfinite(row["areas_p"]):
        return []
    return [row["areas_higher"], row["areas_lower"], min(1000, round(1 / row["areas_p"]))]
