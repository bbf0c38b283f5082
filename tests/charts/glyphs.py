"""Which characters a picture may have to write: those of the catalogues and of everything that the data say.

``python -m tests.charts.glyphs`` prints them and the commonest others, with the code of a language those of its own texts; the fonts of
``charts/fonts`` are cut to them (its README says how).
"""

from __future__ import annotations

import csv
import re
import struct
import sys
from pathlib import Path

from language import LANGUAGES, translator
from language.catalogue import sentences_in_code
from loaders import data_folder
from loaders.data_folder import PROJECT

TEXTS = (
    *sorted((PROJECT / "language").rglob("*.po")),
    *sorted(path for folder in ("language", "charts", "layout", "pages") for path in (PROJECT / folder).rglob("*.py")),
)
PLAIN = {chr(number) for number in (*range(0x20, 0x7F), *range(0xA0, 0x100))}


def common() -> set[str]:
    """Punctuation of GB 2312 and the characters of its first level, the commonest of Chinese."""
    pairs = (bytes((row, cell)) for row in (0xA1, 0xA3, *range(0xB0, 0xD8)) for cell in range(0xA1, 0xFF))
    return {pair.decode("gb2312", errors="ignore") for pair in pairs} - {""}


def of_data() -> list[Path]:
    """Cards, places, measures and lists: what is shown of the data in words."""
    root = data_folder()
    return [path for kind in ("*.toml", "*.csv") for path in sorted(root.rglob(kind)) if "built" not in path.parts]


def characters() -> set[str]:
    """Every character, without those that draw nothing."""
    texts = (path.read_text(encoding="utf-8", errors="ignore") for path in (*TEXTS, *of_data()))
    return {one for text in texts for one in text if one.isprintable()} | PLAIN


def of_language(code: str) -> set[str]:
    """Every character of a language's own texts: its catalogue, its settings, and what stands under its code in the data."""
    texts = [translator(code)(english) for english in sentences_in_code()] + [
        LANGUAGES[code].site,
        LANGUAGES[code].name,
    ]
    texts += [*LANGUAGES[code].quarters, *(word for _, word in LANGUAGES[code].large), *LANGUAGES[code].per.values()]
    for path in of_data():
        if path.suffix == ".toml":
            texts += re.findall(rf'\b{code}\w* = "([^"]*)"', path.read_text(encoding="utf-8"))
        elif path.name in ("categories.csv", "labels.csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                texts += [
                    text for row in csv.DictReader(file) for key, text in row.items() if key and key.endswith(code)
                ]
    return {one for text in texts for one in text if one.isprintable()} | PLAIN


def drawn_by(font: Path) -> set[str]:
    """The characters that a font has a glyph for (its table 'cmap', format 4; OpenType 1.9)."""
    data = font.read_bytes()
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in _records(data)}
    start = tables[b"cmap"]
    table = start + struct.unpack_from(">I", data, start + 8)[0]
    assert struct.unpack_from(">H", data, table)[0] == 4
    count = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends, starts = (struct.unpack_from(f">{count}H", data, table + at) for at in (14, 16 + 2 * count))
    return {chr(number) for first, last in zip(starts, ends, strict=True) for number in range(first, last + 1)}


def _records(data: bytes) -> range:
    return range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)


if __name__ == "__main__":
    print("".join(sorted(of_language(sys.argv[1]) if sys.argv[1:] else characters() | common())))
