"""Ways to bring records past the gate that were tried; each must end in a refusal or a question. Numbers are invented."""

from __future__ import annotations

import base64
import csv
import random

import pytest

from loaders import SourceError
from loaders.__main__ import main
from tests.gate.made import AREAS, KINDS, MONTHS, identity_number
from tests.loaders import invented, writers

DICE = random.Random(3)
DAYS = [f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 29)]
EVENTS = sorted({(DICE.choice(AREAS), DICE.choice(KINDS), DICE.choice(DAYS)) for _ in range(500)})
CELLS = [(area, month) for area in AREAS for month in MONTHS]
HEAD = ["area", "x", "month", "count"]


def planted(write) -> list[list]:
    """A sound table with a column ``x`` that hides something in every row."""
    return [HEAD, *([area, write(n), month, 3 + n % 7] for n, (area, month) in enumerate(CELLS))]


ATTACKS = {
    "an attribute passed off as a count": [
        ["area", "type", "date", "offences"],
        *([*event, 1 + n % 9] for n, event in enumerate(EVENTS)),
    ],
    "some ones turned into twos": [
        ["area", "type", "date", "count"],
        *([*event, 2 if n % 9 == 0 else 1] for n, event in enumerate(EVENTS)),
    ],
    "a note in every row to make keys differ": [
        ["area", "type", "month", "count", "note"],
        *([*EVENTS[n % 9][:2], "2024-01", 2, f"about {n}"] for n in range(300)),
    ],
    "names of persons among areas": [
        ["area", "month", "count"],
        *([f"{one}某{two}", month, 2] for one in "王李张刘陈" for two in "甲乙丙丁" for month in MONTHS[:4]),
    ],
    "hundreds of persons in wide months": [
        ["area", *MONTHS[:6]],
        *([f"Z {n}", *(DICE.randint(0, 3) for _ in range(6))] for n in range(500)),
    ],
    "signs set apart by invisible ones": planted(lambda n: "\u200b".join(identity_number(order=n))),
    "full width": planted(
        lambda n: identity_number(order=n).translate({code: code + 0xFEE0 for code in range(0x30, 0x5B)})
    ),
    "hyphens": planted(lambda n: "-".join(identity_number(order=n))),
    "line breaks": planted(lambda n: identity_number(order=n)[:9] + "\n" + identity_number(order=n)[9:]),
    "base 64": planted(lambda n: base64.b64encode(identity_number(order=n).encode()).decode()),
    "backwards": planted(lambda n: identity_number(order=n)[::-1]),
    "rounded by a workbook": planted(lambda n: f"{float(identity_number(order=n).replace('X', '0')):.15e}"),
    "a plate with spaces": planted(lambda n: f"沪 A {' '.join(f'{10000 + n}')}"),
    "a plate inside a bit of JSON": planted(lambda n: f'{{"p":"沪A{10000 + n}"}}'),
    "Cyrillic letters in a heading": [["area", "n\u0430me", "month", "count"], *planted(lambda n: f"Z{n // 3}")[1:]],
    "date and time in two columns": [
        ["area", "date", "time", "count"],
        *([e[0], e[2], f"{n % 24:02d}:{n * 7 % 60:02d}", 1] for n, e in enumerate(EVENTS)),
    ],
    "days with fractions": [
        ["area", "type", "t", "count"],
        *([*event[:2], f"{45000 + n * 0.731:.6f}", 2] for n, event in enumerate(EVENTS)),
    ],
    "an address for a category": [
        ["area", "type", "month", "count"],
        *([e[0], f"{n} High Street", MONTHS[n % 24], 1] for n, e in enumerate(EVENTS)),
    ],
    "identity numbers for counts": [
        ["area", "month", "count"],
        *([*cell, identity_number(order=n)] for n, cell in enumerate(CELLS)),
    ],
    "twenty rare events": [
        ["area", "type", "month", "count"],
        *([*event[:2], MONTHS[n % 24], 1] for n, event in enumerate(EVENTS[:200:10])),
    ],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_attack_is_stopped(attack, tmp_path, capsys):
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ATTACKS[attack])
    assert main(["check", str(path)]) in (1, 2), capsys.readouterr().out


def test_a_workbook_is_judged_by_all_its_sheets(tmp_path, capsys):
    import pandas as pd

    path = tmp_path / "t.xlsx"
    rows = planted(lambda n: "ok")
    private = planted(lambda n: identity_number(order=n))
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        pd.DataFrame(rows[1:], columns=rows[0]).to_excel(book, sheet_name="figures", index=False)
        pd.DataFrame(private[1:], columns=private[0]).to_excel(book, sheet_name="more", index=False)
        book.sheets["more"].sheet_state = "hidden"
    assert main(["check", str(path)]) == 1
    assert "value_identity" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("at", "passes"), [(lambda area, n: area, True), (lambda area, n: n, False)], ids=["of areas", "of events"]
)
def test_coordinates_that_a_card_ignores_are_asked_about_unless_they_are_those_of_areas(at, passes, tmp_path):
    keys = [
        (area, kind, year) for area in range(3) for kind in invented.KINDS.values() for year in ("2021", "2022", "2023")
    ]
    points = [(f"{60 + at(key[0], n) / 2:.1f}", f"{-30 + at(key[0], n) / 4:.2f}") for n, key in enumerate(keys)]
    names = list(invented.AREAS.values())
    rows = [[names[area], *rest, *point, "7"] for (area, *rest), point in zip(keys, points, strict=True)]
    data = writers.as_csv([["area", "type", "year", "lat", "lon", "recorded"], *rows])
    card = {
        "frequency": "year",
        "columns": {"area": "area", "category": "type", "period": "year"},
        "ignore": ["lat", "lon"],
        "variables": {"recorded": {"column": "recorded"}},
        "table": {"layout": "long"},
    }
    if passes:
        assert len(invented.read(tmp_path, "t.csv", data, card).frame) == len(rows)
    else:
        with pytest.raises(SourceError, match="coordinate_columns"):
            invented.read(tmp_path, "t.csv", data, card)
