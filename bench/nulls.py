"""``python -m bench.nulls``: how often do verdicts say a change where there is none, and how often do they see one of
a known size?

Series are drawn as the real ones behave (a level that wanders and returns, white noise and chance, matched group by
group to the residuals of the published series), without any true change or with a known step, and judged by the
product's own functions. Prints a table and writes the rates of false alarms, with the date, for the page of methods. A
few minutes; the random numbers have a fixed seed.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.null_series import judged_months, judged_shares, judged_years, level, matched
from loaders import data_folder
from measures.figures.estimates import SPAN
from measures.figures.events import left_out
from measures.inference.slopes import slope_of_counts
from measures.store.shelf import Shelf

SERIES = 2000  # of each kind
OF_GROUP = 8000  # of each group of offences: areas that move together are worth far fewer
FEWEST = 1  # events a month in an area; groups with fewer are chance alone, which has a table of its own
STEP = 0.8  # a true fall of 20 %
TARGET, WORST, RANDOM_WALK, YEARLY_POWER = (0.04, 0.06), 0.10, 0.25, 0.75


def main() -> int:
    """Simulate, print, write; 1 where a target is missed."""
    began, rng = time.monotonic(), np.random.default_rng(20261130)
    shelf = Shelf(data_folder())
    months = of_groups(shelf, rng)
    years = of_years(rng)
    small, shares, trends = of_small_counts(rng), of_shares(rng), of_trends(rng)
    print(
        table(
            months, ("group", "fading", "level", "single month", "12 months", "-20 % seen", "-20 % in a month"), (3, 4)
        )
    )
    print(table(years, ("table", "years", "noise", "events", "false alarms", "-20 % seen"), (4,)))
    print(table(small, ("events a month", "single month", "12 months"), (1, 2)))
    print(table(shares, ("shares", "false alarms"), (1,)))
    print(table(trends, ("trend of ten years", "false alarms", "3 % a year seen"), (1,)))
    varied = [
        row[4] for row in years if row[2] != "0 %"
    ]  # chance alone is judged with small counts: a factor is never taken for less than 1
    rates = {"month": [row[3] for row in months], "year_of_months": [row[4] for row in months], "year": varied}
    rates |= {
        "share": [row[1] for row in shares if "level" in row[0]],
        "small": [rate for row in small for rate in row[1:]],
    }
    write(rates, dict((row[0], row[1]) for row in trends))
    missed = list(faults(rates, years, trends))
    print(*missed, f"{time.monotonic() - began:.0f} s", sep="\n")
    return 1 if missed else 0


def faults(rates: dict[str, list[float]], years: list[tuple], trends: list[tuple]):
    for kind, alarms in rates.items():
        if kind != "small" and not TARGET[0] <= np.mean(alarms) <= TARGET[1]:
            yield f"MISSED: {kind} {np.mean(alarms):.1%} on average, wanted {TARGET[0]:.0%} to {TARGET[1]:.0%}"
        if max(alarms) > WORST:
            yield f"MISSED: {kind} {max(alarms):.1%} at worst, wanted at most {WORST:.0%}"
    yield from (
        f"MISSED: power {row[5]:.0%} in {row[0]}"
        for row in years
        if row[3] == 1500 and row[1] == 9 and row[2] == "3 %" and row[5] < YEARLY_POWER
    )
    yield from (
        f"MISSED: trend of a {row[0]} {row[1]:.0%}"
        for row in trends
        if row[0] == "random walk" and row[1] > RANDOM_WALK
    )


def of_groups(shelf: Shelf, rng: np.random.Generator) -> list[tuple]:
    """False alarms and power for the groups of offences of the default place, in areas as large as its own."""
    place = shelf.default_place
    dataset = shelf.measures[place.measures[0]].dataset
    safe, card = shelf.table(dataset), shelf.cards[dataset]
    areas = [area.code for area in place.areas if safe.has(area=area.code)]
    rows = []
    for category in [code for code in safe.categories if card.tree.nodes[code].level in ("all", "group")]:
        counts = safe.block(safe.variables[0], category, areas).values[:, -SPAN - 3 : -3]
        counts = counts[np.isfinite(counts).sum(axis=1) > SPAN / 2]
        whole = np.flatnonzero(np.isfinite(counts).all(axis=0) & ~left_out(place, safe.periods)[-SPAN - 3 : -3])
        if len(whole) > SPAN / 2 and len(counts) and counts[:, whole].mean(axis=1).min() > FEWEST:
            rows.append(
                (category, *of_group(counts[:, whole].mean(axis=1), matched(counts[:, whole], whole, whole % 12), rng))
            )
    return rows


def of_group(mean: np.ndarray, noise: tuple[float, float, float, float], rng: np.random.Generator) -> tuple:
    rho, latent, white, alike = noise
    common = max(0.0, min(0.5, alike))
    results = {"month": [], "year": [], "step": [], "step_month": []}
    for _ in range(max(1, OF_GROUP // len(mean))):
        shape = (len(mean), SPAN)
        rate = mean[:, None] * np.exp(level(rng, shape, rho, latent, common) + rng.normal(0, white, shape))
        counts = rng.poisson(rate).astype(float)
        month, year = judged_months(counts)
        fallen = counts.copy()
        fallers = rng.choice(len(mean), max(1, len(mean) // 6), replace=False)
        fallen[fallers, -12:] = rng.poisson(STEP * rate[fallers, -12:])
        step_month, step = judged_months(fallen)
        results["month"] += list(month < 0.05)
        results["year"] += list(year < 0.05)
        results["step"] += list(
            (step[fallers] < 0.05) & (fallen[fallers, -12:].sum(axis=1) < fallen[fallers, -24:-12].sum(axis=1))
        )
        results["step_month"] += list((step_month[fallers] < 0.05) & (fallen[fallers, -1] < fallen[fallers, -13]))
    return f"{rho:.2f}", f"{latent:.1%}", *(float(np.mean(outcomes)) for outcomes in results.values())


def of_years(rng: np.random.Generator) -> list[tuple]:
    """Tables of 25 areas with one figure a year, the last year against the year before; the middle area has the
    events named."""
    return [
        of_table(years, noise, events, rng)
        for years in (5, 9, 15)
        for noise in (0.0, 0.03, 0.06)
        for events in (40, 1500)
    ]


def of_table(years: int, noise: float, events: int, rng: np.random.Generator) -> tuple:
    wrong, power = [], []
    mean = events * np.exp(np.linspace(-0.8, 0.8, 25))[:, None]
    for _ in range(SERIES // 25):
        rate = mean * np.exp(rng.normal(0, noise, (25, years)))
        counts = rng.poisson(rate).astype(float)
        wrong += list(judged_years(counts) < 0.05)
        counts[10:15, -1] = rng.poisson(STEP * rate[10:15, -1])
        power += list((judged_years(counts) < 0.05)[10:15] & (counts[10:15, -1] < counts[10:15, -2]))
    return "25 areas", years, f"{noise:.0%}".replace("%", " %"), events, float(np.mean(wrong)), float(np.mean(power))


def of_small_counts(rng: np.random.Generator) -> list[tuple]:
    """Pure chance, few events a month."""
    rows = []
    for mean in (0.4, 2, 10):
        pairs = [judged_months(rng.poisson(mean, (31, SPAN)).astype(float)) for _ in range(SERIES // 31)]
        rows.append(
            (str(mean), *(float(np.mean(np.concatenate([pair[span] for pair in pairs]) < 0.05)) for span in range(2)))
        )
    return rows


def of_shares(rng: np.random.Generator) -> list[tuple]:
    """Quarters of a single share and of 25 areas, level or at the top of a climb; the last quarter against that of a
    year before, without true change."""
    rows = []
    for areas in (1, 25):
        for climb in (0.0, 2.0):
            logit = np.minimum(np.linspace(-climb, 0, 24), np.linspace(-climb, 0, 24)[-5])
            wrong = []
            for _ in range(SERIES // 2 // areas + 20):
                part = rng.binomial(200_000, 1 / (1 + np.exp(-logit - rng.normal(0, 0.05, (areas, 24))))).astype(float)
                wrong += list(judged_shares(part, np.full(part.shape, 200_000.0)) < 0.05)
            rows.append(
                (
                    f"{areas} area{'s' * (areas > 1)}, 24 quarters, {'after a climb' if climb else 'level'}",
                    float(np.mean(wrong)),
                )
            )
    return rows


def of_trends(rng: np.random.Generator) -> list[tuple]:
    """Ten years of 2,000 events without a trend, and with one of 3 % a year."""
    rows = []
    for name, rho, sd in (
        ("chance alone", 0.0, 0.0),
        ("fading 0.85", 0.85, 0.10),
        ("fading 0.95", 0.95, 0.15),
        ("random walk", 1.0, 0.05),
    ):
        walk = rho == 1
        rates = []
        for slope in (0.0, 0.03):
            shape = (SERIES // 4, 10)
            drift = np.cumsum(rng.normal(0, sd, shape), axis=1) if walk else level(rng, shape, rho, sd)
            counts = rng.poisson(2000 * np.exp(drift + slope * np.arange(10))).astype(float)
            rates.append(float(np.mean([slope_of_counts(row, np.ones(10)).p < 0.05 for row in counts])))
        rows.append((name, *rates))
    return rows


def table(rows: list[tuple], headings: tuple[str, ...], averaged: tuple[int, ...]) -> str:
    """Markdown, with the mean of the columns of false alarms at the foot."""
    lines = [
        headings,
        ("---",) * len(headings),
        *(tuple(f"{cell:.1%}" if isinstance(cell, float) else str(cell) for cell in row) for row in rows),
    ]
    foot = [
        f"**{np.mean([row[column] for row in rows]):.1%}**" if column in averaged else ""
        for column in range(len(headings))
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in [*lines, ("**mean**", *foot[1:])]) + "\n"


def write(rates: dict[str, list[float]], trends: dict[str, float]) -> Path:
    """The mean and the worst rate of each kind, with the date, where the page of methods reads them."""
    path = data_folder() / "false_alarms.toml"
    lines = [
        "# Written by `python -m bench.nulls`: how often a verdict says a change where there is none, as simulated",
        f"date = {datetime.now(UTC).date()}",
    ]
    for kind, alarms in rates.items():
        lines += [f"\n[{kind}]", f"mean = {np.mean(alarms):.4f}", f"worst = {max(alarms):.4f}"]
    lines += [
        "\n[trend]",
        *(f"{name.replace(' ', '_').replace('.', '_')} = {rate:.4f}" for name, rate in trends.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
