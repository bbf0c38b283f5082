"""One verdict for every figure: it follows from the limits, or says why there is none; nothing is said of what is hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from charts import trend_picture as draw
from disclosure import WITHOUT_VALUE
from language import LANGUAGES, translator
from language.sentences.figure import sentence
from language.trends import trend_sentence
from language.verdicts import VERDICTS, verdict_word, why_words
from loaders import data_folder
from loaders.cards.read_measures import read_measures
from measures.about.statements import statement, trend_statement
from measures.figures.change_verdict import COMPARED, SMALL_BASE, TESTED, Grounds, verdict_of_change
from measures.figures.compute import Query, compute
from measures.lines.line import Line, is_final
from tests.language.reading import spoken
from tests.sampling import apart

LONDON, CITY, HILLINGDON, CAMDEN = "E12000007", "E09000001", "E09000017", "E09000007"
COMPUTED = [one for one in read_measures(data_folder(), {}).values() if one.kind != "statements"]
EVERY_VIEW = apart(
    ("measure", "view"),
    [(one, view) for one in COMPUTED for view in one.views],
    ids=lambda one: getattr(one, "name", one),
    scope="module",  # one at a time, for all rules of this file: what is worked out is then remembered
)
JUDGED = ("before", "change", "change_low", "change_high")
WHY = {
    "provisional",
    "late",
    "releases",
    "withheld",
    "no_figure_before",
    "no_figure",
    "window_break",
    "no_population",
    "zero_denominator",
    "unallocated",
    "unreliable",
    "not_applicable",
    "too_short",
    "population_basis",
    "no_test",
    "none",
    "estimated",
}


def whole(measure, view, shelf, category=None):
    source = shelf.cards[measure.dataset]
    category = measure.default_category if category is None else category
    return compute(Query(source.place, measure.name, shelf.table(measure.dataset).areas, category, view), shelf)


def crime(view: str, shelf, area: str = CAMDEN, category: str = "all", **span):
    return compute(Query("london", "recorded_crime", (area,), category, view, **span), shelf)


def row(made, period: str):
    (found,) = made.table[made.table["period"] == period].itertuples()
    return found


@EVERY_VIEW
def test_the_verdict_follows_from_the_limits_or_says_why_there_is_none(measure, view, shelf):
    table = whole(measure, view, shelf).table
    assert set(table["verdict"]) <= set(VERDICTS)
    assert set(table["why"]) - {""} <= WHY
    np.testing.assert_array_equal(table["verdict"] == "cannot_say", table["why"] != "")
    np.testing.assert_array_equal(table["verdict"] == "rise", table["change_low"] > 0)
    np.testing.assert_array_equal(table["verdict"] == "fall", table["change_high"] < 0)
    np.testing.assert_array_equal(np.isfinite(table["change_low"]), table["why"] == "")
    judged = table[table["why"] == ""]
    open_end = judged["before"] == 0  # of counts; a share of nothing before has both ends
    if view != "share":
        assert judged.loc[open_end, "change_high"].isna().all()
        opened = judged["change_high"].isna()
        assert (
            judged.loc[opened, "before"] < judged.loc[opened, "fluctuation"]
        ).all()  # nothing before, or nothing that is told from it
        judged = judged[~opened]
    slack = 1e-12 if view != "share" else 0.01
    assert (
        (judged["change_low"] <= judged["change"] + slack) & (judged["change"] <= judged["change_high"] + slack)
    ).all()
    np.testing.assert_array_equal(table["p"] < 0.05, table["verdict"].isin(["rise", "fall"]))


@EVERY_VIEW
def test_every_verdict_can_be_traced_to_its_factor_and_the_periods_that_it_comes_from(measure, view, shelf):
    table = whole(measure, view, shelf).table
    judged = table["why"] == ""
    assert (table.loc[judged, "fluctuation"] >= 1).all()
    assert (table.loc[judged, "fluctuation_df"] > 1).all()
    known = shelf.table(measure.dataset).periods
    assert set(table.loc[judged, "fluctuation_first"]) | set(table.loc[judged, "fluctuation_last"]) <= set(known)
    assert (table.loc[judged, "fluctuation_first"] <= table.loc[judged, "fluctuation_last"]).all()
    assert table.loc[~judged, ["fluctuation", "fluctuation_df", "p"]].isna().all().all()
    assert set(table.loc[~judged, "fluctuation_first"]) <= {""}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_verdict_and_every_reason_has_words(code):
    say = translator(code)
    words = [verdict_word(key, say) for key in VERDICTS] + [why_words(key, say) for key in (*WHY, "too_few_periods")]
    assert all(words)
    assert len(set(words)) == len(words)


@EVERY_VIEW
def test_a_word_and_the_sign_of_the_change_agree(measure, view, shelf):
    table = whole(measure, view, shelf).table
    rising = table[(table["verdict"] == "rise") & (table["before"] > 0)]
    assert (rising["change"] > 0).all()
    assert (table.loc[(table["verdict"] == "rise") & (table["before"] == 0), "value"] > 0).all()
    assert (table.loc[table["verdict"] == "fall", "change"] < 0).all()


@EVERY_VIEW
def test_a_figure_lies_within_its_limits_and_only_counted_events_have_any(measure, view, shelf):
    """Limits of chance alone stand at every figure; those of the usual ups and downs where these are known."""
    table = whole(measure, view, shelf).table
    known = np.isfinite(table["value"])
    tested = measure.judges(view) and view in TESTED
    limited = np.isfinite(table["low"])
    np.testing.assert_array_equal(limited, np.isfinite(table["high"]))
    assert not (limited & ~known).any()
    if measure.limits == "chance" or not tested:
        np.testing.assert_array_equal(limited, known & tested)
    assert limited[table["why"] == ""].all()
    assert ((table["low"] <= table["value"] + 1e-9) & (table["value"] <= table["high"] + 1e-9))[limited].all()


@pytest.mark.parametrize("name", ["road_deaths", "road_casualties"])
def test_of_deaths_and_casualties_the_limits_are_those_of_chance_alone(name, shelf):
    table = whole(shelf.measures[name], "count", shelf, "").table
    low, high = stats.chi2.ppf(0.025, 2 * table["value"]) / 2, stats.chi2.ppf(0.975, 2 * table["value"] + 2) / 2
    few = table["value"] < 10
    np.testing.assert_allclose(table.loc[few & (table["value"] > 0), "low"], low[few & (table["value"] > 0)])
    np.testing.assert_allclose(table.loc[few, "high"], high[few])


@EVERY_VIEW
def test_the_figure_before_is_the_figure_of_a_year_before(measure, view, shelf):
    made = whole(measure, view, shelf)
    value = made.table.set_index(["area", "period"])["value"]
    for one in made.table.itertuples():
        if np.isfinite(one.before):
            assert one.before == value[one.area, one.before_period]


@EVERY_VIEW
def test_where_there_is_no_figure_nothing_is_said(measure, view, shelf):
    table = whole(measure, view, shelf).table
    none = table[np.isin(table["status"], WITHOUT_VALUE)]
    assert none[["low", "high", *JUDGED]].isna().all().all()
    assert set(none["verdict"]) <= {"cannot_say"}
    assert not none["small"].any()
    assert (none.loc[none["status"] == "c", "why"] == "withheld").all()
    assert (none.loc[none["status"] == "z", "why"] == "not_applicable").all()


@EVERY_VIEW
def test_a_provisional_figure_has_no_verdict_now_and_a_year_on(measure, view, shelf):
    table = whole(measure, view, shelf).table
    provisional = table["reason"].str.contains("provisional", regex=False)
    assert set(table.loc[provisional, "verdict"]) <= {"cannot_say"}
    assert table.loc[provisional, ["change_low", "change_high"]].isna().all().all()


def test_nothing_is_said_of_a_withheld_figure_nor_of_one_compared_with_it(example):
    seen = 0
    for measure in (one for one in example.measures.values() if one.kind != "statements"):
        table = example.table(measure.dataset)
        for view in measure.views:
            for category in table.categories:
                made = compute(
                    Query(example.cards[measure.dataset].place, measure.name, table.areas, category, view), example
                ).table
                status = made.set_index(["area", "period"])["status"]
                earlier = pd.MultiIndex.from_frame(made[["area", "before_period"]])
                before = status.astype(object).reindex(earlier).to_numpy()
                hidden = made[(made["status"] == "c") | (before == "c")]
                seen += len(hidden)
                assert hidden[list(JUDGED)].isna().all().all()
                assert set(hidden["verdict"]) <= {"cannot_say"}
    assert seen


def test_a_cut_between_two_figures_leaves_them_uncompared(shelf):
    made = crime("rolling", shelf, HILLINGDON)
    table = made.table.set_index("period")
    between = table.loc["2025-02":"2026-01"]
    assert set(between["why"]) == {"window_break"}
    assert between[["change", "change_low", "change_high"]].isna().all().all()
    assert set(table.loc["2026-02":"2026-03", "why"]) == {""}


def test_a_rate_without_residents_a_year_before_says_so(shelf):
    assert row(crime("rate", shelf), "2019-06").why == "no_population"
    assert row(crime("rate", shelf), "2020-06").why == ""


def test_a_month_with_many_unallocated_offences_has_a_verdict_only_where_both_bounds_have_the_same(shelf):
    areas = shelf.table("recorded_crime").areas
    made = compute(Query("london", "recorded_crime", areas, "all", "count", "2020-03", "2020-03"), shelf).table
    fallen = made[made["verdict"] == "fall"]
    assert (fallen["change_allocated"].dropna() < 0).all()
    assert len(fallen) and "unallocated" in set(made["why"])
    year = row(crime("rolling", shelf), "2020-12")
    assert (year.status, year.why) == ("u", "")
    assert np.isnan(row(crime("count", shelf, LONDON), "2020-03").unallocated)  # of the place nothing is missing


def test_a_declared_figure_of_low_reliability_is_not_compared(shelf):
    made = compute(Query("london", "online_uptake", ("united_kingdom",), "enhanced_checks", "count"), shelf)
    assert row(made, "2012-Q4").status == "u"
    assert row(made, "2013-Q4").why == "unreliable"


def test_nothing_a_year_before_gives_counts_and_no_ratio_and_is_judged_exactly(shelf):
    """None in twelve months, then six or more homicides; with seven and chance alone 0.05^(1/7), carried to the odds, is the lower limit: 1.87."""
    areas = tuple(area.code for area in shelf.places["london"].areas)
    made = compute(Query("london", "recorded_crime", areas, "homicide", "rolling"), shelf)
    table = made.table[(made.table["before"] == 0) & (made.table["value"] >= 6) & (made.table["why"] == "")]
    assert len(table)
    assert (table["verdict"] == np.where(table["p"] < 0.05, "rise", "no_clear_change")).all()
    assert table[["change", "change_high"]].isna().all().all()
    assert table["small"].all()
    seven = table[(table["value"] == 7) & (table["fluctuation"] == 1) & (table["fluctuation_df"] > 1000)]
    assert np.allclose(seven["change_low"], 0.05 ** (1 / 7) / (1 - 0.05 ** (1 / 7)) - 1)


def test_none_in_both_is_said_as_such(shelf):
    table = crime("count", shelf, category="homicide").table
    none = table[(table["before"] == 0) & (table["value"] == 0) & (table["why"] != "unallocated")]
    assert len(none) > 20
    assert set(none["why"]) == {"none"}


def test_a_february_is_compared_by_the_day(shelf):
    """29 days in 2024: 100 offences then are 96.6 of 28 days; neither a year nor any other month is touched."""
    table = crime("count", shelf, LONDON).table.set_index("period")
    for period, days in (("2024-02", 29 / 28), ("2025-02", 28 / 29), ("2023-02", 1), ("2025-03", 1)):
        one = table.loc[period]
        assert one["change"] == pytest.approx(one["value"] / one["before"] / one["link"] / days - 1)
    year = crime("rolling", shelf, LONDON).table.set_index("period").loc["2024-12"]
    assert year["change"] == pytest.approx(year["value"] / year["before"] / year["link"] - 1)


def test_no_verdict_is_given_on_a_share_that_the_publisher_estimated(judged_shares):
    query = Query("london", "online_uptake", ("united_kingdom",), "certificate_orders", "share")
    made = compute(query, judged_shares).table
    estimated = made[made["status"] == "e"]
    assert len(estimated)
    assert set(estimated["verdict"]) == {"cannot_say"}
    after = made[made["before_period"].isin(estimated["period"]) & np.isfinite(made["value"])]
    assert set(after["verdict"]) <= {"cannot_say"}
    assert "estimated" in set(made["why"])


def test_no_limit_of_a_share_lies_beyond_a_whole(judged_shares):
    for category in judged_shares.table("digital_take_up").categories:
        query = Query("london", "online_uptake", ("united_kingdom",), category, "share")
        made = compute(query, judged_shares).table.query("why == ''")
        assert not (made["before"] + made["change_high"] > 100.01).any()
        assert not (made["before"] + made["change_low"] < -0.01).any()


def test_the_first_lockdown_was_a_fall(shelf):
    april = row(crime("count", shelf, LONDON), "2020-04")
    assert (april.value, april.before, april.verdict) == (48_670, 74_885, "fall")
    assert april.change_high < 0


def test_estimates_of_residents_are_not_tested(shelf):
    made = compute(Query("london", "population", (CAMDEN,), "", "count"), shelf)
    assert set(made.table["verdict"]) == {"cannot_say"}
    assert set(made.table["why"]) == {"no_figure_before", "no_test"}
    assert np.isfinite(made.table["change"]).sum() == len(made.table) - 1


def test_a_change_of_a_share_is_in_percentage_points(judged_shares, shelf):
    query = Query("london", "online_uptake", ("united_kingdom",), "keeper_change_notifications", "share")
    judged, counted = (row(compute(query, of), "2017-Q3") for of in (judged_shares, shelf))
    assert judged.change == counted.change == pytest.approx(judged.value - judged.before)
    assert judged.verdict == "rise"
    assert (counted.verdict, counted.why) == ("cannot_say", "no_test")  # full counts: said, and not judged


def test_a_share_of_full_counts_is_said_with_its_change_and_without_a_verdict(shelf):
    made = compute(Query("london", "online_uptake", ("united_kingdom",), "vehicle_tax_renewals", "share"), shelf)
    assert made.table[["low", "high", "change_low", "change_high", "p"]].isna().all(axis=None)
    facts, steps = statement(made, "united_kingdom"), trend_statement(made, "united_kingdom", shelf)
    for code, points in (("en", "percentage points"), ("zh", "个百分点")):
        text = sentence(facts, translator(code))
        assert points in text and not spoken(text, code)
        assert points in trend_sentence(steps, translator(code))
    assert steps.span[2] >= 5 and (steps.verdict, steps.why) == ("cannot_say", "no_test")


def test_the_latest_figure_spoken_of_is_final(shelf):
    for view in ("count", "rolling", "rate", "rolling_rate"):
        for category, last in (("all", "2026-06"), ("possession_of_weapons", "2025-12")):
            made = crime(view, shelf, category=category)
            assert statement(made, CAMDEN).period == made.table.loc[is_final(made.table), "period"].iloc[-1] == last
    assert not np.isfinite(crime("count", shelf, CITY).table["value"]).any()


@pytest.mark.parametrize("view", ["count", "rate", "rolling", "rolling_rate"])
def test_what_is_said_of_a_figure_does_not_depend_on_the_span_shown(view, shelf):
    columns = [
        "low",
        "high",
        "before_period",
        "before",
        "before_numerator",
        *JUDGED,
        "verdict",
        "why",
        "small",
        "crosses",
        "link",
        "link_how",
        "late",
    ]
    long = crime(view, shelf, HILLINGDON).table.set_index("period")[columns]
    short = crime(view, shelf, HILLINGDON, first="2024-01", last="2025-06").table.set_index("period")[columns]
    assert short.equals(long.loc["2024-01":"2025-06"])


def test_residents_on_two_bases_are_not_compared(served):
    from measures.store.shelf import Shelf

    text = served.card_path("population").read_text(encoding="utf-8")
    cut = '\n[[breaks]]\nat = "2022"\neffect = "cut"\ncategories = []\nareas = []\nshort = { en = "New basis", zh = "新口径" }\nreason = { en = "New basis.", zh = "口径更换。" }\n'
    served.card_path("population").write_text(text + cut, encoding="utf-8")
    table = crime("rate", Shelf(served.root)).table.set_index("period")
    assert set(table.loc["2022-01":"2022-12", "why"]) == {"population_basis"}
    assert "population_basis" not in set(table.loc["2023-01":, "why"]) | set(table.loc[:"2021-12", "why"])


def a_line(values: list[float]) -> Line:
    return Line.of_counts(np.array(values, dtype=float))


def grounds(factor: list[float], df: float = np.inf) -> Grounds:
    length, none = len(factor), np.zeros(len(factor))
    return Grounds("count", 1, True, np.array(factor, dtype=float), np.full(length, df), np.ones(length), none, none)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=12),
    st.floats(1, 50),
    st.sampled_from([3.0, np.inf]),
)
def test_any_two_counts_get_a_verdict_that_their_limits_bear_out(pairs, scale, df):
    now, before = (a_line(list(side)) for side in zip(*pairs, strict=True))
    found = verdict_of_change(grounds([scale] * len(pairs), df), now, before, np.full(len(pairs), "", object))
    for at, (one, other) in enumerate(pairs):
        assert found["why"][at] == ("none" if one == other == 0 else "")
        assert found["small"][at] == (other < SMALL_BASE)
        if other:
            assert found["change_low"][at] <= found["change"][at]
            assert not found["change_high"][at] < found["change"][at]
            assert found["verdict"][at] != ("fall" if one >= other else "rise")
        elif one:
            assert np.isnan(found["change"][at]) and np.isnan(found["change_high"][at])
            assert (found["verdict"][at] == "rise") == (found["change_low"][at] > 0)


@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from(sorted(WHY)))
def test_what_may_not_be_compared_has_no_number_whatever_the_counts(now, before, why):
    found = verdict_of_change(grounds([1.0]), a_line([now]), a_line([before]), np.array([why], dtype=object))
    assert found["verdict"][0] == "cannot_say"
    assert np.isnan(found["change_low"][0]) and np.isnan(found["change_high"][0]) and np.isnan(found["p"][0])
    assert np.isfinite(found["change"][0]) == (why in COMPARED and why not in ("zero_denominator", "none"))


def test_a_query_of_other_areas_does_not_change_a_verdict(shelf):
    alone = crime("rolling_rate", shelf).table
    both = (
        compute(replace(crime("rolling_rate", shelf).query, areas=(LONDON, CAMDEN)), shelf)
        .line(CAMDEN)
        .reset_index(drop=True)
    )
    assert alone.equals(both)


@pytest.mark.parametrize("area", ["11110", "11"], ids=["the district", "the place's total"])
def test_a_note_on_a_cell_stands_in_its_sentence_its_chart_and_its_table_and_takes_no_verdict(area, shelf):
    card, place = shelf.cards["five_major_crimes"], shelf.places["seoul"]
    (note,) = [cell["reason"] for cell in card.cells if not cell["status"]]
    made = compute(Query("seoul", "five_major_cleared", (area,), "rape_and_indecent_assault", "count"), shelf)
    facts = statement(made, area)
    assert facts.notes == (note,) and facts.tested
    for code in LANGUAGES:
        say = translator(code)
        assert sentence(facts, say).endswith(note[code])
        assert all(note[code].rstrip(".。") in mark for mark in draw(made, {area: area}, say).datasets["rows"]["mark"])
    other = compute(Query("seoul", "five_major_cleared", ("11140", place.code), "theft", "count"), shelf)
    assert not any(statement(other, code).notes for code in other.query.areas)
