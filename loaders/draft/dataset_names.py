"""Gives the dataset of each file a name for addresses."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from loaders.addresses import NAME_WORDS, is_name
from loaders.errors import Fault, SourceError


def dataset_names(place: str, files: list[Path]) -> dict[Path, str]:
    """A name for the dataset of each file; files that differ in their years only keep them, and those that differ in
    their endings only keep these. Raises SourceError.
    """
    if not is_name(place):
        raise SourceError(place, [Fault("PLACE", "is no word for addresses", NAME_WORDS, place, "Choose another.")])
    words = {file: _word(file.name.split(".")[0]) for file in files}
    alike = [file for file in files if list(words.values()).count(words[file]) > 1]
    words |= {file: re.sub(r"[^a-z0-9]+", "_", file.name.split(".")[0].casefold()).strip("_") for file in alike}
    twins = [file for file in files if list(words.values()).count(words[file]) > 1]
    words |= {file: f"{words[file]}_{_word(file.suffix[1:])}" for file in twins}
    datasets = {file: f"{place}_{word}" for file, word in words.items()}
    todo = "Give the file a shorter name."
    faults = [
        Fault(f"'{file.name}'", "makes no name of a dataset", NAME_WORDS, dataset, todo)
        for file, dataset in datasets.items()
        if not is_name(dataset)
    ]
    if len(set(datasets.values())) < len(files):
        listed = ", ".join(datasets.values())
        faults.append(Fault("FILE", "two files have one name", "a name for each", listed, "Rename one of them."))
    if faults:
        raise SourceError(place, faults)
    return datasets


def _word(text: str) -> str:
    """A file's name as a word for addresses, without its years: the next release has others."""
    text = (
        re.sub(
            r"(?<![a-z0-9])(?:19|20)\d\d(?:[-_]?(?:q\d|h\d|\d\d(?!\d)))?(?![a-z0-9])",
            "",
            text.casefold().replace("_", " "),
        )
        or text
    )
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or hashlib.sha256(text.encode()).hexdigest()[:6]
