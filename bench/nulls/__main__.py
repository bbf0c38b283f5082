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

from bench.nulls.rates import of_groups, of_shares, of_small_counts, of_trends, of_years
from loaders import data_folder
from measures.store.shelf import Shelf

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
