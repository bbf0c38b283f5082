"""How long does it take to protect the recommended lattice, and to prove it? Simulated counts, always the same ones.

``python -m bench.steps.lattice`` prints the table; it needs no server. 33 areas × 40 types in 8 groups × 24 months.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from bench.table import Row, markdown
from disclosure.protection.audit import prove
from disclosure.protection.lattice import Lattice, lattice_of
from disclosure.protection.policy import Policy, default_policy
from disclosure.protection.protect import Protection, attacker, protect
from disclosure.safe_table import Dense, SafeTable
from loaders import Category, CategoryTree, periods

AREAS, TYPES, GROUPS, MONTHS, SEED = 33, 40, 8, 24, 1
# Log-normal rates of types, areas and their pairs: about 30 % of area × type × month and 0.4 % of area × group × month
# are 1 to 4.
TYPE_MEAN, TYPE_SPREAD, AREA_SPREAD, PAIR_SPREAD = 2.0, 2.0, 0.4, 0.7


def simulated() -> tuple[SafeTable, CategoryTree]:
    """An invented table of Poisson counts with its tree of categories."""
    chance = np.random.default_rng(SEED)
    areas, types = chance.lognormal(0, AREA_SPREAD, AREAS), chance.lognormal(TYPE_MEAN, TYPE_SPREAD, TYPES)
    base = chance.poisson(
        types[:, None, None]
        * areas[None, :, None]
        * chance.lognormal(0, PAIR_SPREAD, (TYPES, AREAS, 1))
        * np.ones(MONTHS)
    )
    values = np.zeros((1 + GROUPS + TYPES, 1 + AREAS, MONTHS))
    values[1 + GROUPS :, 1:] = base
    for group in range(GROUPS):
        values[1 + group, 1:] = base[group::GROUPS].sum(axis=0)
    values[0] = values[1 : 1 + GROUPS].sum(axis=0)
    values[:, 0] = values[:, 1:].sum(axis=1)
    nodes = [_node("all", "", "all"), *(_node(f"g{n}", "all", "group") for n in range(GROUPS))]
    nodes += [_node(f"t{n}", f"g{n % GROUPS}", "type") for n in range(TYPES)]
    tree = CategoryTree({node.code: node for node in nodes})
    when = tuple(periods.span("2021-01", periods.shift("2021-01", MONTHS - 1)))
    names = ("place", *(f"area {n}" for n in range(AREAS)))
    empty = np.zeros((1, *values.shape), dtype=np.int8)
    return SafeTable(
        "simulated",
        "latest",
        ("count",),
        tuple(tree.nodes),
        names,
        when,
        ("",) * MONTHS,
        Dense(values[None], empty, empty),
        ("",),
    ), tree


def _node(code: str, parent: str, level: str) -> Category:
    return Category(code, parent, level, "", "", True, {}, {}, {}, "")


def one_page(lattice: Lattice, protection: Protection, policy: Policy) -> float:
    """Seconds to prove once more what one page shows: a group of categories in every area, all periods of one year."""
    types = lattice.axes["category"].parts[1]
    page = np.isin(lattice.positions[:, 0], (1, *types)) & np.array(
        [name.startswith("2021") for name in lattice.names("period")]
    )
    whole = abs(lattice.equations) @ (~page).astype(np.int64) == 0
    shown_there = replace(lattice, equations=lattice.equations[np.flatnonzero(whole)])
    began = time.monotonic()
    known = attacker(shown_there, ~protection.hidden | ~page, protection.withheld | ~lattice.published)
    ranges = prove(known, lattice.published[protection.hidden & page], policy.range, 10.0)
    seconds = time.monotonic() - began
    if not ranges.safe.all():
        raise RuntimeError("a page shows less than the lattice and must be safe when that is")
    return seconds


def measure() -> list[Row]:
    """Protection and proof of the whole lattice, one page's part again, and the memory of the process."""
    policy = default_policy()
    table, tree = simulated()
    lattice = lattice_of(table, tree, policy.lattice)
    protection = protect(lattice, policy, lambda words: print(words, file=sys.stderr))
    page = one_page(lattice, protection, policy)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hidden = protection.hidden & lattice.published
    what = f"{len(lattice.count):,} counts, {lattice.equations.shape[0]:,} totals"
    hidden_words = (
        f"{int(protection.primary.sum())} primary, {int((hidden & ~protection.primary).sum())} secondary, "
        f"{protection.unsafe} unsafe, {len(protection.blocks)} blocks"
    )
    return [
        _row(
            f"Protect {what}",
            f"{protection.seconds['protect']:.1f} s",
            f"≤ 15 s; {hidden_words}",
            protection.seconds["protect"] <= 15 and protection.unsafe == 0,
        ),
        _row(
            "Prove every hidden count",
            f"{protection.seconds['audit']:.2f} s",
            "≤ 60 s",
            protection.seconds["audit"] <= 60,
        ),
        _row("Prove one page's part again", f"{page:.3f} s", "≤ 0.3 s", page <= 0.3),
        _row("Memory of the process", f"{memory:.0f} MiB", "≤ 300 MiB", memory <= 300),
    ]


def _row(what: str, ours: str, target: str, met: bool) -> Row:
    return Row(what, ours, other="—", target=target, met=met)


if __name__ == "__main__":
    rows = measure()
    print(markdown(rows, ["Simulated counts, always the same; the seconds hold for this machine only."]))
    sys.exit(0 if all(row.met for row in rows) else 1)
