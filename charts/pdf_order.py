"""A PDF in an order that does not depend on chance: vl-convert numbers and lists the parts of a document in another
order each time, and the same picture is to have the same bytes wherever it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_START = re.compile(rb"startxref\r?\n(\d+)\r?\n%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\n0 \d+\n((?:\d{10} \d{5} [nf][ \r]\n)+)(trailer\n.*?)startxref", re.S)
_OBJECT = re.compile(rb"\d+ 0 obj\n")
_PARTS = re.compile(rb"(?<=<<\n)(?: +/\w+ \d+ 0 R\n){2,}")  # /name and the object that it stands for
_NAMED = re.compile(rb"(?<![\w.])(\d+)(?= 0 R\b)")


def in_order(pdf: bytes) -> bytes:
    """The same document, its objects numbered and written as they are met on the way from its root, its lists by name.
    Raises ValueError for a file that is not as vl-convert writes it.
    """
    start = _START.search(pdf)
    table = _TABLE.match(pdf, int(start[1])) if start else None
    if table is None:
        raise ValueError("a PDF without a table of its objects, or with more than one")
    lines = table[1].splitlines()
    places = {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}
    objects = dict(_objects(pdf, places, table.start()))
    fresh = {old: number for number, old in enumerate(_met(table[2], objects), 1)}
    written, moved = bytearray(pdf[: min(places.values())]), []
    for old, number in fresh.items():
        moved.append(len(written))
        head, stream = objects[old]
        written += b"%d 0 obj\n" % number + _renamed(head, fresh) + stream
    rows = b"".join(b"%010d 00000 n \n" % place for place in moved)
    trailer = re.sub(rb"(?<=/Size )\d+", b"%d" % (len(moved) + 1), _renamed(table[2], fresh))
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(moved) + 1)
    return bytes(written) + head + rows + trailer + b"startxref\n%d\n%%%%EOF" % len(written)


def _objects(pdf: bytes, places: dict[int, int], end: int) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    """Number, and what the object says without its first line: its dictionary with lists by name, its stream."""
    ends = sorted([*places.values(), end])
    for number, place in places.items():
        body = pdf[place : ends[ends.index(place) + 1]]
        first = _OBJECT.match(body)
        if first is None:
            raise ValueError(f"a PDF whose object {number} is not where its table says")
        head, found, stream = body[first.end() :].partition(b"stream\n")
        yield number, (_PARTS.sub(lambda part: b"".join(sorted(part[0].splitlines(True))), head), found + stream)


def _met(trailer: bytes, objects: dict[int, tuple[bytes, bytes]]) -> dict[int, None]:
    """The numbers of all objects in the order in which they are met."""
    met: dict[int, None] = {}
    coming = _numbers(trailer)[::-1]
    while coming:
        number = coming.pop()
        if number not in met and number in objects:
            met[number] = None
            coming += _numbers(objects[number][0])[::-1]
    return met


def _numbers(head: bytes) -> list[int]:
    return [int(number) for number in _NAMED.findall(head)]


def _renamed(head: bytes, fresh: dict[int, int]) -> bytes:
    """With the new numbers; what is named and not there gets a number that is not there, either."""
    return _NAMED.sub(lambda found: b"%d" % fresh.get(int(found[1]), len(fresh) + 1), head)
