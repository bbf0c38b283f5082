"""The categories of a dataset: how they add up, and from when to when each was in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from language import REQUIRED, words_of
from loaders.cards.code_lists import read_rows
from loaders.errors import Fault, SourceError

WORDS = ("name", "definition", "note")
COLUMNS = (
    "code",
    "parent",
    "level",
    "first",
    "last",
    "in_total",
    "link",
    *(f"{word}_{code}" for word in WORDS for code in REQUIRED),
)


@dataclass(frozen=True)
class Category:
    """One category. ``first`` and ``last`` are the periods in which the publisher used it ('' = always, still)."""

    code: str
    parent: str
    level: str
    first: str
    last: str
    in_total: bool
    name: dict[str, str]
    definition: dict[str, str]
    note: dict[str, str]
    link: str

    def in_use(self, period: str) -> bool:
        return (not self.first or period >= self.first) and (not self.last or period <= self.last)


@dataclass(frozen=True)
class CategoryTree:
    """All categories of a dataset by code, parents before children; empty when the dataset has no categories."""

    nodes: dict[str, Category]

    def children(self, code: str) -> list[Category]:
        return self._below.get(code, [])

    @cached_property
    def _below(self) -> dict[str, list[Category]]:
        below: dict[str, list[Category]] = {}
        for node in self.nodes.values():
            below.setdefault(node.parent, []).append(node)
        return below

    def leaves(self, code: str) -> list[str]:
        """The published categories that add up to ``code``; those that no total counts are left out of a total."""
        below = self.children(code)
        if not below:
            return [code]
        counted = [child for child in below if child.in_total or self.nodes[code].level != "all"]
        return [leaf for child in counted for leaf in self.leaves(child.code)]

    def path(self, code: str) -> list[Category]:
        """The category and those above it, from the root down."""
        node = self.nodes[code]
        return [*(self.path(node.parent) if node.parent else []), node]


def read_categories(path: Path) -> CategoryTree:
    """Read ``categories.csv``; a dataset without one has an empty tree. Raises SourceError with every fault."""
    if not path.exists():
        return CategoryTree({})
    rows, name = read_rows(path), f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    lacking = [column for column in COLUMNS if not rows or column not in rows[0]]
    if lacking:
        fault = Fault(
            f"{name}, heading row",
            "columns are missing",
            ", ".join(COLUMNS),
            "without " + ", ".join(lacking),
            "Add them.",
        )
        raise SourceError(name, [fault])
    nodes = {row["code"]: _category(row) for row in rows}
    faults = list(_faults(rows, nodes, name))
    if faults:
        raise SourceError(path.name, faults)
    return CategoryTree(nodes)


def _category(row: dict) -> Category:
    return Category(
        row["code"],
        row["parent"],
        row["level"],
        row["first"],
        row["last"],
        row["in_total"] == "yes",
        *(words_of(row, word) for word in WORDS),
        row["link"],
    )


def _is_above_itself(code: str, nodes: dict[str, Category]) -> bool:
    above, seen = nodes[code].parent, set()
    while above in nodes and above not in seen:
        seen.add(above)
        above = nodes[above].parent
    return code in seen


def _faults(rows: list[dict], nodes: dict[str, Category], file: str):
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        where = f"{file}, row {number}"
        if row["code"] in seen:
            yield Fault(where, "a code stands twice", "each code once", row["code"], "Remove or rename one.")
        seen.add(row["code"])
        if not row["code"].strip():
            yield Fault(where, "'code' is empty", "a code of its own", "nothing", "Add one, or take the row out.")
        if _is_above_itself(row["code"], nodes):
            yield Fault(
                where,
                "a category stands below itself",
                "parents that lead up to one without",
                row["parent"],
                "Fix the parents.",
            )
        below = [other for other in rows if other["parent"] == row["code"]]
        if below and row["level"] == "all" and not any(other["in_total"] == "yes" for other in below):
            todo = "Write yes for what adds up; where nothing does, take this row out and leave 'parent' empty."
            yield Fault(where, "a total of nothing", "a category below it that is in the total", "none", todo)
        if row["parent"] and row["parent"] not in nodes:
            yield Fault(
                where, "unknown parent", "a code of this file", row["parent"], "Add the parent or fix the spelling."
            )
        for key in (f"{word}_{code}" for word in ("name", "definition") for code in REQUIRED):
            if not row[key].strip():
                yield Fault(where, f"'{key}' is empty", "a text", "nothing", "Readers of every language need it.")
