"""What is said of a map, of areas side by side, of a page of several measures and of published statements: from figures
to the facts of a finding (``language.findings.finding``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from language import LANGUAGES, reason_words, translator
from language.findings.facts import AreaFigure, ComparedFacts, MapFacts, SeveralFacts, StatedFacts, Subject
from language.sentences.statement import Statement, Words
from loaders import Place
from measures.about.statements import name_of, names_in, subject_words
from measures.claims.search import FiledClaim
from measures.figures.compute import Measure
from measures.maps.funnel import Funnel


def map_facts(measure: Measure, period: str, funnel: Funnel | None = None) -> MapFacts:
    """Of the areas of a map in one period; with a ``funnel`` which of them stand apart."""
    if funnel is None:
        rows = measure.table[measure.table["period"] == period]
        return MapFacts(_subject(measure, period), _areas(measure, rows, {}))
    table, card = funnel.table, funnel.measure.sources[0]
    names = names_in(card, measure.place)
    why = (
        {code: reason_words(funnel.why, translator(code), card.breaks, card.cells, names) for code in LANGUAGES}
        if funnel.why
        else {}
    )
    areas = _areas(funnel.measure, table, dict(zip(table["area"], table["differs"], strict=True)))
    return MapFacts(
        _subject(funnel.measure, funnel.period), areas, funnel.middle if not funnel.why else float("nan"), why
    )


def compared_facts(measure: Measure, areas: Sequence[str], period: str, *, advised: bool) -> ComparedFacts:
    """Of ``areas`` of a measure in one period; ``advised``: may they be compared?"""
    rows = measure.table[measure.table["period"] == period]
    chosen = _areas(measure, rows[rows["area"].isin(areas)], {})
    whole = _areas(measure, rows[rows["area"] == measure.place.code], {})
    return ComparedFacts(
        _subject(measure, period), chosen, advised, whole[0] if whole and measure.place.code not in areas else None
    )


def several_facts(place: Place, statements: Iterable[Statement | None]) -> SeveralFacts:
    """Of the latest figures of several measures or categories of a place."""
    return SeveralFacts(place.whole, tuple(facts for facts in statements if facts is not None))


def stated_facts(place: Place, checked: Sequence[FiledClaim], what: Words | None = None) -> StatedFacts:
    """Of statements that were collected about a place, with what came of checking each."""
    return StatedFacts(place.name, dict(Counter(one.finding.verdict for one in checked)), what or {})


def _subject(measure: Measure, period: str) -> Subject:
    place = measure.place
    return Subject(
        subject_words(measure), place.whole, period, measure.query.view, place.areas_word, measure.per, measure.unit
    )


def _areas(measure: Measure, rows, differs: dict[str, str]) -> tuple[AreaFigure, ...]:
    known = {name: rows[name] if name in rows else [float("nan")] * len(rows) for name in ("low", "high")}
    warned = {area: entry["reason"] for entry in measure.place.residents_misleading for area in entry["areas"]}
    rated = "rate" in measure.query.view
    return tuple(
        AreaFigure(
            name_of(measure, area),
            float(value),
            differs.get(area, ""),
            low,
            high,
            warned.get(area, {}) if rated else {},
        )
        for area, value, low, high in zip(rows["area"], rows["value"], known["low"], known["high"], strict=True)
    )
