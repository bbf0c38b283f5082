"""Whatever frequency a publisher has: figures are compared, pages are drawn, and residents give rates by the middle of their year."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from loaders import periods
from measures.about.provenance import figure_parts
from measures.comparability.answer import Figure, compare
from measures.comparability.aspects import STRENGTH
from measures.figures.compute import Query, compute
from measures.lines.denominators import of_years
from measures.store.shelf import Shelf
from tests.acceptance.pages import opened

WORDS = '{ en = "Invented", zh = "虚构" }'
AREAS = ("a", "b", "c")
SPANS = {
    "year": ("2014", "2023"),
    "half": ("2018-H1", "2023-H2"),
    "quarter": ("2018-Q1", "2023-Q4"),
    "month": ("2021-01", "2023-12"),
    "week": ("2022-W01", "2023-W52"),
    "fiscal_year": ("2014-FY04", "2023-FY04"),
    "school_year": ("2014-SY09", "2023-SY09"),
    "year_to_date": ("2019-YTD-03", "2023-YTD-06"),
}
EVERY = pytest.mark.parametrize("frequency", periods.FREQUENCIES)
RESIDENTS = {"year": 12, "half": 6, "quarter": 3, "month": 1, "fiscal_year": 12, "school_year": 12, "week": 1}


def held(frequency: str) -> list[str]:
    first, last = SPANS[frequency]
    return periods.span(first, last)


def people(period: str) -> int:
    """Residents that grow from period to period, so that one period cannot be taken for another."""
    return 100_000 + 10 * periods.dates(period)[0].toordinal()


def dataset(root: Path, name: str, frequency: str, figures: dict[str, int]) -> None:
    home = root / "open" / "invented" / name
    home.mkdir(parents=True)
    rows = [f"{area},{period},{number + 3 * at}" for at, area in enumerate(AREAS) for period, number in figures.items()]
    data = "\n".join(["area,period,number", *rows, ""]).encode()
    (home / "t.csv").write_bytes(data)
    words = "".join(f"{key} = {WORDS}\n" for key in ("title", "description", "publisher", "coverage", "next_update"))
    (home / "source.toml").write_text(
        f'name = "{name}"\nkind = "observations"\n{words}licenses = [ {{ name = "CC0-1.0", title = {WORDS} }} ]\naccessed = "2026-11"\n'
        f'disclosure = "as_published"\nplace = "invented"\nfrequency = "{frequency}"\nstale_after_months = 24\n[variables.number]\ncolumn = "number"\n'
        f'unit = {{ code = "case", en = "cases", zh = "件" }}\nlabel = {WORDS}\n[[releases]]\nid = "1"\npublished = "2024"\nfile = "t.csv"\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\ncolumns = {{ area = "area", period = "period" }}\n',
        encoding="utf-8",
    )


def measure(root: Path, name: str, counted: str, residents: str) -> None:
    (root / "measures").mkdir(exist_ok=True)
    words = "".join(f"{key} = {WORDS}\n" for key in ("title", "what", "why"))
    (root / "measures" / f"{name}.toml").write_text(
        f'name = "{name}"\ndomain = "crime"\nkind = "count"\ndataset = "{counted}"\nvariable = "number"\n{words}cannot_tell = [ {WORDS} ]\n'
        f'views = ["count", "rate", "index"]\nrate = {{ dataset = "{residents}", variable = "number", per = 1000, oldest_months = 24 }}\n'
        'home_categories = [""]\nwritten_by = "The tests"\nnext_review = "2027-11"\n'
        '[said]\nen = "{value} cases{per} in {area}"\nzh = "{area}{per}案件{value}件"\n',
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Shelf:
    """A place with a dataset and a measure of every frequency, and residents of every frequency that a rate may divide by."""
    root = tmp_path_factory.mktemp("frequencies") / "data"
    for frequency in periods.FREQUENCIES:
        dataset(root, f"by_{frequency}", frequency, {period: 400 + at % 7 for at, period in enumerate(held(frequency))})
        measure(root, f"by_{frequency}", f"by_{frequency}", "people_year")
    for frequency in RESIDENTS:
        dataset(root, f"people_{frequency}", frequency, {period: people(period) for period in held(frequency)})
        measure(root, f"over_{frequency}", "by_year", f"people_{frequency}")
    names = sorted(path.stem for path in (root / "measures").glob("*.toml"))
    areas = "".join(
        f'[[areas]]\ncode = "{one}"\nname = {{ en = "Area {one}", zh = "{one}区" }}\ntile = [0, {at}]\n'
        for at, one in enumerate(AREAS)
    )
    words = "".join(f"{key} = {WORDS}\n" for key in ("name", "country", "whole", "intro"))
    (root / "places").mkdir()
    (root / "places" / "invented.toml").write_text(
        f'{words}area_word = {{ en = "area", en_plural = "areas", zh = "区" }}\ncode = "inv"\ndefault = true\nmeasures = {names}\n{areas}'.replace(
            "'", '"'
        ),
        encoding="utf-8",
    )
    made = Shelf(root)
    assert not made.faulty and not made.faults
    return made


@EVERY
@pytest.mark.parametrize("view", ["count", "rate", "index"])
def test_two_figures_of_any_frequency_are_compared(frequency, view, shelf):
    known = held(frequency)
    name = f"by_{frequency}"
    for earlier in (periods.year_before(known[-1]), known[-2]):
        answer = compare(
            Figure(name, "a", "", view, "", known[-1]), Figure(name, "b", "", view, "", earlier), "invented", shelf
        )
        assert answer.outcome in STRENGTH


@EVERY
def test_the_same_period_a_year_before_has_the_same_months(frequency, shelf):
    last = held(frequency)[-1]
    answer = compare(
        *(Figure(f"by_{frequency}", "a", "", "count", "", one) for one in (last, periods.year_before(last))),
        "invented",
        shelf,
    )
    assert "period_length" not in {finding.aspect for finding in answer.findings if finding.outcome == "decline"}


def test_a_financial_year_is_not_set_beside_a_school_year_as_if_the_months_were_the_same(shelf):
    sides = (
        Figure("by_fiscal_year", "a", "", "count", "", "2023-FY04"),
        Figure("by_school_year", "a", "", "count", "", "2023-SY09"),
    )
    assert "other_months" in {finding.key for finding in compare(*sides, "invented", shelf).findings}


@EVERY
@pytest.mark.parametrize(
    ("page", "state"),
    [("compare", {"by": "periods"}), ("compare", {"by": "areas"}), ("trends", {}), ("claims", {})],
    ids=str,
)
def test_a_page_is_drawn_for_any_frequency(frequency, page, state, shelf):
    for code in ("en", "zh"):
        text = opened(page, shelf, lang=code, place="invented", measure=f"by_{frequency}", **state).text
        assert {"en": "cannot be shown at the moment", "zh": "暂时无法显示"}[code] not in text


@pytest.mark.parametrize("frequency", RESIDENTS)
def test_a_rate_divides_by_the_residents_of_the_middle_of_the_year(frequency, shelf):
    made = compute(Query("invented", f"over_{frequency}", ("a",), "", "rate"), shelf)
    row = made.table.set_index("period").loc["2022"]
    (middle,) = [
        one
        for one in held(frequency)
        if periods.dates(one)[0] <= np.datetime64("2022-06-30").item() <= periods.dates(one)[1]
    ]
    assert row["denominator"] == people(middle)
    assert row["value"] == pytest.approx(1000 * row["numerator"] / people(middle))
    part = next(
        one
        for one in figure_parts(Query("invented", f"over_{frequency}", ("a",), "", "rate", last="2022"), shelf)
        if one.role == "denominator"
    )
    assert part.periods == (middle,)


def test_a_year_without_its_middle_has_no_residents():
    assert of_years(("2022-Q4", "2023-Q4")) == {}
    assert of_years(("2022-Q1", "2022-Q2", "2023-Q2")) == {2022: "2022-Q2", 2023: "2023-Q2"}
