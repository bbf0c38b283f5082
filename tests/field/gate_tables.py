"""Tables for the gate, unlike one another: records of persons and events, and aggregates, in ten languages. All of it is invented."""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from tests.field.writing import Grid

WORDS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "gate_words.toml").read_text(encoding="utf-8")
)
NAMES = {
    "zh": "东山区 西河区 南溪区 北岭区 中原区 滨海区",
    "ko": "강북구 강남구 마포구 종로구 송파구 중랑구",
    "ja": "青葉区 港北区 緑区 泉区 旭区 栄区",
    "ru": "Заречный Южный Центральный Озёрный Лесной Горный",
}
KINDS = {
    "zh": "盗窃 诈骗 纵火",
    "ko": "절도 사기 방화",
    "ja": "窃盗 詐欺 放火",
    "ru": "Кража Мошенничество Поджог",
    "de": "Diebstahl Betrug Brand",
    "fr": "Vol Fraude Incendie",
    "es": "Hurto Estafa Incendio",
}
TONGUES = tuple(WORDS)


@dataclass(frozen=True)
class Tongue:
    """A language: its headings, six areas and three kinds."""

    code: str

    def __getitem__(self, word: str) -> str:
        return WORDS[self.code][word]

    @cached_property
    def areas(self) -> list[str]:
        return NAMES.get(self.code, "Ashford Brookton Calder Dunmore Elmsea Farley").split()

    @cached_property
    def kinds(self) -> list[str]:
        return KINDS.get(self.code, "Theft Fraud Arson").split()


def _day(dice: random.Random) -> date:
    return date(2023, 1, 1) + timedelta(days=dice.randrange(365))


_CELLS: dict[str, Callable] = {  # a cell of a record, from the dice, its number and its language
    "case": lambda d, n, t: f"{2023 + n % 2}/{n * 37 % 9973:05d}",
    "name": lambda d, n, t: f"{'QXZVWKJY'[n % 8]}{'aeiou'[n % 5]}{'lmnrst'[n % 6]}{n}",
    "birth": lambda d, n, t: f"{1950 + n % 50}-{1 + n % 12:02d}-{1 + n % 28:02d}",
    "date": lambda d, n, t: _day(d).isoformat(),
    "time": lambda d, n, t: f"{_day(d)} {d.randrange(24):02d}:{d.randrange(60):02d}:{d.randrange(60):02d}",
    "area": lambda d, n, t: d.choice(t.areas),
    "kind": lambda d, n, t: d.choice(t.kinds),
    "age": lambda d, n, t: d.randrange(12, 90),
    "sex": lambda d, n, t: d.choice("MF"),
    "street": lambda d, n, t: f"{d.randrange(1, 200)} Mill Lane",
    "lat": lambda d, n, t: round(50 + d.random(), 6),
    "lon": lambda d, n, t: round(10 + d.random(), 6),
    "plate": lambda d, n, t: f"AB{d.randrange(10, 99)} {'XYZ'[n % 3]}{'KLM'[d.randrange(3)]}C",
    "phone": lambda d, n, t: f"07700 9{d.randrange(10000, 99999)}",
    "mail": lambda d, n, t: f"p{n}@example.org",
    "count": lambda d, n, t: d.choice((1, 1, 1, 1, 2, 3)),
    "outcome": lambda d, n, t: d.choice("ABCD"),
    "person": lambda d, n, t: hashlib.sha256(f"{n}".encode()).hexdigest()[:16],
    "money": lambda d, n, t: round(d.random() * 4000, 2),
    "weight": lambda d, n, t: round(0.4 + d.random() * 2, 5),
    "year": lambda d, n, t: 2020 + d.randrange(4),
    "month": lambda d, n, t: f"2023-{d.randrange(1, 13):02d}",
    "staff": lambda d, n, t: d.randrange(1, 5),
    "one": lambda d, n, t: 1,
}


RECORDS = {  # what it is → its columns, and how many rows
    "crimes with a number": ("case date kind area outcome", 120),
    "victims": ("name birth kind area", 40),
    "suspects by age and sex": ("case age sex kind area date", 200),
    "calls with a time to the second": ("time area kind outcome", 150),
    "collisions with vehicles and casualties": ("case date lat lon staff count", 180),
    "points on a map": ("lat lon kind month", 260),
    "stolen vehicles": ("plate date area kind", 60),
    "complaints with an address": ("street kind date outcome", 90),
    "contacts": ("name phone mail area", 30),
    "persons by a hash": ("person year kind count", 160),
    "survey answers with weights": ("person age sex area weight", 220),
    "damages": ("case money kind date area", 140),
    "stops and searches": ("time age sex area outcome kind", 300),
    "a jail's roster": ("name age sex date kind", 70),
    "witnesses": ("case name phone", 45),
    "tickets": ("plate time street money", 110),
    "missing persons": ("name birth sex date area", 25),
    "events, each counted once": ("area kind date one", 320),
    "convictions": ("person birth kind outcome year", 130),
    "patients": ("case birth sex area outcome", 80),
    "sentences without a number": ("age sex kind outcome date money", 170),
    "collisions without a number": ("date lat lon area staff count", 240),
}


@cache
def records() -> dict[str, Grid]:
    """Sixty-six tables of records: each of the kinds in three languages, with rows and columns in different orders."""
    tables = {}
    for number, (what, (columns, rows)) in enumerate(RECORDS.items()):
        for turn in range(3):
            tongue, dice = Tongue(TONGUES[(3 * number + turn * 3 + turn) % 10]), random.Random(f"{what} {turn}")
            words = columns.split()
            words = words[turn:] + words[:turn]
            heads = [tongue["count"] if word == "one" else tongue[word] for word in words]
            body = list(
                dict.fromkeys(tuple(_CELLS[word](dice, n, tongue) for word in words) for n in range(rows + 17 * turn))
            )
            tables[f"ga/{what} ({tongue.code})"] = [heads, *map(list, body)]
    return tables


def _long(t: Tongue, dice, keys: dict[str, list], value: Callable, head: str = "count") -> Grid:
    return [[*keys, t[head]], *([*key, value(dice)] for key in product(*keys.values()))]


def _years(last: int, number: int = 4) -> list[int]:
    return [last - number + 1 + n for n in range(number)]


def _counts(dice: random.Random) -> int:
    return dice.randrange(20, 900)


AGGREGATES: dict[str, Callable[[Tongue, random.Random], Grid]] = {
    "areas by year": lambda t, d: _long(t, d, {t["area"]: t.areas, t["year"]: _years(2023)}, _counts),
    "areas by kind and month": lambda t, d: _long(
        t, d, {t["area"]: t.areas, t["kind"]: t.kinds, t["month"]: [f"2023-{m:02d}" for m in range(1, 13)]}, _counts
    ),
    "years across": lambda t, d: [
        [t["area"], *_years(2023, 6)],
        *([a, *(_counts(d) for _ in range(6))] for a in t.areas),
    ],
    "kinds across with a total": lambda t, d: [
        [t["area"], t["year"], *t.kinds, t["total"]],
        *([a, y, *(c := [_counts(d) for _ in t.kinds]), sum(c)] for a in t.areas for y in _years(2022, 3)),
    ],
    "rare events, mostly noughts": lambda t, d: _long(
        t,
        d,
        {t["area"]: t.areas, t["month"]: [f"2022-{m:02d}" for m in range(1, 13)]},
        lambda dice: int(dice.random() < 0.2),
    ),
    "rates beside counts and residents": lambda t, d: [
        [t["area"], t["year"], t["count"], t["people"], t["rate"]],
        *(
            [a, y, c := _counts(d), p := d.randrange(20_000, 90_000), round(1000 * c / p, 2)]
            for a in t.areas
            for y in _years(2023)
        ),
    ],
    "rates alone": lambda t, d: [
        [t["area"], t["year"], t["rate"]],
        *([a, y, round(3 + 9 * d.random(), 2)] for a in t.areas for y in _years(2023)),
    ],
    "persons by age and sex": lambda t, d: _long(
        t,
        d,
        {
            t["area"]: t.areas,
            t["group"]: ["0-17", "18-24", "25-64", "65+"],
            t["sex"]: ["M", "F"],
            t["year"]: _years(2023, 2),
        },
        _counts,
    ),
    "hours of the day": lambda t, d: _long(
        t,
        d,
        {t["area"]: t.areas, t["hour"]: [f"{h:02d}-{h + 4:02d}" for h in range(0, 24, 4)], t["year"]: _years(2023, 2)},
        _counts,
    ),
    "days of the week": lambda t, d: _long(
        t, d, {t["day"]: list("1234567"), t["area"]: t.areas, t["year"]: _years(2023, 2)}, _counts
    ),
    "one series of months": lambda t, d: [
        [t["month"], t["count"]],
        *([f"{y}-{m:02d}", d.randrange(900, 1900)] for y in range(2012, 2024) for m in range(1, 13)),
    ],
    "changes": lambda t, d: [
        [t["area"], t["year"], t["count"], t["change"]],
        *([a, y, _counts(d), d.randrange(-40, 40)] for a in t.areas for y in _years(2023)),
    ],
    "money lost": lambda t, d: [
        [t["area"], t["year"], t["count"], t["money"]],
        *([a, y, _counts(d), d.randrange(20_000, 900_000)] for a in t.areas for y in _years(2023)),
    ],
    "officers": lambda t, d: [
        [t["area"], t["year"], t["staff"]],
        *([a, y, d.randrange(30, 400)] for a in t.areas for y in _years(2023)),
    ],
    "time to arrive": lambda t, d: [
        [t["area"], t["year"], t["count"], t["minutes"]],
        *([a, y, _counts(d), round(6 + 5 * d.random(), 1)] for a in t.areas for y in _years(2023)),
    ],
    "areas called by numbers": lambda t, d: _long(
        t, d, {t["area"]: list(range(1, 25)), t["year"]: _years(2023)}, _counts
    ),
    "codes beside names": lambda t, d: [
        ["Code", t["area"], t["year"], t["count"]],
        *([f"E0900{n:04d}", a, y, _counts(d)] for n, a in enumerate(t.areas) for y in _years(2023)),
    ],
    "residents of three censuses": lambda t, d: [
        [t["area"], t["year"], t["people"]],
        *([a, y, d.randrange(20_000, 900_000)] for a in t.areas for y in (2001, 2011, 2021)),
    ],
    "four hundred areas in one year": lambda t, d: [
        [t["area"], t["kind"], t["year"], t["count"]],
        *([f"{t.areas[n % 6]} {n:03d}", k, 2023, d.randrange(0, 60)] for n in range(140) for k in t.kinds),
    ],
    "a very small table": lambda t, d: [
        [t["area"], "2022", "2023"],
        *([a, _counts(d), _counts(d)] for a in t.areas[:3]),
    ],
}


@cache
def aggregates() -> dict[str, Grid]:
    """Sixty aggregates: each of the twenty kinds in three languages."""
    tables = {}
    for number, (what, make) in enumerate(AGGREGATES.items()):
        for turn in range(3):
            tongue = Tongue(TONGUES[(3 * number + turn * 3 + turn) % 10])
            tables[f"ga/{what} ({tongue.code})"] = make(tongue, random.Random(f"{what} {turn}"))
    return tables
