"""Are the words of a card's ``[table]`` words that the reader knows, and do they fit together?"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from language import LANGUAGES
from loaders import period_formats, periods
from loaders.errors import Fault
from loaders.statuses import STATUSES

_NAMES = ("area", "period", "category", "value", "sheet", "encoding", "delimiter", "thousands", "decimal", "ends_at")
_NUMBERS = ("head_rows", "skip_rows")
_LISTS = ("heads", "fill_down", "fill_across", "ignore", "month_names")
_TABLES = ("marks", "ignore_rows", "where")
WORDS = {"layout": str, "period_format": (str, list), **dict.fromkeys(_NAMES, str), **dict.fromkeys(_NUMBERS, int)}
WORDS |= {"sheet": (str, int), **dict.fromkeys(_LISTS, list), **dict.fromkeys(_TABLES, dict)}
ONE_OF = {"layout": ("long", "wide", "crossed")}
HEADS = ("period", "category", "area", "variable", "")


def table_faults(raw: dict, name: str) -> Iterator[Fault]:
    """Every fault of ``frequency`` and of the words for the table, of the dataset and of each release."""
    frequency = raw.get("frequency", "year")
    if frequency not in periods.FREQUENCIES:
        yield Fault(name, "'frequency' is unknown", " | ".join(periods.FREQUENCIES), str(frequency), "Choose one of them.")
    month = raw.get("first_month")
    if month is not None and (frequency not in periods.FIRST_MONTH or month not in range(1, 13)):
        yield Fault(name, "'first_month' does not fit", "1 to 12, of a financial or school year", str(month), "Mend or remove it.")
    tables = [(f"{name}, [table]", raw.get("table", {}))]
    tables += [(f"{name}, [releases.table] {number}", one.get("table") or {}) for number, one in enumerate(raw.get("releases", []), 1)]
    for where, table in tables:
        yield from _words(table, where)
        yield from _marks(table.get("marks", {}), where)
    yield from _crossed({**raw.get("table", {})}, name)


def _words(table: dict, where: str) -> Iterator[Fault]:
    for word, value in table.items():
        if word not in WORDS:
            yield Fault(where, "a word that the reader does not know", ", ".join(WORDS), f"'{word}'", "Mend or remove it.")
        elif not isinstance(value, WORDS[word]) or isinstance(value, bool):
            yield Fault(where, f"'{word}' is of another kind", "as CONTRIBUTING.md says", str(value), "Mend it.")
        elif value not in ONE_OF.get(word, (value,)):
            yield Fault(where, f"'{word}' is unknown", " | ".join(ONE_OF[word]), str(value), "Choose one of them.")
    yield from _fitting(table, where)


def _fitting(table: dict, where: str) -> Iterator[Fault]:
    """Words that are of the right kind and still cannot be followed."""
    heads = table.get("heads", [])
    if any(one not in HEADS for one in heads):
        yield Fault(where, "'heads' is unknown", " | ".join(filter(None, HEADS)), str(heads), "Say for each heading row what it names.")
    if heads and len(heads) != table.get("head_rows", len(heads) if len(heads) == 1 else 0):
        yield Fault(where, "'heads' and 'head_rows' do not fit", "one word for each heading row", str(heads), "Mend 'head_rows' or 'heads'.")
    if table.get("thousands") and table["thousands"] == table.get("decimal", "."):
        yield Fault(where, "'thousands' and 'decimal' are the same sign", "two signs", str(table["thousands"]), "Mend one.")
    for one in [table["period_format"]] if isinstance(table.get("period_format"), str) else table.get("period_format", []):
        try:
            period_formats.shape(str(one))
        except ValueError as error:
            yield Fault(where, "'period_format' has a part that is not known", "{year}, {month}, {quarter} …", str(error), "Mend it.")
    try:
        codecs.lookup(str(table.get("encoding", "utf-8")))
    except LookupError:
        yield Fault(where, "'encoding' is unknown", "such as gb18030", str(table["encoding"]), "Mend it.")


def _marks(marks, where: str) -> Iterator[Fault]:
    """A mark means a status, zero (the number 0), a status with words in every language, or nothing ("": a footnote)."""
    for text, meaning in marks.items() if isinstance(marks, dict) else ():
        status = meaning.get("status") if isinstance(meaning, dict) else meaning
        words = isinstance(meaning, dict) and any(not meaning.get(code) for code in LANGUAGES)
        known = (isinstance(status, int) and not isinstance(status, bool) and status == 0) or status in STATUSES
        if not known or words or not text.strip() or (isinstance(meaning, dict) and not status):
            expected = 'a status, 0, "" for a footnote, or { status = "…", en = "…", zh = "…" }'
            yield Fault(where, f"the mark '{text}' is not explained", expected, str(meaning), "Mend 'marks'.")


def _crossed(table: dict, name: str) -> Iterator[Fault]:
    if table.get("layout") == "crossed" and not table.get("heads"):
        yield Fault(f"{name}, [table]", "'heads' is missing", "what each heading row names", "nothing", "Add 'heads' to [table].")
