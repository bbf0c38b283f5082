"""``new`` ends with 0 only when what it drafted can be read back, and says what it read and what it left."""

from __future__ import annotations

import pytest

import loaders.__main__
from loaders import SourceError, read_card
from loaders.commands import DONE, FAILED, WAITS
from loaders.draft.new_place import new_place
from loaders.lint.check_place import check_place
from tests.loaders.guessing import guessed, read_guess

ROWS = "Ward,Year,Calls\nAsh,2022,40\nAsh,2023,41\nBirch,2022,1412\nBirch,2023,52\n"


@pytest.fixture
def run(copy, monkeypatch):
    """The command as it is called, in a copy of the data."""
    monkeypatch.setenv("FIGURES_DATA", str(copy.root))
    return lambda *words: loaders.__main__.main(list(map(str, words)))


def file(tmp_path, text, name="calls.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_first_figures_are_said_with_area_period_and_value(run, tmp_path, capsys):
    assert run("new", "ville", file(tmp_path, ROWS)) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert "first figures: Ash, 2022: 40" in lines
    assert "first figures: Birch, 2022: 1412" in lines


def test_kind_and_variable_stand_beside_a_first_figure_where_there_are_several(copy, tmp_path):
    text = "Ward,Kind,Year,Calls,Arrests\n" + "".join(
        f"{ward},{kind},{year},{30 + year % 10},{7}\n"
        for ward in "AB"
        for kind in ("Theft", "Fraud")
        for year in (2022, 2023)
    )
    lines = new_place(copy.root, "ville", [file(tmp_path, text)]).lines
    assert "first figures: A, 2022, Theft, Calls: 32" in lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ward,Year,Calls\nAsh,2022,4\nAsh,2023,5\nBirch,2022,6\nBirch,soon,7\n",
            "'Year' holds what is no year: 'soon'",
        ),
        ("Ward,2015-2017,2018-2020\nAsh,4,5\nBirch,6,7\n", "'2015-2017'"),
        (
            "Ward,Month,2022,2023\nAsh,Jan,4,5\nAsh,Feb,6,7\nBirch,Jan,4,5\nBirch,Feb,6,7\n",
            "'Month' names parts of the years",
        ),
    ],
)
def test_what_cannot_be_read_back_waits_for_a_person_and_says_why(run, tmp_path, capsys, text, said):
    assert run("new", "ville", file(tmp_path, text)) == WAITS
    assert said in capsys.readouterr().out


def test_a_heading_over_two_columns_is_refused_with_both(run, tmp_path, capsys):
    text = "Ward,Year,Calls,Calls\nAsh,2022,4,5\nAsh,2023,5,6\nBirch,2022,6,7\nBirch,2023,7,8\n"
    assert run("new", "ville", file(tmp_path, text)) == FAILED
    assert "'Calls' over columns 3, 4" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("years", "parts", "frequency", "last"),
    [
        (("2023", "2024"), ("Jan", "Feb", "Mar"), "month", "2024-03"),
        (("2023", "2024"), ("Q1", "Q2", "Q3", "Q4"), "quarter", "2024-Q4"),
        (("2023年", "2024年"), ("1月", "2月", "3月"), "month", "2024-03"),
        (("2023", "2024"), ("第1季度", "第2季度"), "quarter", "2024-Q2"),
    ],
)
def test_months_and_quarters_under_joined_years_are_periods(tmp_path, years, parts, frequency, last):
    blank = "," * len(parts)
    text = f"Ward{''.join(f',{year}{blank[1:]}' for year in years)}\n{',' + ','.join(parts * len(years))}\n"
    text += "".join(f"{ward},{','.join(str(10 + at) for at in range(len(parts) * len(years)))}\n" for ward in "ABC")
    made = guessed(file(tmp_path, text))
    assert (made.words["heads"], made.frequency, made.kinds) == (["period", "period"], frequency, {})
    assert len(list(made.variables)) == 1
    assert not made.ignore


def test_twelve_months_under_each_year_come_out_cell_by_cell(tmp_path):
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    text = f"Ward,2022{',' * 12}2023{',' * 11}\n,{','.join(months * 2)}\n"
    text += "".join(
        f"{ward},{','.join(str(100 * number + at) for at in range(24))}\n" for number, ward in enumerate("ABC")
    )
    frame = read_guess(file(tmp_path, text), tmp_path / "made")
    assert frame["period"].nunique() == 24
    assert frame.loc[(frame["area"] == "B") & (frame["period"] == "2023-02"), "value"].tolist() == [113]


def test_residents_are_a_base_and_never_names_of_kinds(copy, tmp_path):
    text = "地区,年份,命案数,常住人口,每十万人命案数\n" + "".join(
        f"{ward},{year},{11 + at},{210400 + 31000 * at + year},{5 + at / 7:.2f}\n"
        for at, ward in enumerate(("东山区", "西河区", "南溪区"))
        for year in (2022, 2023)
    )
    path = file(tmp_path, text)
    made = guessed(path)
    assert (made.kinds, list(made.variables)) == ({}, ["命案数", "常住人口", "每十万人命案数"])
    assert made.uncounted == {"每十万人命案数": {"kind": "rate"}}
    assert new_place(copy.root, "ville", [path]).works
    card = (copy.root / "measures" / "ville_calls.toml").read_text(encoding="utf-8")
    assert 'dataset = "ville_calls", variable = "value_2", per = 100000' in card


def test_variables_without_a_measure_are_named(copy, tmp_path):
    text = "Ward,Year," + ",".join(f"Kind {number}" for number in range(9)) + "\n"
    text += "".join(
        f"{ward},{year},{','.join(str(20 + 3 * at) for at in range(9))}\n" for ward in "ABC" for year in (2022, 2023)
    )
    lines = new_place(copy.root, "ville", [file(tmp_path, text)]).lines
    assert [line for line in lines if "6 of 9 variables" in line and "'Kind 8'" in line]


def test_the_title_above_a_table_is_the_title_of_its_card_and_measure(copy, tmp_path):
    text = "Thefts by ward,,\nWard,2022,2023\nAsh,4,5\nBirch,6,7\nCedar,10,2\n"
    new_place(copy.root, "ville", [file(tmp_path, text)])
    assert read_card(copy.card_path("ville_calls"), licensed=False).title["en"] == "Thefts by ward"
    assert 'title = { en = "Thefts by ward"' in (copy.root / "measures" / "ville_calls.toml").read_text(
        encoding="utf-8"
    )


def test_an_untouched_draft_is_taken_back_and_drafted_anew(run, copy, tmp_path, capsys):
    path = file(tmp_path, ROWS)
    assert run("new", "ville", path) == DONE
    assert run("new", "ville", path) == FAILED
    assert "--again" in capsys.readouterr().err
    assert run("new", "--again", "ville", file(tmp_path, ROWS.replace("1412", "44"))) == DONE
    assert "first figures: Birch, 2022: 44" in capsys.readouterr().out


@pytest.mark.parametrize("change", ["a line", "a file more", "a file lost"])
def test_a_draft_that_somebody_changed_is_never_taken_back(run, copy, tmp_path, capsys, change):
    run("new", "ville", file(tmp_path, ROWS))
    card, place = copy.card_path("ville_calls"), copy.root / "places" / "ville.toml"
    if change == "a line":
        card.write_text(card.read_text(encoding="utf-8") + "\n# seen\n", encoding="utf-8")
    elif change == "a file more":
        (card.parent / "more.csv").write_text("a\n", encoding="utf-8")
    else:
        (copy.root / "measures" / "ville_calls.toml").unlink()
    before = (card.read_bytes(), place.read_bytes())
    assert run("new", "--again", "ville", file(tmp_path, ROWS)) == FAILED
    assert "was changed since" in capsys.readouterr().err
    assert (card.read_bytes(), place.read_bytes()) == before


def test_a_file_that_no_release_names_is_looked_at_and_a_fault_names_its_folder(copy, tmp_path):
    new_place(copy.root, "ville", [file(tmp_path, ROWS)])
    card = copy.card_path("ville_calls")
    (card.parent / "calls_old.csv").write_text(ROWS, encoding="utf-8")
    assert [fault for fault in check_place(copy.root, "ville").remarks if "calls_old.csv" in fault.found]
    (card.parent / "calls.csv").write_text(ROWS.replace("1412", "many"), encoding="utf-8")
    faults = [fault for fault in check_place(copy.root, "ville").faults if "calls.csv'" in fault.where]
    assert faults and all(fault.where.startswith("ville_publisher/ville_calls") for fault in faults)


def test_records_are_refused_whatever_else_is_asked(copy, tmp_path):
    text = "name,date of birth,Ward\nAnna Bell,1980-01-02,Ash\nCarl Dorn,1975-03-04,Birch\n"
    with pytest.raises(SourceError):
        new_place(copy.root, "ville", [file(tmp_path, text)], again=True)
