"""One order of strength of statuses, one list of those without a value: no other module writes one."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest

from loaders.statuses import FLAGS, IN_WORDS, INHERITED, STATUSES, STRENGTH, USUAL, WITHOUT_VALUE, stronger

PROJECT = Path(__file__).parents[2]
FOLDERS = ("loaders", "disclosure", "measures", "charts", "routes", "layout", "language", "pages")
MODULES = [
    path
    for folder in FOLDERS
    for path in sorted((PROJECT / folder).rglob("*.py"))
    if path.name != "statuses.py" or folder != "loaders"
]


def test_every_status_has_its_place_in_the_one_order():
    assert len(set(STATUSES)) == len(STATUSES) == len(STRENGTH)
    assert {*IN_WORDS, ""} == set(STATUSES)
    assert {*INHERITED, *WITHOUT_VALUE} < set(STATUSES)
    assert {*USUAL.values(), *FLAGS.values()} <= set(STATUSES)


def test_no_value_is_stronger_than_any_value():
    assert min(STRENGTH[one] for one in WITHOUT_VALUE) > max(
        STRENGTH[one] for one in set(STATUSES) - set(WITHOUT_VALUE)
    )


@pytest.mark.parametrize(("one", "other"), product(STATUSES, repeat=2))
def test_of_two_statuses_the_later_one_of_the_order_stays(one, other):
    assert stronger(one, other) == stronger(other, one) == STATUSES[max(STATUSES.index(one), STATUSES.index(other))]


def test_an_unknown_letter_has_no_strength():
    with pytest.raises(KeyError):
        stronger("p", "q")


def lists_of_statuses(source: str) -> list[int]:
    """The lines on which three or more statuses, and nothing else, are listed."""
    found = []
    for node in ast.walk(ast.parse(source)):
        parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else []
        letters = [part.value for part in parts if isinstance(part, ast.Constant)]
        if len(letters) == len(parts) >= 3 and all(isinstance(one, str) and one in STATUSES for one in letters):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("source", ['ORDER = ("", "r", "e")', 'x in ["c", "x", "z"]', 'known & {"c", "x", "z"}'])
def test_such_a_list_is_recognised(source):
    assert lists_of_statuses(source) == [1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_other_module_lists_statuses(path):
    assert lists_of_statuses(path.read_text(encoding="utf-8")) == []
