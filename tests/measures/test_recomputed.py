"""Verdicts, trends and funnels worked out a second time, from the documents alone, with other tools: more than two thousand published figures agree.

Nothing here imports what the product works them out with. The factor by which a series fluctuates is taken from the file's own column and
checked apart (``test_the_factors_of_a_table_of_years_…``); everything that follows from it is recomputed: limits by brentq, statsmodels and
scipy, trends by weighted least squares on matrices, funnels by a root search.
"""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, special, stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint

from loaders import periods
from measures.change.trend import trend
from measures.figures.compute import Query, compute
from measures.maps.funnel import funnel, funnel_possible

SEED, VERDICTS, EACH = 32, 2000, 90  # figures recomputed at least, and of each view of a measure
TESTED = ("count", "rate", "rolling", "rolling_rate", "share")


def views(shelf):
    for place in shelf.places.values():
        for name in place.measures:
            card = shelf.measures[name]
            if card.kind != "statements" and card.tested and shelf.cards[card.dataset].place == place.id:
                yield from ((place, card, view) for view in card.views if view in TESTED)


def sampled(shelf):
    """Rows of every measure and view with a verdict, the rare kinds (few events, a rise, a fall) as often as the common ones."""
    rng = random.Random(SEED)
    for place, card, view in views(shelf):
        table = shelf.table(card.dataset)
        rows = []
        for category in rng.sample(table.categories, min(10, len(table.categories))):
            areas = tuple(rng.sample(table.areas, min(9, len(table.areas))))
            made = compute(Query(place.id, card.name, areas, category, view), shelf).table.query("why == ''")
            for _, part in made.groupby("verdict"):
                rows += part.sample(min(16, len(part)), random_state=SEED).to_dict("records")
            few = made[(made["value"] < 10) | (made["before"] < 10)]
            rows += few.sample(min(10, len(few)), random_state=SEED).to_dict("records")
        for row in rng.sample(rows, min(EACH * 3, len(rows))):
            yield view, row


def days(period: str, view: str) -> int:
    first = periods.shift(period, 1 - periods.per_year(period)) if view.startswith("rolling") else period
    return (periods.dates(period)[1] - periods.dates(first)[0]).days + 1


def at_both_bounds(row: dict, view: str) -> tuple[float, float, float]:
    """Limits that reach over the published counts and those with the area's proportional part of what no area has."""
    low, high, p = ratio(row, view)
    if not np.isfinite(row["unallocated"]):
        return low, high, p
    now, before = 1 / (1 - row["unallocated"]), 1 / (1 - row["before_unallocated"])
    names = ("numerator", "value"), ("before_numerator", "before")
    scaled = row | {name: row[name] * times for pair, times in zip(names, (now, before), strict=True) for name in pair}
    other_low, other_high, other_p = ratio(scaled, view)
    changes = (one["value"] / one["before"] - 1 if one["before"] else np.inf for one in (row, scaled))
    across = np.prod(np.sign([change - leap(row, view) for change in changes])) < 0
    return min(low, other_low), max(high, other_high), 1.0 if across else max(p, other_p)


def leap(row: dict, view: str) -> float:
    """The change of a figure that stayed the same by the day."""
    longer = days(row["period"], view) / days(row["before_period"], view)
    return (longer if abs(longer - 1) > 0.01 else 1.0) * row["link"] - 1


def ratio(row: dict, view: str) -> tuple[float, float, float]:
    """Limits of the change and p of two counts over their exposures."""
    now, before = (row["numerator"], row["before_numerator"]) if "rate" in view else (row["value"], row["before"])
    exposure = (
        (row["numerator"] / row["value"]) / (row["before_numerator"] / row["before"])
        if "rate" in view and now and before
        else None
    )
    if exposure is None and "rate" in view:
        return np.nan, np.nan, np.nan  # an exposure cannot be read from a rate of zero
    longer = days(row["period"], view) / days(row["before_period"], view)
    exposure = (exposure or 1.0) * (longer if abs(longer - 1) > 0.01 else 1.0) * row["link"]
    one, other, df = now / row["fluctuation"], before / row["fluctuation"], row["fluctuation_df"]
    reach = stats.norm.ppf(0.975) if np.isinf(df) else stats.t.ppf(0.975, df)
    even = exposure / (1 + exposure)
    if min(now, before) >= 10:
        low, high = proportion_confint(one, one + other, 2 * stats.norm.sf(reach), method="wilson")
        score = (one / (one + other) - even) / np.sqrt(even * (1 - even) / (one + other))
    else:
        tail = stats.norm.sf(reach)
        low, high = lowest(one, other, tail), 1 - lowest(other, one, tail)
        above = upper(one, other, even)
        score = stats.norm.isf(min(above, 1 - above))
    p = 2 * (stats.norm.sf(abs(score)) if np.isinf(df) else stats.t.sf(abs(score), df))
    low, high = low / (1 - low) / exposure, high / (1 - high) / exposure if high < 1 else np.inf
    if row["link_spread"] > 0 and other > 0 and low > 0 and np.isfinite(high):
        low, high, p = with_the_spread(one / other / exposure, (low, high, p), row["link_spread"])
    return low - 1, (high if high < 1e6 else np.nan) - 1, p


def with_the_spread(middle: float, limits: tuple[float, float, float], spread: float) -> tuple[float, float, float]:
    """Limits and p where the ratio that links two releases has an error of its own: squares of the logarithms add up."""
    low, high, p = limits
    below, above, more = np.log(middle / low), np.log(high / middle), stats.norm.ppf(0.975) * spread
    own = np.sqrt(below * above)
    z = stats.norm.isf(p / 2) * own / np.sqrt(own**2 + more**2)
    return (
        middle / np.exp(np.sqrt(below**2 + more**2)),
        middle * np.exp(np.sqrt(above**2 + more**2)),
        2 * stats.norm.sf(z),
    )


def lowest(one: float, other: float, tail: float) -> float:
    """The share at which so many or more of the first are as rare as ``tail``; 0 where they are rare at none."""
    if one == 0 or upper(one, other, 1e-15) > tail:
        return 0.0
    return optimize.brentq(lambda share: upper(one, other, share) - tail, 1e-15, 1 - 1e-15, xtol=1e-15)


def upper(one: float, other: float, share: float) -> float:
    """P(X > one) + ½ P(X = one) by the beta distribution, whose parameters may be fractions."""
    at_least = 1.0 if one == 0 else stats.beta.cdf(share, one, other + 1)
    more = 0.0 if other == 0 else stats.beta.cdf(share, one + 1, other)
    return (at_least + more) / 2


def points(row: dict) -> tuple[float, float, float]:
    """Limits of the change of a share in points, and p."""
    whole, before_whole = row["denominator"], row["before_numerator"] / row["before"] * 100 if row["before"] else np.nan
    if not np.isfinite(before_whole):
        return np.nan, np.nan, np.nan
    cells = (
        np.array(
            [
                [row["numerator"], whole - row["numerator"]],
                [row["before_numerator"], before_whole - row["before_numerator"]],
            ]
        )
        + 0.5
    )
    odds = Table2x2(cells)
    error, df = odds.log_oddsratio_se * np.sqrt(row["fluctuation"]), row["fluctuation_df"]
    reach = stats.t.ppf(0.975, df) * error
    before = special.logit(cells[1, 0] / cells[1].sum())
    low, high = (
        100 * (special.expit(before + odds.log_oddsratio + way * reach) - special.expit(before)) for way in (-1, 1)
    )
    return low, high, 2 * stats.t.sf(abs(odds.log_oddsratio) / error, df)


def test_every_verdict_sampled_is_what_its_documents_say(shelf):
    checked = 0
    for view, row in sampled(shelf):
        low, high, p = points(row) if view == "share" else at_both_bounds(row, view)
        if not np.isfinite(p):
            continue
        checked += 1
        loose = (
            {"rel": 2e-3, "abs": 2e-3} if view == "share" else {"rel": 1e-5, "abs": 1e-6}
        )  # the whole before is read from a rounded share
        assert row["change_low"] == pytest.approx(low, **loose), row
        assert row["change_high"] == pytest.approx(high, nan_ok=True, **loose), row
        assert row["p"] == pytest.approx(p, rel=1e-3, abs=1e-5), row
        expected = "rise" if low > 0 else "fall" if high < 0 else "no_clear_change"
        assert row["verdict"] == expected or min(abs(low), abs(high)) < 1e-3
    assert checked >= VERDICTS


def published(shelf, dataset: str) -> dict[str, pd.Series]:
    """Every file of a dataset, read by pandas alone: (area, group) by month; two files of one date are one."""
    card, found = shelf.cards[dataset], {}
    for release in card.releases:
        frame = pd.read_csv(card.folder / release.file, encoding="utf-8-sig")
        months = [name for name in frame.columns if str(name).isdigit()]
        group, area = release.columns["group"], release.columns["area"]
        sums = frame.groupby([frame[group].str.lower(), area])[months].sum()
        sums.columns = [f"{month[:4]}-{month[4:]}" for month in months]
        known = found.get(release.published)
        found[release.published] = sums if known is None else pd.concat([known, sums], axis=1).fillna(0)
    return found


def test_every_link_sampled_is_what_its_documents_say(shelf):
    """By the files alone: both windows in a release that was at least six months on, or the overlap at least a year on."""
    files, checked = published(shelf, "recorded_crime"), {"within": 0, "ratio": 0}
    dates = list(files)
    for name in ("theft", "robbery", "possession_of_weapons", "drug_offences"):
        rows = compute(Query("london", "recorded_crime", ("E12000007",), name, "rolling", "2024-01"), shelf).table
        whole = {date: one.loc[name.replace("_", " ")].sum() for date, one in files.items()}
        joined = pd.concat([whole["2026-01"][:"2024-03"], whole["2026-04"]["2024-04":"2024-06"], whole["2026-08"]])
        for row in rows.itertuples():
            windows = [periods.span(periods.shift(end, -11), end) for end in (row.period, row.before_period)]
            own = [joined[window].sum() for window in windows]
            assert (row.value, row.before) == tuple(own)
            if row.link_how == "within":
                ripe = [
                    d
                    for d in dates
                    if whole[d].index[-1] >= periods.shift(row.period, 6)
                    and {*windows[0], *windows[1]} <= {*whole[d].index}
                ]
                assert row.change == pytest.approx(
                    whole[ripe[-1]][windows[0]].sum() / whole[ripe[-1]][windows[1]].sum() - 1
                )
            elif row.link_how == "ratio":
                linked = 0.0
                for month in windows[1]:
                    older = "2026-01" if month < "2024-04" else "2026-04" if month < "2024-07" else ""
                    linked += joined[month] * (overlap(whole[older], whole["2026-08"]) if older else 1.0)
                assert row.change == pytest.approx(row.value / linked - 1)
            if row.link_how:
                checked[row.link_how] += 1
            else:
                assert row.link == 1
    assert min(checked.values()) > 30


def overlap(older: pd.Series, newer: pd.Series) -> float:
    """What the newer file has for what the older one has, on months that were a year old in the older one."""
    months = [month for month in older.index if month in newer.index and periods.shift(month, 12) <= older.index[-1]]
    return newer[months].sum() / older[months].sum()


def test_the_factors_of_a_table_of_years_are_moderated_second_differences(shelf):
    """Seoul's five crimes: each area's mean square of second differences without the two years compared and without 2020 and 2021, drawn towards all."""
    table = shelf.table("five_major_crimes")
    areas = tuple(area.code for area in shelf.places["seoul"].areas)
    counts = np.array([table.series("recorded", "theft", area).values for area in areas])
    made = compute(Query("seoul", "five_major_recorded", areas, "theft", "count", "2022", "2022"), shelf).table
    middle = [at for at in range(1, 8) if not {at - 1, at, at + 1} & {6, 7, 8}]  # 2020, 2021, 2022
    own = np.mean(
        [
            (counts[:, at - 1] - 2 * counts[:, at] + counts[:, at + 1]) ** 2
            / (2 * counts[:, at - 1 : at + 2].sum(axis=1))
            for at in middle
        ],
        axis=0,
    )
    assert middle == [1, 2, 3, 4]
    found = made["fluctuation"].to_numpy()
    order = np.argsort(own)
    assert (found[order[:6]] > own[order[:6]]).all()  # the calmest seem less calm, the wildest less wild
    assert (found[order[-4:]] < own[order[-4:]]).all()
    assert np.std(np.log(found)) < np.std(np.log(np.maximum(own, 0.1)))
    assert found.mean() == pytest.approx(np.maximum(own, 1).mean(), rel=0.35)
    assert set(made["fluctuation_first"]) == {"2014"}
    assert set(made["fluctuation_last"]) == {"2019"}


def slope(events: np.ndarray, exposure: np.ndarray) -> tuple[float, float]:
    """The yearly change and its p by statsmodels, with the error that an AR(1) of the corrected autocorrelation gives."""
    n = len(events)
    design = np.column_stack([np.ones(n), np.arange(n) - (n - 1) / 2])
    model = GLM(events, design, family=Poisson(), offset=np.log(exposure)).fit()
    weighted = np.sqrt(model.fittedvalues)[:, None] * design
    hat = weighted @ np.linalg.solve(weighted.T @ weighted, weighted.T)
    kept, left = np.eye(n) - hat, model.resid_pearson
    away = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    shown = (left[1:] * left[:-1]).sum() / (left**2).sum()

    def usual(rho: float) -> float:
        form = kept @ rho**away @ kept
        return np.diag(form, 1).sum() / np.diag(form).sum()

    rho = (
        0.0
        if shown <= usual(0.0)
        else 0.95
        if shown >= usual(0.95)
        else optimize.brentq(lambda one: usual(one) - shown, 0, 0.95)
    )
    spread = rho**away
    scale = (left**2).sum() / np.trace(kept @ spread)
    df = min(
        np.trace(kept @ spread) ** 2 / np.trace(kept @ spread @ kept @ spread), max(2.0, n * (1 - rho) / (1 + rho) - 2)
    )
    inside = np.linalg.inv(weighted.T @ weighted)
    error = (
        np.sqrt(scale * (inside @ weighted.T @ spread @ weighted @ inside)[1, 1])
        if scale > 1
        else np.sqrt(inside[1, 1])
    )
    t = abs(model.params[1]) / error
    return float(np.expm1(model.params[1])), float(2 * stats.t.sf(t, df) if scale > 1 else 2 * stats.norm.sf(t))


def of_no_area(table, place, variable: str, category: str, ends: list[str]) -> np.ndarray:
    """The share of the place's count that was allocated to no area in the years that end so."""
    year, unknown = (
        periods.per_year(ends[0]),
        [row.code for row in place.unallocated if not row.elsewhere and table.has(area=row.code)],
    )
    whole, *apart = (table.series(variable, category, code).values for code in (place.code, *unknown))
    stops = [table.position(end) + 1 for end in ends]
    sums = [
        (sum(np.nansum(row[stop - year : stop]) for row in apart), whole[stop - year : stop].sum()) for stop in stops
    ]
    return np.array([part / of if of else 0.0 for part, of in sums])


def test_every_trend_sampled_is_what_its_documents_say(shelf):
    checked, rng = 0, random.Random(SEED)
    for place, card, view in views(shelf):
        if view in ("share", "rate"):
            continue
        table = shelf.table(card.dataset)
        for category in rng.sample(table.categories, min(5, len(table.categories))):
            for area in rng.sample(table.areas, min(6, len(table.areas))):
                query = Query(place.id, card.name, (area,), category, view)
                found = trend(query, shelf, area)
                if found.why or (view == "count" and periods.per_year(table.periods[0]) > 1):
                    continue
                rows = compute(query, shelf).table.set_index("period")
                step = periods.per_year(found.last)
                rows = rows.loc[[periods.shift(found.last, -step * back) for back in range(found.blocks)][::-1]]
                rate = "rate" in view
                events = rows["numerator" if rate else "value"].to_numpy()
                exposure = rows["denominator"].to_numpy() if rate else np.ones(len(rows))
                per_year, p = slope(events, exposure)
                if area in {own.code for own in place.areas}:
                    kept = 1 - of_no_area(table, place, card.variable, category, list(rows.index))
                    other, other_p = slope(events / kept, exposure)
                    p = 1.0 if per_year * other < 0 else max(p, other_p)
                checked += 1
                assert found.per_year == pytest.approx(per_year, rel=1e-4, abs=1e-7)
                assert found.p == pytest.approx(p, rel=0.06, abs=2e-3)  # the autocorrelation is read from a grid
                assert (
                    found.verdict == ("no_clear_change" if p >= 0.05 else "rise" if per_year > 0 else "fall")
                    or abs(p - 0.05) < 0.004
                )
    assert checked > 60


def test_every_funnel_sampled_is_what_its_documents_say(shelf):
    """Classes of areas by Paule and Mandel's τ and exact Poisson limits around the median area."""
    checked, usual = 0, stats.norm.expect(lambda z: min(z * z, stats.norm.ppf(0.9) ** 2))
    for place, card, view in views(shelf):
        for category in shelf.table(card.dataset).categories[:12]:
            query = Query(place.id, card.name, (), category, view)
            if view == "share" or not funnel_possible(query, shelf):
                continue
            made = funnel(query, shelf)
            known = made.table[made.table["expected"] > 0]
            if made.why or known.empty:
                continue
            observed, expected = (known[name].to_numpy(float) for name in ("observed", "expected"))
            middle = expected * np.median(observed / expected)
            away = np.log((observed + 0.5) / (middle + 0.5))

            def over(more: float, away=away, middle=middle) -> float:
                score = away / np.sqrt(1 / (middle + 0.5) + more)
                return np.mean(np.clip(score, *np.quantile(score, [0.1, 0.9])) ** 2) - usual

            tau = np.sqrt(optimize.brentq(over, 0, 100)) if over(0) > 0 else 0.0
            assert made.spread.tau == pytest.approx(tau, rel=2e-3, abs=1e-4)
            for said, seen, wanted in zip(known["differs"], observed, middle, strict=True):
                checked += 1
                assert placed(seen, wanted, tau) in (None, said)
    assert checked > 500


def placed(seen: float, wanted: float, tau: float) -> str | None:
    """The class of one area; None where it lies on a limit to within rounding."""
    found = "within"
    for level, name in ((0.95, "95"), (0.998, "998")):
        tail = (1 - level) / 2
        low = wanted * np.exp(
            -np.hypot(np.log(stats.chi2.ppf(tail, 2 * wanted) / 2 / wanted), stats.norm.isf(tail) * tau)
        )
        high = wanted * np.exp(
            np.hypot(np.log(stats.chi2.isf(tail, 2 * wanted + 2) / 2 / wanted), stats.norm.isf(tail) * tau)
        )
        if min(abs(seen / low - 1) if low else 1, abs(seen / high - 1)) < 1e-3:
            return None
        rare = min(stats.poisson.cdf(seen, wanted), stats.poisson.sf(seen - 1, wanted)) < tail
        found = f"lower_{name}" if seen < low and rare else f"higher_{name}" if seen > high and rare else found
    return found
