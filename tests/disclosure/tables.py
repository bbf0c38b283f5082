"""Small invented tables for the tests of protection and proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from disclosure.protection.audit import RangesProved, prove
from disclosure.protection.bounds import FREE, Known
from disclosure.protection.lattice import Lattice, lattice_of
from disclosure.protection.policy import Policy, default_policy
from disclosure.safe_table import Dense, SafeTable
from loaders import Category, CategoryTree, periods

GRAINS = ({"area": "area", "category": "type", "period": "month"},)


def policy(**changes) -> Policy:
    """The project's rule with every grain published."""
    return replace(default_policy(), lattice=GRAINS, **changes)


def lattice_from(counts, first: str = "2021") -> Lattice:
    """The lattice of ``counts[area][type][period]`` with all its totals; periods run on from ``first``."""
    inner = np.asarray(counts, dtype=float).transpose(1, 0, 2)
    types, areas, length = inner.shape
    values = np.zeros((types + 1, areas + 1, length))
    values[1:, 1:] = inner
    values[0] = values.sum(axis=0)
    values[:, 0] = values.sum(axis=1)
    nodes = [("all", "", "all"), *((f"t{n}", "all", "type") for n in range(types))]
    tree = CategoryTree(
        {code: Category(code, parent, level, "", "", True, {}, {}, {}, "") for code, parent, level in nodes}
    )
    when = tuple(periods.span(first, periods.shift(first, length - 1)))
    empty = np.zeros((1, *values.shape), dtype=np.int8)
    names = ("place", *(f"Area {chr(65 + n)}" for n in range(areas)))
    table = SafeTable(
        "invented",
        "latest",
        ("count",),
        tuple(tree.nodes),
        names,
        when,
        ("",) * length,
        Dense(values[None], empty, empty),
        ("",),
    )
    return lattice_of(table, tree, GRAINS)


def ranges(known: Known) -> RangesProved:
    """The exact range of every unknown: the proof is asked for more than any count can be."""
    return prove(known, np.ones(len(known.low), dtype=bool), int(FREE))


def every_range(lattice: Lattice, hidden: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The exact ranges of the hidden cells (1 to ``most``) by trying every table; slow, simple and without the code under test."""
    secret = list(np.flatnonzero(hidden))
    rows = []
    for row in (
        dict(zip(equation.indices.tolist(), equation.data.tolist(), strict=True)) for equation in _rows(lattice)
    ):
        factors = {cell: factor for cell, factor in row.items() if hidden[cell]}
        if factors:
            rows.append(
                (factors, -sum(factor * int(lattice.count[cell]) for cell, factor in row.items() if not hidden[cell]))
            )
    seen: list[dict[int, int]] = []
    _try({}, secret, rows, most, seen)
    counts = np.array([[table[cell] for cell in secret] for table in seen])
    return counts.min(axis=0), counts.max(axis=0)


def _rows(lattice: Lattice):
    return [lattice.equations[[number]] for number in range(lattice.equations.shape[0])]


def _try(known: dict[int, int], secret: list[int], rows, most: int, seen: list[dict[int, int]]) -> None:
    known = dict(known)
    for _ in secret:
        for factors, total in rows:
            left = [cell for cell in factors if cell not in known]
            rest = total - sum(factors[cell] * known[cell] for cell in factors if cell in known)
            if not left and rest != 0:
                return
            if len(left) == 1:
                known[left[0]] = rest * factors[left[0]]
                if not 1 <= known[left[0]] <= most:
                    return
    left = [cell for cell in secret if cell not in known]
    if not left:
        if all(sum(f * known[cell] for cell, f in factors.items()) == total for factors, total in rows):
            seen.append(known)
        return
    for value in range(1, most + 1):
        _try(known | {left[0]: value}, secret, rows, most, seen)
