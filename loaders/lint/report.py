"""The same thing said of many areas, types or lines is one instruction, with all of them named in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from loaders.errors import Fault

FEW = 2  # so many are said one by one


def together(faults: Iterable[Fault]) -> list[Fault]:
    """The faults file by file.

    What is wrong in the same way in one file, and fixed in the same way, stands in one of them.
    """
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.where.split(", ")[0], fault.what, fault.todo), []).append(fault)
    files = list(dict.fromkeys(where for where, _, _ in groups))
    ordered = sorted(groups.items(), key=lambda group: files.index(group[0][0]))
    return [fault_out for _, group in ordered for fault_out in (group if len(group) <= FEW else [_joined(group)])]


def _joined(group: list[Fault]) -> Fault:
    head = group[0].where.split(", ")[0]
    columns = (
        [fault.where.removeprefix(head).removeprefix(", ") for fault in group],
        [fault.expected for fault in group],
        [fault.found for fault in group],
    )
    differ = [len(set(texts)) > 1 for texts in columns]
    each = [
        " ".join(text for text, differs in zip(texts, differ, strict=True) if differs and text != "none")
        for texts in zip(*columns, strict=True)
    ]
    listed = "; ".join(dict.fromkeys(each))
    return replace(
        group[0],
        where=head,
        what=f"{group[0].what} ({len(group)} times)",
        expected="other ones" if differ[1] else group[0].expected,
        found=listed if differ[2] or differ[1] else f"{group[0].found} for {listed}",
    )
