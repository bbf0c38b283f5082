"""How does an area compare with its place? The same words on the map, in the plot, in the table and in the file."""

from __future__ import annotations

from language.translator import Translator


def differs_words(differs: str, place: str, say: Translator) -> str:
    """The words of a class of the funnel; '' where nothing may be said."""
    return {
        "lower_998": say("lower than {place}, beyond the 99.8% limit", place=place),
        "lower_95": say("lower than {place}, beyond the 95% limit", place=place),
        "within": say("within the usual spread around {place}", place=place),
        "higher_95": say("higher than {place}, beyond the 95% limit", place=place),
        "higher_998": say("higher than {place}, beyond the 99.8% limit", place=place),
        "": "",
    }[differs]
