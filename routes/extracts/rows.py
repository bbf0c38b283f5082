"""The rows of an extract, a category at a time, so that a large one never stands in memory whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from language import LANGUAGES, SPOKEN_IN_CODE, reason_words, translator
from language.differing import differs_words
from language.verdicts import verdict_word, why_words
from loaders import SourceCard, periods
from loaders.statuses import STATUSES
from measures.about.register import register_table
from measures.about.statements import names_in
from measures.figures.compute import Measure, Query, compute
from measures.figures.units import unit_words
from measures.maps.funnel import funnel
from measures.store.shelf import Shelf
from routes.extracts.arrow_columns import coded, in_languages, numbers, same, texts
from routes.extracts.chosen_columns import chosen_columns
from routes.extracts.claims import claims_frame
from routes.extracts.comparability import comparability, narrowed
from routes.extracts.metadata import codes_of, described_at
from routes.extracts.request import REVISIONS, ExtractRequest
from routes.extracts.revisions import revised


def tables_of(extract: ExtractRequest, shelf: Shelf) -> Iterator[pa.Table]:
    """Arrow tables of one schema: one row = one area, category, period and variable (or one statement), and where it is
    described. Raises BadAddress when a column is asked for that there is none of.
    """
    address = described_at(extract)
    for table in _tables(extract, shelf):
        yield chosen_columns(table.append_column("described_at", same(address, table.num_rows)), extract.columns)


def check_columns(extract: ExtractRequest, shelf: Shelf) -> None:
    """Raises BadAddress when a column is asked for that there is none of; one area and category tell."""
    if extract.columns:
        table = shelf.cards[extract.dataset].is_table and shelf.table(extract.dataset)
        narrow = replace(extract, categories=(extract.categories or table.categories)[:1]) if table else extract
        if table and not extract.anyway and not extract.method:
            narrow = replace(narrow, areas=(extract.areas or table.areas)[:1])
        next(tables_of(narrow, shelf))


def _tables(extract: ExtractRequest, shelf: Shelf) -> Iterator[pa.Table]:
    card = shelf.cards[extract.dataset]
    if card.kind in ("claims", "register"):
        frame_of = claims_frame if card.kind == "claims" else register_table
        rows = pa.Table.from_pandas(frame_of(shelf, extract.dataset, **dict(extract.filters)), preserve_index=False)
        yield rows.append_column("release", same(card.latest.id, rows.num_rows))
        return
    if extract.release == REVISIONS:
        yield revised(extract, shelf)
        return
    table = shelf.table(extract.dataset, extract.release)
    for category in extract.categories or table.categories:
        yield _computed(extract, category, shelf) if extract.view else _published(extract, category, shelf)


def _published(extract: ExtractRequest, category: str, shelf: Shelf) -> pa.Table:
    card, table = shelf.cards[extract.dataset], shelf.table(extract.dataset, extract.release)
    areas = list(extract.areas or table.areas)
    when = [n for n, name in enumerate(table.periods) if extract.takes(name)]
    blocks = [table.block(code, category, areas).only(slice(None), when) for code in table.variables]
    values, status, reason = (
        np.concatenate([getattr(block, name).ravel() for block in blocks]) for name in ("values", "status", "reason")
    )
    shape = (len(table.variables), len(areas), len(when))
    variable, area, period = (axis.ravel() for axis in np.indices(shape))
    units = [card.variables[code]["unit"] for code in table.variables]
    rows = _Rows(areas, [table.periods[n] for n in when], area, period)
    columns = {
        **_labels(extract, category, shelf, rows),
        "variable": coded(variable, table.variables),
        "value": _values(values, all(meaning.get("whole", True) for meaning in card.variables.values())),
        **{f"unit_{code}": coded(variable, [unit[code] for unit in units]) for code in LANGUAGES},
        **dict.fromkeys(("numerator", "denominator"), pa.nulls(area.size, pa.float64())),
        "status": coded(status, STATUSES),
        **_reasons(reason, table.reasons, card, shelf),
        "release": coded(period, [table.release_of[n] for n in when]),
    }
    return pa.table(columns | _source(card, category, area.size))


def _computed(extract: ExtractRequest, category: str, shelf: Shelf) -> pa.Table:
    """What a chart draws: the measure worked out, with its parts."""
    card = shelf.cards[extract.dataset]
    areas = extract.areas or shelf.table(extract.dataset, extract.release).areas
    span = (extract.first, extract.last, extract.release)
    query = Query(extract.place, extract.measure, areas, category, extract.view, *span)
    measure = narrowed(compute.afresh(query, shelf), extract, shelf)
    frame = measure.table
    area, period = (axis.ravel() for axis in np.indices((len(areas), len(measure.periods))))
    which, keys = pd.factorize(frame["reason"])
    size = len(frame)
    columns = {
        **_labels(extract, category, shelf, _Rows(areas, measure.periods, area, period)),
        "variable": same(f"{extract.measure}:{extract.view}", size),
        "value": numbers(frame["value"]),
        **{f"unit_{code}": same(unit_words(measure, translator(code)), size) for code in LANGUAGES},
        **{name: numbers(frame[name]) for name in ("numerator", "denominator")},
        "status": texts(frame["status"]),
        **_reasons(which, keys, card, shelf),
        "release": texts(frame["release"]),
        **_judged(frame),
        **(_compared(extract, measure, shelf) if extract.method else {}),
    }
    advice = comparability(extract, category, shelf)
    columns |= {"comparability": same(advice, size)} if advice else {}
    return pa.table(columns | _source(card, category, size))


def _judged(frame: pd.DataFrame) -> dict[str, pa.Array]:
    """Of each figure: its limits, the figure a year before, the change and its limits, the verdict and why none."""
    return {
        **{name: numbers(frame[name]) for name in ("low", "high")},
        "before_period": texts(frame["before_period"]),
        **{name: numbers(frame[name]) for name in ("before", "change", "change_low", "change_high", "p")},
        **{name: numbers(frame[name]) for name in ("unallocated", "before_unallocated", "change_allocated")},
        **{name: numbers(frame[name]) for name in ("link", "link_spread")},
        **{name: texts(frame[name]) for name in ("link_how", "link_release")},
        "stands": pa.array(frame["stands"].to_numpy(dtype=bool)),
        **{name: numbers(frame[name]) for name in ("areas_higher", "areas_lower", "areas_p")},
        "verdict_code": texts(frame["verdict"]),
        **in_languages("verdict", frame["verdict"], lambda key, code: verdict_word(key, translator(code))),
        **{name: numbers(frame[name]) for name in ("fluctuation", "fluctuation_df")},
        **{name: texts(frame[name]) for name in ("fluctuation_first", "fluctuation_last")},
        **in_languages("why", frame["why"], lambda key, code: why_words(key, translator(code))),
    }


def _compared(extract: ExtractRequest, measure: Measure, shelf: Shelf) -> dict[str, pa.Array]:
    """How each area compares with its place, as the map draws it: what was expected, and the class in words."""
    whole = funnel.afresh(replace(measure.query, areas=(), first="", last=extract.last), shelf).table
    areas = whole.set_index("area").reindex(measure.query.areas)
    classes = areas["differs"].fillna("")
    return {
        "expected": numbers(areas["expected"]),
        "differs_code": texts(classes),
        **in_languages("differs", classes, lambda key, code: differs_words(key, translator(code))),
    }


@dataclass(frozen=True)
class _Rows:
    """Which of the areas and of the periods each row is of."""

    areas: Sequence[str]
    periods: Sequence[str]
    area: np.ndarray
    period: np.ndarray


def _labels(extract: ExtractRequest, category: str, shelf: Shelf, rows: _Rows) -> dict[str, pa.Array]:
    card = shelf.cards[extract.dataset]
    names = shelf.area_names(extract.place, extract.dataset)
    node = card.tree.nodes.get(category)
    size = rows.area.size
    days = [periods.dates(period) for period in rows.periods]
    return {
        "place": same(extract.place, size),
        "area_code": coded(rows.area, rows.areas),
        **{f"area_{code}": coded(rows.area, [names[area][code] for area in rows.areas]) for code in LANGUAGES},
        "category_code": same(category, size),
        **{f"category_{code}": same(node.name[code] if node else "", size) for code in LANGUAGES},
        "period": coded(rows.period, rows.periods),
        "period_start": coded(rows.period, [start.isoformat() for start, _ in days]),
        "period_end": coded(rows.period, [end.isoformat() for _, end in days]),
    }


def _source(card: SourceCard, category: str, size: int) -> dict[str, pa.Array]:
    node = card.tree.nodes.get(category)
    notes = {f"note_{code}": same(node.note[code] if node else "", size) for code in LANGUAGES}
    return notes | {
        "publisher": same(card.publisher[SPOKEN_IN_CODE], size),
        "licence": same(card.licenses[0]["name"], size),
    }


def _values(values: np.ndarray, whole: bool) -> pa.Array:
    array = pa.array(values, pa.float64(), from_pandas=True)
    return array.cast(pa.int64()) if whole else array


def _reasons(which: np.ndarray, keys: Sequence[str], card: SourceCard, shelf: Shelf) -> dict[str, pa.Array]:
    """Why a cell carries its status: codes joined by ';' (breaks and cells by their number in the card), and words."""
    names = names_in(card, shelf.places[card.place])
    columns = {"reason_code": coded(which, codes_of(keys))}
    for code in LANGUAGES:
        words = (reason_words(key, translator(code), card.breaks, card.cells, names) for key in keys)
        columns[f"reason_{code}"] = coded(which, words)
    return columns
