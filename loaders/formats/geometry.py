"""What outlines does a file hold: GeoJSON, TopoJSON, GeoPackage or a zipped Shapefile? Told by its bytes, never by its
name.

The library behind it knows some sixty formats, of which several lead to other files and to the network: it is given a
file only when its
first bytes are of one of these four.
"""

from __future__ import annotations

import io
import sqlite3
import struct
import zipfile
from itertools import accumulate
from pathlib import Path

from loaders.formats.limits import WHOLE, archive_members, whole_json
from loaders.formats.sheet import Unreadable
from loaders.formats.signatures import ARCHIVE, DATABASE, JSON, kind_of
from loaders.formats.text.encoding import guess_legacy_encoding

DRAWN = ("FeatureCollection", "Feature", "Topology", "GeometryCollection")
_LANGUAGE, _ANY_LANGUAGE = 29, 0x57  # where a dBASE table says its language, and the number that says none
_SHAPEFILE = b"\x00\x00\x27\x0a"


def outlines(path: Path, layer: str | None = None, *, beside: bool = False, encoding: str | None = None):
    """A GeoDataFrame of a layer as published: one row = one boundary. Raises Unreadable, and the library's errors.

    ``beside``: only what stands beside the boundaries; ``encoding``: of the texts, where the file does not say it.
    """
    import geopandas  # a third of a second to import: only the build pays it
    from shapely.errors import GEOSException

    spelt = {"encoding": encoding} if encoding else {}
    try:
        return geopandas.read_file(_checked(path), layer=layer, ignore_geometry=beside, **spelt)
    except GEOSException:
        raise Unreadable("one of its geometries is broken, such as a ring of fewer than four points") from None


def names_encoding(path: Path) -> str:
    """The encoding of the texts of a zipped Shapefile that says none, by its bytes; '' for every other file.

    Raises Undecided when several are possible.
    """
    if kind_of(path) != ARCHIVE:
        return ""
    stem = _shapefile(path)[: -len(".shp")]
    with zipfile.ZipFile(path) as archive:
        parts = {name.casefold(): name for name in archive.namelist()}
        table = parts.get(f"{stem}.dbf".casefold())
        if table is None or f"{stem}.cpg".casefold() in parts:
            return ""
        cells = _cells_of_dbf(archive.read(table))
    if cells.isascii():
        return ""
    try:
        cells.decode("utf-8")
    except UnicodeDecodeError:
        return guess_legacy_encoding(cells)
    return "utf-8"


def _cells_of_dbf(table: bytes) -> bytes:
    """The cells of a dBASE table that hold texts, one a line; nothing where the table itself says in which language it
    is.
    """
    if table[_LANGUAGE] not in (0, _ANY_LANGUAGE):
        return b""
    count, head, length = struct.unpack_from("<IHH", table, 4)
    fields = [table[start : start + 32] for start in range(32, head - 1, 32) if table[start] != 0x0D]
    ends = list(accumulate((column[16] for column in fields), initial=1))
    rows = (table[head + length * number : head + length * (number + 1)] for number in range(count))
    spans = [(start, start + column[16]) for column, start in zip(fields, ends, strict=False) if column[11:12] == b"C"]
    return b"\n".join(row[start:end].strip(b" \0") for row in rows for start, end in spans)


def holds_boundaries(path: Path) -> bool:
    """Is it a file of one of the four kinds in which every shape is an area? Raises OSError."""
    try:
        shapes = outlines(path).geometry
    except Exception:  # Unreadable, the library's own errors, and a table without shapes
        return False
    drawn = shapes[shapes.notna() & ~shapes.is_empty]
    return len(drawn) > 0 and bool(drawn.geom_type.isin(["Polygon", "MultiPolygon"]).all())


def layers(path: Path) -> list[str]:
    """The names of a file's layers, in order; those without geometries, too. Raises the library's errors."""
    import pyogrio

    return [str(name) for name, _ in pyogrio.list_layers(_checked(path))]


def holds_points(path: Path) -> bool:
    """Does a file of one of the four kinds hold points, in whatever layer? Raises OSError."""
    import pyogrio

    try:
        source = _checked(path)
        shapes = [outlines(path, layer).geometry for layer, kind in pyogrio.list_layers(source) if kind is not None]
    except Exception:  # what cannot be read is refused elsewhere, with its reason
        return False
    return any(shape.geom_type.isin(["Point", "MultiPoint"]).any() for shape in shapes)


def _checked(path: Path) -> str | bytes:
    """What the library is asked to open; of an archive whose names are in an older encoding, one with plain names."""
    kind = kind_of(path)
    if kind == DATABASE:
        _refuse_views(path)
        return str(path)
    if kind == ARCHIVE:
        shapefile = _shapefile(path)
        return f"zip://{path}!{shapefile}" if shapefile.isascii() else _with_plain_names(path, shapefile)
    if kind == JSON:
        read = whole_json(path)
        if read.get("type") in DRAWN:
            return str(path)
    raise Unreadable("it is none of GeoJSON, TopoJSON, GeoPackage and zipped Shapefile")


def _with_plain_names(path: Path, shapefile: str) -> bytes:
    """An archive of the same Shapefile: the library takes a byte of a name for a folder where Shift_JIS has a
    letter."""
    stem, copy = shapefile[: -len(".shp")].casefold(), io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as plain:
        for name in archive.namelist():
            if name.casefold().startswith(f"{stem}."):
                plain.writestr(f"outlines{name[len(stem) :].casefold()}", archive.read(name))
    return copy.getvalue()


def _refuse_views(path: Path) -> None:
    """A layer that is a view may run for ever."""
    if path.stat().st_size > WHOLE:
        raise Unreadable("the file is larger than 128 MiB")
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        views = base.execute(
            "SELECT 1 FROM gpkg_contents JOIN sqlite_master ON name = table_name WHERE type = 'view'"
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise Unreadable(f"the database is damaged or no GeoPackage ({type(error).__name__})") from None
    finally:
        base.close()
    if views:
        raise Unreadable("a layer of the database is a view")


def _shapefile(path: Path) -> str:
    """The one Shapefile of an archive."""
    shapefiles = [name for name in archive_members(path) if name.casefold().endswith(".shp")]
    if len(shapefiles) != 1:
        raise Unreadable(f"the archive holds {len(shapefiles)} Shapefiles instead of one")
    with zipfile.ZipFile(path) as archive, archive.open(shapefiles[0]) as file:
        if file.read(4) != _SHAPEFILE:
            raise Unreadable("the Shapefile is damaged")
    return shapefiles[0]
