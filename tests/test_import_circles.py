"""No circle of imports between packages, neither between modules nor between the rooms of a folder."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

FOLDERS = ("updates", "layout", "routes", "charts", "measures", "disclosure", "loaders", "language")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*FOLDERS, exclude_type_checking_imports=True)


def circle(edges: dict[str, set[str]]) -> list[str]:
    """A circle of imports, or nothing."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def imports(graph: grimp.ImportGraph, room) -> dict[str, set[str]]:
    """What each room imports of others; ``room`` gives that of a module, or nothing for one that is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            here, there = room(module), room(imported)
            if here and there and here != there:
                found[here].add(there)
    return found


def test_a_circle_is_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert not circle({"a": {"b", "c"}, "b": {"c"}})


def test_no_module_imports_itself_by_way_of_others(graph):
    assert circle(imports(graph, lambda module: module)) == []


@pytest.mark.parametrize("folder", ["loaders", "measures"])
def test_the_rooms_of_a_folder_stand_one_above_the_other(folder, graph):
    def room(module: str) -> str:
        parts = module.split(".")
        return parts[1] if parts[0] == folder and len(parts) > 1 else ""

    assert circle(imports(graph, room)) == []
