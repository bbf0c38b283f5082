"""Takes out of an archive what stands behind its tables: hidden parts, texts beside the cells, pivot caches, files.

A workbook (XLSX, ODS) and a zipped Shapefile are archives. Sheets themselves are read elsewhere; what is read here is
what a reader of the sheets does not see. Texts come by the name of the member that holds them, whatever its kind:
comments,
text boxes, document properties, defined names, links to other workbooks, changes that were tracked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from loaders.formats.workbooks.workbook_xml import walk
from loaders.gate.hidden_parts import Hidden, hidden_in_open_document, hidden_in_sheet
from loaders.gate.workbook_elements import Elements, PivotFields, PivotRows

SEEN = re.compile(  # read by the reader of the sheets, or without any text of a person's own
    r"xl/(worksheets/sheet[^/]*|sharedStrings|styles|theme/.*|metadata|calcChain|volatileDependencies)\.xml"
    r"|.*\.rels|\[Content_Types\]\.xml|META-INF/.*|mimetype|manifest\.rdf|styles\.xml|settings\.xml"
    r"|Configurations2/.*|xl/(printerSettings|richData|media)/.*|Thumbnails/.*|docProps/thumbnail\..*|.*/"
    r"|ObjectReplacements/.*|layout-cache|xl/vbaProject[^/]*\.bin"
)
LINES = (".shp", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".fix", ".idm", ".ind", ".atx")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".tif", ".tiff", ".bmp")
FILES = (
    ".csv",
    ".tsv",
    ".txt",
    ".json",
    ".geojson",
    ".xlsx",
    ".xlsm",
    ".ods",
    ".parquet",
    ".gpkg",
    ".zip",
    ".xls",
    ".xlsb",
)


@dataclass
class Parts:
    """``hidden``: what is not displayed; ``texts``: member → its texts; ``caches``: pivot caches as member → rows.

    ``files``: members that are files of tables themselves; ``closed``: members that nobody can look into; ``sheets``:
    member → the name of the sheet that it belongs to.
    """

    hidden: list[Hidden] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    caches: dict[str, list[list[str]]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)


_NUMBERS, _GROUPED = re.compile(r"[-+0-9.,eE\s]*"), re.compile(r"\d\.\d+\.\d|\d-\d")  # 756.9217.0769.85 is no number


def parts_of(archive: zipfile.ZipFile) -> Parts:
    """What stands behind the tables of an archive. Raises Unreadable, and expat's error for what is no XML."""
    parts, names = Parts(), archive.namelist()
    if "xl/workbook.xml" in names:
        _excel(archive, parts)
    elif "content.xml" in names:
        parts.hidden, parts.texts["content.xml"] = hidden_in_open_document(archive)
    for name in names:
        if not SEEN.fullmatch(name):
            _sort(archive, name, parts)
    return parts


def _excel(archive: zipfile.ZipFile, parts: Parts) -> None:
    links = _linked(archive, "xl/workbook.xml")
    book = walk(archive, "xl/workbook.xml", Elements("sheet", "definedName"))
    for attributes, _ in book.of("sheet"):
        name, state = attributes.get("name", ""), attributes.get("state", "visible")
        member = links.get(next((text for key, text in attributes.items() if key.endswith(":id")), ""), "")
        if state != "visible":
            parts.hidden.append(Hidden("sheet", name))
        if member in archive.namelist():
            parts.hidden += hidden_in_sheet(archive, member, name)
            parts.sheets |= dict.fromkeys(_linked(archive, member).values(), name)
    parts.texts["xl/workbook.xml"] = [text for _, text in book.of("definedName")]


def _linked(archive: zipfile.ZipFile, member: str) -> dict[str, str]:
    """Id of a link → the member that it leads to."""
    path = PurePosixPath(member)
    links = str(path.parent / "_rels" / f"{path.name}.rels")
    if links not in archive.namelist():
        return {}
    relations = walk(archive, links, Elements("Relationship")).of("Relationship")
    return {
        relation["Id"]: _resolved(path.parent, relation["Target"])
        for relation, _ in relations
        if "Id" in relation and "Target" in relation
    }


def _resolved(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in (folder / target).parts:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def _sort(archive: zipfile.ZipFile, name: str, parts: Parts) -> None:
    """Put one member where it belongs."""
    lower = name.casefold()
    if lower.endswith((*LINES, *PICTURES)) or name in ("xl/workbook.xml", "content.xml"):
        return
    if lower.endswith(FILES):
        parts.files.append(name)
    elif "pivotcacherecords" in lower:
        parts.caches[name] = list(_cache(archive, name))
    elif lower.endswith((".xml", ".vml", ".rdf", ".md", ".html", ".htm")):
        parts.texts.setdefault(name, []).extend(_texts(archive, name))
    elif not (lower.endswith(".dbf") and f"{lower[:-4]}.shp" in map(str.casefold, archive.namelist())):
        parts.closed.append(name)


def _texts(archive: zipfile.ZipFile, name: str) -> list[str]:
    """The texts of a member: of its elements where it is XML, else its lines. Bare numbers are none."""
    if name.casefold().endswith((".xml", ".vml", ".rdf")):
        texts = walk(archive, name, Elements()).texts
        texts = [text for text in texts if not _NUMBERS.fullmatch(text) or _GROUPED.search(text)]
        return [*texts, " ".join(texts)]  # one sentence may stand in several runs
    return archive.read(name).decode("utf-8", "replace").splitlines()


def _cache(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    """The rows that a pivot table keeps of its source, the headings first."""
    folder, number = PurePosixPath(name).parent, re.sub(r"\D", "", PurePosixPath(name).name)
    definition = f"{folder}/pivotCacheDefinition{number}.xml"
    fields = walk(archive, definition, PivotFields()).fields if definition in archive.namelist() else []
    shared = [texts for _, texts in fields]
    yield [heading for heading, _ in fields]
    yield from walk(archive, name, PivotRows(shared)).rows
