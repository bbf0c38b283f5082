"""Of the product of several parametrisations every value of every one is tried, not every combination: pages, places,
languages and widths in turn. Of a test that is marked ``in_turn(most)``, whose cases come from the data (datasets,
measures, places), at most so many are tried, each test other ones: the tests do not grow with every place.
A parametrisation of pairs that is written with ``apart`` counts as two: measures and views, not every pair, and at most
``MOST_APART`` pairs; all tests of a file take the same ones, so that what was worked out for one is there for the next.
``--every-case`` tries all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import pytest

MOST_APART = 24
Axes = tuple[tuple[str, tuple], ...]  # of each parametrisation its first name and the identity of its values


def apart(names: tuple[str, ...], values: Iterable[tuple], **more) -> Callable:
    """A parametrisation by several names, of which each value is tried, not each combination that stands there."""
    return lambda test: pytest.mark.apart(pytest.mark.parametrize(names, list(values), **more)(test))


def in_turn(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The cases that are tried: each value of each axis of a test at least once, always the same ones, spread evenly.
    A test with a single parametrisation keeps all its cases."""
    cases = defaultdict(list)
    for item in items:
        cases[item.nodeid.partition("[")[0]].append(item)
    kept = {item for test in cases.values() for item in _covering(test)}
    return [item for item in items if item in kept]


def _covering(cases: Sequence[pytest.Item]) -> Sequence[pytest.Item]:
    axes = {item: _axes(item) for item in cases}
    ordered = sorted(cases, key=lambda item: hashlib.sha1(_order_of(item).encode()).digest())
    mark = cases[0].get_closest_marker("in_turn")
    most = mark.args[0] if mark else MOST_APART if cases[0].get_closest_marker("apart") else len(cases)
    if len(axes[cases[0]]) < 2:
        return ordered[:most]
    missing = {value for values in axes.values() for value in values}
    used: Counter = Counter()
    kept = []
    waiting = list(ordered)
    while missing and len(kept) < most:
        chosen = max(
            waiting, key=lambda item: (sum(v in missing for v in axes[item]), -sum(used[v] for v in axes[item]))
        )
        waiting.remove(chosen)
        kept.append(chosen)
        used.update(axes[chosen])
        missing.difference_update(axes[chosen])
    return kept


def _axes(item: pytest.Item) -> Axes:
    """What each parametrisation of a test, and each fixture with parameters, gives to one of its cases."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    apart_from_one_another = bool(item.get_closest_marker("apart"))
    together = []
    for mark in item.iter_markers("parametrize"):
        names = mark.args[0] if mark.args else mark.kwargs["argnames"]
        names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
        together += [[name] for name in names] if apart_from_one_another else [names]
    axes = [(names[0], tuple(_identity(params[name]) for name in names)) for names in together]
    for name in (name for name in params if not any(name in names for names in together)):
        pair = isinstance(params[name], tuple) and apart_from_one_another  # what a fixture is tried with
        axes += [(f"{name} {n}", (_identity(one),)) for n, one in enumerate(params[name] if pair else [params[name]])]
    return tuple(axes)


def _identity(value: object) -> object:
    return value if isinstance(value, str) else id(value)


def _order_of(item: pytest.Item) -> str:
    """The name by which cases are put in order: that of the test, or of its file where its cases come apart."""
    if not item.get_closest_marker("apart"):
        return item.nodeid
    return f"{item.path.name}[{item.nodeid.partition('[')[2]}"
