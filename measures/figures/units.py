"""What does one value of a measure count? In the reader's language."""

from __future__ import annotations

from language import Translator
from language.numbers import per_words
from measures.figures.compute import Measure


def unit_words(measure: Measure, say: Translator) -> str:
    """'offences per 1,000 residents', '% of transactions' …"""
    unit = say.pick(measure.unit)
    per = per_words(measure.per, say)
    words = {
        "rate": say("{unit} per {per} residents", unit=unit, per=per),
        "rolling_rate": say("{unit} per {per} residents, 12-month total", unit=unit, per=per),
        "rolling": say("{unit}, 12-month total", unit=unit),
        "index": say("index, start of the span = 100"),
        "adjusted": say("{unit}, seasonally adjusted", unit=unit),
        "share": say("share of all transactions"),
        "density": say("residents per km²"),
    }
    return words.get(measure.query.view, unit)


def unit_beside_number(measure: Measure, say: Translator) -> str:
    """The unit in few words, behind the highest number of an axis: 80 per 1,000 residents."""
    if "rate" in measure.query.view:
        return say("per {per} residents", per=per_words(measure.per, say))
    return "%" if measure.query.view == "share" else unit_words(measure, say)
