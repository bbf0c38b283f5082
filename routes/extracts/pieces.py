"""Bytes and rows in pieces of about 256 kB, so that little waits in memory for a reader who does not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa

PIECE = 256 << 10  # bytes of a piece, about
_FIRST_ROWS = 128  # of the first piece; the size of each piece decides the rows of the next


def in_pieces(content: bytes) -> Iterator[bytes]:
    """Some bytes in pieces."""
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


class Sink:
    """A file that is written and taken away in pieces, never held whole."""

    closed = False

    def __init__(self):
        self._waiting, self._length = bytearray(), 0

    def write(self, data) -> int:
        self._waiting += data
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        self.closed = True

    def taken(self, least: int = 0) -> Iterator[bytes]:
        """What was written since, in pieces; nothing while it is less than so many bytes."""
        if len(self._waiting) < least:
            return iter(())
        content, self._waiting = bytes(self._waiting), bytearray()
        return in_pieces(content)


def sized_pieces(tables: Iterator[pa.Table], written: Callable[[pa.Table], bytes]) -> Iterator[bytes]:
    """Every row as ``written``, about PIECE bytes at a time as far as the rows before tell; a table without rows is
    written once, for its heading.
    """
    rows = _FIRST_ROWS
    for table in tables:
        start = 0
        while start < max(table.num_rows, 1):
            part = table.slice(start, rows)
            start += rows
            piece = written(part)
            yield piece
            rows = max(1, min(4 * rows, part.num_rows * PIECE // max(len(piece), 1))) if part.num_rows else rows
