"""Tables that are too long to be written down. All numbers and names are invented; no area here is a real one."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable

Rows = list[list[str]]
AREAS = [f"Area {letter}" for letter in "ABCDEFGHIJKL"]
AREAS_ZH = ["甲乙丙丁戊己庚辛壬癸"[n] + "区" for n in range(10)]
KINDS = ["Theft", "Fraud", "Arson", "Noise"]
MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]


def _dice() -> random.Random:
    return random.Random(7)


def identity_number(first: str = "11010119900307", order: int = 1) -> str:
    """A number of the right shape and check digit, of nobody in particular."""
    body = f"{first}{order:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def long_table() -> Rows:
    dice = _dice()
    return [
        ["area", "type", "month", "offences"],
        *([a, k, m, str(dice.randint(0, 90))] for a in AREAS for k in KINDS for m in MONTHS),
    ]


def homicide_by_month() -> Rows:
    """Zeros and ones, as rare offences are: an aggregate all the same."""
    dice = _dice()
    return [
        ["area", "month", "homicides"],
        *([area, month, str(int(dice.random() < 0.2))] for area in AREAS for month in MONTHS),
    ]


def homicide_wide() -> Rows:
    dice = _dice()
    return [
        ["辖区", "类别", *MONTHS],
        *([area, "命案", *(str(int(dice.random() < 0.1)) for _ in MONTHS)] for area in AREAS_ZH),
    ]


def homicide_in_regions() -> Rows:
    """A column that the areas decide: of the combinations of areas and months none is missing."""
    rows = homicide_by_month()
    return [["region", *rows[0]], *([f"Region {AREAS.index(row[0]) // 2 + 1}", *row] for row in rows[1:])]


def types_by_code() -> Rows:
    """A small whole number beside a named count, which names a cell and counts nothing."""
    rows = long_table()
    return [rows[0], *([area, str(KINDS.index(kind) + 1), *rest] for area, kind, *rest in rows[1:])]


def wide_months() -> Rows:
    dice = _dice()
    heads = [month.replace("-", "") for month in MONTHS]
    return [
        ["Group", "SubGroup", "Borough", *heads],
        *(["ALL", k, a, *(str(dice.randint(0, 400)) for _ in heads)] for k in KINDS for a in AREAS),
    ]


def wide_many_areas() -> Rows:
    dice = _dice()
    return [["area", *MONTHS[:12]], *([f"Area {n}", *(str(dice.randint(0, 9)) for _ in range(12))] for n in range(150))]


def centroids() -> Rows:
    """Coordinates that depend only on the area."""
    dice = _dice()
    centre_of = {area: (f"{60 + n / 7:.5f}", f"{-30 + n / 9:.5f}") for n, area in enumerate(AREAS)}
    return [
        ["area", "latitude", "longitude", "month", "offences"],
        *([a, *centre_of[a], m, str(dice.randint(0, 40))] for a in AREAS for m in MONTHS),
    ]


def centroids_under_other_names() -> Rows:
    rows = centroids()
    return [["district", "p1", "p2", "month", "offences"], *rows[1:]]


def series_of_months() -> Rows:
    dice = _dice()
    months = [f"{year}-{month:02d}" for year in range(1990, 2015) for month in range(1, 13)]
    return [["month", "offences"], *([month, str(dice.randint(900, 2000))] for month in months)]


def daily_series() -> Rows:
    dice = _dice()
    return [
        ["date", "calls"],
        *([f"2023-{m:02d}-{d:02d}", str(dice.randint(90, 300))] for m in range(1, 13) for d in range(1, 29)),
    ]


def chinese_long() -> Rows:
    dice = _dice()
    return [
        ["辖区", "警情类别", "统计月份", "接警数（起）"],
        *([a, k, m, str(dice.randint(0, 300))] for a in AREAS_ZH for k in ("盗窃", "诈骗") for m in MONTHS),
    ]


def chinese_services() -> Rows:
    """Headings that count identity cards and plates without holding any."""
    dice = _dice()
    return [
        ["区", "年份", "身份证办理量", "车牌补领数", "电话报警数"],
        *([a, str(y), *(str(dice.randint(500, 9000)) for _ in range(3))] for a in AREAS_ZH for y in (2021, 2022)),
    ]


def records() -> Rows:
    """One row an event, without a private word: only a count of one."""
    dice = _dice()
    rows = sorted(
        {
            (dice.choice(AREAS), dice.choice(KINDS), f"2024-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}")
            for _ in range(900)
        }
    )
    return [["area", "type", "date", "count"], *([*row, "1"] for row in dice.sample(rows, 700))]


def records_without_a_count() -> Rows:
    return [row[:-1] for row in records()]


def repeated_keys() -> Rows:
    rows = long_table()
    return [*rows, *rows[1:40]]


def numbered() -> Rows:
    rows = long_table()
    return [["ticket", *rows[0]], *([f"T-{n * 37 % 100_003}", *row] for n, row in enumerate(rows[1:]))]


def hashed() -> Rows:
    rows = long_table()
    return [
        ["subject", *rows[0]],
        *([hashlib.sha256(str(n % 90).encode()).hexdigest(), *row] for n, row in enumerate(rows[1:])),
    ]


def hidden_identity() -> Rows:
    """One identity number inside free text, near the end of a long table."""
    rows = [[*row, "" if n else "note"] for n, row in enumerate(long_table())]
    rows[1000][-1] = f"经核实（{identity_number()}）后归档"
    return rows


def plates_in_remarks() -> Rows:
    rows = [[*row, "" if n else "remark"] for n, row in enumerate(long_table())]
    for n in range(100, 140):
        rows[n][-1] = f"京A·{10000 + n * 7}"
    return rows


def moments() -> Rows:
    dice = _dice()
    return [
        ["area", "when", "cases"],
        *(
            [
                dice.choice(AREAS),
                f"2024-03-{dice.randint(1, 28):02d} {dice.randint(0, 23):02d}:{dice.randint(1, 59):02d}",
                "1",
            ]
            for _ in range(300)
        ),
    ]


def seconds_since_1970() -> Rows:
    dice = _dice()
    return [
        ["area", "t", "cases"],
        *([dice.choice(AREAS), str(dice.randint(1_600_000_000, 1_700_000_000)), "1"] for _ in range(300)),
    ]


def positions() -> Rows:
    dice = _dice()
    return [
        ["area", "type", "x1", "x2", "cases"],
        *(
            [dice.choice(AREAS), dice.choice(KINDS), f"{60 + dice.random():.6f}", f"{-30 + dice.random():.6f}", "2"]
            for _ in range(150)
        ),
    ]


def positions_in_one_column() -> Rows:
    rows = positions_named()
    return [
        ["area", "type", "经纬度", "month", "cases"],
        *([*row[:2], f"{row[2]},{row[3]}", *row[4:]] for row in rows[1:]),
    ]


def positions_named() -> Rows:
    rows = [*positions(), *positions()[1:]]
    return [
        ["area", "type", "lat", "lon", "month", "cases"],
        *([*row[:4], MONTHS[n % 24], row[4]] for n, row in enumerate(rows[1:])),
    ]


def phones() -> Rows:
    rows = [[*row, "" if n else "contact_ref"] for n, row in enumerate(long_table())]
    for n in range(1, 60):
        rows[n][-1] = f"+86 139{n:04d}{n * 3:04d}"
    return rows


def whole_numbers_of_events() -> Rows:
    """One row an event with an attribute that happens to be a whole number."""
    dice = _dice()
    rows = sorted(
        {
            (f"2024-{dice.randint(1, 3):02d}-{dice.randint(1, 28):02d}", dice.choice(AREAS), dice.choice(KINDS))
            for _ in range(400)
        }
    )
    return [["date", "area", "type", "duration"], *([*row, str(dice.randint(1, 300))] for row in rows)]


def by_age() -> Rows:
    dice = _dice()
    bands = ["0-17", "18-64", "65+"]
    return [
        ["area", "age_group", "sex", "year", "casualties"],
        *(
            [a, b, s, y, str(dice.randint(0, 60))]
            for a in AREAS
            for b in bands
            for s in ("m", "f")
            for y in ("2022", "2023")
        ),
    ]


def mostly_ones() -> Rows:
    return [
        ["area", "month", "cases"],
        *(
            [area, month, "1" if n % 30 else "2"]
            for n, (area, month) in enumerate((a, m) for a in AREAS for m in MONTHS)
        ),
    ]


MAKERS: dict[str, Callable[[], Rows]] = {
    name: make
    for name, make in globals().items()
    if callable(make) and getattr(make, "__annotations__", {}).get("return") == "Rows"
}
