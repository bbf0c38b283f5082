"""The place file and the first measures of a new place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from language import LANGUAGES
from loaders.draft.areas import Named
from loaders.toml_text import written

SHORT = 4  # letters of a name in a tile
WIDTH = 6  # tiles in a row, before somebody lays them out
TO_WRITE = "TODO"


@dataclass(frozen=True)
class Shown:
    """What a measure shows: a variable of a dataset, and the dataset of residents that it may be divided by."""

    name: str
    dataset: str
    variable: str
    title: str
    category: str
    frequency: str
    residents: str = ""


def measure(one: Shown) -> str:
    """A measure that shows one variable as a count, and as a rate where residents are at hand."""
    title = (
        f"title = {{ en = {written(one.title)}, zh = {written(one.title)} }}  # guess: as published"
        if one.title
        else 'title = { en = "", zh = "" }'
    )
    divided = f'dataset = {written(one.residents)}, variable = "value_1", per = 100000, oldest_months = 24'
    rate = f"rate = {{ {divided} }}  # guess"
    return "\n".join(
        [
            f"name = {written(one.name)}",
            "order = 20  # guess",
            'domain = "crime"  # guess',
            'kind = "count"',
            f"dataset = {written(one.dataset)}",
            f"variable = {written(one.variable)}",
            title,
            *(f'{key} = {{ en = "", zh = "" }}' for key in ("what", "why")),
            'cannot_tell = [ { en = "", zh = "" } ]',
            'lower_is_better = ""',
            f'grains = ["place", "area", {written(one.frequency or "year")}]  # guess',
            f'views = ["count"{", " + written("rate") if one.residents else ""}]',
            *([rate] if one.residents else []),
            f"default_category = {written(one.category)}",
            f"home_categories = [{written(one.category)}]",
            f'written_by = "{TO_WRITE}"',
            f'next_review = "{date.today().year + 1}-{date.today().month:02d}"  # guess',
            "",
            "[said]",
            *(f'{code} = "{{area}}: {{value}}{{per}}"  # guess' for code in LANGUAGES),
            "",
        ]
    )


def place_file(
    name: str,
    areas: list[Named],
    apart: list[Named],
    measures: list[str],
    outlines: str,
    tiles: dict[str, tuple[int, int]],
) -> str:
    """``apart``: what the tables count beside the areas (unknown, airports).

    ``tiles``: of the areas that lie somewhere.
    """
    title = name.replace("_", " ").title()
    lines = [
        *(f"{key} = {{ en = {written(title)}, zh = {written(title)} }}  # guess" for key in ("name", "whole")),
        *(f'{key} = {{ en = "", zh = "" }}' for key in ("intro", "country")),
        "default = false",
        "order = 9",
        f'area_word = {{ en = "district", en_plural = "districts", zh = "{TO_WRITE}" }}  # guess',
        f"code = {written(name)}  # guess",
        f"unallocated = [{', '.join(map(_apart, apart))}]"
        + ("  # guess: in the tables, but without a boundary" if apart else ""),
        f"boundaries = {written(outlines)}",
        'areas_from = ""',
        f"measures = [{', '.join(map(written, measures))}]",
    ]
    below = max((row for row, _ in tiles.values()), default=-1) + 1
    rest = [one.text for one in areas if one.text not in tiles]
    placed = {**tiles, **{text: (below + number // WIDTH, number % WIDTH) for number, text in enumerate(rest)}}
    short = {code: _short([one.names.get(code, one.text) for one in areas]) for code in LANGUAGES}
    names = [{code: short[code][number] for code in LANGUAGES} for number in range(len(areas))]
    return "\n".join(
        [
            *lines,
            *(
                line
                for one, brief in zip(areas, names, strict=True)
                for line in _area(one, placed[one.text], one.text in tiles, brief)
            ),
            "",
        ]
    )


def _short(names: list[str]) -> list[str]:
    """The first letters of each name, as many as tell it from the others."""
    found = [name[:SHORT] for name in names]
    width = SHORT
    while width < max(map(len, names), default=0) and len(set(found)) < len(found):
        width += 1
        found = [name[:width] if found.count(brief) > 1 else brief for name, brief in zip(names, found, strict=True)]
    return [f"{brief[:SHORT]} {number}" if found.count(brief) > 1 else brief for number, brief in enumerate(found, 1)]


def _apart(one: Named) -> str:
    return written({"code": one.code, "name": {code: one.names.get(code, one.text) for code in LANGUAGES}})


def _area(one: Named, tile: tuple[int, int], lies_there: bool, brief: dict[str, str]) -> Iterator[str]:
    """Its name as published stands in every language until somebody writes the usual one."""
    names = {language: one.names.get(language, one.text) for language in ("en", "zh")}
    listed = len(one.names) == len(names)
    aliases = dict.fromkeys([*([one.text] if listed else []), *one.aliases])
    yield from (
        "",
        "[[areas]]",
        f"code = {written(one.code)}" + ("  # guess: the publisher's code is better" if one.minted else ""),
    )
    yield f"name = {{ en = {written(names['en'])}, zh = {written(names['zh'])} }}" + (
        "" if listed else "  # guess: as published"
    )
    yield f"short = {{ {', '.join(f'{code} = {written(text.strip())}' for code, text in brief.items())} }}  # guess"
    yield f"aliases = [{', '.join(written(text) for text in aliases if text not in names.values())}]"
    yield f"tile = [{tile[0]}, {tile[1]}]  # guess: " + (
        "nearest to where it lies" if lies_there else "in the order of the file"
    )
