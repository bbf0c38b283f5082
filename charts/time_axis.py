"""Where does an axis of time have its ticks, and how is each named? In UTC, so that no time zone of a reader moves
it."""

from __future__ import annotations

from datetime import UTC, datetime

from language import LANGUAGES
from loaders import periods

TICKS = "ticks"  # the parameter of a spec that holds where the ticks stand, in milliseconds
NAMINGS = ("year", "month", "quarter", "half", "week", "year_of_week", "split_year", "year_to_date")
_MOST = 8  # ticks on an axis
_STEPS = {"month": (1, 2, 3, 6), "quarter": (1, 2), "half": (1,), "week": (1, 2, 4, 13, 26)}  # within a year
_YEARS = (1, 2, 5, 10, 20, 50, 100)
_SPLIT_YEAR = "utcFormat(datum.value, '%Y/') + utcFormat(utcOffset('year', datum.value, 1), '%y')"


def across(field: str, code: str, naming: str):
    """The horizontal encoding of a field of days; its ticks are named by what they show (one of ``NAMINGS``)."""
    import altair as alt

    label = _SPLIT_YEAR if naming == "split_year" else _label(LANGUAGES[code].axis, naming)
    axis = alt.Axis(values=alt.ExprRef(TICKS), labelExpr=label, labelOverlap=True, labelSeparation=6, grid=False)
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc"), axis=axis)


def _label(formats: dict, naming: str) -> str:
    if naming == "half":
        first, second = (f"utcFormat(datum.value, '{form}')" for form in formats["half"])
        return f"utcmonth(datum.value) < 6 ? {first} : {second}"
    return f"utcFormat(datum.value, '{formats[naming]}')"


def instant(period: str) -> str:
    """Where a period stands on the axis: its first day; a year to date stands in the month that it reaches to."""
    first, last = periods.dates(period)
    return (last.replace(day=1) if "-YTD-" in period else first).isoformat()


def ticks(shown: list[str]) -> tuple[str, list[dict]]:
    """How the ticks of an axis over these periods are named, and the parameter of its spec that says where they stand.

    Every period has a tick while there are few; then every so many within a year, then years.
    """
    naming, ticked = _chosen(periods.frequency_of(shown[0]), shown)
    stamps = [int(datetime.fromisoformat(instant(period)).replace(tzinfo=UTC).timestamp()) * 1000 for period in ticked]
    return naming, [{"name": TICKS, "value": stamps}]


def _chosen(frequency: str, shown: list[str]) -> tuple[str, list[str]]:
    base, _, month = frequency.partition("-")
    split = base in periods.FIRST_MONTH
    naming = ("year" if month == "01" else "split_year") if split else base
    in_year = {period: int(period[6 if base != "month" else 5 :]) for period in shown} if base in _STEPS else {}
    for step in _STEPS.get(base, (1,)):
        ticked = [period for period in shown if (in_year.get(period, 1) - 1) % step == 0]
        if len(ticked) <= _MOST:
            return naming, ticked
    yearly = [period for period in shown if (in_year[period] == 1 if in_year else period[4:] == shown[-1][4:])]
    step = next(step for step in _YEARS if sum(int(period[:4]) % step == 0 for period in yearly) <= _MOST)
    if in_year:
        naming = "year_of_week" if base == "week" else "year"
    return naming, [period for period in yearly if int(period[:4]) % step == 0]
