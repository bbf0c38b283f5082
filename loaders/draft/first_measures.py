"""Chooses what the first measures of a new place show, and by which residents they are divided."""

from __future__ import annotations

from pathlib import Path

from loaders.draft.areas import EVERYTHING
from loaders.draft.guess import Guess
from loaders.draft.place_file import Shown
from loaders.draft.source_card import variable_codes
from loaders.draft.table import unit_of
from loaders.privacy import headings

MOST_MEASURES = 6


def residents_of(file: Path, guessed: Guess) -> str:
    """The code of the variable that counts residents, or ''."""
    counts = {text: code for text, code in variable_codes(guessed).items() if text not in guessed.uncounted}
    variables = {} if guessed.kinds else counts
    named = [code for text, code in variables.items() if headings.speaks_of(text, "residents")]
    if not named and len(variables) == 1 and headings.speaks_of(file.stem, "residents"):
        named = list(variables.values())
    return next(iter(named), "")


def measures_of(guessed: Guess, dataset: str, own: str, base: tuple[str, str]) -> list[Shown]:
    """A measure for each variable, the first few of them, each divided by the residents at hand.

    ``own``: the variable of the table that counts residents, or ''; ``base``: the dataset and variable of residents.
    """
    variables = [
        (text, code) for text, code in variable_codes(guessed).items() if code != own or counts_one_thing(guessed)
    ]
    variables.sort(key=lambda variable: "kind" in guessed.uncounted.get(variable[0], {}))  # counts before rates
    names = [dataset, *(f"{dataset}_{number}" for number in range(2, MOST_MEASURES + 1))]
    return [
        Shown(
            measure_name,
            dataset,
            code,
            unit_of(text)[0] or guessed.title or dataset.replace("_", " "),
            EVERYTHING if guessed.kinds else "",
            guessed.frequency,
            *(base if code != own and "kind" not in guessed.uncounted.get(text, {}) else ("", "")),
            tested="kind" not in guessed.uncounted.get(text, {}),
        )
        for measure_name, (text, code) in zip(names, variables, strict=False)
    ]


def counts_one_thing(guessed: Guess) -> bool:
    return len(guessed.variables) == 1


def without_measure(guessed: Guess, shown: list[Shown]) -> str:
    """Which variables a draft reads and shows in no measure, or ''."""
    used = {card.variable for card in shown} | {card.base for card in shown if card.residents == card.dataset}
    others = ", ".join(f"'{text}'" for text, code in variable_codes(guessed).items() if code not in used)
    counted = f"{len(shown)} of {len(guessed.variables)} variables"
    return (
        f"measures: {counted} have one; a measure for each of the others is to be written: {others}" if others else ""
    )
