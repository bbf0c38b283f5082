"""A data folder with one simulated place, as large as is asked: for measuring only, and named so on every page of it.

Its file has the shape of a police force's release: a row for each area and type, a column for each month.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.simulated.words import MEASURE, PLACE, card
from loaders import periods

GROUP = 20  # types of one group
FIRST = "2006-01"
RATES = (0.02, 8.0)  # events a month of a type in an area: from the rarest type to the commonest
SEASON, SPREAD = 0.15, 0.4  # of the year, and of the areas, around a type's own rate (log scale)


@dataclass(frozen=True)
class Size:
    """How many areas, types and months. The full size gives 28.8 million observations."""

    areas: int = 300
    types: int = 400
    months: int = 240

    @property
    def observations(self) -> int:
        return self.areas * self.types * self.months


def write_place(root: Path, size: Size, seed: int = 1) -> Path:
    """Write place, cards, measure and files under ``root``, in the place of what was there; ``root``."""
    dice = write_without_counts(root, size, seed)
    _write_counts(root / "open" / "simulated" / "counts", size, dice)
    return root


def write_without_counts(root: Path, size: Size, seed: int = 1) -> np.random.Generator:
    """The same without counts and their card; the dice to throw them with."""
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("places", "measures", "open/simulated/counts", "open/simulated/residents"):
        (root / folder).mkdir(parents=True)
    (root / "places" / "simulated.toml").write_text(_place(size), encoding="utf-8")
    (root / "measures" / "simulated_counts.toml").write_text(MEASURE, encoding="utf-8")
    (root / "open" / "simulated" / "counts" / "categories.csv").write_text(_categories(size), encoding="utf-8")
    _write_residents(root / "open" / "simulated" / "residents", size, np.random.default_rng(seed + 1))
    return np.random.default_rng(seed)


def model(size: Size, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """How many events are to be expected: the rate of each type, and the factor of each month, a season and a level
    that drifts."""
    season = 1 + SEASON * np.sin(2 * np.pi * np.arange(size.months) / 12)
    level = np.exp(np.cumsum(dice.normal(0, 0.01, size.months)))
    return np.geomspace(*RATES, size.types), season * level


def months_of(size: Size) -> list[str]:
    return periods.span(FIRST, periods.shift(FIRST, size.months - 1))


def _place(size: Size) -> str:
    across = int(np.ceil(np.sqrt(size.areas)))
    areas = (
        (
            f'\n[[areas]]\ncode = "{_area(number)}"\nname = {{ en = "Area {number + 1}", zh = "第{number + 1}区" '
            f"}}\ntile = "
            f"[{number // across}, {number % across}]\n"
        )
        for number in range(size.areas)
    )
    return PLACE + "".join(areas)


def _area(number: int) -> str:
    return f"area_{number + 1:03d}"


def _write_counts(folder: Path, size: Size, dice: np.random.Generator) -> None:
    """Poisson counts around the rate of type and area."""
    months, total = months_of(size), 0
    rates, levels = model(size, dice)
    with (folder / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["Type", "Area", *(month.replace("-", "") for month in months)]) + "\n")
        for area in range(size.areas):
            counts = dice.poisson(np.outer(rates * np.exp(dice.normal(0, SPREAD)), levels))
            total += int(counts.sum())
            file.writelines(
                f"TYPE {number + 1},Area {area + 1},{','.join(map(str, row.tolist()))}\n"
                for number, row in enumerate(counts)
            )
    spellings = "\n".join(f'"TYPE {number + 1}" = "type_{number + 1:03d}"' for number in range(size.types))
    release = {
        "sha256": _hash(folder / "counts.csv"),
        "rows": size.areas * size.types,
        "total": total,
        "from": months[0],
        "to": months[-1],
    }
    (folder / "source.toml").write_text(
        card("counts", "month", "wide", "case")
        + _release("counts.csv", release, 'area = "Area", category = "Type"')
        + spellings,
        encoding="utf-8",
    )


def _categories(size: Size) -> str:
    groups = sorted({number // GROUP for number in range(size.types)})
    rows = ["code,parent,level,first,last,in_total,name_en,name_zh,definition_en,definition_zh,link,note_en,note_zh"]
    rows.append("all,,all,,,yes,All types,全部类型,Simulated.,模拟。,,,")
    rows += [
        f"group_{number + 1:02d},all,group,,,yes,Group {number + 1},第{number + 1}大类,Simulated.,模拟。,,,"
        for number in groups
    ]
    rows += [
        f"type_{number + 1:03d},group_{number // GROUP + 1:02d},type,,,yes,Type "
        f"{number + 1},第{number + 1}类,Simulated.,模拟。,,,"
        for number in range(size.types)
    ]
    return "\n".join(rows) + "\n"


def _write_residents(folder: Path, size: Size, dice: np.random.Generator) -> None:
    years = sorted({month[:4] for month in months_of(size)})
    counts = dice.integers(20_000, 400_000, size.areas)[:, None] + np.arange(len(years)) * 500
    with (folder / "residents.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("area,year,residents\n")
        file.writelines(
            f"Area {number + 1},{year},{counts[number, n]}\n"
            for number in range(size.areas)
            for n, year in enumerate(years)
        )
    release = {
        "sha256": _hash(folder / "residents.csv"),
        "rows": counts.size,
        "total": int(counts.sum()),
        "from": years[0],
        "to": years[-1],
    }
    (folder / "source.toml").write_text(
        card("residents", "year", "long", "person")
        + _release("residents.csv", release, 'area = "area", period = "year"'),
        encoding="utf-8",
    )


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _release(file: str, facts: dict, columns: str) -> str:
    words = "\n".join(f"{key} = {value!r}".replace("'", '"') for key, value in facts.items())
    return (
        f'\n[[releases]]\nid = "simulated"\npublished = "2026-01"\nfile = "{file}"\n{words}\ncolumns = '
        f"{{ {columns} }}\n[releases.categories]\n"
    )
