"""In which encoding and with which delimiter was a text file written? Decided by its bytes, the whole of them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

import numpy as np

DELIMITERS = (",", ";", "\t", "|")
_PIECE = 1 << 22
_SEVERAL = re.compile(r"\w+(,\w+)*\\\w+ *\t")


def encoding_of(path: Path) -> str:
    """``utf-8-sig``, ``utf-8``, ``utf-16``, ``utf-16-le``, ``utf-16-be``, ``gb18030`` or ``cp1252``; '' when it is none of them."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig" if _decodes(path, "utf-8-sig") else ""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(path, "utf-16") else ""
    if b"\x00" in start:
        silent = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
        return silent if _decodes(path, silent) else ""
    if _decodes(path, "utf-8"):
        return "utf-8"
    chinese = _share_of_pairs(path) > 0.9
    return next((one for one in ("gb18030", "cp1252")[0 if chinese else 1 :] if _decodes(path, one)), "")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _share_of_pairs(path: Path) -> float:
    """Of the bytes above 127, how many stand beside another one? Chinese is written in pairs, accents stand alone."""
    with path.open("rb") as file:
        high = np.frombuffer(file.read(_PIECE), dtype=np.uint8) > 127
    beside = np.zeros(len(high), dtype=bool)
    beside[1:] |= high[:-1]
    beside[:-1] |= high[1:]
    return float((high & beside).sum() / max(high.sum(), 1))


def delimiter_of(head: str) -> str:
    """The delimiter that cuts the first lines into the most columns of one number; after a heading such as ``freq,geo\\TIME_PERIOD`` a tab."""
    if _SEVERAL.match(head):
        return "\t"
    lines = "\n".join(head.splitlines()[:30])

    def columns(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(lines), delimiter=mark) if row]
        widest = max(widths, default=0)
        return (widths.count(widest) if widest > 1 else 0), widest

    return max(DELIMITERS, key=columns)
