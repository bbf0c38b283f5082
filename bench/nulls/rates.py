"""Rates of false alarms and of changes that are seen, of series of each kind: of groups of offences, of yearly tables,
of small counts, shares and trends.
"""

from __future__ import annotations

import numpy as np

from bench.nulls.series import judged_months, judged_shares, judged_years, level, matched
from measures.figures.estimates import SPAN
from measures.figures.events import left_out
from measures.inference.slopes import slope_of_counts
from measures.store.shelf import Shelf

SERIES = 2000  # of each kind
OF_GROUP = 8000  # of each group of offences: areas that move together are worth far fewer
FEWEST = 1  # events a month in an area; groups with fewer are chance alone, which has a table of its own
STEP = 0.8  # a true fall of 20 %


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
