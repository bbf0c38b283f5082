"""The place file and the first measures of a new place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from language import REQUIRED
from loaders.draft.places.areas import Named
from loaders.lint.translations import TO_WRITE
from loaders.toml_text import written

SHORT = 4  # letters of a name in a tile
WIDTH = 6  # tiles in a row, before somebody lays them out


@dataclass(frozen=True)
class PlaceDraft:
    """What the file of a place says. ``apart``: what the tables count beside the areas (unknown, airports);
    ``boundaries``: the dataset that draws them, or ''; ``tiles``: of the areas that lie somewhere.
    """

    name: str
    areas: list[Named]
    apart: list[Named]
    measures: list[str]
    boundaries: str
    tiles: dict[str, tuple[int, int]]


def place_file(draft: PlaceDraft) -> str:
    """The file of a place, with every guess marked."""
    title = draft.name.replace("_", " ").title()
    lines = [
        *(f"{key} = {{ en = {written(title)}, zh = {written(title)} }}  # guess" for key in ("name", "whole")),
        *(f'{key} = {{ en = "", zh = "" }}' for key in ("intro", "country")),
        "default = false",
        "order = 9",
        f'area_word = {{ en = "district", en_plural = "districts", zh = "{TO_WRITE}" }}  # guess',
        f"code = {written(draft.name)}  # guess",
        f"unallocated = [{', '.join(map(_apart, draft.apart))}]"
        + ("  # guess: in the tables, but without a boundary" if draft.apart else ""),
        f"boundaries = {written(draft.boundaries)}",
        'areas_from = ""',
        f"measures = [{', '.join(map(written, draft.measures))}]",
    ]
    below = max((row for row, _ in draft.tiles.values()), default=-1) + 1
    rest = [area.text for area in draft.areas if area.text not in draft.tiles]
    placed = {**draft.tiles, **{text: (below + number // WIDTH, number % WIDTH) for number, text in enumerate(rest)}}
    placed = placed if draft.tiles else {}  # an order of names is no map
    short = {code: _short([area.names.get(code, area.text) for area in draft.areas]) for code in REQUIRED}
    names = [{code: short[code][number] for code in REQUIRED} for number in range(len(draft.areas))]
    return "\n".join(
        [
            *lines,
            *(
                line
                for area, brief in zip(draft.areas, names, strict=True)
                for line in _area(area, placed.get(area.text), area.text in draft.tiles, brief)
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
    return written({"code": area.code, "name": {code: area.names.get(code, area.text) for code in REQUIRED}})


def _area(area: Named, tile: tuple[int, int] | None, lies_there: bool, brief: dict[str, str]) -> Iterator[str]:
    """Its name as published stands in every language until somebody writes the usual one."""
    names = {language: area.names.get(language, area.text) for language in REQUIRED}
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
    if tile:
        yield f"tile = [{tile[0]}, {tile[1]}]  # guess: " + (
            "nearest to where it lies" if lies_there else "in the order of the file"
        )
