"""How does an area compare with the others of its place? The same words on the map, in the plot, in the table and in
the file."""

from __future__ import annotations

from language.translator import Translator


def differs_words(differs: str, say: Translator) -> str:
    """The words of a class of the funnel; '' where nothing may be said."""
    return {
        "lower_998": say("lower than the rest, beyond the 99.8% control limit"),
        "lower_95": say("lower than the rest, beyond the 95% control limit"),
        "within": say("within the usual spread"),
        "higher_95": say("higher than the rest, beyond the 95% control limit"),
        "higher_998": say("higher than the rest, beyond the 99.8% control limit"),
        "": "",
    }[differs]
