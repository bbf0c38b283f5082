"""Puts what the codes of a cube are called into columns of their own, where ``labels`` of ``[table]`` asks for it.

They are columns like any other: the gate judges them, and a card names or ignores them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

LABEL = " label"  # behind the heading of the codes


def labels_of(names: dict[str, str]) -> dict[str, str]:
    """Code → what its publisher calls it, no two alike; nothing where the codes are all that is said."""
    labels = {code: " ".join(str(label or code).split()) for code, label in names.items()}
    times = Counter(labels.values())
    labels = {code: label if times[label] == 1 else f"{label} ({code})" for code, label in labels.items()}
    return labels if any(code != label for code, label in labels.items()) else {}


def labelled(rows: Iterable[list[str]], labels: dict[str, dict[str, str]]) -> Iterator[list[str]]:
    """The rows, the headings first, with a column of labels for each heading that has some."""
    rows = iter(rows)
    heads = next(rows)
    places = [(place, labels[head]) for place, head in enumerate(heads) if labels.get(head)]
    yield [*heads, *(f"{heads[place]}{LABEL}" for place, _ in places)]
    for row in rows:
        yield [*row, *(called.get(row[place], row[place]) for place, called in places)]
