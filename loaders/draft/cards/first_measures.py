"""Chooses what the first measures of a new place show, and by which residents they are divided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from language import REQUIRED
from loaders.draft.cards.source_card import variable_codes
from loaders.draft.places.areas import EVERYTHING
from loaders.draft.tables.figures import unit_of
from loaders.draft.tables.guess import Guess
from loaders.lint.translations import TO_WRITE
from loaders.privacy import headings
from loaders.toml_text import written

MOST_MEASURES = 6


@dataclass(frozen=True)
class Shown:
    """What a measure shows: a variable of a dataset, and the dataset and variable of residents that divide it."""

    name: str
    dataset: str
    variable: str
    title: str
    category: str
    frequency: str
    residents: str = ""
    base: str = "value_1"
    tested: bool = True


def measure(shown: Shown) -> str:
    """A measure that shows one variable as a count, and as a rate where residents are at hand."""
    title = (
        f"title = {{ en = {written(shown.title)}, zh = {written(shown.title)} }}  # guess: as published"
        if shown.title
        else 'title = { en = "", zh = "" }'
    )
    divided = (
        f"dataset = {written(shown.residents)}, variable = {written(shown.base)}, per = 100000, oldest_months = 24"
    )
    rate = f"rate = {{ {divided} }}  # guess"
    return "\n".join(
        [
            f"name = {written(shown.name)}",
            "order = 20  # guess",
            'domain = "crime"  # guess',
            'kind = "count"',
            f"dataset = {written(shown.dataset)}",
            f"variable = {written(shown.variable)}",
            title,
            *(f'{key} = {{ en = "", zh = "" }}' for key in ("what", "why")),
            'cannot_tell = [ { en = "", zh = "" } ]',
            'lower_is_better = ""',
            f'grains = ["place", "area", {written(shown.frequency or "year")}]  # guess',
            f'views = ["count"{", " + written("rate") if shown.residents else ""}]',
            *([rate] if shown.residents else []),
            *([] if shown.tested else ["tested = false  # guess: the publisher's own rate or change"]),
            f"default_category = {written(shown.category)}",
            f"home_categories = [{written(shown.category)}]",
            f'written_by = "{TO_WRITE}"',
            f'next_review = "{date.today().year + 1}-{date.today().month:02d}"  # guess',
            "",
            "[said]",
            *(f'{code} = "{{area}}: {{value}}{{per}}"  # guess' for code in REQUIRED),
            "",
        ]
    )


def residents_of(file: Path, guessed: Guess) -> str:
    """The code of the variable that counts residents, or ''."""
    counts = {text: code for text, code in variable_codes(guessed).items() if text not in guessed.uncounted}
    variables = {} if guessed.kinds else counts
    named = [code for text, code in variables.items() if headings.speaks_of(text, "residents")]
    if not named and len(variables) == 1 and headings.speaks_of(file.stem, "residents"):
        named = list(variables.values())
    return next(iter(named), "")


def base_of(tables: list[tuple[str, str, Guess]]) -> tuple[str, str]:
    """The dataset and variable of residents that divide the counts of every table, or two empty texts.

    ``tables``: dataset, its variable of residents ('' where it has none) and guess; one of residents alone comes first.
    """
    bases = [(not counts_one_thing(guessed), dataset, code) for dataset, code, guessed in tables if code]
    return min(bases, key=lambda base: base[0], default=(False, "", ""))[1:]


def measures_of(guessed: Guess, dataset: str, own: str, base: tuple[str, str]) -> list[Shown]:
    """A measure for each variable, the first few of them, each divided by the residents at hand.

    ``own``: the variable of the table that counts residents, or ''; ``base``: the dataset and variable of residents.
    """
    base = (dataset, own) if own else base
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


def without_measure(guessed: Guess, shown: list[Shown], own: str) -> str:
    """Which variables a draft reads and shows in no measure, or ''; residents (``own``) divide those of others."""
    used = {card.variable for card in shown} | {own}
    others = ", ".join(f"'{text}'" for text, code in variable_codes(guessed).items() if code not in used)
    counted = f"{len(shown)} of {len(guessed.variables)} variables"
    return (
        f"measures: {counted} have one; a measure for each of the others is to be written: {others}" if others else ""
    )
