"""Some hundred files: every format with every encoding, shape, way of writing numbers and periods, mark and hidden part, each beside each."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from tests.field.writing import Grid, json_stat, open_document, parquet, sdmx_json, text_file, workbook

PER_FORMAT = 36
TEXT = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
SHEETS = ("xlsx", "ods")
CUBES = ("json_stat", "sdmx_json")
FORMATS = (*TEXT, *SHEETS, *CUBES, "parquet")
ENDINGS = {"tab": "tsv", "xlsx": "xlsx", "ods": "ods", "parquet": "parquet", **dict.fromkeys(CUBES, "json")}
LANGUAGES = {  # names of areas, two kinds, headings (area, kind, period, figures), the total, and encodings beside those of Unicode
    "English": (
        ("Ashford", "Birch Hill", "Cold Field", "Dogwood"),
        ("Theft", "Fraud"),
        ("Area", "Offence", "Period", "Offences"),
        "Total",
        ("cp1252",),
    ),
    "German": (
        ("Königsau", "Großfeld", "Mühlen", "Übersee"),
        ("Diebstahl", "Betrug"),
        ("Bezirk", "Delikt", "Zeitraum", "Fälle"),
        "Insgesamt",
        ("cp1252",),
    ),
    "Chinese": (
        ("东山区", "西河区", "南溪区", "北岭区"),
        ("盗窃", "诈骗"),
        ("地区", "类别", "时间", "起数"),
        "合计",
        ("gb18030",),
    ),
    "Korean": (
        ("강북구", "강남구", "마포구", "종로구"),
        ("절도", "사기"),
        ("구별", "죄종", "기간", "발생건수"),
        "합계",
        ("cp949",),
    ),
    "Japanese": (
        ("青葉区", "港北区", "緑区", "泉区"),
        ("窃盗", "詐欺"),
        ("市区", "罪種", "期間", "認知件数"),
        "合計",
        ("shift_jis", "euc_jp"),
    ),
    "Czech": (
        ("Děčín", "Žďár", "Třebíč", "Jeseník"),
        ("Krádež", "Podvod"),
        ("Okres", "Druh", "Období", "Případy"),
        "Celkem",
        ("cp1250",),
    ),
}
PERIODS = {  # how they are written → texts and what they are
    "years": (("2021", "2022", "2023"),) * 2,
    "months": (("2023-11", "2023-12", "2024-01"),) * 2,
    "compact months": (("202311", "202312", "202401"), ("2023-11", "2023-12", "2024-01")),
    "names of months": (("Nov 2023", "Dec 2023", "Jan 2024"), ("2023-11", "2023-12", "2024-01")),
    "months in Chinese": (("2023年11月", "2023年12月", "2024年1月"), ("2023-11", "2023-12", "2024-01")),
    "codes of months": (("2023M11", "2023M12", "2024M01"), ("2023-11", "2023-12", "2024-01")),
    "quarters": (("2023-Q3", "2023-Q4", "2024-Q1"),) * 2,
    "quarters first": (("Q3 2023", "Q4 2023", "Q1 2024"), ("2023-Q3", "2023-Q4", "2024-Q1")),
    "financial years": (("2021/22", "2022/23", "2023/24"), ("2021-FY04", "2022-FY04", "2023-FY04")),
    "weeks": (("2020-W52", "2020-W53", "2021-W01"),) * 2,
}
NUMBERS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": lambda number: f"{number:,}",
    "points": lambda number: f"{number:,}".replace(",", "."),
    "spaces": lambda number: f"{number:,}".replace(",", " "),
    "no-break spaces": lambda number: f"{number:,}".replace(",", "\u00a0"),
    "narrow spaces": lambda number: f"{number:,}".replace(",", "\u202f"),
    "apostrophes": lambda number: f"{number:,}".replace(",", "’"),
}
MARKS = {
    "none": None,
    "withheld": ("[c]", "c"),
    "not available": ("[x]", "x"),
    "provisional": ("[p]", "p"),
    "two dots": ("..", None),
    "n/a": ("n/a", None),
    "colon": (":", "x"),
}
SHAPES = ("long", "wide", "kinds in rows", "kinds in columns")
PARTS = ("none", "title above", "notes below", "a total", "hidden notes", "hidden records")
RECORDS: Grid = [
    ["Case number", "Victim name", "Date of birth"],
    *([f"C-2023-{n:05d}", f"Person {n}", f"198{n}-0{n}-1{n}"] for n in range(1, 9)),
]


@dataclass(frozen=True)
class Sample:
    """One file and what must come of it."""

    id: str
    about: str  # language, shape and the rest in words
    name: str
    content: bytes
    cells: dict[tuple[str, str, str], tuple[float | None, str | None]] = field(
        repr=False
    )  # area, kind and period → value and status (None: any)
    areas: tuple[str, ...] = ()
    mark: str = ""  # a mark without a known meaning: may be asked about
    encoding: str = ""  # an encoding that may be another one: may be asked about
    records: bool = False  # must be refused
    hidden: bool = False  # must be told of


@cache
def samples(form: str) -> list[Sample]:
    """The files of one format: each aspect goes round by a step of its own, so that each value meets each value of every other."""
    return [_sample(form, number) for number in range(PER_FORMAT)]


@cache
def each_beside_each() -> frozenset[str]:
    """The ids of as few files as hold every pair of values that the whole grid holds, the format being one of them."""
    pairs = {
        one.id: set(combinations(enumerate((form, *one.about.split(", "))), 2))
        for form in FORMATS
        for one in samples(form)
    }
    missing, kept = set().union(*pairs.values()), []
    while missing:
        kept.append(max(pairs, key=lambda name: len(pairs[name] & missing)))
        missing -= pairs[kept[-1]]
    return frozenset(kept)


def _sample(form: str, number: int) -> Sample:
    name, dice = f"gr/{form}-{number:02d}", random.Random(f"{form} {number}")
    number += 5 * FORMATS.index(form)
    language, shape = list(LANGUAGES)[number % 6], SHAPES[(number + number // 6) % 4]
    period, style = list(PERIODS)[(3 * number + number // 10) % 10], list(NUMBERS)[(5 * number + number // 7) % 7]
    mark, part = list(MARKS)[(2 * number + number // 14) % 7], PARTS[(5 * number + number // 12) % 6]
    style, mark = (
        ("plain" if number % 3 == 0 else style),
        ("none" if number % 3 == 1 else mark),
    )  # each alone, and both together
    if form in (*CUBES, "parquet"):
        part = "none"
    if form in CUBES:
        shape, style, mark = ("kinds in rows", "long")[number % 2], "plain", "none"
    if form in TEXT and part.startswith("hidden"):
        part = "a total"
    if form == "parquet":
        shape = ("long", "kinds in rows", "wide")[number % 3]
    areas, kinds, heads, total, legacy = LANGUAGES[language]
    encoding = ("utf-8", "utf-8-sig", "utf-16", *legacy)[(number // 6) % (3 + len(legacy))] if form in TEXT else "utf-8"
    if encoding in legacy and style in ("narrow spaces", "apostrophes", "no-break spaces"):
        style = "plain"  # most of these encodings have no letter for them
    kinds = kinds if shape.startswith("kinds") else ("",)
    texts, periods = PERIODS[period]
    values = {
        (a, k, p): _value(dice, n, column)
        for n, a in enumerate(areas)
        for k in kinds
        for column, p in enumerate(periods)
    }
    cells: dict = {key: (value, "") for key, value in values.items()}
    written = {
        key: NUMBERS[style](value) if form not in (*SHEETS, "parquet") or number % 2 else value
        for key, value in values.items()
    }
    if MARKS[mark]:
        key = (areas[1], kinds[-1], periods[2])
        text, status = MARKS[mark]
        written[key] = f"{written[key]} {text}" if status == "p" else text
        cells[key] = (values[key] if status == "p" else None, status)
    sums = part == "a total" and not MARKS[mark] and shape != "kinds in columns"
    grid = _grid(
        shape,
        heads,
        areas,
        kinds,
        dict(zip(texts, periods, strict=True)),
        written,
        total if sums else "",
        NUMBERS[style],
        values,
    )
    content = _write(form, grid, encoding, part, shape, areas, kinds, texts, list(values.values()), heads)
    known = not MARKS[mark] or MARKS[mark][1] is not None
    return Sample(
        name,
        ", ".join((language, shape, period, style, mark, part, encoding)),
        f"table.{ENDINGS.get(form, 'csv')}",
        content,
        cells,
        areas,
        "" if known else MARKS[mark][0],
        encoding if encoding in legacy else "",
        part == "hidden records",
        part == "hidden notes",
    )


def _value(dice: random.Random, area: int, column: int) -> int:
    """The first area counts millions, the last one less than a thousand: so it is always plain what a sign between digits is."""
    return (1_204_331, 12_155, 23_870, 412)[area] + (40_000, 700, 900, 30)[area] * column + dice.randint(0, 25)


def _grid(shape, heads, areas, kinds, periods, written, total, number, values) -> Grid:
    """The table as rows; ``periods``: text → period; ``total``: the name of a row of sums, or ''."""
    area, kind, when, count = heads
    names = [*areas, *([total] if total else [])]

    def cell(name, which, period):
        return (
            written[name, which, period]
            if name != total or not total
            else number(sum(values[each, which, period] for each in areas))
        )

    if shape == "wide":
        return [[area, *periods], *([name, *(cell(name, kinds[0], p) for p in periods.values())] for name in names)]
    if shape == "kinds in columns":
        return [
            [area, when, *kinds],
            *([name, text, *(cell(name, k, p) for k in kinds)] for name in names for text, p in periods.items()),
        ]
    if shape == "kinds in rows":
        return [
            [area, kind, when, count],
            *([name, k, text, cell(name, k, p)] for name in names for k in kinds for text, p in periods.items()),
        ]
    return [
        [area, when, count],
        *([name, text, cell(name, kinds[0], p)] for name in names for text, p in periods.items()),
    ]


def _write(form, grid: Grid, encoding, part, shape, areas, kinds, texts, values, heads) -> bytes:
    if form in CUBES:
        dimensions = {
            heads[0]: list(areas),
            **({heads[1]: list(kinds)} if shape == "kinds in rows" else {}),
            heads[2]: list(texts),
        }
        return json_stat(dimensions, values) if form == "json_stat" else sdmx_json(dimensions, values)
    if form == "parquet":
        return parquet(
            [
                [str(cell) if column < len(row) - 1 and shape != "wide" else cell for column, cell in enumerate(row)]
                for row in _alike(grid)
            ]
        )
    if part == "title above":
        grid = [["Table 2 (invented)"], [], *grid]
    if part == "notes below":
        grid = [*grid, [], ["Note: figures are invented."]]
    if form in TEXT:
        return text_file(grid, encoding, TEXT[form])
    sheets = [("Table 1", grid)]
    name = "Working"
    if part == "hidden notes":
        sheets.append((name, [["Checked twice by the statistics office."], ["Nothing else."]]))
    if part == "hidden records":
        sheets.append((name, RECORDS))
    return workbook(*sheets, hidden={name: "hidden"}) if form == "xlsx" else open_document(*sheets, hidden=(name,))


def _alike(grid: Grid) -> Grid:
    """A column of Parquet has one type: texts where one cell is a text."""
    texts = [any(isinstance(row[column], str) for row in grid[1:]) for column in range(len(grid[0]))]
    return [
        grid[0],
        *([str(cell) if text else cell for cell, text in zip(row, texts, strict=True)] for row in grid[1:]),
    ]
