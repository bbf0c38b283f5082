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
    rest = [area.text for area in areas if area.text not in tiles]
    placed = {**tiles, **{text: (below + number // WIDTH, number % WIDTH) for number, text in enumerate(rest)}}
    short = {code: _short([area.names.get(code, area.text) for area in areas]) for code in LANGUAGES}
    names = [{code: short[code][number] for code in LANGUAGES} for number in range(len(areas))]
    return "\n".join(
        [
            *lines,
            *(
                line
                for area, brief in zip(areas, names, strict=True)
                for line in _area(area, placed[area.text], area.text in tiles, brief)
            ),
            "",
        ]
    )


def _short(names: list[str]) -> list[str]:
    """The first letters of each name, as many as tell it from the others."""
    briefs = [name[:SHORT] for name in names]
    width = SHORT
    while width < max(map(len, names), default=0) and len(set(briefs)) < len(briefs):
        width += 1
        briefs = [name[:width] if briefs.count(brief) > 1 else brief for name, brief in zip(names, briefs, strict=True)]
    return [f"{brief[:SHORT]} {number}" if briefs.count(brief) > 1 else brief for number, brief in enumerate(briefs, 1)]


def _apart(area: Named) -> str:
    return written({"code": area.code, "name": {code: area.names.get(code, area.text) for code in LANGUAGES}})


def _area(area: Named, tile: tuple[int, int], lies_there: bool, brief: dict[str, str]) -> Iterator[str]:
    """Its name as published stands in every language until somebody writes the usual one."""
    names = {language: area.names.get(language, area.text) for language in ("en", "zh")}
    listed = len(area.names) == len(names)
    aliases = dict.fromkeys([*([area.text] if listed else []), *area.aliases])
    yield from (
        "",
        "[[areas]]",
        f"code = {written(area.code)}" + ("  # guess: the publisher's code is better" if area.minted else ""),
    )
    yield f"name = {{ en = {written(names['en'])}, zh = {written(names['zh'])} }}" + (
        "" if listed else "  # guess: as published"
    )
    yield f"short = {{ {', '.join(f'{code} = {written(text.strip())}' for code, text in brief.items())} }}  # guess"
    yield f"aliases = [{', '.join(written(text) for text in aliases if text not in names.values())}]"
    yield f"tile = [{tile[0]}, {tile[1]}]  # guess: " + (
        "nearest to where it lies" if lies_there else "in the order of the file"
    )
