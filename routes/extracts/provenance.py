"""From a shown number back to the published bytes:
/data/<place>/<dataset>/provenance.json?area=&category=&period=[&measure=&view=][&from=]

With ``as_of`` it is that of the releases that were out on that day. Without ``measure`` and ``view`` the number is the
published figure (``variable``, else the dataset's first); ``from`` is the start of an index. The answer holds the
number, the formula, its parts, and for every published cell below them file, sheet, row, column, hash and release.
``column_number`` and ``row`` count
from 1 as the file does; 0 means that the publisher leaves such a row out, which the card says is zero.
Of a protected dataset no cell, file or hash is told, for with them hidden counts could be worked out.
"""

from __future__ import annotations

import json
import math
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from language import LANGUAGES, SPOKEN_IN_CODE, Translator, translator
from loaders import SourceCard
from measures.about.provenance import FORMULAS, Part, cells_of, figure_parts, per_of, series_traced
from measures.figures.compute import Query
from measures.store.shelf import Shelf
from routes.extracts.read_request import read_request
from routes.extracts.request import REVISIONS, BadAddress, FileAddress

NAMES = ("area", "category", "period", "measure", "view", "variable", "release", "from", "as_of")
_CELL = (
    "variable",
    "category",
    "area",
    "period",
    "release",
    "file",
    "sheet",
    "row",
    "column",
    "column_number",
    "published",
    "status",
    "counted",
)


def provenance(shelf: Shelf, place: str, dataset: str, query: QueryParams) -> str:
    """The answer as JSON. Raises BadAddress, and SourceError when a file and its card do not fit together."""
    if set(query) - set(NAMES) or any(len(query.getlist(name)) > 1 for name in NAMES):
        raise BadAddress(400, f"Known names are {', '.join(NAMES)}, each once.")
    rest = QueryParams([(name, value) for name, value in query.multi_items() if name not in ("variable", "release")])
    extract = read_request(shelf, FileAddress(place, dataset, query.get("release", "latest"), "json"), rest)
    card = shelf.cards[dataset]
    if not card.is_table or extract.release == REVISIONS:
        raise BadAddress(
            400,
            "Cells are traced in datasets of observations; this one is given whole, a row for each row of its file.",
        )
    table = shelf.table(dataset, extract.release)
    category = extract.categories[0] if extract.categories else table.categories[0]
    if not extract.areas or not extract.chosen or extract.chosen[0] not in table.periods:
        raise BadAddress(400, "'area' and 'period' name one number that this dataset holds.")
    variable = query.get("variable", "") or table.variables[0]
    if variable not in table.variables or (extract.view and "variable" in query):
        raise BadAddress(400, "There is no such variable of this dataset.")
    if "from" in query and (extract.view != "index" or extract.first > extract.chosen[0]):
        raise BadAddress(400, "'from' is the start of an index, at or before its period.")
    ask = Query(
        place, extract.measure, extract.areas, category, extract.view, extract.first, extract.chosen[0], extract.release
    )
    frozen = {"as_of": extract.as_of} if extract.as_of else {}
    return json.dumps(traced(shelf, card, ask, variable) | frozen, ensure_ascii=False, allow_nan=False)


def provenance_address(ask: Query, dataset: str) -> str:
    """The address of the answer for a figure of a measure."""
    names = {
        "area": ask.areas[0],
        "category": ask.category,
        "period": ask.last,
        "measure": ask.measure,
        "view": ask.view,
    }
    names |= {
        "release": ask.release if ask.release != "latest" else "",
        "from": ask.first if ask.view == "index" else "",
    }
    pairs = {name: value for name, value in names.items() if value}
    return f"/data/{ask.place}/{dataset}/provenance.json?{urlencode(pairs)}"


def traced(shelf: Shelf, card: SourceCard, ask: Query, variable: str = "") -> dict:
    """The number of one area and period (``ask.last``) with its parts, cells, files and the steps since."""
    parts = (
        figure_parts(ask, shelf)
        if ask.view
        else [Part("numerator", card.name, variable, ask.category, ask.areas, (ask.last,), ask.release)]
    )
    view = ask.view or "count"
    described = [_part(shelf, part) for part in parts]
    return {
        "place": ask.place,
        "dataset": card.name,
        "area": ask.areas[0],
        "category": ask.category,
        "period": ask.last,
        "measure": ask.measure,
        "view": ask.view,
        "from": ask.first,
        "variable": "" if ask.view else variable,
        **_number(shelf, card, ask, variable),
        "formula": FORMULAS[view],
        "per": per_of(ask, shelf) if ask.view else 1,
        "parts": described,
        "measure_card": f"data/measures/{ask.measure}.toml" if ask.measure else "",
        "what": shelf.measures[ask.measure].what if ask.measure else {},
        "steps": _steps(card, described),
    }


def _number(shelf: Shelf, card: SourceCard, ask: Query, variable: str) -> dict:
    """The number as it is shown, with its status and release."""
    if ask.view:
        series = series_traced(ask, shelf).table
        row = series[series["period"] == ask.last].iloc[0]
        return {
            "value": _plain(row["value"]),
            "status": row["status"],
            "reason": row["reason"],
            "release": row["release"],
        }
    table = shelf.table(card.name, ask.release)
    line, position = table.series(variable, ask.category, ask.areas[0]), table.position(ask.last)
    return {
        "value": _plain(line.values[position]),
        "status": line.statuses[position],
        "reason": line.reasons[position],
        "release": table.release_of[position],
    }


def _part(shelf: Shelf, part: Part) -> dict:
    card = shelf.cards[part.dataset]
    head = {
        "role": part.role,
        "dataset": part.dataset,
        "card": f"data/open/{card.id}/source.toml",
        "publisher": card.publisher[SPOKEN_IN_CODE],
        "licence": card.licenses[0]["name"],
        "variable": part.variable,
        "category": part.category,
        "areas": part.areas,
        "periods": part.periods,
    }
    if card.disclosure == "protect":
        return head | {"protected": True, "cells": [], "files": []}
    cells = cells_of(part, shelf)
    files = cells[["release", "file", "sha256"]].drop_duplicates().to_dict("records")
    rows = cells.astype({"column": object}).reindex(columns=_CELL).to_dict("records")
    return head | {
        "protected": False,
        "files": files,
        "cells": [{name: _plain(value) for name, value in row.items()} for row in rows],
    }


def _steps(card: SourceCard, parts: list[dict]) -> list[dict[str, str]]:
    """What was done between the file and the number, in order and in every language."""
    protected = any(part["protected"] for part in parts)
    several = any(len(part["cells"]) > 1 for part in parts)
    keys = ["read", *(["protected"] if protected else ["as_published"]), *(["sum"] if several else []), "formula"]
    words = {code: _words(translator(code)) for code in LANGUAGES}
    return [{"step": key} | {code: words[code][key] for code in LANGUAGES} for key in keys]


def _words(say: Translator) -> dict[str, str]:
    return {
        "read": say("The published file was read as its card says; no cell was changed."),
        "protected": say(
            "Small counts were withheld or rounded before release, so the cells behind the figure are not given."
        ),
        "as_published": say(
            "The cells are shown as published; where the card says that a cell is no figure, it has none."
        ),
        "sum": say("Published cells were added up."),
        "formula": say("The formula was worked out from these sums; statuses and reasons went with them."),
    }


def _plain(value):
    """A cell as JSON knows it: no number is null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.item() if hasattr(value, "item") and not isinstance(value, str) else value
