"""Judges what stands behind the table of a file: other sheets, comments, pivot caches, properties, other files in it.

No card can switch this off: whatever of it looks like records of persons or events refuses the whole file. What is
hidden and harmless is told of. Nothing here says or keeps a value.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from loaders.formats.archived import table_in
from loaders.formats.geometry import DRAWN, layers, outlines
from loaders.formats.limits import archive_members, whole_json
from loaders.formats.read_sheets import calmly, sheets_of
from loaders.formats.sheet import Sheet, Unreadable, sheet_of
from loaders.formats.signatures import ARCHIVE, DATABASE, JSON, kind_of
from loaders.gate.hidden_parts import Hidden
from loaders.gate.records_in_sheet import in_outlines, match_of, ordered, private_rules, records_in
from loaders.gate.workbook_parts import Parts, parts_of
from loaders.privacy.rules import RuleMatch

DEPTH = 2  # files inside files


@dataclass(frozen=True)
class Part:
    """A part of a file that is refused. ``where`` names it; ``matches`` are the rules that it meets."""

    where: str
    matches: tuple[RuleMatch, ...]


@dataclass(frozen=True)
class Behind:
    """What stands behind the table of a file: ``refused`` parts, and what is ``hidden`` and harmless."""

    refused: tuple[Part, ...] = ()
    hidden: tuple[Hidden, ...] = ()


def behind_table(path: Path, judged: Collection[str | int] | None = ()) -> Behind:
    """Everything in a file but the sheets in ``judged``, by name or number; None: all sheets are judged already."""
    if not path.is_file() or kind_of(path) not in (ARCHIVE, DATABASE):
        return Behind()
    stamp = path.stat()
    return _behind(path, None if judged is None else frozenset(judged), stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=32)  # a file is judged by the check, the build and the reader of one process
def _behind(path: Path, judged: frozenset | None, _changed: int, _size: int) -> Behind:
    try:
        return calmly(_looked_into if kind_of(path) == ARCHIVE else _beside_the_first_layer, path, judged)
    except Unreadable:
        return Behind((Part("what stands behind the table", (match_of("closed_part", path.name),)),))


def _looked_into(path: Path, judged: frozenset | None, depth: int = DEPTH) -> Behind:
    archive_members(path)  # safe to unpack, or Unreadable
    with zipfile.ZipFile(path) as archive:
        parts = parts_of(archive)
        judged_alone = "" if depth < DEPTH else table_in(path)  # it is the table, and judged as such
        others = [name for name in parts.files if name != judged_alone]
        inside = [part for name in others for part in _file_inside(archive, name, depth)]
    sheets = [] if judged is None else _sheets(path, judged)
    refused = [Part(f"sheet '{sheet.name}'", matches) for sheet in sheets if (matches := records_in(sheet))]
    refused += [*_parts_refused(parts), *inside]
    return Behind(tuple(refused), tuple(parts.hidden))


def _beside_the_first_layer(path: Path, _judged: frozenset | None) -> Behind:
    """The layers of a database that nobody reads: what stands beside their shapes, or in a table without any."""
    refused = []
    for name in layers(path)[1:]:
        frame = outlines(path, name, beside=True).astype(str)
        rows = [list(map(str, frame.columns)), *frame.to_numpy().tolist()]
        if len(rows) > 1 and len(rows[0]) and (matches := records_in(sheet_of(rows, {}, name=name))):
            refused.append(Part(f"layer '{name}'", matches))
    return Behind(tuple(refused))


def _sheets(path: Path, judged: frozenset) -> list[Sheet]:
    """The sheets of a workbook that are not judged yet; an archive of other files has none."""
    if not {"xl/workbook.xml", "content.xml"} & set(archive_members(path)):
        return []
    return [
        sheet
        for number, sheet in enumerate(sheets_of(path, {}), 1)
        if sheet.name not in judged and number not in judged
    ]


def _parts_refused(parts: Parts) -> Iterator[Part]:
    for member, texts in parts.texts.items():
        matches = [match_of(f"value_{rule}", member) for rule in private_rules(texts)]
        if matches:
            yield Part(_where(member, parts), ordered(matches))
    for member, rows in parts.caches.items():
        matches = records_in(sheet_of(rows, {}, name=member)) if len(rows) > 1 else ()
        if matches:
            yield Part(_where(member, parts), matches)
    for member in parts.closed:
        yield Part(_where(member, parts), (match_of("closed_part", member),))


def _where(member: str, parts: Parts) -> str:
    sheet = parts.sheets.get(member)
    return f"part '{member}' of sheet '{sheet}'" if sheet else f"part '{member}'"


def _file_inside(archive: zipfile.ZipFile, name: str, depth: int) -> Iterator[Part]:
    """A file of tables inside the archive, judged as if it stood alone."""
    if not depth:
        yield Part(f"part '{name}'", (match_of("closed_part", name),))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"inside{PurePosixPath(name).suffix}"
        path.write_bytes(archive.read(name))
        try:
            yield from _within(path, name, depth)
        except Exception:  # whatever breaks its library cannot be looked into
            yield Part(f"part '{name}'", (match_of("closed_part", name),))


def _within(path: Path, name: str, depth: int) -> Iterator[Part]:
    """The sheets of a file inside an archive, what stands behind them, and the texts of outlines."""
    archive = kind_of(path) == ARCHIVE
    if kind_of(path) == JSON and isinstance(read := whole_json(path), dict) and read.get("type") in DRAWN:
        if matches := in_outlines(path.read_text(encoding="utf-8-sig")):
            yield Part(f"part '{name}'", matches)
        return
    for sheet in _sheets(path, frozenset()) if archive else sheets_of(path, {}):
        if matches := records_in(sheet):
            yield Part(f"part '{name}'" + (f", sheet '{sheet.name}'" if sheet.name else ""), matches)
    inside = (
        _looked_into(path, frozenset(sheet.name for sheet in _sheets(path, frozenset())), depth - 1)
        if archive
        else Behind()
    )
    yield from (Part(f"part '{name}', {part.where}", part.matches) for part in inside.refused)
