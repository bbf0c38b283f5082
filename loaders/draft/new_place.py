"""Drafts a new place, its cards and first measures from published files: ``python -m loaders new PLACE FILE…``.

What was read is written down; what was guessed says "guess" on its line; what only a person can know is left empty,
and ``python -m loaders check PLACE`` names it. A list of areas (codes, names in several languages) names the areas
and is not kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from loaders.draft.cards.to_write import text_filled_in
from loaders.draft.dataset_names import dataset_names
from loaders.draft.drafts import drafts, home_of, place_path
from loaders.draft.given_files import sorted_files
from loaders.draft.trial import Reading, reading, unusable
from loaders.draft.untouched import remember, take_back
from loaders.gate.behind_table import behind_table


def new_place(root: Path, name: str, files: list[Path], again: bool = False, encoding: str = "") -> Reading:
    """Write the drafts under ``root`` and read them back: the lines to print, and whether ``check`` and the build can
    read what was written. ``again``: an untouched draft of the place is taken back first.

    Raises SourceError or FileExistsError before anything is written.
    """
    datasets = dataset_names(name, files)
    given = sorted_files(datasets, encoding)
    hidden = [f"look: {file.name}: {part.say('en')}" for file in files for part in behind_table(file).hidden]
    written, remarks = drafts(name, root, datasets, given)
    home = home_of(root, name)
    if again:
        take_back(root, home)
    _refuse_to_write_over([place_path(root, name), home, *written], name)
    copies = [(counted.file, counted.dataset) for counted in given.counted]
    _write(home, written, [*copies, *((file, datasets[file]) for file in given.outlines)])
    readings = [reading(place_path(root, name), home / counted.dataset) for counted in given.counted]
    works = all(outcome.works for outcome in readings)
    remember(root, home, list(written))
    questions = [*(counted.guessed.doubts for counted in given.counted), *(outcome.doubts for outcome in readings)]
    doubts = [f"answer first: {doubt}" for several in questions for doubt in several]
    faults = unusable(root, list(written)) if works else []
    return Reading(
        [
            *(f"drafted: {path.relative_to(root)}" for path in written),
            *(line for outcome in readings for line in outcome.lines),
            *faults,
            *doubts,
            *hidden,
            *remarks,
            f"Now: python -m loaders check {name}   (and rename the folder {home.name} after the publisher)",
        ],
        works and not faults and not doubts,
    )


def _refuse_to_write_over(paths: Iterable[Path], name: str) -> None:
    for path in paths:
        if path.exists():
            todo = f"python -m loaders new --again {name} takes back a draft that nobody has changed"
            raise FileExistsError(f"{path.name} is there already; nothing is written over. {todo}.")


def _write(home: Path, written: dict[Path, str], copies: list[tuple[Path, str]]) -> None:
    """``copies``: each published file with the name of its dataset."""
    for file, dataset in copies:
        (home / dataset).mkdir(parents=True)
        shutil.copyfile(file, home / dataset / file.name)
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_filled_in(text), encoding="utf-8")
