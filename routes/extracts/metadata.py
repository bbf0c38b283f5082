"""What does a file say of itself? Whose figures, under which licence, of which release, with what to know and what to
read it by.

JSON and Parquet hold it under ``about``; a CSV has it in a file beside it (``routes.catalogues.csvw``), whose address stands in
every row.
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
from routes.addresses import extract_address
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
    "notes",
    "not_published",
)


def address_of(asked: ExtractRequest, form: str) -> str:
    """The address of an extract with all that was asked, always in the same order."""
    plain = extract_address(
        asked.place,
        asked.dataset,
        form,
        asked.release,
        asked.areas,
        asked.categories,
        asked.first,
        asked.last,
        asked.chosen,
    )
    more = [(name, getattr(asked, name)) for name in ("measure", "view", "method") if getattr(asked, name)]
    more += [("anyway", "yes")] * asked.anyway + list(asked.kept)
    more += [("as_of", asked.as_of)] * bool(asked.as_of)
    more += [("columns", ",".join(asked.columns))] * bool(asked.columns)
    return plain + ("&" if "?" in plain else "?") * bool(more) + urlencode(more)


def metadata_address(asked: ExtractRequest) -> str:
    """The address of the file beside the CSV of this very extract."""
    return address_of(asked, "csv").replace(".csv", f".csv{BESIDE}", 1)


def described_at(asked: ExtractRequest) -> str:
    """The same without the choice of rows and columns, so that a row is the same row in every extract; a comparison is described as
    it was asked.
    """
    return metadata_address(
        replace(asked, columns=())
        if asked.anyway or asked.method
        else replace(asked, areas=(), categories=(), first="", last="", chosen=(), kept=(), columns=())
    )


def codes_of(keys: Sequence[str]) -> list[str]:
    """Reason keys as they stand in a file: 'unallocated 0.191;break 3'."""
    return [key.replace("|", ";") for key in keys]


def head_of(asked: ExtractRequest, shelf: Shelf) -> dict:
    """Dataset, publisher, licence, release, notes, breaks and the words of the codes, in both languages."""
    card = shelf.cards[asked.dataset]
    frequency, _, month = card.frequency.partition("-")
    return {
        "place": asked.place,
        "dataset": card.name,
        "kind": card.kind,
        "release": asked.release,
        **_as_of(asked),
        "described_at": described_at(asked),
        "provenance": traced_at(asked, card),
        **{name: getattr(card, name) for name in _OF_CARD},
        "frequency": frequency,
        **({"first_month": int(month)} if month else {}),
        "breaks": [_break(cut) for cut in card.breaks],
        "variables": _variables(asked, card, shelf),
        "categories": [_category(card.tree.nodes[code]) for code in _categories(asked, card)],
        "statuses": {
            status: {code: status_words(status, translator(code)) for code in LANGUAGES} for status in IN_WORDS
        },
        "measure": _measure(asked, shelf),
        "residents": _residents(asked, shelf),
        "releases": [_release(card, one) for one in card.releases],
    }


def _as_of(asked: ExtractRequest) -> dict[str, str]:
    """The day that the figures are frozen at, and where those of today stand; nothing where they are of today."""
    return {"as_of": asked.as_of, "newest_at": address_of(replace(asked, as_of=""), "json")} if asked.as_of else {}


def traced_at(asked: ExtractRequest, card: SourceCard) -> str:
    """The address that leads from a row to the published cells behind it, with the names of columns in braces; '' where
    rows are those of the file.
    """
    if card.kind not in ("observations", "areas") or asked.release == REVISIONS:
        return ""
    names = {"area": "{area_code}", "period": "{period}"} | ({"category": "{category_code}"} if card.tree.nodes else {})
    names |= {"measure": asked.measure, "view": asked.view} if asked.view else {"variable": "{variable}"}
    names |= {} if asked.release == "latest" else {"release": asked.release}
    names |= {"from": asked.first} if asked.view == "index" and asked.first else {}
    names |= {"as_of": asked.as_of} if asked.as_of else {}
    return f"/data/{asked.place}/{asked.dataset}/provenance.json?" + "&".join(
        f"{name}={one}" for name, one in names.items()
    )


def _categories(asked: ExtractRequest, card: SourceCard) -> Iterable[str]:
    return [code for code in asked.categories or card.tree.nodes if code in card.tree.nodes]


def _break(cut: Break) -> dict:
    return {name: getattr(cut, name) for name in _BREAK}


def _category(node: Category) -> dict:
    names = ("code", "parent", "level", "first", "last", "in_total", "name", "definition", "note", "link")
    return {name: getattr(node, name) for name in names}


def _variables(asked: ExtractRequest, card: SourceCard, shelf: Shelf) -> dict[str, dict]:
    """What the column 'variable' may hold: its unit and label, and whether its figures are whole numbers."""
    if asked.view:
        return {f"{asked.measure}:{asked.view}": {"label": shelf.measures[asked.measure].title, "whole": False}}
    return {
        code: {"unit": one["unit"], "label": one["label"], "whole": one.get("whole", True)}
        for code, one in card.variables.items()
    }


def _release(card: SourceCard, one: Release) -> dict:
    """A release; the hash of the published file, but none of a protected one, for with it a guess of the hidden counts
    could be confirmed.
    """
    said = {"id": one.id, "published": one.published, "about": one.about, "from": one.first, "to": one.last}
    return said | ({} if card.disclosure == "protect" else {"file": one.file, "sha256": one.sha256})


def _measure(asked: ExtractRequest, shelf: Shelf) -> dict | None:
    """What is divided by what, and what it cannot tell; None for figures as published."""
    card = shelf.measures.get(asked.measure)
    if card is None:
        return None
    return {
        "name": card.name,
        "view": asked.view,
        "title": card.title,
        "what": card.what,
        "cannot_tell": card.cannot_tell,
        **_false_alarms(asked, shelf),
    }


def _false_alarms(asked: ExtractRequest, shelf: Shelf) -> dict[str, dict]:
    """How often a file like this calls a rise or a fall where there is none, as measured; {} where it calls nothing."""
    card, rates = shelf.measures[asked.measure], false_alarms()
    last = shelf.cards[asked.dataset].latest.last
    if rates is None or not (last and asked.view in TESTED and card.judges(asked.view)):
        return {}
    kind = kind_of(last, asked.view)
    return {"false_alarms": {"mean": rates.mean[kind], "worst": rates.worst[kind], "measured": str(rates.date)}}


def _residents(asked: ExtractRequest, shelf: Shelf) -> dict | None:
    """Source and licence of what a rate divides by; None where nothing is divided."""
    measure = shelf.measures.get(asked.measure)
    if measure is None or "rate" not in asked.view:
        return None
    card = shelf.cards[measure.rate["dataset"]]
    return {
        "dataset": card.name,
        **{name: getattr(card, name) for name in ("title", "publisher", "licenses", "sources", "notes")},
    }
