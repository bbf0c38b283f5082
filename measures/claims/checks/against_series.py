"""Does a stated figure follow from a series that was published? Recomputed with its base, and with other bases."""

from __future__ import annotations

from math import isfinite, nan

import numpy as np

from disclosure.remembered import remembered
from disclosure.unallocated import is_large, unallocated_shares
from loaders import periods
from measures.claims.checks.bases import BASES, Window, earlier_years, named_base
from measures.claims.checks.chance import chance
from measures.claims.checks.findings import CellUsed, Finding, Reason, Step, reason
from measures.claims.checks.integer_counts import FEWEST_SHOWN
from measures.claims.checks.stated import (
    USUAL_YEARS,
    Stated,
    base_window,
    comparable_years,
    every_period,
    stated_window,
)
from measures.figures.overdispersion import noise_of
from measures.lines.query import Query
from measures.lines.scope import Scope, divided
from measures.store.shelf import Shelf


@remembered()
def check_series(stated: Stated, shelf: Shelf) -> Finding:
    """The finding for a figure about a loaded series. Raises SourceError or KeyError as ``compute`` does, ValueError
    for no number."""
    now = stated_window(stated, shelf, stated.first, stated.last)
    if not isfinite(now.value):
        return Finding(
            "", "cannot_be_checked", (_missing(now),), (), _cells(stated, shelf, now), (reason("count_now"),)
        )
    if stated.kind == "count":
        step = Step(
            "count",
            (),
            now.value,
            now.value,
            now.value,
            "",
            stated.number,
            (),
            "",
            stated.range.holds(now.value),
        )
        return Finding("", _verdict(step), _common(stated, shelf, now), (step,), _cells(stated, shelf, now))
    return _changed(stated, shelf, now)


def _changed(stated: Stated, shelf: Shelf, now: Window) -> Finding:
    spans = {stated.base: named_base(stated.base, stated.first, stated.last)}
    for base in BASES:
        span = named_base(base, stated.first, stated.last)
        spans |= {} if base in spans or span in spans.values() else {base: span}
    usual = earlier_years(now, every_period(stated, shelf))
    own = base_window(stated, shelf, spans[stated.base], stated.base, usual)
    if own is None or not isfinite(own.value):
        why = (reason("no_base") if own is None else _missing(own), *_common(stated, shelf, now))
        return Finding("", "cannot_be_checked", why, (), _cells(stated, shelf, now), (reason("count_before"),))
    if own.value == 0 and stated.kind == "percent_change":
        return Finding(
            "",
            "cannot_be_checked",
            (reason("base_is_zero"), *_common(stated, shelf, now)),
            (),
            _cells(stated, shelf, now, own),
        )
    steps = [_step(stated, now, own, stated.base)]
    if not steps[0].fits:
        queries = (
            (name, base_window(stated, shelf, span, name, usual)) for name, span in spans.items() if name != stated.base
        )
        steps += [
            _step(stated, now, earlier, name)
            for name, earlier in queries
            if earlier is not None and isfinite(earlier.value) and earlier.value > 0
        ]
    verdict = "reproduced" if steps[0].fits else "other_base" if any(step.fits for step in steps) else "does_not_follow"
    sizes = _sizes(now, own, *_noise(stated, shelf))
    why = (*_common(stated, shelf, now, own), *sizes, *_unusual(own, comparable_years(own, stated, shelf)))
    return Finding("", verdict, why, tuple(steps), _cells(stated, shelf, now, own))


def _verdict(step: Step) -> str:
    return "reproduced" if step.fits else "does_not_follow"


def _step(stated: Stated, now: Window, before: Window, base: str) -> Step:
    result = now.value - before.value if stated.kind == "difference" else (now.value / before.value - 1) * 100
    unit = "" if stated.kind == "difference" else "%"
    numbers, span = (now.value, before.value), (before.first, before.last)
    return Step(
        stated.kind,
        numbers,
        result,
        result,
        result,
        unit,
        stated.number,
        (),
        "",
        stated.range.holds(result),
        base,
        span,
    )


def _missing(span: Window) -> Reason:
    key = "withheld" if "c" in span.statuses else "not_in_series"
    return reason(key, first=span.first, last=span.last)


def _common(stated: Stated, shelf: Shelf, *windows: Window) -> tuple[Reason, ...]:
    """What the windows carry: provisional or unallocated counts, releases, days."""
    reasons = [reason("provisional", first=span.first, last=span.last) for span in windows if "p" in span.statuses]
    reasons += [
        reason("unallocated", first=span.first, last=span.last) for span in windows if _astray(stated, shelf, span)
    ]
    releases = tuple(dict.fromkeys(release for span in windows for release in span.releases))
    reasons += [reason("several_releases", releases=releases)] if len(releases) > 1 else []
    lengths = [span.days for span in windows if span.first]
    reasons += (
        [reason("days_differ", now=lengths[0], before=lengths[1])]
        if len(lengths) == 2 and lengths[0] != lengths[1]
        else []
    )
    return tuple(reasons)


def _astray(stated: Stated, shelf: Shelf, span: Window) -> bool:
    """Was so much of the counts of a window allocated to no area that the area's figure is too low?"""
    place, card = shelf.places[stated.place], shelf.measures[stated.measure]
    safe = shelf.table(card.dataset)
    column = safe.position(span.last) if span.last and stated.area in {area.code for area in place.areas} else None
    if column is None:
        return False
    width = periods.ordinal(span.last) - periods.ordinal(span.first) + 1
    return bool(is_large(unallocated_shares(safe, place, divided(card, "count"), stated.category, width)[column]))


def _noise(stated: Stated, shelf: Shelf) -> tuple[float, float]:
    """How many times more than by chance the series fluctuates over periods as long as the one stated.

    The second number: on how many degrees of freedom that is known.
    """
    width = periods.ordinal(stated.last) - periods.ordinal(stated.first) + 1
    query = Query(stated.place, stated.measure, (stated.area,), stated.category, "count", stated.last, stated.last)
    noise = noise_of(Scope(query, shelf), width)
    return float(noise.factor[0, 0]), float(noise.df[0, 0])


def _sizes(now: Window, before: Window, scale: float, df: float) -> tuple[Reason, ...]:
    """The counts behind the percentage, and whether chance alone could part them."""
    reasons = [reason("small_base", now=now.value, before=before.value)] if before.value < FEWEST_SHOWN else []
    limits = chance(now.value, before.value, scale, df)
    if limits:
        reasons.append(reason("clear" if limits.clear else "chance", p=limits.p, low=limits.low, high=limits.high))
    return tuple(reasons)


def _unusual(base: Window, others: list[Window]) -> tuple[Reason, ...]:
    """The base against the same months of up to ten earlier years."""
    if len(others) < USUAL_YEARS:
        return ()
    values = [year.value for year in others]
    low, high, middle = min(values), max(values), float(np.mean(values))
    places = {
        "base": base.value,
        "low": low,
        "high": high,
        "years": len(values),
        "off": (base.value / middle - 1) * 100 if middle else nan,
    }
    return (reason("base_in_range" if low <= base.value <= high else "base_outside_range", **places),)


def _cells(stated: Stated, shelf: Shelf, *windows: Window) -> tuple[CellUsed, ...]:
    dataset = shelf.measures[stated.measure].dataset
    return tuple(
        CellUsed(
            dataset,
            "|".join(span.releases),
            stated.area,
            stated.category,
            span.first,
            span.last,
            span.value,
            "".join(sorted(set(span.statuses))),
        )
        for span in windows
        if span.first
    )
