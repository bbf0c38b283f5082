"""Takes up a file that this site gave: it says itself how it is to be read, so its card is written from it.

A CSV and a workbook need the description that stands beside the CSV at its address (``….csv-metadata.json``); Parquet
and JSON hold it.
The rows are taken as they are: sums are cells of the file like all others, and every release that the rows name
becomes a release of the card.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from language import LANGUAGES
from loaders.cards.categories import COLUMNS, WORDS
from loaders.errors import Fault, SourceError
from loaders.formats.read_sheets import Sheet, read_sheets
from loaders.toml_text import document

BESIDE = "-metadata.json"
_KEPT = (
    *("title", "description", "coverage", "publisher", "licenses", "sources", "accessed"),
    *("place", "frequency", "first_month", "next_update", "stale_after_months", "ended", "pauses"),
    *("notes", "not_published"),
)
_COLUMNS = {
    "area": "area_code",
    "category": "category_code",
    "period": "period",
    "variable": "variable",
    "status": "reason_code",
}
_USED = {*_COLUMNS.values(), "value", "release"}
_TABLES = ("table", "variables", "area_codes", "area_labels", "breaks", "releases")


def adopt(path: Path, folder: Path) -> Path:
    """Put an exported file of observations into ``folder`` with a card written from it; comes back: the card's path.

    Raises SourceError when the file does not say how it is to be read, Unreadable when it is no table,
    FileExistsError when a card is there.
    """
    about, sheet = description_of(path), read_sheets(path)[0]
    if about.get("measure"):
        todo = "Fetch the published figures: the same address without 'measure' and 'view'."
        raise SourceError(
            path.name,
            [
                Fault(
                    f"'{path.name}'",
                    "holds figures that were worked out",
                    "figures as published",
                    about["measure"]["view"],
                    todo,
                )
            ],
        )
    columns = Columns(path.name, sheet)
    if (folder / "source.toml").exists():
        raise FileExistsError(f"{folder}/source.toml is there already.")
    card = dict(_card(path, folder.name, about, columns))
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, folder / path.name)
    if about["categories"]:
        _write_categories(folder / "categories.csv", about["categories"])
    (folder / "source.toml").write_text(document(card, _TABLES), encoding="utf-8")
    return folder / "source.toml"


def description_of(path: Path) -> dict:
    """What an exported file says of itself. Raises SourceError when it says nothing."""
    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            return json.loads(pq.read_schema(path).metadata[b"about"])
        if path.suffix == ".json":
            return json.loads(path.read_text(encoding="utf-8"))["about"]
        return json.loads((path.parent / f"{path.name}{BESIDE}").read_text(encoding="utf-8"))["notes"][0]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        beside = f"{path.name}{BESIDE}"
        todo = (
            f"Fetch it again; beside a CSV or a workbook put what stands at the address of the CSV with {BESIDE} "
            f"behind .csv, as '{beside}'."
        )
        raise SourceError(
            path.name, [Fault(f"'{path.name}'", "does not say how it is to be read", "a description", "none", todo)]
        ) from None


class Columns:
    """The columns of an exported file by their headings, and which texts stand side by side in its rows."""

    def __init__(self, file: str, sheet: Sheet):
        self.headings = sheet.texts(0)
        self._columns = dict(zip(self.headings, sheet.columns, strict=True))
        missing = sorted({*_USED, "status"} - set(self.headings))
        if missing:
            where, todo = f"'{file}', heading row", "Adopt a file of observations, as it was fetched."
            raise SourceError(
                file, [Fault(where, "a column is missing", heading, "no such column", todo) for heading in missing]
            )

    @property
    def languages(self) -> list[str]:
        """The site's languages that the file has names in."""
        return [code for code in LANGUAGES if f"area_{code}" in self.headings]

    def beside(self, *headings: str) -> list[tuple[str, ...]]:
        """The distinct texts that stand in the rows under these headings."""
        columns = [self._columns[column] for column in headings]
        rows = np.unique(np.stack([column.codes[1:] for column in columns]), axis=1)
        return [
            tuple(column.texts[int(code)].as_py() for column, code in zip(columns, codes, strict=True))
            for codes in rows.T
        ]

    def words(self, code: str, stem: str) -> dict[str, dict[str, str]]:
        """Code → its words in every language."""
        return {
            key: dict(zip(self.languages, texts, strict=True))
            for key, *texts in self.beside(code, *(f"{stem}_{language}" for language in self.languages))
        }


def _card(path: Path, name: str, about: dict, columns: Columns) -> Iterator[tuple[str, object]]:
    """Every key of the card with its value, in the order of the cards."""
    yield from {
        "name": name,
        "kind": "observations",
        "disclosure": "as_published",
        "absent_rows": "error",
        "provisional_periods": 0,
    }.items()
    yield from ((key, about[key]) for key in _KEPT if about.get(key) not in (None, "", [], {}))
    sheet = {"sheet": "data"} if path.suffix == ".xlsx" else {}
    yield "table", {"layout": "long", **sheet, "value": "value", "marks": _marks(path, columns)}
    units = columns.words("variable", "unit")
    yield (
        "variables",
        {code: {"column": code, "unit": {"code": code, **units[code]}, **about["variables"][code]} for code in units},
    )
    areas = columns.words("area_code", "area")
    yield "area_codes", {code: code for code in areas}
    yield "area_labels", areas
    yield "breaks", about["breaks"]
    yield (
        "releases",
        [
            _release(path, release, columns)
            for release in about["releases"]
            if (release["id"],) in columns.beside("release")
        ],
    )


def _marks(path: Path, columns: Columns) -> dict[str, dict]:
    """Reason codes are the file's marks: each says one status, and why in words.

    Raises SourceError when one says two.
    """
    known: dict[str, dict] = {}
    for reason, status, *texts in columns.beside(
        "reason_code", "status", *(f"reason_{language}" for language in columns.languages)
    ):
        mark = {"status": status, **dict(zip(columns.languages, texts, strict=True))}
        if (reason or status) and known.setdefault(reason, mark) != mark:
            what, pair = "a reason stands with two statuses", f"'{reason}': {known[reason]['status']}, {status}"
            raise SourceError(
                path.name,
                [Fault(f"'{path.name}', column reason_code", what, "one status", pair, "Fetch the file again.")],
            )
    return known


def _release(path: Path, about: dict, columns: Columns) -> dict:
    """One release of those in the file: its own rows."""
    used = {
        word: heading for word, heading in _COLUMNS.items() if word != "category" or columns.beside(heading) != [("",)]
    }
    return {
        "id": about["id"],
        "published": about["published"],
        "about": about["about"],
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "columns": used,
        "ignore": [heading for heading in columns.headings if heading not in {*used.values(), "value", "release"}],
        "table": {"where": {"release": [about["id"]]}},
        "categories": {code: code for (code,) in columns.beside("category_code") if code},
    }


def _write_categories(path: Path, nodes: list[dict]) -> None:
    """The categories of the file, each by itself: a group's sum is a row like any other."""
    with path.open("w", encoding="utf-8", newline="") as file:
        words = [f"{word}_{code}" for word in WORDS for code in LANGUAGES]
        writer = csv.DictWriter(file, dict.fromkeys([*COLUMNS, *words]))
        writer.writeheader()
        for node in nodes:
            texts = {f"{word}_{code}": node[word].get(code, "") for word in WORDS for code in LANGUAGES}
            plain = {key: node[key] for key in ("code", "level", "first", "last", "link")}
            writer.writerow({**plain, "parent": "", "in_total": "yes" if node["in_total"] else "no", **texts})
