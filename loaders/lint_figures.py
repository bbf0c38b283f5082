"""Do the figures of a dataset fit together? Totals that the publisher gives, gaps, breaks, and how old the newest figure is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from loaders import periods
from loaders.cards import Release, SourceCard
from loaders.errors import Fault, FaultyInput
from loaders.observations import read_cells
from loaders.places import Place
from loaders.roles import columns_of, spellings_of, words_of

LARGE_STEP = 0.25  # a change of a whole year's figures from one year to the next …
UNUSUAL = 4  # … and so many times the middle one of all such changes: somebody should look
MOST_NAMED = 5


def totals(card: SourceCard, release: Release, place: Place) -> Iterator[Fault]:
    """The publisher's own total rows and columns, which the card leaves out, against the sums of the rest."""
    words, columns = words_of(card, release), columns_of(card, release)
    for axis in ("area", "category"):
        for heading in columns.get(axis, ()):
            for label in words.get("ignore_rows", {}).get(heading, ()):
                rows = {
                    key: [one for one in those if one != label] for key, those in words["ignore_rows"].items() if key != heading or len(those) > 1
                }
                yield from _against(card, release, place, axis, label, {**words, "ignore_rows": rows})
    if "category" in words.get("heads", ()):
        for label in words.get("ignore", ()):
            yield from _against(card, release, place, "category", label, {**words, "ignore": [one for one in words["ignore"] if one != label]})


def _against(card: SourceCard, release: Release, place: Place, axis: str, label: str, words: dict) -> Iterator[Fault]:
    """Read the table again with the total that ``label`` names, and add up the rest; silent where the label is no total."""
    roots = [node.code for node in card.tree.nodes.values() if not node.parent]
    if axis == "category" and len(roots) != 1:
        return
    whole = place.code if axis == "area" else roots[0]
    spelt = {**spellings_of(card, release), **({label: whole} if axis == "category" else {})}
    again = replace(card, table=words, area_codes={**card.area_codes, **({label: whole} if axis == "area" else {})})
    try:
        cells, faults, _ = read_cells(again, replace(release, table=None, categories=spelt), place)
    except FaultyInput:
        return
    if faults or not (cells[axis] == whole).any():
        return
    keys = [one for one in ("area", "category", "period", "variable") if one != axis]
    stated = cells[cells[axis] == whole].groupby(keys)["value"].sum(min_count=1)
    added = cells[cells[axis] != whole].groupby(keys)["value"].sum(min_count=1).reindex(stated.index)
    wrong = stated[(stated - added).abs() > 0.5 + 1e-9 * stated.abs()]
    for key in wrong.index[:MOST_NAMED]:
        where = f"{card.id}/{release.file}, {', '.join(filter(None, key))}"
        more = f" ({len(wrong)} such totals)" if len(wrong) > 1 else ""
        todo = f"Look for an area or category that is not in the sum, and say so in the notes{more}."
        yield Fault(where, f"the publisher's total '{label}' is not the sum", f"{stated[key]:g}", f"{added[key]:g}", todo)


def gaps(card: SourceCard, frame: pd.DataFrame) -> Iterator[Fault]:
    """Periods that lie between two releases and in neither."""
    there = sorted(frame["period"].unique())
    for missing in sorted(set(periods.every(there)) - set(there))[:MOST_NAMED]:
        yield Fault(
            card.id, "a period is missing", f"every {card.frequency} from {there[0]} to {there[-1]}", f"no {missing}", "Add the release that has it."
        )


def breaks(card: SourceCard, frame: pd.DataFrame) -> Iterator[Fault]:
    """Breaks that are declared but not to be seen in the whole, and steps of the whole that nobody declared."""
    if card.kind != "observations":
        return
    for variable in card.variables:
        yearly = _whole_years(card, frame[frame["variable"] == variable])
        steps = np.log(yearly[yearly > 0]).diff().dropna()
        usual = float(steps.abs().median()) if len(steps) >= 3 else np.nan
        declared = {int(cut.at[:4]) for cut in card.breaks}
        for year, step in steps.items():
            if abs(step) > max(np.log1p(LARGE_STEP), UNUSUAL * usual) and not {year, year - 1} & declared:
                found = f"{np.expm1(step):+.0%} in {year} ({variable})"
                yield Fault(
                    card.id, "a step that no break declares", "steps like those of other years", found, "Declare [[breaks]], or say why in the notes."
                )
        for cut in card.breaks:
            year = int(cut.at[:4])
            near = steps[steps.index.isin([year, year + 1])].abs()
            if cut.effect == "cut" and not cut.areas and not cut.categories and len(near) and near.max() <= usual:
                found = f"{near.max():.0%} at {cut.at} ({variable})"
                yield Fault(
                    card.id, "a declared break is not to be seen", f"a step over the usual {usual:.0%}", found, "Check its date and its reason."
                )


def _whole_years(card: SourceCard, frame: pd.DataFrame) -> pd.Series:
    """The sum over all areas and categories of each year that is there in full; index = year."""
    years = frame["period"].str[:4].astype(int)
    sums = frame.groupby(years)["value"].sum()
    counts = frame.groupby(years)["period"].nunique()
    whole = periods.per_year(frame["period"].iloc[0]) if len(frame) else 1
    return sums[counts >= min(whole, 52)]


def stale(card: SourceCard, frame: pd.DataFrame, today: date | None = None) -> Iterator[Fault]:
    """Is the newest figure older than the card says it may be?"""
    newest, now = frame["period"].max(), today or date.today()
    end = periods.dates(newest)[1]
    old = (now.year - end.year) * 12 + now.month - end.month
    if not card.ended and old > card.stale_after_months > 0:
        yield Fault(
            card.id,
            "past its next update",
            f"a figure of the last {card.stale_after_months} months",
            f"{newest} is the newest",
            "Look for a new release.",
        )


def ended(card: SourceCard, today: date) -> Iterator[Fault]:
    """Was the publisher's page looked at within a year?"""
    year, month = int(card.accessed[:4]), int(card.accessed[5:7] or 1)
    if not card.ended and (today.year - year) * 12 + today.month - month > 12:
        yield Fault(
            card.id,
            "the publisher's page was last looked at long ago",
            "within 12 months",
            card.accessed,
            "Look again and bring 'accessed' up to date.",
        )
