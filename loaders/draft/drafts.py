"""Writes every file of a draft as text: cards, lists of categories, measures and the place."""

from __future__ import annotations

from pathlib import Path

from loaders.draft.cards.boundaries_card import boundaries_card
from loaders.draft.cards.first_measures import Shown, base_of, measure, measures_of, residents_of, without_measure
from loaders.draft.cards.kinds_file import kinds_file
from loaders.draft.cards.source_card import card_of
from loaders.draft.given_files import CountedFile, GivenFiles
from loaders.draft.places import boundaries as drawn
from loaders.draft.places.areas import Named, name_areas
from loaders.draft.places.place_file import PlaceDraft, place_file
from loaders.draft.places.unallocated import is_unallocated


def drafts(name: str, root: Path, datasets: dict[Path, str], given: GivenFiles) -> tuple[dict[Path, str], list[str]]:
    """Every file to write under ``root`` with its text, and what a person may look at."""
    home, written = home_of(root, name), {}
    guesses = [counted.guessed for counted in given.counted]
    areas = name_areas(
        {text: code for guessed in guesses for text, code in guessed.areas.items()},
        given.lists,
        name,
        set().union(*(guessed.rivals for guessed in guesses)),
        {text: name for guessed in guesses for text, name in guessed.called.items()},
    )
    outlines = {file: drawn.outlines_of(file, areas, spelt) for file, spelt in given.outlines.items()}
    for file in given.outlines:
        card = boundaries_card(file, datasets[file], name, outlines[file], areas)
        written[home / datasets[file] / "source.toml"] = card
    used = drawn.file_to_draw(outlines, areas)
    remarks = drawn.remarks(outlines, used)
    tiles = drawn.layout(outlines[used], areas) if used else {}
    undrawn = {name for outline in outlines.values() for name in outline.undrawn}
    apart = _beside_the_areas(areas, tiles, undrawn.union(*(guessed.incomplete for guessed in guesses)))
    shown: list[Shown] = []
    residents = {counted.dataset: residents_of(counted.file, counted.guessed) for counted in given.counted}
    base = base_of([(counted.dataset, residents[counted.dataset], counted.guessed) for counted in given.counted])
    for counted in given.counted:
        written |= _cards(counted, name, home, apart)
        own = residents[counted.dataset]
        measures = measures_of(counted.guessed, counted.dataset, own, base)
        shown += measures
        remarks += filter(None, [*counted.guessed.remarks, without_measure(counted.guessed, measures, own)])
    written |= {root / "measures" / f"{card.name}.toml": measure(card) for card in shown}
    inside = [area for area in areas if area not in apart]
    place = PlaceDraft(name, inside, apart, [card.name for card in shown], datasets[used] if used else "", tiles)
    written[place_path(root, name)] = place_file(place)
    return written, remarks


def home_of(root: Path, name: str) -> Path:
    """The folder of the publisher's datasets."""
    return root / "open" / f"{name}_publisher"


def place_path(root: Path, name: str) -> Path:
    """The file of the place."""
    return root / "places" / f"{name}.toml"


def _cards(counted: CountedFile, place: str, home: Path, apart: list[Named]) -> dict[Path, str]:
    """The card of a table and, where it has kinds, their list."""
    guessed, folder = counted.guessed, home / counted.dataset
    kinds, categories = kinds_file(guessed)
    guessed.apart = {
        code or text: area.code for area in apart for text, code in guessed.areas.items() if text in area.spellings()
    }
    card = card_of(counted.file, guessed, counted.verdict, counted.dataset, place, kinds)
    return {folder / "source.toml": card} | ({folder / "categories.csv": categories} if kinds else {})


def _beside_the_areas(areas: list[Named], tiles: dict[str, tuple[int, int]], stay: set[str]) -> list[Named]:
    """What is counted in none of the areas: by its name, or, where most areas have a boundary, because it has none.

    ``stay``: names of areas that began, ended or merged within a table, or whose boundary is empty: areas all the same.
    """
    named = [area for area in areas if is_unallocated(area.text)]
    drawn_nowhere = [
        area for area in areas if area.text not in tiles and area not in named and not stay & area.spellings()
    ]
    apart = named + (drawn_nowhere if 2 * len(tiles) > len(areas) else [])
    return [area for area in areas if area in apart] if len(apart) < len(areas) else []
