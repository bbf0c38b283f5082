"""No circle of imports between packages, neither between today's modules nor between the packages that they are to be moved into."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

FOLDERS = ("layout", "routes", "charts", "measures", "disclosure", "loaders", "language")
# package → the modules that belong together; one that is not named is a package of its own
PACKAGES = {
    "loaders": {
        "": "__main__ commands statuses errors periods period_formats folders exported",
        "privacy": "patterns values rules lexicon",
        "formats": "formats columns encodings outlines tables",
        "cards": "cards card_checks table_words asking categories beside",
        "tables": "files cut roles cells figures",
        "gate": "gate shape suspicions",
        "places": "places boundaries",
        "observations": "observation_table observations checks releases",
        "claims": "claims readings register",
        "refresh": "refresh fetch received changes releases_beside",
        "lint": "lint lint_areas lint_breaks lint_figures lint_places lint_together lint_totals lint_words",
        "draft": "new_place draft drafts",
    },
    "measures": {
        "store": "shelf watched built cards",
        "figures": "query compute figures line views pairs residents adjusted season units verdict dispersion",
        "inference": "limits fitted outside",
        "maps": "mapped classes funnel",
        "change": "trend revisions fresh suspected",
        "comparability": "comparable side aspects fair between stated",
        "claims": "claims statement_of found headline intervals checks",
        "about": "said coverage similar safety provenance register publications",
    },
    "layout": {
        "frame": "reader frame failure foot choices blocks markup tables glossary links catalogue",
        "home": "cards", "online": "online", "origin": "origin", "privacy": "privacy", "coverage": "coverage", "download": "extracts",
        "trends": "series say season revised", "statements": "comparable statements", "map": "mapping funnel",
        "compare": "compare compared answer findings", "district": "district similar", "claims": "claims claim_cards headline headline_checked",
        "register": "register entries", "sources": "methods",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*FOLDERS)


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


@pytest.mark.parametrize("folder", PACKAGES)
def test_the_packages_of_a_folder_stand_one_above_the_other(folder, graph):
    rooms = {name: room or "" for room, names in PACKAGES[folder].items() for name in names.split()}

    def room(module: str) -> str:
        top, _, rest = module.partition(".")
        return rooms.get(rest.partition(".")[0], rest.partition(".")[0]) if top == folder else ""

    assert circle(imports(graph, room)) == []
