"""The card's words for what is counted: kinds, corrections, scales, pauses, and rows that are added up."""

from __future__ import annotations

import pytest

from disclosure import STATUSES, guard
from language import translator
from language.numbers import digits_of
from layout.frame.footer import shown_words
from loaders import SourceError
from loaders.cards.measure_card import MeasureCard
from loaders.cards.site import Site
from loaders.contents.references import measure_faults
from loaders.observations.splice import newest_first
from tests.loaders.invented import PLACE, dataset, read, told

YEARLY = {"frequency": "year", "columns": {"area": "area", "period": "year"}}


def table(read_release):
    """What the site would show of a release."""
    return guard(newest_first([read_release]), read_release.card, PLACE)


def cell(safe, variable: str, area: str, period: str) -> tuple[float, str, str]:
    """Value, status and reason of one cell without categories."""
    axes = (safe.variables, safe.categories, safe.areas, safe.periods)
    spot = tuple(axis.index(code) for axis, code in zip(axes, (variable, "", area, period), strict=True))
    return float(safe.values[spot]), STATUSES[safe.status[spot]], safe.reasons[safe.reason[spot]]


def rows(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("kind", "figures"),
    [("rate", ("12.5", "13.25", "9.1")), ("change", ("-12", "+3.5", "0")), ("rate", ("7", "8", "9"))],
)
def test_the_publishers_own_rates_and_changes_are_shown_and_never_added_up(kind, figures, tmp_path):
    data = rows("area,year,n", *(f"{area},2023,{text}" for area, text in zip(("a1", "a2", "a3"), figures, strict=True)))
    card = YEARLY | {"variables": {"n": {"column": "n", "kind": kind}}}
    safe = table(read(tmp_path, "n.csv", data, card, kinds={}))
    assert [cell(safe, "n", area, "2023")[0] for area in ("a1", "a2", "a3")] == [float(text) for text in figures]
    value, status, reason = cell(safe, "n", "inv", "2023")
    assert value != value and (status, reason) == ("x", "not_added_up")


def test_a_count_beside_a_rate_is_added_up_as_ever(tmp_path):
    data = rows("area,year,n,r", "a1,2023,4,1.5", "a2,2023,5,2.5", "a3,2023,6,3.5")
    card = YEARLY | {"variables": {"n": {"column": "n"}, "r": {"column": "r", "kind": "rate"}}}
    safe = table(read(tmp_path, "n.csv", data, card, kinds={}))
    assert cell(safe, "n", "inv", "2023")[:2] == (15, "")
    assert cell(safe, "r", "inv", "2023")[1] == "x"


def test_a_count_below_zero_is_a_fault_or_a_correction_that_is_kept_and_marked(tmp_path):
    data = rows("area,year,n", "a1,2023,-4", "a2,2023,5", "a3,2023,6")
    card = YEARLY | {"variables": {"n": {"column": "n"}}}
    with pytest.raises(SourceError, match=r"a count is negative.*corrections = true"):
        read(tmp_path, "n.csv", data, card, kinds={})
    card["variables"]["n"]["corrections"] = True
    safe = table(read(tmp_path, "n.csv", data, card, kinds={}))
    assert cell(safe, "n", "a1", "2023") == (-4, "r", "correction")
    assert cell(safe, "n", "a2", "2023") == (5, "", "")
    assert cell(safe, "n", "inv", "2023")[0] == 7


@pytest.mark.parametrize(
    ("scale", "texts"),
    [(10_000, ("1.13", "2.18", "0.63")), (1000, ("1.1", "4.35", "0.001")), (10**8, ("1.15", "2.3", "0.7"))],
)
def test_a_scale_is_multiplied_out_as_on_paper(scale, texts, tmp_path):
    expected = [round(float(text) * 1e4) * scale // 10_000 for text in texts]
    data = rows("area,year,n", *(f"{area},2023,{text}" for area, text in zip(("a1", "a2", "a3"), texts, strict=True)))
    card = YEARLY | {"variables": {"n": {"column": "n"}}}
    with pytest.raises(SourceError, match=r"a count is not whole.*scale"):
        read(tmp_path, "n.csv", data, card, kinds={})
    card["variables"]["n"]["scale"] = scale
    safe = table(read(tmp_path, "n.csv", data, card, kinds={}))
    assert [cell(safe, "n", area, "2023")[0] for area in ("a1", "a2", "a3")] == expected
    assert cell(safe, "n", "inv", "2023")[0] == sum(expected)


def test_sums_of_decimals_have_the_decimals_of_their_parts(tmp_path):
    data = rows("area,year,n", "a1,2023,8.49", "a2,2023,8.3", "a3,2023,8.3")
    card = YEARLY | {"variables": {"n": {"column": "n", "whole": False}}}
    assert cell(table(read(tmp_path, "n.csv", data, card, kinds={})), "n", "inv", "2023")[0] == 25.09


@pytest.mark.parametrize(("value", "digits"), [(28.37, 2), (2.5, 1), (21800, 0), (0.125, 3), (float("nan"), 0)])
def test_a_published_number_keeps_its_decimals(value, digits):
    assert digits_of("count", value) == digits
    assert digits_of("adjusted", value) == 0


def test_a_pause_is_no_gap_and_says_that_nobody_was_counted(tmp_path):
    data = rows("area,year,n", *(f"{area},{year},5" for area in ("a1", "a2", "a3") for year in (2019, 2021)))
    card = YEARLY | {"variables": {"n": {"column": "n"}}}
    with pytest.raises(SourceError, match=r"a year is missing.*pauses"):
        read(tmp_path, "n.csv", data, card, kinds={})
    safe = table(read(tmp_path, "n.csv", data, card | {"pauses": ["2020"]}, kinds={}))
    assert cell(safe, "n", "a1", "2020")[1:] == ("x", "paused")
    assert cell(safe, "n", "inv", "2020")[1:] == ("x", "paused")
    assert cell(safe, "n", "inv", "2021")[:2] == (15, "")


def test_headings_are_written_alike_in_card_and_table(tmp_path):
    data = b'area,year,"n  of\nthefts","rate  to   ignore"\na1,2023,4,x\na2,2023,5,x\na3,2023,6,x\n'
    card = YEARLY | {"variables": {"n": {"column": "n of  thefts"}}, "ignore": ["rate  to   ignore"]}
    assert told(read(tmp_path, "n.csv", data, card, kinds={}).frame)["a1", "", "2023", "n"] == (4, "")


LOCALITIES = rows(
    "area,code,year,n",
    *(
        f"{area},{code},{year},{n}"
        for year in (2022, 2023)
        for area, code, n in (
            ("a1", "01", 4),
            ("a1", "02", 5),
            ("a1", "03", 6),
            ("a2", "04", 7),
            ("a2", "05", ".."),
            ("a3", "06", 1),
        )
    ),
)


def test_rows_that_a_card_names_are_added_up_and_the_page_says_so(tmp_path):
    card = YEARLY | {"variables": {"n": {"column": "n"}}, "table": {"marks": {"..": "x"}}}
    with pytest.raises(SourceError):
        read(tmp_path, "n.csv", LOCALITIES, card, kinds={})
    card["table"]["add_up"] = ["code"]
    release = read(tmp_path, "n.csv", LOCALITIES, card, kinds={})
    figures = told(release.frame)
    assert figures["a1", "", "2023", "n"] == (15, "")
    assert figures["a2", "", "2023", "n"] == (None, "x"), "a part without a number makes the sum without one"
    assert len(figures) == 6

    class Reader:
        say = translator("en")

    assert shown_words(release.card, Reader) == (
        "Rows of the published table were added up by this site: it shows no code one by one."
    )


def test_a_part_that_stands_twice_is_no_part(tmp_path):
    card = YEARLY | {"variables": {"n": {"column": "n"}}, "table": {"add_up": ["code"], "marks": {"..": "x"}}}
    with pytest.raises(SourceError, match="two rows of 'add_up' are the same part"):
        read(tmp_path, "n.csv", LOCALITIES + b"\na1,03,2023,9", card, kinds={})


def test_adding_up_lets_no_record_in(tmp_path):
    """One row for each case, called by its number: added up it would be a count, and still these are records."""
    data = rows("area,case_id,year,n", *(f"a{1 + n % 3},{n:05},2023,1" for n in range(400)))
    card = YEARLY | {"variables": {"n": {"column": "n"}}, "table": {"add_up": ["case_id"]}}
    with pytest.raises(SourceError, match="rule"):
        read(tmp_path, "n.csv", data, card, kinds={})


PRINTED = rows(
    "area,year,n",
    *("a1,2023,20", "a2,2023,40", "a3,2023,65", "All wards,2023,125"),
    *("a1,2024,..", "a2,2024,50", "a3,2024,90", "All wards,2024,153"),
)


@pytest.mark.parametrize(
    ("mark", "shown"),
    [("x", (153, "", "stated_total")), ("c", None)],
)
def test_the_publishers_own_total_stands_where_a_part_is_not_published_and_never_beside_one_that_is_hidden(
    tmp_path, mark, shown
):
    words = {"marks": {"..": mark}, "whole_rows": {"area": ["All wards"]}}
    safe = table(
        read(tmp_path, "n.csv", PRINTED, YEARLY | {"variables": {"n": {"column": "n"}}, "table": words}, kinds={})
    )
    assert cell(safe, "n", PLACE.code, "2023")[::2] == (125, "")
    value, status, reason = cell(safe, "n", PLACE.code, "2024")
    if shown:
        assert (value, status, reason) == shown
    else:
        assert value != value and status == "c"


def test_the_publishers_own_rate_of_the_place_is_shown(tmp_path):
    words = {"whole_rows": {"area": ["Everywhere"]}}
    variables = {"n": {"column": "n", "kind": "rate", "whole": False}}
    data = rows("area,year,n", "a1,2023,2.5", "a2,2023,4.5", "a3,2023,1.0", "Everywhere,2023,3.1")
    safe = table(read(tmp_path, "n.csv", data, YEARLY | {"variables": variables, "table": words}, kinds={}))
    assert cell(safe, "n", PLACE.code, "2023")[:2] == (3.1, "")


def test_a_label_of_whole_rows_that_no_row_has_is_a_fault(tmp_path):
    words = {"marks": {"..": "x"}, "whole_rows": {"area": ["All districts"]}}
    with pytest.raises(SourceError, match="'whole_rows' names what is not there"):
        read(tmp_path, "n.csv", PRINTED, YEARLY | {"variables": {"n": {"column": "n"}}, "table": words}, kinds={})


def test_the_words_are_checked_in_the_card(tmp_path):
    for words, what in (
        ({"kind": "ratio"}, "'kind' is unknown"),
        ({"scale": 0}, "'scale' does not fit"),
        ({"corrections": "yes"}, "'corrections' is of another kind"),
    ):
        with pytest.raises(SourceError, match=what):
            dataset(tmp_path, "n.csv", b"x", YEARLY | {"variables": {"n": {"column": "n", **words}}}, kinds={})


@pytest.mark.parametrize(
    ("words", "views", "tested", "what"),
    [
        ({"kind": "rate"}, ("count", "rolling"), False, "'views' works with 'n', a rate of the publisher's own"),
        ({"kind": "change"}, ("count",), True, "'n' is a change of the publisher's own but is counted"),
        ({"whole": False}, ("count",), True, "'n' has parts of units but is counted"),
        ({"whole": False}, ("count",), False, ""),
        ({"scale": 10_000}, ("count", "rolling"), True, ""),
        ({"kind": "rate"}, ("count",), False, ""),
    ],
)
def test_a_measure_counts_only_what_can_be_counted(words, views, tested, what, tmp_path):
    card = dataset(tmp_path, "n.csv", b"x", YEARLY | {"variables": {"n": {"column": "n", **words}}}, kinds={})
    measure = MeasureCard.model_construct(
        name="n", domain="crime", kind="count", dataset="counts", variable="n", views=views, tested=tested
    )
    faults = [fault.what for fault in measure_faults(measure, {"counts": card}, set(), Site())]
    assert faults == ([what] if what else [])
