"""Is a file safe to open? An archive says how large it unpacks and where to; a JSON file is read whole."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from loaders.tables.sheet import Unreadable

UNPACKED = 256 << 20  # bytes of all members together
WHOLE = 128 << 20  # bytes of a file that is read in one piece
MEMBERS = 2000


def archive_members(path: Path) -> list[str]:
    """The names in a zip archive. Raises Unreadable when it unpacks too large or out of its folder, or is encrypted."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(f"the archive is damaged ({type(error).__name__})") from None
    if len(members) > MEMBERS or sum(one.file_size for one in members) > UNPACKED:
        raise Unreadable("the archive unpacks to more than 256 MiB")
    if any(one.flag_bits & 1 for one in members):
        raise Unreadable("the archive is encrypted")
    for one in members:
        inside = PurePosixPath(one.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[:1]:
            raise Unreadable("a member of the archive leads out of its folder")
    return [one.filename for one in members]


def whole_text(path: Path) -> str:
    """A file that must be read in one piece. Raises Unreadable when it is too large or no UTF-8."""
    if path.stat().st_size > WHOLE:
        raise Unreadable("the file is larger than 128 MiB")
    try:
        return path.read_text(encoding="utf-16" if path.open("rb").read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeError:
        raise Unreadable("the file is no text in UTF-8") from None
