"""What a change of a figure rests on: counts, chance, days, links between releases and residents."""

from __future__ import annotations

from math import isfinite, nan

from measures.figures.compute import Measure
from measures.figures.linked import RATIO, WITHIN
from measures.inference.limits import ratio_limits
from measures.lines.denominators import middle_of_period

LINK_SAID = 0.0005  # a link that moves a change by less than 0.05 % is not spoken of


def counts(measure: Measure, row: dict) -> tuple[float, float]:
    """The events behind two rates on a small base."""
    small = row["small"] and "rate" in measure.query.view
    return (float(row["numerator"]), float(row["before_numerator"])) if small else (nan, nan)


def chance(measure: Measure, row: dict) -> tuple[float, float]:
    """Limits that chance alone would give the change of a series too short to judge it by more."""
    if row["why"] != "too_short" or measure.query.view == "share" or not row["before"] > 0:
        return nan, nan
    now, before = (
        row[name] if isfinite(row[name]) else row[other]
        for name, other in (("numerator", "value"), ("before_numerator", "before"))
    )
    ratio = (row["value"] / row["before"]) / (now / before) if now > 0 and before > 0 else 1.0  # of the exposures
    _, low, high, _ = ratio_limits(now, 1.0, before, ratio)
    return float(low) - 1, float(high) - 1


def by_day(measure: Measure, row: dict) -> bool:
    """Was the change worked out by the day? Then it is not that of the two figures themselves."""
    usable = isfinite(row["change"]) and row["before"] > 0 and measure.query.view != "share"
    return (
        usable and abs((1 + row["change"]) * row["before"] * row["link"] / row["value"] - 1) > 1e-6
        if usable and row["value"] > 0
        else False
    )


def linked(measure: Measure, row: dict) -> tuple[tuple[int, float], str]:
    """How the two figures were linked over releases, where that changes what is said: the overlap, or the release that
    both were compared in."""
    worth_saying = isfinite(row["change"]) and abs(row["link"] - 1) >= LINK_SAID
    if worth_saying and row["link_how"] == RATIO:
        return (int(row["link_months"]), float(row["link_more"])), ""
    if worth_saying and row["link_how"] == WITHIN:
        return (0, nan), next(
            entry.published for entry in measure.sources[0].releases if entry.id == row["link_release"]
        )
    return (0, nan), ""


def residents(measure: Measure, row: dict) -> str:
    """The year of the residents that both of two rates are divided by; '' where they are of two years."""
    if "rate" not in measure.query.view or not (row["before"] > 0 and row["value"] > 0 and row["before_numerator"] > 0):
        return ""
    alike = abs((row["value"] / row["before"]) / (row["numerator"] / row["before_numerator"]) - 1) < 1e-9
    return _year_of_residents(row) if alike else ""


def years_old(measure: Measure, row: dict) -> tuple[str, int]:
    """The year of the residents of a rate, and how many years before the middle of the figure it lies."""
    year = _year_of_residents(row) if "rate" in measure.query.view and isfinite(row["value"]) else ""
    middle = middle_of_period(row["period"], measure.query.view)[:4]
    return (year, int(middle) - int(year)) if year else ("", 0)


def _year_of_residents(row: dict) -> str:
    """The year of residents that are older than the figure; '' where they are of its own year."""
    years = (key.removeprefix("population ") for key in row["reason"].split("|") if key.startswith("population "))
    return next(years, "")
