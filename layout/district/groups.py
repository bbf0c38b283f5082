"""What the offences of one area are: the groups of a measure as shares, beside those of the whole place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from language import decimal, period_name
from layout.frame.blocks import Block
from layout.frame.reader import Reader
from layout.frame.tables import cell, legend, table
from layout.glance.told import Told
from measures.figures.compute import Measure, compute


def groups_table(reader: Reader, told: Told) -> Iterator[Block]:
    """The groups of a measure in the area and in the whole place, as shares of each total, in the period that is spoken
    of; nothing where it has no groups."""
    say, area, facts = reader.say, told.made.query.areas[0], told.facts
    tree = reader.shelf.cards[told.card.dataset].tree
    groups = [node for node in tree.nodes.values() if node.level == "group" and node.in_total]
    if not groups:
        return
    query = replace(told.made.query, areas=(reader.place.code, area), first=facts.period, last=facts.period)
    shown = [compute(replace(query, category=node.code), reader.shelf) for node in groups]
    totals = compute(query, reader.shelf).table["value"]
    rows = [
        (say.pick(node.name), *_group(made, area, totals, reader)) for node, made in zip(groups, shown, strict=True)
    ]
    whole_name = say.pick(reader.place.whole)
    own = say.pick(next(known.name for known in reader.place.areas if known.code == area))
    yield table(
        [say("Group"), say("Count"), say("Share in {area}", area=own), say("Share in {area}", area=whole_name)],
        rows,
        f"{say('{title}, by group', title=say.pick(told.card.title))} · {period_name(facts.period, say, facts.view)}",
    )
    yield legend(pd.concat([made.table["status"] for made in shown]), reader)


def _group(made: Measure, area: str, totals: pd.Series, reader: Reader) -> tuple[str, ...]:
    """The count of a group in the district and its shares there and in the place; the letter of its status where it has
    no figure.
    """
    own = made.line(area).iloc[0]
    shares = [
        f"{decimal(value / total * 100, reader.say)}%"
        if np.isfinite([value, total]).all() and total
        else cell(made, np.nan, status, reader.say)
        for value, status, total in zip(made.table["value"], made.table["status"], totals, strict=True)
    ]
    return (
        cell(made, own["value"], own["status"], reader.say),
        *(shares[made.query.areas.index(code)] for code in (area, reader.place.code)),
    )
