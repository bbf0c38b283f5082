"""A small place and the card of a department that keeps its records in an engine. All of it is invented."""

from __future__ import annotations

from pathlib import Path

from loaders import SourceCard, read_places
from loaders.cards.categories import COLUMNS
from loaders.cards.read_card import card_to_pull
from loaders.refresh.dataset import Outcome
from loaders.warehouse.command import Options, pull
from tests.loaders.publisher import WORDS
from tests.loaders.publisher import _place as place_text

VARIABLE = "TESTED_WAREHOUSE"
ASKED = {
    "connection": VARIABLE,
    "table": "incidents",
    "area": "District",
    "time": "reported",
    "category": "kind",
    "from": "2023-01",
    "to": "2024-12",
    "where": {"state": ["recorded"]},
    "categories": {"THEFT 01": "theft", "THEFT 02": "theft"},
}


def department(root: Path, disclosure: str = "as_published", frequency: str = "month", **asked) -> Path:
    """A data folder with one dataset that has no release yet; the folder of the dataset. ``asked``: other words of
    [warehouse], None for none."""
    folder = root / "open" / "invented_department" / "counts"
    folder.mkdir(parents=True)
    (root / "places").mkdir()
    (root / "measures").mkdir()
    types = (("theft", "Theft"), ("fraud", "Fraud"))
    kinds = [
        "all,,all,,,yes,,All,全部,x,x,,,",
        *(f"{code},all,type,,,yes,,{name},{name},x,x,,," for code, name in types),
    ]
    (folder / "categories.csv").write_text("\n".join([",".join(COLUMNS), *kinds]), encoding="utf-8")
    (root / "measures" / "none.toml").write_text(_MEASURE, encoding="utf-8")
    (root / "places" / "invented.toml").write_text(place_text(), encoding="utf-8")
    write_card(folder, disclosure, frequency, **asked)
    return folder


def write_card(folder: Path, disclosure: str = "as_published", frequency: str = "month", **asked) -> None:
    from loaders.toml_text import written

    words = "".join(f"{key} = {WORDS}\n" for key in ("title", "description", "coverage", "publisher", "next_update"))
    lines = "\n".join(f"{key} = {written(value)}" for key, value in {**ASKED, **asked}.items() if value is not None)
    (folder / "source.toml").write_text(
        f'''# Invented records for the tests of this project.
name = "counts"
kind = "observations"
{words}licenses = [ {{ name = "CC0-1.0", title = {WORDS} }} ]
accessed = "2026-01"
disclosure = "{disclosure}"
place = "invented"
frequency = "{frequency}"
absent_rows = "zero"

[variables.cases]
column = "count"
unit = {{ code = "case", en = "cases", zh = "件" }}
label = {WORDS}

[warehouse]
{lines}
''',
        encoding="utf-8",
    )


def card_of(folder: Path) -> SourceCard:
    return card_to_pull(folder / "source.toml")


def run(folder: Path, said: list[str] | None = None, **options) -> Outcome:
    """One pull of the dataset, by the road that the command takes; ``said``: where the progress is told."""
    card = card_of(folder)
    place = read_places(folder.parents[2], {card.name: card}, {})["invented"]
    return pull(card, place, Options(say=(said if said is not None else []).append, **options))


def cells(folder: Path) -> dict[tuple[str, str, str], int]:
    """(area, category, month) → the count of the newest release's file."""
    lines = (folder / card_of(folder).latest.file).read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.replace('"', "").split(",") for line in lines]
    return {(area, category, period): int(count) for area, category, period, count in rows}


_MEASURE = f"""# An invented measure for the tests.
name = "none"
domain = "crime"
kind = "count"
dataset = "counts"
variable = "cases"
title = {WORDS}
what = {WORDS}
why = {WORDS}
cannot_tell = [{WORDS}]
lower_is_better = ""
grains = ["place", "area", "category", "month"]
views = ["count"]
default_category = "all"
home_categories = ["all"]
written_by = "The tests"
next_review = "2029-11"
said = {{ en = "{{value}} invented cases in {{area}}", zh = "{{area}}虚构案件{{value}}起" }}
"""
