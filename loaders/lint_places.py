"""Do the words of a place, its measures and its breaks mean one thing each, and something that is there?"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from loaders import periods
from loaders.cards import SourceCard
from loaders.errors import Fault, FaultyInput
from loaders.places import Place


def place_faults(place: Place) -> Iterator[Fault]:
    """Codes, spellings and tiles that stand for two areas, areas without a tile, and remarks on areas that are not there."""
    where = f"{place.id}.toml"
    every = (*place.areas, *place.unallocated)
    for code in _twice([place.code, *(area.code for area in every)]):
        yield Fault(where, "a code stands for two areas", "each once", f"'{code}'", "Give one of them another.")
    for text in _twice([text for area in every for text in {area.code, *area.name.values(), *area.aliases}]):
        yield Fault(where, "a name stands for two areas", "each once", f"'{text}'", "Mend the name or alias that is wrong.")
    for tile in _twice([area.tile for area in place.areas if area.tile]):
        yield Fault(where, "two areas stand in one tile", "a tile for each", str(list(tile)), "Move one of them.")
    for area in place.areas:
        if area.tile is None:
            yield Fault(f"{where}, area {area.code}", "no tile", "tile = [row, column]", "none", "Add its place in the tile map.")
    for code in sorted({code for one in place.residents_misleading for code in one.get("areas", ())} - {area.code for area in place.areas}):
        yield Fault(where, "'residents_misleading' names no area", "a code of the place", f"'{code}'", "Mend the code.")


def break_faults(card: SourceCard, place: Place) -> Iterator[Fault]:
    """Breaks whose date is no period, or that name areas and categories which are not there."""
    try:
        codes = set(card.tree.nodes)
    except FaultyInput:
        return
    areas = {place.code, *(area.code for area in (*place.areas, *place.unallocated))}
    for number, cut in enumerate(card.breaks, 1):
        where = f"{card.id}/source.toml, break {number}"
        if not is_period(cut.at):
            yield Fault(where, "'at' is no period", "such as 2024, 2024-Q1 or 2024-03", f"'{cut.at}'", "Mend it.")
        for word, named, known in (("areas", cut.areas, areas), ("categories", cut.categories, codes)):
            for code in sorted(set(named) - known):
                yield Fault(where, f"'{word}' names what is not there", "a code of the place or of categories.csv", f"'{code}'", "Mend the code.")


def is_period(text: str) -> bool:
    try:
        periods.dates(text)
    except ValueError:
        return False
    return True


def measures(root: Path, place: Place) -> tuple[dict[str, dict], list[Fault]]:
    """The cards of the place's measures as they are written, by name, and a fault for each that is not there or cannot be read."""
    read, faults = {}, []
    for name in place.measures:
        try:
            read[name] = tomllib.loads((root / "measures" / f"{name}.toml").read_text(encoding="utf-8"))
        except FileNotFoundError:
            faults.append(Fault(f"{place.id}.toml", "'measures' names what is not there", f"measures/{name}.toml", "no such file", "Mend the name."))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(Fault(f"measures/{name}.toml", "the card cannot be read", "TOML in UTF-8", str(error), "Mend the line named."))
    return read, faults


def _twice(found: list) -> list:
    return sorted(one for one, times in Counter(found).items() if times > 1)
