"""What does a file say of itself? Whose figures, under which licence, of which release, with what to know and what to
read it by.

JSON and Parquet hold it under ``about``; a CSV has it in a file beside it (``routes.catalogues.csvw``), whose address
stands in every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from language import LANGUAGES, status_words, translator
from loaders import Break, Category, Release, SourceCard
from loaders.statuses import IN_WORDS
from measures.about.false_alarms import false_alarms, kind_of
from measures.figures.change_verdict import TESTED
from measures.store.shelf import Shelf
from routes.addresses import Selection, extract_address
from routes.extracts.request import REVISIONS, ExtractRequest

BESIDE = "-metadata.json"  # after the name of a CSV: where the W3C's "CSV on the Web" looks for what describes it
_BREAK = ("at", "until", "effect", "categories", "areas", "short", "reason", "url")
_OF_CARD = (
    "title",
    "description",
    "publisher",
    "licenses",
    "sources",
    "coverage",
    "accessed",
    "next_update",
    "stale_after_months",
    "ended",
    "pauses",
    "notes",
    "not_published",
)


def address_of(extract: ExtractRequest, form: str) -> str:
    """The address of an extract with all that was asked, always in the same order."""
    rows = Selection(extract.areas, extract.categories, extract.first, extract.last, extract.chosen)
    plain = extract_address(extract.place, extract.dataset, form, extract.release, rows)
    more = [(name, getattr(extract, name)) for name in ("measure", "view", "method") if getattr(extract, name)]
    more += [("anyway", "yes")] * extract.anyway + list(extract.filters)
    more += [("as_of", extract.as_of)] * bool(extract.as_of)
    more += [("columns", ",".join(extract.columns))] * bool(extract.columns)
    return plain + ("&" if "?" in plain else "?") * bool(more) + urlencode(more)


def metadata_address(extract: ExtractRequest) -> str:
    """The address of the file beside the CSV of this very extract."""
    return address_of(extract, "csv").replace(".csv", f".csv{BESIDE}", 1)


def described_at(extract: ExtractRequest) -> str:
    """The same without the choice of rows and columns, so that a row is the same row in every extract; a comparison is
    described as it was asked.
    """
    if extract.anyway or extract.method:
        return metadata_address(replace(extract, columns=()))
    return metadata_address(
        replace(extract, areas=(), categories=(), first="", last="", chosen=(), filters=(), columns=())
    )


def codes_of(keys: Sequence[str]) -> list[str]:
    """Reason keys as they stand in a file: 'unallocated 0.191;break 3'."""
    return [key.replace("|", ";") for key in keys]


def head_of(extract: ExtractRequest, shelf: Shelf) -> dict:
    """Dataset, publisher, licence, release, notes, breaks and the words of the codes, in every language."""
    card = shelf.cards[extract.dataset]
    frequency, _, month = card.frequency.partition("-")
    return {
        "place": extract.place,
        "dataset": card.name,
        "kind": card.kind,
        "release": extract.release,
        **_as_of(extract),
        "described_at": described_at(extract),
        "provenance": traced_at(extract, card),
        **{name: getattr(card, name) for name in _OF_CARD},
        "frequency": frequency,
        **({"first_month": int(month)} if month else {}),
        "breaks": [_break(cut) for cut in card.breaks],
        "variables": _variables(extract, card, shelf),
        "categories": [_category(card.tree.nodes[code]) for code in _categories(extract, card)],
        "statuses": {
            status: {code: status_words(status, translator(code)) for code in LANGUAGES} for status in IN_WORDS
        },
        "measure": _measure(extract, shelf),
        "residents": _residents(extract, shelf),
        "releases": [_release(card, release) for release in card.releases],
    }


def _as_of(extract: ExtractRequest) -> dict[str, str]:
    """The day that the figures are frozen at, and where those of today stand; nothing where they are of today."""
    return (
        {"as_of": extract.as_of, "newest_at": address_of(replace(extract, as_of=""), "json")} if extract.as_of else {}
    )


def traced_at(extract: ExtractRequest, card: SourceCard) -> str:
    """The address that leads from a row to the published cells behind it, with the names of columns in braces; '' where
    rows are those of the file.
    """
    if not card.is_table or extract.release == REVISIONS:
        return ""
    names = {"area": "{area_code}", "period": "{period}"} | ({"category": "{category_code}"} if card.tree.nodes else {})
    names |= {"measure": extract.measure, "view": extract.view} if extract.view else {"variable": "{variable}"}
    names |= {} if extract.release == "latest" else {"release": extract.release}
    names |= {"from": extract.first} if extract.view == "index" and extract.first else {}
    names |= {"as_of": extract.as_of} if extract.as_of else {}
    return f"/data/{extract.place}/{extract.dataset}/provenance.json?" + "&".join(
        f"{name}={value}" for name, value in names.items()
    )


def _categories(extract: ExtractRequest, card: SourceCard) -> Iterable[str]:
    return [code for code in extract.categories or card.tree.nodes if code in card.tree.nodes]


def _break(cut: Break) -> dict:
    return {name: getattr(cut, name) for name in _BREAK}


def _category(node: Category) -> dict:
    names = ("code", "parent", "level", "first", "last", "in_total", "name", "definition", "note", "link")
    return {name: getattr(node, name) for name in names}


def _variables(extract: ExtractRequest, card: SourceCard, shelf: Shelf) -> dict[str, dict]:
    """What the column 'variable' may hold: its unit and label, and whether its figures are whole numbers."""
    if extract.view:
        return {f"{extract.measure}:{extract.view}": {"label": shelf.measures[extract.measure].title, "whole": False}}
    return {
        code: {"unit": variable["unit"], "label": variable["label"], "whole": variable.get("whole", True)}
        for code, variable in card.variables.items()
    }


def _release(card: SourceCard, release: Release) -> dict:
    """A release; the hash of the published file, but none of a protected one, for with it a guess of the hidden counts
    could be confirmed.
    """
    facts = {
        "id": release.id,
        "published": release.published,
        "about": release.about,
        "from": release.first,
        "to": release.last,
    }
    return facts | ({} if card.disclosure == "protect" else {"file": release.file, "sha256": release.sha256})


def _measure(extract: ExtractRequest, shelf: Shelf) -> dict | None:
    """What is divided by what, and what it cannot tell; None for figures as published."""
    card = shelf.measures.get(extract.measure)
    if card is None:
        return None
    return {
        "name": card.name,
        "view": extract.view,
        "title": card.title,
        "what": card.what,
        "cannot_tell": card.cannot_tell,
        **_false_alarms(extract, shelf),
    }


def _false_alarms(extract: ExtractRequest, shelf: Shelf) -> dict[str, dict]:
    """How often a file like this calls a rise or a fall where there is none, as measured; {} where it calls nothing."""
    card, rates = shelf.measures[extract.measure], false_alarms()
    last = shelf.cards[extract.dataset].latest.last
    if rates is None or not (last and extract.view in TESTED and card.judges(extract.view)):
        return {}
    kind = kind_of(last, extract.view)
    return {"false_alarms": {"mean": rates.mean[kind], "worst": rates.worst[kind], "measured": str(rates.date)}}


def _residents(extract: ExtractRequest, shelf: Shelf) -> dict | None:
    """Source and licence of what a rate divides by; None where nothing is divided."""
    measure = shelf.measures.get(extract.measure)
    if measure is None or "rate" not in extract.view:
        return None
    card = shelf.cards[measure.rate["dataset"]]
    return {
        "dataset": card.name,
        **{name: getattr(card, name) for name in ("title", "publisher", "licenses", "sources", "notes")},
    }
