"""The rows of an extract, a category at a time, so that a large one never stands in memory whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from routes.extracts.chosen_columns import chosen_columns
from routes.extracts.claims import claims_frame
from routes.extracts.comparability import comparability, narrowed
from routes.extracts.metadata import codes_of, described_at
from routes.extracts.request import REVISIONS, ExtractRequest
from routes.extracts.revisions import revised


def tables_of(asked: ExtractRequest, shelf: Shelf) -> Iterator[pa.Table]:
    """Arrow tables of one schema: one row = one area, category, period and variable (or one statement), and where it is
    described. Raises BadAddress when a column is asked for that there is none of.
    """
    address = described_at(asked)
    for table in _tables(asked, shelf):
        yield chosen_columns(table.append_column("described_at", _same(address, table.num_rows)), asked.columns)


def check_columns(asked: ExtractRequest, shelf: Shelf) -> None:
    """Raises BadAddress when a column is asked for that there is none of; one area and category tell."""
    if asked.columns:
        table = shelf.cards[asked.dataset].kind in ("observations", "areas") and shelf.table(asked.dataset)
        narrow = replace(asked, categories=(asked.categories or table.categories)[:1]) if table else asked
        if table and not asked.anyway and not asked.method:
            narrow = replace(narrow, areas=(asked.areas or table.areas)[:1])
        next(tables_of(narrow, shelf))


def _tables(asked: ExtractRequest, shelf: Shelf) -> Iterator[pa.Table]:
    card = shelf.cards[asked.dataset]
    if card.kind in ("claims", "register"):
        made = claims_frame if card.kind == "claims" else register_table
        rows = pa.Table.from_pandas(made(shelf, asked.dataset, **dict(asked.kept)), preserve_index=False)
        yield rows.append_column("release", _same(card.latest.id, rows.num_rows))
        return
    if asked.release == REVISIONS:
        yield revised(asked, shelf)
        return
    table = shelf.table(asked.dataset, asked.release)
    for category in asked.categories or table.categories:
        yield _computed(asked, category, shelf) if asked.view else _published(asked, category, shelf)


def _published(asked: ExtractRequest, category: str, shelf: Shelf) -> pa.Table:
    card, table = shelf.cards[asked.dataset], shelf.table(asked.dataset, asked.release)
    areas = [code for code in (asked.areas or table.areas)]
    when = [n for n, period in enumerate(table.periods) if asked.takes(period)]
    blocks = [table.block(variable, category, areas).only(slice(None), when) for variable in table.variables]
    values, status, reason = (
        np.concatenate([getattr(one, name).ravel() for one in blocks]) for name in ("values", "status", "reason")
    )
    shape = (len(table.variables), len(areas), len(when))
    at = {"variable": 0, "area": 1, "period": 2}
    number = {
        axis: np.broadcast_to(np.arange(shape[n]).reshape([-1 if m == n else 1 for m in range(3)]), shape).ravel()
        for axis, n in at.items()
    }
    units = [card.variables[code]["unit"] for code in table.variables]
    chosen = [table.periods[n] for n in when]
    columns = {
        **_labels(asked, category, shelf, areas, chosen, number),
        "variable": _coded(number["variable"], table.variables),
        "value": _values(values, all(variable.get("whole", True) for variable in card.variables.values())),
        **{f"unit_{code}": _coded(number["variable"], [unit[code] for unit in units]) for code in LANGUAGES},
        "numerator": pa.nulls(number["area"].size, pa.float64()),
        "denominator": pa.nulls(number["area"].size, pa.float64()),
        "status": _coded(status, STATUSES),
        **_reasons(reason, table.reasons, card, shelf),
        "release": _coded(number["period"], [table.release_of[n] for n in when]),
    }
    return pa.table(columns | _source(card, category, number["area"].size))


def _computed(asked: ExtractRequest, category: str, shelf: Shelf) -> pa.Table:
    """What a chart draws: the measure worked out, with its parts."""
    card = shelf.cards[asked.dataset]
    areas = asked.areas or shelf.table(asked.dataset, asked.release).areas
    made = narrowed(
        compute.afresh(
            Query(asked.place, asked.measure, areas, category, asked.view, asked.first, asked.last, asked.release),
            shelf,
        ),
        asked,
        shelf,
    )
    frame = made.table
    number = {
        "area": np.repeat(np.arange(len(areas)), len(made.periods)),
        "period": np.tile(np.arange(len(made.periods)), len(areas)),
    }
    (keys, which), (states, state) = _distinct(frame["reason"]), _distinct(frame["status"])
    size = len(frame)
    columns = {
        **_labels(asked, category, shelf, list(areas), list(made.periods), number),
        "variable": _same(f"{asked.measure}:{asked.view}", size),
        "value": _numbers(frame["value"]),
        **{f"unit_{code}": _same(unit_words(made, translator(code)), size) for code in LANGUAGES},
        "numerator": _numbers(frame["numerator"]),
        "denominator": _numbers(frame["denominator"]),
        "status": _coded(state, states),
        **_reasons(which, keys, card, shelf),
        "release": pa.array(frame["release"].to_list(), pa.string()).dictionary_encode(),
        **_judged(frame),
        **(_compared(asked, made, shelf) if asked.method else {}),
    }
    advice = comparability(asked, category, shelf)
    columns |= {"comparability": _same(advice, size)} if advice else {}
    return pa.table(columns | _source(card, category, size))


def _judged(frame: pd.DataFrame) -> dict[str, pa.Array]:
    """What is said of each figure: its limits, the figure a year before, the change with its limits, the verdict, what
    it rests on and why none.
    """
    (verdicts, verdict), (whys, why), (earlier, before) = (
        _distinct(frame[name]) for name in ("verdict", "why", "before_period")
    )
    return {
        **{name: _numbers(frame[name]) for name in ("low", "high")},
        "before_period": _coded(before, earlier),
        **{name: _numbers(frame[name]) for name in ("before", "change", "change_low", "change_high", "p")},
        **{name: _numbers(frame[name]) for name in ("unallocated", "before_unallocated", "change_allocated")},
        **{name: _numbers(frame[name]) for name in ("link", "link_spread")},
        **{name: _coded(*reversed(_distinct(frame[name]))) for name in ("link_how", "link_release")},
        "stands": pa.array(frame["stands"].to_numpy(dtype=bool)),
        **{name: _numbers(frame[name]) for name in ("areas_higher", "areas_lower", "areas_p")},
        "verdict_code": _coded(verdict, verdicts),
        **{
            f"verdict_{code}": _coded(verdict, [verdict_word(key, translator(code)) for key in verdicts])
            for code in LANGUAGES
        },
        **{name: _numbers(frame[name]) for name in ("fluctuation", "fluctuation_df")},
        **{name: _coded(*reversed(_distinct(frame[name]))) for name in ("fluctuation_first", "fluctuation_last")},
        **{f"why_{code}": _coded(why, [why_words(key, translator(code)) for key in whys]) for code in LANGUAGES},
    }


def _distinct(words: pd.Series) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a column, and which of them each row has."""
    found, which = np.unique(words.to_numpy(dtype=object), return_inverse=True)
    return found.tolist(), which


def _numbers(values: pd.Series) -> pa.Array:
    return pa.array(values.to_numpy(), pa.float64(), from_pandas=True)


def _compared(asked: ExtractRequest, made: Measure, shelf: Shelf) -> dict[str, pa.Array]:
    """How each area compares with its place, as the map draws it: what was expected, and the class in words."""
    found = (
        funnel.afresh(replace(made.query, areas=(), first="", last=asked.last), shelf)
        .table.set_index("area")
        .reindex(made.query.areas)
    )
    classes = found["differs"].fillna("").to_list()
    return {
        "expected": pa.array(found["expected"].to_numpy(), pa.float64(), from_pandas=True),
        "differs_code": pa.array(classes, pa.string()),
        **{
            f"differs_{code}": pa.array([differs_words(one, translator(code)) for one in classes], pa.string())
            for code in LANGUAGES
        },
    }


def _labels(
    asked: ExtractRequest, category: str, shelf: Shelf, areas: list[str], chosen: list[str], number: dict
) -> dict[str, pa.Array]:
    card = shelf.cards[asked.dataset]
    names = shelf.area_names(asked.place, asked.dataset)
    node = card.tree.nodes.get(category)
    size = number["area"].size
    days = [periods.dates(period) for period in chosen]
    return {
        "place": _same(asked.place, size),
        "area_code": _coded(number["area"], areas),
        **{f"area_{code}": _coded(number["area"], [names[area][code] for area in areas]) for code in LANGUAGES},
        "category_code": _same(category, size),
        **{f"category_{code}": _same(node.name[code] if node else "", size) for code in LANGUAGES},
        "period": _coded(number["period"], chosen),
        "period_start": _coded(number["period"], [start.isoformat() for start, _ in days]),
        "period_end": _coded(number["period"], [end.isoformat() for _, end in days]),
    }


def _source(card: SourceCard, category: str, size: int) -> dict[str, pa.Array]:
    node = card.tree.nodes.get(category)
    words = {f"note_{code}": node.note[code] if node else "" for code in LANGUAGES}
    words |= {"publisher": card.publisher[SPOKEN_IN_CODE], "licence": card.licenses[0]["name"]}
    return {name: _same(text, size) for name, text in words.items()}


def _same(text: str, size: int) -> pa.Array:
    return _coded(np.zeros(size, int), [text])


def _coded(numbers: np.ndarray, words) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.asarray(numbers, dtype=np.int32)), pa.array(list(words), pa.string())
    )


def _values(values: np.ndarray, whole: bool) -> pa.Array:
    made = pa.array(values, pa.float64(), from_pandas=True)
    return made.cast(pa.int64()) if whole else made


def _reasons(numbers: np.ndarray, keys: Sequence[str], card: SourceCard, shelf: Shelf) -> dict[str, pa.Array]:
    """Why a cell carries its status: as codes joined by ';' (breaks and cells by their number in the card, from 0) and
    in words.
    """
    names = names_in(card, shelf.places[card.place])
    words = {
        code: [reason_words(key, translator(code), card.breaks, card.cells, names) for key in keys]
        for code in LANGUAGES
    }
    return {"reason_code": _coded(numbers, codes_of(keys))} | {
        f"reason_{code}": _coded(numbers, words[code]) for code in LANGUAGES
    }
