"""In which encoding and with which delimiter a text file was written, by its bytes; where several encodings are
possible, all of them.

The encodings of East Asia overlap with one another and with those of the West, so bytes alone seldom decide: a reading
is possible when its
words could be words, and of several possible ones that one is sure which alone says the usual words of tables
(``heading_words.toml``).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
import unicodedata
from functools import cache
from itertools import islice
from pathlib import Path

from loaders.formats.sheet import Unreadable

SAID_BY_THE_FILE = ("utf-8", "utf-8-sig", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
LEGACY = ("gb18030", "big5", "cp949", "cp932", "euc_jp", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman")
_PIECE = 1 << 22
_CELLS = 400  # of those with letters beyond ASCII, so many are looked at
_HEAD = 30  # lines
_ODD = 0.1  # the share of them that may look odd in a reading that is possible: a name may hold anything
_SHOWN = 6
_SEVERAL = re.compile(r"\w+(,\w+)*\\\w+ *\t")
_HAN_AND_KANA = "CJK"
_SAY = "say it as 'encoding' in [table] of the card, or with --encoding for `new`"


class Undecided(Unreadable):
    """The bytes are text in several encodings. ``readings``: encoding → the first cells that differ, as it reads
    them.
    """

    def __init__(self, readings: dict[str, tuple[str, ...]]):
        super().__init__(f"the encoding may be any of {', '.join(readings)}: {_SAY}")
        self.readings = readings

    def with_cells(self) -> str:
        """The question with the cells: only for a file that the gate has looked at in each of the encodings."""
        shown = "; ".join(f"{encoding} reads {', '.join(cells)}" for encoding, cells in self.readings.items())
        return f"the encoding may be any of several: {shown}. {_SAY[0].upper()}{_SAY[1:]}"


def guess_encoding(path: Path) -> str:
    """The encoding of a text file. Raises Undecided when several are possible, Unreadable when none is."""
    unicode = _unicode(path)
    if unicode:
        return unicode
    return guess_legacy_encoding(_telling_lines(path), lambda encoding: _decodes(path, encoding))


def _telling_lines(path: Path) -> bytes:
    """The first lines of a file, and the first of all those that hold more than ASCII."""
    with path.open("rb") as file:
        lines = (line for number, line in enumerate(file) if number < _HEAD or not line.isascii())
        return b"".join(islice(lines, _CELLS))


def guess_legacy_encoding(start: bytes, decodes=lambda encoding: True) -> str:
    """The one encoding in which the bytes say words; ``decodes``: whether the rest of them can be read in it, too.

    Raises Undecided when several are possible, Unreadable when none is.
    """
    readings: dict[str, tuple[str, ...]] = {}
    for encoding in LEGACY:
        cells = _cells(start, encoding)
        if cells and _possible(cells, encoding) and cells not in readings.values() and decodes(encoding):
            readings[encoding] = cells
    if not readings:
        raise Unreadable(f"the encoding is not known: {_SAY}")
    if len(readings) > 1:
        usual = {encoding: _usual_words(start, encoding) for encoding in readings}
        most = max(usual.values())
        likely = [encoding for encoding, words in usual.items() if words == most]
        if len(likely) > 1 or not most:
            raise Undecided({encoding: cells[:_SHOWN] for encoding, cells in readings.items()})
        return likely[0]
    return next(iter(readings))


def _unicode(path: Path) -> str:
    """``utf-8-sig``, ``utf-8``, ``utf-16``, ``utf-16-le`` or ``utf-16-be``, '' when it is none of them. Raises
    Unreadable.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    marked = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    silent = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    named = next((name for mark, name in marked.items() if start.startswith(mark)), silent if b"\x00" in start else "")
    if named and not _decodes(path, named):
        raise Unreadable(f"it begins as {named.upper()} does and goes on as something else")
    return named or ("utf-8" if _decodes(path, "utf-8") else "")


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


def _cells(start: bytes, encoding: str) -> tuple[str, ...]:
    """The first different cells with letters beyond ASCII as an encoding reads them; () when it cannot."""
    try:
        text = start.decode(encoding)
    except UnicodeDecodeError:
        return ()
    cells = (cell.strip() for cell in re.split(r'[,;\t|\r\n"]+', text))
    return tuple(list(dict.fromkeys(cell for cell in cells if not cell.isascii()))[:_CELLS])


def _possible(cells: tuple[str, ...], encoding: str) -> bool:
    return sum(_odd(cell) or _rare(cell, encoding) for cell in cells) <= _ODD * len(cells)


def _odd(cell: str) -> bool:
    """Could these letters not stand together? Two scripts in one word, a sign within a word, a capital after a small
    letter, a small one after two capitals.
    """
    for earlier, before, letter in zip(f"  {cell}", f" {cell}", cell, strict=False):
        kind = unicodedata.category(letter)
        if kind in ("Cc", "Co", "Cn") or "\uff61" <= letter <= "\uff9f":
            return True
        if not letter.isascii() and before.isalpha() and kind in ("Sk", "Sm", "So", "Sc", "Pi", "Lm"):
            return letter not in "ー々°"
        if before.isalpha() and letter.isalpha() and not (before.isascii() and letter.isascii()):
            if _script(before) != _script(letter) and not (before.isupper() and before.isascii() and len(cell) < 4):
                return True
            if (before.islower() and letter.isupper()) or (earlier.isupper() and before.isupper() and letter.islower()):
                return True
    return False


@cache
def _script(letter: str) -> str:
    """The first word of a letter's name, such as LATIN; Chinese characters and kana are one script."""
    name = unicodedata.name(letter, "?").partition(" ")[0]
    return _HAN_AND_KANA if name in ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC") else name


def _rare(cell: str, encoding: str) -> bool:
    """Is a Chinese character one of those that the encoding's own tables keep for rare names?"""
    common = {"gb18030": "gb2312", "cp949": "euc_kr"}.get(encoding, encoding)
    if encoding == "cp949":
        return all(_script(letter) == _HAN_AND_KANA for letter in cell if letter.isalpha())
    try:
        coded = cell.encode(common)
    except UnicodeEncodeError:
        return True
    rare = {
        "big5": range(0xC9, 0xFA),
        "cp932": range(0x98, 0xFD),
        "euc_jp": range(0xD0, 0xF5),
        "gb18030": range(0xD8, 0xF8),
    }
    lead = [coded_letter[0] for letter in cell if len(coded_letter := letter.encode(common)) > 1]
    return bool(coded) and sum(byte in rare.get(encoding, ()) for byte in lead) > 0.5 * max(len(lead), 1)


def _usual_words(start: bytes, encoding: str) -> int:
    """How many of the usual words of tables stand in the cells, in the languages that are saved in the encoding."""
    cells = {cell.strip().casefold() for cell in re.split(r'[,;\t|\r\n"]+', start.decode(encoding))}
    words = [
        word
        for language in _languages()
        if encoding in language["encodings"]
        for word in map(str.casefold, language["words"])
    ]
    return sum(word in cells or any(word in cell for cell in cells if not word.isascii()) for word in set(words))


@cache
def _languages() -> tuple[dict, ...]:
    """Every language of ``heading_words.toml``: its ``encodings`` and ``words``."""
    return tuple(tomllib.loads(Path(__file__).with_name("heading_words.toml").read_text(encoding="utf-8")).values())


def delimiter_of(head: str) -> str:
    """The delimiter that cuts the first lines into the most columns of one number; after a heading such as
    ``freq,geo\\TIME_PERIOD`` a tab.
    """
    if _SEVERAL.match(head):
        return "\t"
    lines = "\n".join(head.splitlines()[:30])

    def columns(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(lines), delimiter=mark) if row]
        widest = max(widths, default=0)
        return (widths.count(widest) if widest > 1 else 0), widest

    return max(DELIMITERS, key=columns)
