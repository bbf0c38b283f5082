"""A data folder with one simulated place, as large as is asked: for measuring only, and named so on every page of it.

Its file has the shape of a police force's release: a row for each area and type, a column for each month.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

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
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("places", "measures", "open/simulated/counts", "open/simulated/residents"):
        (root / folder).mkdir(parents=True)
    dice = np.random.default_rng(seed)
    (root / "places" / "simulated.toml").write_text(_place(size), encoding="utf-8")
    (root / "measures" / "simulated_counts.toml").write_text(_MEASURE, encoding="utf-8")
    _write_counts(root / "open" / "simulated" / "counts", size, dice)
    _write_residents(root / "open" / "simulated" / "residents", size, dice)
    return root


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
    return _PLACE + "".join(areas)


def _area(number: int) -> str:
    return f"area_{number + 1:03d}"


def _write_counts(folder: Path, size: Size, dice: np.random.Generator) -> None:
    """Poisson counts around the rate of type and area, with a season and a level that drifts."""
    months = months_of(size)
    rates = np.geomspace(*RATES, size.types)
    season = 1 + SEASON * np.sin(2 * np.pi * np.arange(size.months) / 12)
    level = np.exp(np.cumsum(dice.normal(0, 0.01, size.months)))
    total = 0
    with (folder / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["Type", "Area", *(month.replace("-", "") for month in months)]) + "\n")
        for area in range(size.areas):
            counts = dice.poisson(np.outer(rates * np.exp(dice.normal(0, SPREAD)), season * level))
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
        _COUNTS + _release("counts.csv", release, 'area = "Area", category = "Type"') + spellings, encoding="utf-8"
    )
    (folder / "categories.csv").write_text(_categories(size), encoding="utf-8")


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
        _RESIDENTS + _release("residents.csv", release, 'area = "area", period = "year"'), encoding="utf-8"
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


_WORDS = '{ en = "Simulated for measuring.", zh = "仅供测量的模拟数据。" }'
_PLACE = f"""name = {{ en = "Simulated place", zh = "模拟地点" }}
intro = {_WORDS}
country = {{ en = "Nowhere", zh = "无此国家" }}
default = true
area_word = {{ en = "area", en_plural = "areas", zh = "区" }}
code = "whole"
whole = {{ en = "Simulated place", zh = "模拟地点" }}
unallocated = []
boundaries = ""
areas_from = ""
measures = ["simulated_counts"]
"""
_MEASURE = f"""name = "simulated_counts"
domain = "crime"
kind = "count"
dataset = "counts"
variable = "counts"
title = {{ en = "Simulated counts", zh = "模拟计数" }}
what = {_WORDS}
why = {_WORDS}
cannot_tell = [ {_WORDS} ]
lower_is_better = ""
grains = ["place", "area", "category", "month"]
views = ["count", "rate", "rolling", "rolling_rate", "adjusted", "index"]
rate = {{ dataset = "residents", variable = "residents", per = 1000, oldest_months = 24 }}
default_category = "all"
home_categories = ["all", "group_01"]
written_by = "Safety in Figures"
next_review = "2099-01"
said = {{ en = "{{value}} simulated cases{{per}} in {{area}}", zh = "{{area}}{{per}}模拟计数{{value}}起" }}
"""


def _card(name: str, frequency: str, layout: str, unit: str) -> str:
    return f"""name = "{name}"
kind = "observations"
title = {{ en = "Simulated {name}", zh = "模拟数据" }}
description = {_WORDS}
coverage = {_WORDS}
publisher = {{ en = "Nobody", zh = "无", url = "" }}
licenses = [ {{ name = "CC0-1.0", title = {{ en = "Free", zh = "自由使用" }}, url = "" }} ]
accessed = "2026-01"
disclosure = "as_published"
place = "simulated"
frequency = "{frequency}"
next_update = {_WORDS}
stale_after_months = 999
ended = true
absent_rows = "error"
provisional_periods = {3 if frequency == "month" else 0}
[table]
layout = "{layout}"
[variables.{name}]
column = "{"" if layout == "wide" else name}"
unit = {{ code = "{unit}", en = "{unit}s", zh = "起" }}
label = {{ en = "Simulated {name}", zh = "模拟数据" }}
whole = true
"""


_COUNTS = _card("counts", "month", "wide", "case")
_RESIDENTS = _card("residents", "year", "long", "person")
