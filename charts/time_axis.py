"""Where does an axis of time have its ticks, and how is each named? In UTC, so that no time zone of a reader moves
it."""

from __future__ import annotations

from datetime import UTC, datetime

from language import LANGUAGES, Translator, period_name
from loaders import periods

TICKS, LAST = "ticks", "last"  # the parameters of a spec that hold where the ticks stand, in milliseconds, and the
# name of the last one
NAMINGS = ("year", "month", "quarter", "half", "week", "year_of_week", "split_year", "year_to_date")
_MOST = 8  # ticks on an axis
_STEPS = {"month": (1, 2, 3, 6), "quarter": (1, 2), "half": (1,), "week": (1, 2, 4, 13, 26)}  # within a year
_YEARS = (1, 2, 5, 10, 20, 50, 100)
_WIDTHS = {  # pixels that a name takes with its gap
    "year": 40,
    "month": 66,
    "quarter": 64,
    "half": 64,
    "week": 70,
    "year_of_week": 40,
    "split_year": 58,
    "year_to_date": 104,
}
_SPLIT_YEAR = "utcFormat(datum.value, '%Y/') + utcFormat(utcOffset('year', datum.value, 1), '%y')"


def across(field: str, code: str, naming: str):
    """The horizontal encoding of a field of days, for Altair; see ``along``."""
    import altair as alt

    encoding = along(field, code, naming)
    return alt.X(f"{field}:T", scale=alt.Scale(**encoding["scale"]), axis=alt.Axis(**encoding["axis"]))


def along(field: str, code: str, naming: str, beside: str = "0") -> dict:
    """The horizontal encoding of a field of days; its ticks are named by what they show (one of ``NAMINGS``).

    The last period always has its name. Of the others as many as there is room for: every second, third … counted from
    the end, and none that the last one's name would cover. ``beside``: pixels that are left at the right, as an
    expression.
    """
    label = _SPLIT_YEAR if naming == "split_year" else _label(LANGUAGES[code].axis, naming)
    size = _WIDTHS[naming] * LANGUAGES[code].glyph / 7.5
    number, final = f"round((1 - datum.index) * ({TICKS}.length - 1))", f"{TICKS}[{TICKS}.length - 1]"
    crowded = f"{number} % ceil({size:.0f} * {TICKS}.length / (width - {beside})) != 0"
    last = f"{size / 2:.0f} + {LANGUAGES[code].glyph} * max(5, length({LAST}))"  # its name ends where the axis does
    covered = f"scale('x', {final}) - scale('x', datum.value) < {last}"
    named = f"datum.index == 1 && {LAST} ? {LAST} : datum.index < 1 && ({crowded} || {covered}) ? '' : {label}"
    scale = {"type": "utc"} | ({"range": [0, {"expr": f"width - {beside}"}]} if beside != "0" else {})
    axis = {"values": {"expr": TICKS}, "labelExpr": named, "labelOverlap": False, "grid": False}
    return {"field": field, "type": "temporal", "scale": scale, "axis": axis}


def _label(formats: dict, naming: str) -> str:
    if naming == "half":
        first, second = (f"utcFormat(datum.value, '{form}')" for form in formats["half"])
        return f"utcmonth(datum.value) < 6 ? {first} : {second}"
    return f"utcFormat(datum.value, '{formats[naming]}')"


def instant(period: str) -> str:
    """Where a period stands on the axis: its first day; a year to date stands in the month that it reaches to."""
    first, last = periods.dates(period)
    return (last.replace(day=1) if "-YTD-" in period else first).isoformat()


def ticks(shown: list[str], say: Translator) -> tuple[str, list[dict]]:
    """How the ticks of an axis over these periods are named, and the parameters of its spec that say where they stand
    and what the last one is called.

    Every period has a tick while there are few; then every so many within a year, then years; and the last period.
    """
    naming, ticked = _chosen(periods.frequency_of(shown[0]), shown)
    last = "" if ticked[-1] == shown[-1] else _short_name(shown[-1], say)
    stamps = [_stamp(period) for period in dict.fromkeys([*ticked, shown[-1]])]
    return naming, [{"name": TICKS, "value": stamps}, {"name": LAST, "value": last}]


def _short_name(period: str, say: Translator) -> str:
    """A period as an axis names it: 2017 Q3 without its months; months and years as everywhere."""
    year, _, part = period.partition("-")
    kind, number = part[:1], part[1:]
    if kind == "Q":
        return say.language.axis["quarter"].replace("%Y", year).replace("%q", number)
    if kind == "H":
        return say.language.axis["half"][int(number) - 1].replace("%Y", year)
    return period_name(period, say)


def _stamp(period: str) -> int:
    return int(datetime.fromisoformat(instant(period)).replace(tzinfo=UTC).timestamp()) * 1000


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
