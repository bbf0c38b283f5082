"""Is a file safe to open? An archive says how large it unpacks and where to; a JSON file is read whole."""

from __future__ import annotations

import json
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path, PurePosixPath

from loaders.formats.sheet import Unreadable

UNPACKED = 256 << 20  # bytes of all members together
WHOLE = 128 << 20  # bytes of a file that is read in one piece
MEMBERS = 2000
NODES = 5_000_000  # values of a JSON file: each takes about a hundred bytes of memory
_PIECE = 1 << 20


def archive_members(path: Path) -> list[str]:
    """The names in a zip archive. Raises Unreadable when it unpacks too large or out of its folder, or is encrypted or
    damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _refuse_unsafe(members)
            for member in members:
                _unpack(archive, member)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"the archive is damaged ({type(error).__name__})") from None
    return [member.filename for member in members]


def _refuse_unsafe(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise Unreadable("the archive unpacks to more than 256 MiB")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("the archive is encrypted")
    if len({member.filename.casefold() for member in members}) < len(members):
        raise Unreadable("a name stands twice in the archive")
    for member in members:
        inside = PurePosixPath(member.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or ":" in inside.as_posix():
            raise Unreadable("a member of the archive leads out of its folder")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """See that a member is as large as it says, by its check sum: the libraries that read it later do not stop where it
    should end.
    """
    with archive.open(member) as file:
        while file.read(_PIECE):
            pass


def whole_text(path: Path) -> str:
    """A file that must be read in one piece. Raises Unreadable when it is too large or no UTF-8."""
    if path.stat().st_size > WHOLE:
        raise Unreadable("the file is larger than 128 MiB")
    with path.open("rb") as file:
        wide = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
    try:
        return path.read_text(encoding="utf-16" if wide else "utf-8-sig")
    except UnicodeError:
        raise Unreadable("the file is no text in UTF-8") from None


def whole_json(path: Path):
    """What a JSON file holds; a number with a point is a Decimal, as it was written. Raises Unreadable."""
    text = whole_text(path)
    if sum(text.count(mark) for mark in ",[{") > NODES:
        raise Unreadable("the file holds more than 5 million values")
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once)
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is no JSON from line {error.lineno}, column {error.colno} on") from None


def _no_number(_name: str):
    raise Unreadable("it holds NaN or Infinity, which are no numbers")


def _each_once(pairs: list[tuple]) -> dict:
    """Of two members of one name, most readers take the last and say nothing."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise Unreadable("a name stands twice in one object")
    return read
